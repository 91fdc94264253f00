"""What a workbook's cells hide from its values: cells without one, merged cells, and a far corner that fills memory.

The reader of workbooks gives values only and lays them into a rectangle up to the last cell. So the file's own text is
looked through first, in pieces, without building anything from it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from jinlin.platform.spreadsheets.kinds import MEGABYTE, Limits, refusal, unpacked

MOST_FAULTS = 10_000
LONGEST_ROW = 32 * MEGABYTE

_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*["']([^"']*)["']""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_FILLED_CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["'][^>/]*>""")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]")
_SUSPECT = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']""")
_ODS_ELEMENT = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(\s[^>]*?)?(/?)>")


class Fault(StrEnum):
    """Why a cell has no value to read."""

    FORMULA = "formula"
    ERROR = "error"


Cell = tuple[int, int]
"""Row and column, both from 0."""


@dataclass
class Scan:
    """What was found in one sheet; `merged` holds the first and the last cell of each range."""

    faults: dict[Cell, Fault] = field(default_factory=dict)
    merged: list[tuple[Cell, Cell]] = field(default_factory=list)
    last_row: int = -1
    last_column: int = -1

    def reach(self, row: int, column: int, limits: Limits) -> None:
        """Note a cell that holds a value.

        Raises:
            Invalid: when the rectangle up to it is larger than the limits allow.
        """
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        if (self.last_row + 1) * (self.last_column + 1) > limits.cells:
            raise refusal(
                _("The sheet reaches as far as cell %(cell)s, which is too large.")
                % {"cell": cell_name((row, column))},
                _("Copy only the rows and columns that are needed into a new file."),
            )

    def blame(self, cell: Cell, fault: Fault) -> None:
        """Note a cell that cannot be read.

        Raises:
            Invalid: after more of them than anybody would correct by hand.
        """
        self.faults[cell] = fault
        if len(self.faults) > MOST_FAULTS:
            raise refusal(
                _("More than %(most)s cells hold formulas without a result, or errors.") % {"most": MOST_FAULTS},
                _("Open the file in your spreadsheet program, let it calculate, save it, and choose it again."),
            )


def cell_name(cell: Cell) -> str:
    """Return the name of a cell as spreadsheets show it: (0, 0) is A1."""
    return f"{column_name(cell[1])}{cell[0] + 1}"


def column_name(column: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def _column_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def scan_xlsx(packed: zipfile.ZipFile, sheet: str, limits: Limits) -> Scan:
    """Look through the cells of a sheet of an XLSX file.

    Raises:
        Invalid: when it reaches too far or cannot be read.
    """
    scan = Scan()
    for piece in _pieces(packed, _path_of(packed, sheet), b"</row>", limits):
        filled = _FILLED_CELL.findall(piece)
        if filled:
            last_column = max(_column_of(letters) for letters in {letters for letters, _row in filled})
            scan.reach(max(int(row) for _letters, row in filled) - 1, last_column, limits)
        if _SUSPECT.search(piece):
            _blame_cells(scan, piece)
    return scan


def _blame_cells(scan: Scan, piece: bytes) -> None:
    for attributes, body in _CELL.findall(piece):
        known = dict(_ATTRIBUTE.findall(attributes))
        place = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})", known.get(b"r", b""))
        if not place:
            continue
        cell = int(place[2]) - 1, _column_of(place[1])
        if known.get(b"t") == b"e":
            scan.blame(cell, Fault.ERROR)
        elif _FORMULA.search(body) and known.get(b"t") != b"str" and not _VALUE.search(body):
            scan.blame(cell, Fault.FORMULA)


def _path_of(packed: zipfile.ZipFile, sheet: str) -> str:
    """Return the path of a sheet inside the archive, by way of its relation id."""
    sheets = _attributes(packed, "xl/workbook.xml", _SHEET)
    relations = {entry[b"Id"]: entry[b"Target"].decode() for entry in _attributes(packed, RELATIONS, _RELATION)}
    named = next((entry for entry in sheets if _unescaped(entry[b"name"]) == sheet), sheets[0])
    target = relations[next(value for name, value in named.items() if name.endswith(b":id"))]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


RELATIONS = "xl/_rels/workbook.xml.rels"


def _attributes(packed: zipfile.ZipFile, path: str, element: re.Pattern[bytes]) -> list[dict[bytes, bytes]]:
    text = b"".join(unpacked(packed, packed.getinfo(path), MEGABYTE))
    return [dict(_ATTRIBUTE.findall(found)) for found in element.findall(text)]


def _unescaped(name: bytes) -> str:
    text = name.decode()
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(escaped, plain)
    return text


def _pieces(packed: zipfile.ZipFile, path: str, end: bytes, limits: Limits) -> Iterator[bytes]:
    """Yield an entry's text in pieces that each end with `end`, but for the last."""
    rest = b""
    for chunk in unpacked(packed, packed.getinfo(path), limits.unpacked_bytes):
        piece, found, tail = (rest + chunk).rpartition(end)
        rest = tail
        if found:
            yield piece + found
        if len(rest) > LONGEST_ROW:
            raise refusal(_("The file is damaged or protected by a password, and cannot be read."))
    yield rest


@dataclass
class _OdsReader:
    """Goes through the elements of an ODS file: a scan for each sheet, and where the next cell lies."""

    limits: Limits
    scans: list[Scan] = field(default_factory=list)
    row: int = 0
    column: int = 0
    row_repeats: int = 1

    def enter(self, name: bytes, known: dict[bytes, bytes]) -> None:
        if name == b"table":
            self.scans.append(Scan())
            self.row = 0
        elif name == b"table-row":
            self.column, self.row_repeats = 0, int(known.get(b"table:number-rows-repeated", 1))
        elif self.scans:
            repeats = int(known.get(b"table:number-columns-repeated", 1))
            self._look_at(known, repeats)
            self.column += repeats

    def leave(self, name: bytes) -> None:
        if name == b"table-row":
            self.row += self.row_repeats

    def _look_at(self, known: dict[bytes, bytes], repeats: int) -> None:
        scan, cell = self.scans[-1], (self.row, self.column)
        if b"office:value-type" in known:
            scan.reach(self.row + self.row_repeats - 1, self.column + repeats - 1, self.limits)
        elif b"table:formula" in known:
            scan.blame(cell, Fault.FORMULA)
        rows = int(known.get(b"table:number-rows-spanned", 1))
        columns = int(known.get(b"table:number-columns-spanned", 1))
        if rows > 1 or columns > 1:
            scan.merged.append((cell, (self.row + rows - 1, self.column + columns - 1)))


def scan_ods(packed: zipfile.ZipFile, limits: Limits) -> list[Scan]:
    """Look through the cells of every sheet of an ODS file, as all of them are read together.

    Raises:
        Invalid: when one reaches too far or cannot be read.
    """
    reader = _OdsReader(limits)
    for piece in _pieces(packed, "content.xml", b">", limits):
        for closing, name, attributes, empty in _ODS_ELEMENT.findall(piece):
            if not closing:
                reader.enter(name, dict(_ATTRIBUTE.findall(attributes)))
            if closing or empty:
                reader.leave(name)
    return reader.scans
