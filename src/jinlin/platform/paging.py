"""Pages by key (time, id) instead of by number: stable while rows come in, and as fast on the last page as on the first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from jinlin.platform.errors import Invalid

Row = TypeVar("Row", bound=Model)


def key_of(at: datetime, row_id: int) -> str:
    """Return the key of a row: its time to the microsecond and its id."""
    return f"{at.isoformat()}~{row_id}"


def read_key(key: str) -> tuple[datetime, int]:
    """Return time and id of a key.

    Raises:
        Invalid: for what is none.
    """
    moment, _, row_id = key.partition("~")
    try:
        at = datetime.fromisoformat(moment.replace(" ", "+"))
        number = int(row_id)
        if at.tzinfo is None or not 0 <= number < 2**63:
            raise ValueError
    except ValueError:
        raise Invalid(fields={"older": "time~id"}) from None
    return at, number


def after_key(rows: QuerySet[Row], key: str, column: str) -> QuerySet[Row]:
    """Return `rows` newest first by (`column`, id), those older than `key`; an empty key begins at the newest."""
    ordered = rows.order_by(f"-{column}", "-id")
    if not key:
        return ordered
    at, row_id = read_key(key)
    return ordered.filter(Q(**{f"{column}__lt": at}) | Q(**{column: at, "id__lt": row_id}))


def before_key(rows: QuerySet[Row], key: str, column: str) -> QuerySet[Row]:
    """Return `rows` oldest first, those newer than `key`; a page of them is turned round before it is shown."""
    at, row_id = read_key(key)
    newer = rows.filter(Q(**{f"{column}__gt": at}) | Q(**{column: at, "id__gt": row_id}))
    return newer.order_by(column, "id")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows in the order in which they are shown, and the keys of the pages beside it; empty where there is none."""

    rows: list[Row]
    older: str
    newer: str


def page_of(rows: QuerySet[Row], column: str, *, size: int, older: str = "", newer: str = "") -> Page[Row]:
    """Return a page of `rows`, newest first by (`column`, id): those older than a key, newer than one, or the newest.

    `column` may be an annotation. One statement; at most one of the keys is given.

    Raises:
        Invalid: for a key that is none.
    """
    turned = bool(newer)
    found = list((before_key(rows, newer, column) if turned else after_key(rows, older, column))[: size + 1])
    shown = found[:size][::-1] if turned else found[:size]
    more_here, came_from = len(found) > size, bool(older or newer)
    more_older, more_newer = (came_from, more_here) if turned else (more_here, came_from)
    return Page(
        shown,
        older=_key(shown[-1], column) if shown and more_older else "",
        newer=_key(shown[0], column) if shown and more_newer else "",
    )


def _key(row: Model, column: str) -> str:
    return key_of(getattr(row, column), row.pk)
