"""Layouts of files that other systems write, told by their headers, so that nobody has to say by hand which column is which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jinlin.platform.spreadsheets import Column, Limits, headers_of
from jinlin.requests.imports import COLUMNS

GEOREPORT_BULK = {
    "service_request_id": "external_id",
    "requested_datetime": "raised_at",
    "closed_date": "replied_at",
    "status_description": "state",
    "status_notes": "reply",
    "source": "channel",
    "service_name": "category",
    "description": "text",
    "address": "place",
    "lat": "latitude",
    "long": "longitude",
}
"""The columns of the GeoReport bulk format (open311.org, GeoReport/bulk) that have a field here."""
MARKS = {"service_request_id", "requested_datetime", "service_name"}
"""Headers by which a file is known to be one."""


@dataclass(frozen=True)
class Layout:
    """How a file is read: its columns, and which header is which field."""

    columns: Sequence[Column]
    mapping: Mapping[str, str]


def layout_of(path: Path, by_hand: Mapping[str, str] | None, limits: Limits) -> Layout:
    """Return the layout of a file; what was said by hand goes before what its headers tell.

    Raises:
        Invalid: for a file that cannot be read as a table at all.
    """
    given = dict(by_hand or {})
    headers = set(headers_of(path, limits=limits))
    if not headers >= MARKS:
        return Layout(COLUMNS, given)
    taken = set(given.values())
    told = {header: name for header, name in GEOREPORT_BULK.items() if header in headers and name not in taken}
    # The format lets a request have no words of its own; its service then says what it is about.
    columns = [replace(column, needed=False) if column.name == "text" else column for column in COLUMNS]
    return Layout(columns, told | given)
