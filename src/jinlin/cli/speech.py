"""How commands speak: words and progress for people on standard error, one JSON object for machines on standard output."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from jinlin.platform.errors import JinlinError

people = Console(stderr=True, highlight=False)


def say(words: str) -> None:
    """Tell a person something."""
    people.print(words)


def answer(contents: dict[str, Any], *, as_json: bool) -> None:
    """Give the outcome: as one JSON object, or as lines for a person."""
    if as_json:
        sys.stdout.write(json.dumps(contents, ensure_ascii=False, default=str) + "\n")
        return
    for name, value in contents.items():
        people.print(f"[bold]{name}[/bold]  {value}")


def refuse(sentence: str) -> NoReturn:
    """End with exit code 2 and one clear sentence: what, where, what to do."""
    people.print(sentence, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(2)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the errors of actions and of missing files into one sentence and exit code 2."""
    try:
        yield
    except JinlinError as error:
        details = "; ".join(f"{name}: {why}" for name, why in error.fields.items())
        why = " ".join(str(part) for part in (error.why, details) if part) or error.what
        refuse(f"{why} {error.remedy}")
    except OSError as error:
        refuse(f"{error.filename or 'A file'}: {error.strerror}. Check the path and that you may read it.")


@contextmanager
def progress(words: str, total: int | None = None) -> Iterator[Any]:
    """Show a bar while the block runs; call the given function with how many more were done."""
    columns = [TextColumn(words), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    with Progress(*columns, console=people, transient=True, disable=not people.is_terminal) as bar:
        task = bar.add_task(words, total=total)
        yield lambda count=1: bar.advance(task, count)
