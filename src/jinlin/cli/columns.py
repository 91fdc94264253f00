"""Reads columns of a file for the engines; the first thing that is wrong ends the command with file, line and column."""

import csv
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import NoReturn, TypeVar

import numpy as np
from django.utils.translation import override
from numpy.typing import NDArray

from jinlin.cli.speech import progress, refuse, told_plainly
from jinlin.platform.errors import Invalid
from jinlin.platform.spreadsheets import Column, Limits, Row, read_table
from jinlin.platform.spreadsheets.kinds import MEGABYTE
from jinlin.platform.spreadsheets.values import Unreadable, as_yes_no

LARGE = Limits(file_bytes=4_000 * MEGABYTE, unpacked_bytes=16_000 * MEGABYTE, cells=400_000_000, rows=40_000_000)
ADVANCE_EVERY = 10_000
MOST_DIGITS = 18
_WHOLE = re.compile(rf"-?\d{{1,{MOST_DIGITS}}}", re.ASCII)

Value = TypeVar("Value")


class Columns:
    """The cells of a file by column, with the line that each row stands in; `others` are headers that were not read."""

    def __init__(self, path: Path, headers: Mapping[str, str], others: Sequence[str] = ()) -> None:
        self.path, self.headers, self.others = path, headers, others
        self.lines: list[int] = []
        self.cells: dict[str, list[str]] = {name: [] for name in headers}

    def __len__(self) -> int:
        return len(self.lines)

    def blame(self, row: int, name: str, why: str) -> NoReturn:
        """End the command with what is wrong in a cell."""
        refuse(f"{self.path}, line {self.lines[row]}, column {self.headers[name]}: {why}")

    def whole_numbers(self, name: str, *, least: int, remedy: str, most: int = 10**MOST_DIGITS) -> NDArray[np.int64]:
        """Return a column of whole numbers; one below `least` or above `most` is refused with the remedy."""
        found = self._read(name, _as_whole, f"is no whole number of at most {MOST_DIGITS} digits. {remedy}")
        numbers = np.array(found, dtype=np.int64)
        for row in np.flatnonzero(numbers < least)[:1].tolist():
            self.blame(row, name, f"{numbers[row]} is less than {least}. {remedy}")
        for row in np.flatnonzero(numbers > most)[:1].tolist():
            self.blame(row, name, f"{numbers[row]} is more than {most}. {remedy}")
        return numbers

    def numbers(self, name: str, remedy: str) -> NDArray[np.float64]:
        """Return a column of finite numbers."""
        return np.array(self._read(name, _as_number, f"is no number. {remedy}"), dtype=np.float64)

    def yes_or_no(self, name: str) -> NDArray[np.bool_]:
        """Return a column of 0 and 1, or other words for no and yes; an empty cell says no."""
        return np.array(self._read(name, _as_answer, "is neither yes nor no. Write 1 or 0."), dtype=bool)

    def ids(self, name: str) -> dict[str, int]:
        """Return {id: row} of a column in which nothing may stand twice."""
        found: dict[str, int] = {}
        for row, text in enumerate(self.cells[name]):
            if found.setdefault(text, row) != row:
                first = self.lines[found[text]]
                self.blame(row, name, f"“{text}” stands in line {first} already. Keep one of the two lines.")
        return found

    def references(self, name: str, known: Mapping[str, int], where: Path) -> NDArray[np.int64]:
        """Return for each row what `known` says of its cell; an id that is not known is refused."""
        cells = self.cells[name]
        found = np.fromiter((known.get(text, -1) for text in cells), dtype=np.int64, count=len(cells))
        for row in np.flatnonzero(found < 0)[:1].tolist():
            self.blame(row, name, f"{where} does not have “{cells[row]}”. Add it there, or take this line out.")
        return found

    def refuse_twice(self, names: Sequence[str], keys: NDArray[np.int64]) -> None:
        """Refuse rows with the same key; `names` are the columns that make it up."""
        order = np.argsort(keys, kind="stable")
        again = order[1:][keys[order[1:]] == keys[order[:-1]]]
        if len(again):
            row = int(again.min())
            first = self.lines[int(np.flatnonzero(keys == keys[row])[0])]
            pair = " and ".join(f"“{self.cells[name][row]}”" for name in names)
            self.blame(row, names[0], f"{pair} stand together in line {first} already. Keep one of the two lines.")

    def _read(self, name: str, reader: Callable[[str], Value | None], why: str) -> list[Value]:
        found = []
        for row, text in enumerate(self.cells[name]):
            value = reader(text)
            if value is None:
                self.blame(row, name, f"“{text[:40]}” {why}")
            found.append(value)
        return found


def read_columns(path: Path, wanted: Mapping[str, Sequence[str]], optional: Iterable[str] = ()) -> Columns:
    """Return the wanted columns of a CSV, CSV.gz or XLSX file, given as {name: other headers that it may have}.

    An optional column may be absent from the file, and then from the outcome, or have empty cells.
    """
    columns = [Column(name, name, tuple(others), needed=True, as_text=True) for name, others in wanted.items()]
    columns += [Column(name, name, as_text=True) for name in optional]
    try:
        with (
            override("en"),
            progress(f"rows of {path.name}") as advance,
            read_table(path, columns, limits=LARGE) as table,
        ):
            return _filled(Columns(path, table.header.texts, table.header.unused), table.rows, advance)
    except Invalid as error:
        refuse(f"{path}: {error.why} Give a CSV or XLSX file with the columns {', '.join(wanted)} in its first row.")
    except OSError as error:
        refuse(f"{path}: {error.strerror}. Check the path and that you may read it.")


def _filled(columns: Columns, rows: Iterable[Row], advance: Callable[[int], None]) -> Columns:
    for row in rows:
        for finding in row.findings:
            refuse(f"{columns.path}, line {finding.row}, column {finding.column}: {finding.why} Fill it in.")
        columns.lines.append(row.number)
        for name, cells in columns.cells.items():
            cells.append(row.values.get(name, ""))
        if len(columns) % ADVANCE_EVERY == 0:
            advance(ADVANCE_EVERY)
    return columns


def _as_whole(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None


def _as_answer(text: str) -> bool | None:
    try:
        return as_yes_no(text)
    except Unreadable:
        return None


def _as_number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def seconds_since(start: float) -> float:
    """Return the processor seconds since a moment of `process_time`."""
    return round(process_time() - start, 3)


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a plain CSV file."""
    with told_plainly(), path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
