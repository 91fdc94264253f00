"""Spreadsheets for tests: rows as a CSV file, packed or not, or as a workbook."""

import csv
import gzip
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def csv_file(path: Path, *rows: Iterable[Any]) -> Path:
    """Write rows as CSV, gzipped where the name ends in .gz."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def workbook(path: Path, *rows: Iterable[Any], change: Callable[[Worksheet], Any] | None = None) -> Path:
    """Write rows as a workbook; `change` may alter its sheet before it is saved."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    if change:
        change(book.active)
    book.save(path)
    return path
