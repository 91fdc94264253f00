"""Reads a spreadsheet as rows of fields: finds the header, skips what is empty, and says what is wrong cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import IO, TypeVar

from django.utils.translation import gettext as _

from jinlin.platform.errors import Words
from jinlin.platform.spreadsheets import values
from jinlin.platform.spreadsheets.columns import HEADER_SEARCHED_ROWS, Column, Header, find_header
from jinlin.platform.spreadsheets.kinds import Kind, Limits, kind_of, opened, refusal
from jinlin.platform.spreadsheets.scanning import Cell, Fault, cell_name
from jinlin.platform.spreadsheets.text_files import csv_rows
from jinlin.platform.spreadsheets.workbooks import ROUNDED, Sheet, open_workbook

MOST_MERGED_NAMED = 5
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# What a database column cannot hold, and what nobody can see.
_INVISIBLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFEFF])

Value = TypeVar("Value")


@dataclass(frozen=True)
class Finding:
    """What is wrong in one cell: the row's number in the file, the column's header, and why."""

    row: int
    column: str
    why: str

    def as_dict(self) -> dict[str, object]:
        """Return it as the JSON of imports has it."""
        return {"row": self.row, "column": self.column, "why": self.why}


@dataclass
class Row:
    """One row: texts by field name, and the findings so far.

    The readers (`day`, `whole`, …) return None for an empty cell, and for an unreadable one after adding a finding.
    """

    number: int
    values: Mapping[str, str]
    headers: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)

    def text(self, name: str, *, most: int = 0) -> str:
        """Return the text of a field, empty when there is none; longer than `most` characters is a finding."""
        text = self.values.get(name, "")
        if most and len(text) > most:
            self.blame(name, _("At most %(most)s characters, not %(count)s.") % {"most": most, "count": len(text)})
            return text[:most]
        return text

    def day(self, name: str) -> date | None:
        """Return a day."""
        return self._read(name, values.as_day)

    def moment(self, name: str) -> datetime | None:
        """Return a moment in UTC."""
        return self._read(name, values.as_moment)

    def whole(self, name: str) -> int | None:
        """Return a whole number."""
        return self._read(name, values.as_whole)

    def decimal(self, name: str) -> Decimal | None:
        """Return a number."""
        return self._read(name, values.as_decimal)

    def code(self, name: str) -> str:
        """Return a code of digits, empty when there is none."""
        return self._read(name, values.as_code) or ""

    def yes_no(self, name: str) -> bool:
        """Return whether it says yes."""
        return bool(self._read(name, values.as_yes_no))

    def blame(self, name: str, why: Words) -> None:
        """Add a finding about a field."""
        self.findings.append(Finding(self.number, self.headers.get(name, name), str(why)))

    def _read(self, name: str, reader: Callable[[str], Value]) -> Value | None:
        text = self.values.get(name, "")
        if not text:
            return None
        try:
            return reader(text)
        except values.Unreadable as error:
            self.blame(name, error)
            return None


@dataclass
class Table:
    """A spreadsheet that is open: which column is which field, and its rows, to be gone through once.

    `expected` is the number of rows below the header, empty ones included, where the file tells it.
    """

    header: Header
    sheet: Sheet
    columns: Sequence[Column]
    rows: Iterator[Row]

    @property
    def expected(self) -> int | None:
        return self.sheet.last_row - self.header.row if self.sheet.last_row is not None else None


@contextmanager
def read_table(
    source: Path | str | IO[bytes],
    columns: Sequence[Column],
    *,
    mapping: Mapping[str, str] | None = None,
    sheet: str = "",
    limits: Limits | None = None,
) -> Iterator[Table]:
    """Open a spreadsheet (CSV, CSV.gz, XLSX, XLS, ODS) whose header brings some of `columns`.

    `mapping` is {header: field} by hand and goes before what the headers say themselves. Empty rows are passed over;
    an empty needed cell, a formula without a result, an error value and a rounded number become findings of their row.

    Raises:
        Invalid: for a file that cannot be read as a table at all: no spreadsheet, damaged, too large, merged cells among
            the data, no header, a needed column missing or there twice. Also while the rows are gone through.
    """
    limits = limits or Limits()
    with opened(source, limits) as file:
        opened_sheet = _sheet_of(file, limits, sheet)
        first = list(islice(opened_sheet.rows, HEADER_SEARCHED_ROWS))
        header = find_header(first, columns, mapping)
        _refuse_merged(opened_sheet, header)
        below = chain((row for row in first if row[0] > header.row), opened_sheet.rows)
        rows = _rows(below, header, columns, opened_sheet.faults, limits)
        yield Table(header, opened_sheet, columns, rows)


def headers_of(source: Path | str | IO[bytes], *, limits: Limits | None = None) -> list[str]:
    """Return the headers that a file seems to have: the fullest of its first rows, for matching by hand.

    Raises:
        Invalid: for a file that cannot be read as a table at all.
    """
    limits = limits or Limits()
    with opened(source, limits) as file:
        first = islice(_sheet_of(file, limits, "").rows, HEADER_SEARCHED_ROWS)
        fullest = max((cells for _number, cells in first), key=lambda cells: sum(map(bool, cells)), default=[])
    return [cell.strip() for cell in fullest if cell.strip()]


def _sheet_of(file: IO[bytes], limits: Limits, name: str) -> Sheet:
    kind = kind_of(file)
    if kind in {Kind.CSV, Kind.GZIP}:
        filled = (row for row in csv_rows(file, kind, limits) if any(row[1]))
        return Sheet("", filled)
    return open_workbook(file, kind, limits, name)


def _refuse_merged(sheet: Sheet, header: Header) -> None:
    """Raises: Invalid, for merged cells from the header row on; a merged title above it does no harm."""
    merged = [f"{cell_name(first)}:{cell_name(last)}" for first, last in sheet.merged if last[0] + 1 >= header.row]
    if merged:
        words = {"cells": _(", ").join(merged[:MOST_MERGED_NAMED]), "count": len(merged)}
        raise refusal(
            _("The table has %(count)s merged cells: %(cells)s.") % words,
            _("Unmerge them, write the value into every row, and choose the file again."),
        )


def _rows(
    below: Iterator[tuple[int, list[str]]],
    header: Header,
    columns: Sequence[Column],
    faults: Mapping[Cell, Fault],
    limits: Limits,
) -> Iterator[Row]:
    needed = [column.name for column in columns if column.needed]
    texts, places = header.texts, list(header.fields.items())
    blamed = {row for row, _column in faults}
    for count, (number, cells) in enumerate(below, start=1):
        if count > limits.rows:
            raise _too_many_rows(limits)
        taken = {name: _clean(cells[index]) for name, index in places if index < len(cells)}
        row = Row(number, taken, texts)
        _find_rounded(row)
        if number - 1 in blamed:
            _find_faults(row, header, faults)
        _find_empty(row, needed)
        if row.findings or any(taken.values()):
            yield row


def _too_many_rows(limits: Limits) -> Exception:
    return refusal(
        _("The file has more than %(most)s rows.") % {"most": limits.rows},
        _("Split it into several files, each with the header row."),
    )


def _clean(text: str) -> str:
    """Return the text of a cell without invisible signs, blanks around it, and the quote that guards formulas."""
    cleaned = text.translate(_INVISIBLE).strip()
    return cleaned[1:] if cleaned.startswith("'") and cleaned[1:].startswith(FORMULA_STARTS) else cleaned


def _find_rounded(row: Row) -> None:
    for name, text in row.values.items():
        if text == ROUNDED:
            row.blame(name, _("The spreadsheet program has rounded this long number; set the column's format to text."))


def _find_faults(row: Row, header: Header, faults: Mapping[Cell, Fault]) -> None:
    for name, index in header.fields.items():
        match faults.get((row.number - 1, index)):
            case Fault.FORMULA:
                row.blame(name, _("The formula here has no result; open the file, let it calculate, and save it."))
            case Fault.ERROR:
                row.blame(name, _("The cell holds an error such as #N/A."))


def _find_empty(row: Row, needed: Sequence[str]) -> None:
    if not any(row.values.values()):
        return
    blamed = {finding.column for finding in row.findings}
    for name in needed:
        if not row.values.get(name) and row.headers[name] not in blamed:
            row.blame(name, _("This cell is empty."))
