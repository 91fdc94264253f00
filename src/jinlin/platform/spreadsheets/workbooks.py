"""Rows of XLSX, XLS and ODS workbooks as text, with the cells that cannot be read named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

import python_calamine as calamine
from django.utils.translation import gettext as _

from jinlin.platform.spreadsheets.kinds import Kind, Limits, archive, check_unpacked_size, refusal
from jinlin.platform.spreadsheets.scanning import Cell, Fault, Scan, scan_ods, scan_xlsx

LARGEST_EXACT_NUMBER = 10**15
ROUNDED = "\ufffd"
"""Stands for a number with more digits than a spreadsheet keeps; no text of a cell is like it."""


@dataclass
class Sheet:
    """A sheet that is open: its rows, the number of the last one, its merged ranges and unreadable cells."""

    name: str
    rows: Iterator[tuple[int, list[str]]]
    last_row: int | None = None
    merged: list[tuple[Cell, Cell]] = field(default_factory=list)
    faults: dict[Cell, Fault] = field(default_factory=dict)


def open_workbook(file: IO[bytes], kind: Kind, limits: Limits, name: str = "") -> Sheet:
    """Open the sheet `name`, or else the first one that can be seen.

    Raises:
        Invalid: for a damaged or protected file, one that is too large, or a sheet that is not there.
    """
    scans = _scans_before(file, kind, limits)
    try:
        book = calamine.CalamineWorkbook.from_filelike(file)
        index = _index_of(book, name)
        if kind is Kind.XLSX:
            with archive(file) as packed:
                scan = scan_xlsx(packed, book.sheet_names[index], limits)
        else:
            scan = scans[index] if scans else Scan()
        sheet = book.get_sheet_by_index(index)
        merged = sorted(scan.merged or sheet.merged_cell_ranges or [])
        return Sheet(book.sheet_names[index], _rows(sheet), sheet.total_height, merged, scan.faults)
    except (calamine.CalamineError, KeyError, IndexError, ValueError, OSError) as error:
        raise refusal(_("The file is damaged or protected by a password, and cannot be read.")) from error


def _scans_before(file: IO[bytes], kind: Kind, limits: Limits) -> list[Scan]:
    """Check what opening the workbook would do: unpack everything, and of an ODS file lay out every sheet."""
    if kind is Kind.XLS:
        return []
    with archive(file) as packed:
        check_unpacked_size(packed, limits)
        return scan_ods(packed, limits) if kind is Kind.ODS else []


def _index_of(book: calamine.CalamineWorkbook, name: str) -> int:
    if name and name not in book.sheet_names:
        words = {"name": name, "found": _(", ").join(book.sheet_names)}
        raise refusal(_("There is no sheet %(name)s in the file; it has %(found)s.") % words)
    if name:
        return book.sheet_names.index(name)
    for index, sheet in enumerate(book.sheets_metadata):
        visible = sheet.visible == calamine.SheetVisibleEnum.Visible
        if visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet:
            return index
    raise refusal(_("The file has no sheet with cells that can be seen."))


def _rows(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    if sheet.start is None:
        return
    # Columns before the first filled one are not given, but rows are.
    before = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if any(cell != "" for cell in cells):
            yield number, before + [cell if isinstance(cell, str) else text_of(cell) for cell in cells]


def text_of(value: Any) -> str:
    """Return what a cell's value reads like: dates as ISO 8601, numbers without a needless fraction."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number_text(value)
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return str(value)


def _number_text(value: float) -> str:
    if abs(value) >= LARGEST_EXACT_NUMBER:
        return ROUNDED
    if value == int(value):
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"
