"""Spreadsheets that leave the platform: nothing in them can act as a formula, and long ones need no memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jinlin.platform.dates import LOCAL
from jinlin.platform.errors import Words
from jinlin.platform.spreadsheets.columns import Column
from jinlin.platform.spreadsheets.reading import FORMULA_STARTS, Finding
from jinlin.platform.spreadsheets.workbooks import LARGEST_EXACT_NUMBER

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
DEFAULT_WIDTH = 14
SAFE_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
Target = Path | str | IO[bytes]


def write_workbook(
    target: Target, columns: Sequence[Column | Words], rows: Iterable[Sequence[Any]], *, sheet: Words = ""
) -> int:
    """Write an XLSX file with a header row, column widths and a filter; return the number of rows.

    Texts are written as texts, whatever they begin with; moments as local time. What a cell cannot hold is shortened.
    """
    with _workbook(target) as book:
        return _write_sheet(book, book.add_worksheet(_sheet_name(sheet)), columns, rows)


def template_workbook(target: Target, columns: Sequence[Column], *, sheet: Words = "") -> None:
    """Write an empty XLSX file to fill in: the header on the first sheet, and on the second what belongs where."""
    with _workbook(target) as book:
        page = book.add_worksheet(_sheet_name(sheet))
        as_text = book.add_format({"num_format": "@"})
        for index, column in enumerate(columns):
            page.set_column(index, index, column.width, as_text if column.as_text else None)
        _write_header(book, page, columns)
        explained = [
            (str(column.label), _("needed") if column.needed else _("may stay empty"), str(column.hint), column.example)
            for column in columns
        ]
        heads = [_("Column"), _("Needed"), _("What belongs there"), _("Example")]
        notes = book.add_worksheet(_("Explanation"))
        _write_sheet(book, notes, heads, explained, widths=(16, 12, 60, 24))


def findings_workbook(target: Target, findings: Iterable[Finding]) -> int:
    """Write the findings of an import as an XLSX file, one row each; return how many."""
    heads = [_("Row"), _("Column"), _("Why it cannot be taken")]
    with _workbook(target) as book:
        page = book.add_worksheet(_("Findings"))
        rows = ((finding.row, finding.column, finding.why) for finding in findings)
        return _write_sheet(book, page, heads, rows, widths=(8, 18, 80))


def csv_lines(headers: Sequence[Words], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield the lines of a CSV file in UTF-8 with its mark, for a response that streams."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for row in _with_header(headers, rows):
        writer.writerow([_csv_cell(value) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def write_csv(target: IO[bytes], headers: Sequence[Words], rows: Iterable[Sequence[Any]]) -> int:
    """Write a CSV file in UTF-8 with its mark; return the number of rows."""
    return sum(1 for line in csv_lines(headers, rows) if target.write(line)) - 1


def _with_header(headers: Sequence[Words], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield [str(header) for header in headers]
    yield from rows


def _csv_cell(value: Any) -> Any:
    """Return what goes into a CSV cell; a quote keeps a text that begins like a formula from acting as one."""
    match value:
        case datetime():
            return f"{value.astimezone(LOCAL):%Y-%m-%d %H:%M}"
        case None | bool() | int() | float() | Decimal() | date():
            return "" if value is None else value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


@contextmanager
def _workbook(target: Target) -> Iterator[xlsxwriter.Workbook]:
    with xlsxwriter.Workbook(target, SAFE_OPTIONS) as book:
        yield book


def _sheet_name(name: Words) -> str:
    """Return a name that a sheet may have: at most 31 characters, without the signs of references."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in str(name))[:31].strip() or _("Table")


def _write_header(book: xlsxwriter.Workbook, page: Worksheet, columns: Sequence[Column | Words]) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for index, column in enumerate(columns):
        label = (
            f"{column.label}*"
            if isinstance(column, Column) and column.needed
            else str(getattr(column, "label", column))
        )
        page.write_string(0, index, label, bold)
    page.freeze_panes(1, 0)


def _write_sheet(
    book: xlsxwriter.Workbook,
    page: Worksheet,
    columns: Sequence[Column | Words],
    rows: Iterable[Sequence[Any]],
    widths: Sequence[int] = (),
) -> int:
    for index, column in enumerate(columns):
        width = widths[index] if widths else getattr(column, "width", DEFAULT_WIDTH)
        page.set_column(index, index, width)
    _write_header(book, page, columns)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    count = 0
    for count, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            _write_cell(page, count, index, value, day, minute)
    page.autofilter(0, 0, max(count, 1), max(len(columns) - 1, 0))
    return count


def _write_cell(page: Worksheet, row: int, column: int, value: Any, day: Format, minute: Format) -> None:
    match value:
        case None | "":
            return
        case bool():
            page.write_boolean(row, column, value)
        case int() | float() | Decimal() if abs(value) < LARGEST_EXACT_NUMBER:
            page.write_number(row, column, value)
        case datetime():
            page.write_datetime(row, column, value.astimezone(LOCAL).replace(tzinfo=None), minute)
        case date():
            page.write_datetime(row, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
        case _:
            page.write_string(row, column, _fitting(str(value)))


def _fitting(text: str) -> str:
    """Return a text that a cell can hold, and say at its end when something was left out."""
    if len(text) <= LONGEST_CELL:
        return text
    return text[: LONGEST_CELL - 40] + _(" … (%(count)s characters in all)") % {"count": len(text)}
