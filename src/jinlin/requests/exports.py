"""The list of requests as a spreadsheet; nothing in it tells who raised one."""

from collections.abc import Iterator
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.algorithms.chinese_text import mask_personal
from jinlin.platform.spreadsheets import csv_lines, write_workbook
from jinlin.requests.models import Channel, Function, Kind, Request, Urgency
from jinlin.requests.queries.choices import category_names
from jinlin.requests.queries.resident import with_place
from jinlin.requests.states import State

AT_ONCE = 500
HEADERS = [
    _("Number"), _("Received"), _("State"), _("Title"), _("Text"), _("Category code"), _("Category"), _("Urgency"),
    _("Kind of request"), pgettext_lazy("function", "Entrance"), _("Channel"), _("Place code"),
    _("Place"), _("Body"), _("Due"), _("Closed"), _("Times passed on"),
]  # fmt: skip
COLUMNS = (
    "number", "received_at", "state", "title", "text", "category", "urgency", "kind", "function", "channel",
    "place_code", "place_name", "body__name", "due_at", "closed_at", "transfers",
)  # fmt: skip
TOLD_IN_THEIR_OWN_WORDS = {"title", "text"}
WORDS = {
    "state": dict(State.choices),
    "urgency": dict(Urgency.choices),
    "kind": dict(Kind.choices),
    "function": dict(Function.choices),
    "channel": dict(Channel.choices),
}


def rows_of(requests: QuerySet[Request]) -> Iterator[list[Any]]:
    """Yield one row per request, the newest first, read from the database in portions."""
    names = category_names()
    rows = with_place(requests).order_by("-received_at", "-id").values_list(*COLUMNS)
    for values in rows.iterator(chunk_size=AT_ONCE):
        yield _row(dict(zip(COLUMNS, values, strict=True)), names)


def _row(values: dict[str, Any], names: dict[str, str]) -> list[Any]:
    row: list[Any] = []
    for column, value in values.items():
        row.append(_cell(column, value))
        if column == "category":
            row.append(names.get(value, ""))
    return row


def _cell(column: str, value: Any) -> Any:
    if column in TOLD_IN_THEIR_OWN_WORDS:
        return mask_personal(value)[0]
    return str(WORDS[column].get(value, value)) if column in WORDS else value


def as_csv(requests: QuerySet[Request]) -> Iterator[bytes]:
    """Yield the lines of a CSV file."""
    return csv_lines(HEADERS, rows_of(requests))


def as_workbook(target: IO[bytes], requests: QuerySet[Request]) -> int:
    """Write an XLSX file; return the number of rows."""
    return write_workbook(target, HEADERS, rows_of(requests), sheet=_("Requests"))
