"""Reads of public records: lists and single records, and the points of the map."""

from jinlin.disclosure.queries.points import points
from jinlin.disclosure.queries.records import (
    Wanted,
    category_choices,
    place_choices,
    public_photo,
    record,
    records,
    shown_now,
    was_public,
)

__all__ = [
    "Wanted",
    "category_choices",
    "place_choices",
    "points",
    "public_photo",
    "record",
    "records",
    "shown_now",
    "was_public",
]
