"""Rows of CSV files, packed or not, in the encodings that spreadsheet programs in China write."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO

from django.utils.translation import gettext as _

from jinlin.platform.spreadsheets.kinds import Kind, Limits, byte_chunks, refusal

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
WITHOUT_MARK = ("utf-8", "gb18030")
DELIMITERS = (",", "\t", ";", "，")


def csv_rows(file: IO[bytes], kind: Kind, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number from 1, cells) of a CSV file; the encoding and the separator are found out.

    Raises:
        Invalid: for text in no known encoding, a quote that never ends, or a damaged packed file.
    """
    encoding = _encoding_of(file, kind, limits)
    lines = _lines(codecs.iterdecode(byte_chunks(file, kind, limits), encoding))
    first = next(lines, "")
    reader = csv.reader(chain([first], lines), delimiter=max(DELIMITERS, key=first.count))
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        where = _("Row %(row)s cannot be read: a quotation mark may be missing.") % {"row": number + 1}
        raise refusal(where) from error


def _encoding_of(file: IO[bytes], kind: Kind, limits: Limits) -> str:
    head = next(byte_chunks(file, kind, limits), b"")
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS if head.startswith(mark)), None)
    candidates = (marked,) if marked else WITHOUT_MARK
    for encoding in candidates:
        if _decodes(byte_chunks(file, kind, limits), encoding):
            return encoding
    raise refusal(
        _("The text of the file is neither UTF-8 nor GB 18030."),
        _("Save it anew as “CSV UTF-8” or as .xlsx, and choose it again."),
    )


def _decodes(chunks: Iterable[bytes], encoding: str) -> bool:
    try:
        for _text in codecs.iterdecode(chunks, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _lines(chunks: Iterable[str]) -> Iterator[str]:
    """Yield lines with their ends; only a line feed ends one, as a cell may hold every other kind of break."""
    rest = ""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split("\n")
        for line in lines:
            yield line + "\n"
    if rest:
        yield rest
