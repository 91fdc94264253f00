"""The GeoReport bulk format: service requests as CSV, beyond the 1,000 rows of a call."""

from collections.abc import Iterable, Iterator
from typing import Any

from jinlin.algorithms.chinese_text import mask_personal
from jinlin.open311.arguments import CLOSED, OPEN
from jinlin.open311.rows import Told
from jinlin.platform.spreadsheets import csv_lines
from jinlin.requests.queries.choices import category_names
from jinlin.requests.states import FINAL, OPEN_AT_DISPATCHER, State

PROCESSING = "processing"
PORTION = 500
MARK = b"\xef\xbb\xbf"
HEADERS = (
    "service_request_id", "requested_datetime", "updated_datetime", "closed_date", "status_description", "status_notes",
    "source", "service_name", "service_subtype", "description", "agency_responsible", "address", "lat", "long",
)  # fmt: skip


def bulk_lines(told: Iterable[Told]) -> Iterator[bytes]:
    """Yield the lines of the file, with what tells who somebody is covered in the words.

    There is no mark of the encoding, which would become part of the first header.
    """
    for line in csv_lines(HEADERS, map(_row, told)):
        yield line.removeprefix(MARK)


def _row(told: Told) -> list[Any]:
    ended = told.state in FINAL
    return [
        told.number,
        told.requested_at.isoformat(timespec="seconds"),
        told.updated_at.isoformat(timespec="seconds"),
        told.updated_at.isoformat(timespec="seconds") if ended else "",
        status_word(told.state),
        mask_personal(told.notes)[0],
        told.channel,
        category_names().get(told.category, ""),
        "",
        mask_personal(told.description)[0],
        told.body,
        told.address,
        told.latitude,
        told.longitude,
    ]


def status_word(state: State) -> str:
    """Return the format's one word for a state."""
    if state in FINAL:
        return CLOSED
    return OPEN if state in OPEN_AT_DISPATCHER else PROCESSING
