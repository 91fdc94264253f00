"""What kind of file a spreadsheet is, told by its first bytes, and how large one may be."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from jinlin.platform.errors import Invalid, Words

MEGABYTE = 1024 * 1024
CHUNK = MEGABYTE
WEB_PAGE_MARKS = (b"<html", b"<!doctype html", b"<table", b"<?xml")


class Kind(StrEnum):
    """Kinds of file that can be read."""

    CSV = "csv"
    GZIP = "csv.gz"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


@dataclass(frozen=True)
class Limits:
    """How large a spreadsheet may be; `cells` is the rectangle around everything that holds a value."""

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 500 * MEGABYTE
    cells: int = 8_000_000
    rows: int = 500_000


def refusal(why: Words, remedy: Words = "") -> Invalid:
    """Return the error for a file that cannot be taken."""
    return Invalid(why, remedy=remedy or _("Correct the file, or save it anew as .xlsx or .csv, and choose it again."))


def too_large(most: int) -> Invalid:
    """Return the error for a file, packed or unpacked, of more than `most` bytes."""
    return refusal(
        _("The file is larger than %(most)s MB.") % {"most": most // MEGABYTE},
        _("Split it into several files, each with the header row."),
    )


@contextmanager
def opened(source: Path | str | IO[bytes], limits: Limits) -> Iterator[IO[bytes]]:
    """Open a path, or go to the start of a file that is open already.

    Raises:
        Invalid: when it is larger than the limits say, or empty.
    """
    if isinstance(source, (str, Path)):
        with open(source, "rb") as file:
            yield _measured(file, limits)
    else:
        yield _measured(source, limits)


def _measured(file: IO[bytes], limits: Limits) -> IO[bytes]:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > limits.file_bytes:
        raise too_large(limits.file_bytes)
    if size == 0:
        raise refusal(_("The file is empty."))
    return file


def kind_of(file: IO[bytes]) -> Kind:
    """Return what the file is.

    Raises:
        Invalid: for what is no spreadsheet.
    """
    head = file.read(4096)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return Kind.XLS
    if head.startswith(b"\x1f\x8b"):
        return Kind.GZIP
    if head.lstrip().lower().startswith(WEB_PAGE_MARKS):
        raise refusal(
            _("The file is a web page, though its name may end in .xls."),
            _("Open it in your spreadsheet program, save it as .xlsx, and choose that file."),
        )
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(_("The file is no spreadsheet. CSV, CSV.gz, XLSX, XLS and ODS can be read."))
    return Kind.CSV


def _kind_of_archive(file: IO[bytes]) -> Kind:
    with archive(file) as packed:
        names = set(packed.namelist())
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "content.xml" in names and "word/document.xml" not in names:
        return Kind.ODS
    raise refusal(_("The file is no spreadsheet. CSV, CSV.gz, XLSX, XLS and ODS can be read."))


@contextmanager
def archive(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Open the archive that an XLSX or ODS file is.

    Raises:
        Invalid: when it is broken or protected by a password.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            yield packed
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise refusal(_("The file is damaged or protected by a password, and cannot be read.")) from error
    finally:
        file.seek(0)


def check_unpacked_size(packed: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack everything once, keeping nothing; the sizes that the archive states may be lies.

    Raises:
        Invalid: when more comes out than the limits allow.
    """
    left = limits.unpacked_bytes
    for entry in packed.infolist():
        for chunk in unpacked(packed, entry, left):
            left -= len(chunk)
            if left < 0:
                raise too_large(limits.unpacked_bytes)


def unpacked(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """Yield the true contents of an entry in chunks, whatever size it states, at most a little more than `most` bytes."""
    honest = copy(entry)
    honest.file_size = most + CHUNK
    with packed.open(honest) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def byte_chunks(file: IO[bytes], kind: Kind, limits: Limits) -> Iterator[bytes]:
    """Yield the contents of a text file from its start, unpacked when it is a gzip file.

    Raises:
        Invalid: when it is damaged, or when more comes out than the limits allow.
    """
    file.seek(0)
    stream = gzip.GzipFile(fileobj=file) if kind is Kind.GZIP else file
    left = limits.unpacked_bytes
    try:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise too_large(limits.unpacked_bytes)
            yield chunk
    except (EOFError, OSError, zlib.error) as error:
        raise refusal(_("The file is damaged and cannot be unpacked.")) from error
