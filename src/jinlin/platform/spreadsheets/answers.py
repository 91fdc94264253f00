"""Spreadsheets as the answer of a page: a file to keep, under a name."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from jinlin.platform.dates import today
from jinlin.platform.errors import Words
from jinlin.platform.spreadsheets.columns import Column
from jinlin.platform.spreadsheets.writing import XLSX_TYPE, csv_lines, write_workbook


def workbook_answer(name: str, write: Callable[..., object], *given: Any, **options: Any) -> HttpResponse:
    """Give the XLSX file that `write` writes of what is given, such as `write_workbook`, `template_workbook`."""
    buffer = io.BytesIO()
    write(buffer, *given, **options)
    return _kept(HttpResponse(buffer.getvalue(), content_type=XLSX_TYPE), name)


def rows_answer(
    form: str, name: str, heads: Sequence[Column | Words], rows: Iterable[Sequence[Any]], *, sheet: Words = ""
) -> HttpResponse:
    """Give rows as `csv`, line by line, or else as XLSX; the name of the file has the day."""
    if form == "csv":
        answer: HttpResponse = StreamingHttpResponse(csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
        return _kept(answer, f"{name}-{today():%Y%m%d}.csv")
    return workbook_answer(f"{name}-{today():%Y%m%d}.xlsx", write_workbook, heads, rows, sheet=sheet)


def _kept(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
