"""Timing by the processor's clock, and tables of fixed width, for the benches of the engines."""

import sys
from collections.abc import Callable, Sequence
from time import process_time
from typing import TypeVar

Outcome = TypeVar("Outcome")


def timed(work: Callable[[], Outcome], repeats: int = 3) -> tuple[Outcome, float]:
    """Return what the work gives, and the median of its processor seconds."""
    seconds = []
    for _repeat in range(repeats):
        start = process_time()
        outcome = work()
        seconds.append(process_time() - start)
    return outcome, sorted(seconds)[len(seconds) // 2]


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a table with columns as wide as what stands in them."""
    lines = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    text = "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
    sys.stdout.write(f"\n{title}\n{text}\n")
