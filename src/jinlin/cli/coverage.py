"""`jinlin territory coverage`: who lives within so many minutes of a site, from files alone, without a database."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from time import process_time
from typing import Annotated

import typer

from jinlin.cli.columns import seconds_since
from jinlin.cli.speech import answer, refuse

MOST = 100_000
"""Minutes and metres a minute that a command takes."""


class Aim(StrEnum):
    """What more sites shall better."""

    SHARE = "share"
    WALKS = "walks"


def measure_coverage(
    nodes: Annotated[Path, typer.Option(help="Columns id, x, y in metres, or node, lat, lon.")],
    edges: Annotated[Path, typer.Option(help="Columns a, b, metres; or u, v, length. Walked both ways.")],
    sites: Annotated[Path, typer.Option(help="Columns id, node: the sites that are there.")],
    demand: Annotated[Path, typer.Option(help="Columns id, node, households.")],
    minutes: Annotated[str, typer.Option(help="Limits of the circles, such as 10,30.")] = "10,30",
    add: Annotated[int, typer.Option(min=0, help="Choose this many more sites, for the first limit.")] = 0,
    candidates: Annotated[Path | None, typer.Option(help="Columns id, node: where sites could be added.")] = None,
    aim: Annotated[
        Aim, typer.Option(help="Most households within the first limit, or the shortest walks.")
    ] = Aim.SHARE,
    metres_per_minute: Annotated[str, typer.Option(help="The pace of walking.")] = "80",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say which share of households walks how long to the nearest site, and where more sites would help most."""
    limits = [_positive("--minutes", text) for text in minutes.split(",")]
    pace = _positive("--metres-per-minute", metres_per_minute)
    if add and candidates is None:
        refuse("Say with --candidates FILE where sites could be added, columns id and node.")
    # Numba and scipy take a second to load, which no other command shall wait for.
    from jinlin.cli.circles import measured, read_case, warm_up

    start = process_time()
    case = read_case(nodes, edges, sites, demand, candidates)
    warm_up()
    load_s, start = seconds_since(start), process_time()
    figures = measured(case, limits, pace, add, shorter_walks=aim is Aim.WALKS)
    figures |= {"load_s": load_s, "cpu_s": seconds_since(start)}
    answer(figures if as_json else figures | {"unreachable": len(figures["unreachable"])}, as_json=as_json)


def _positive(option: str, text: str) -> Fraction:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or not 0 < number <= MOST:
        refuse(
            f"{option}: “{text.strip()}” is no number above 0 and up to {MOST}; "
            "write it as in --minutes 10,30 --metres-per-minute 80."
        )
    return Fraction(number)
