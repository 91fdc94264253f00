"""Pages by key instead of by number: stable while rows come in, and as fast on the last page as on the first.

What happens is shown newest first, by (time, id); what is looked up is shown in order, by (text, id).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from jinlin.platform.errors import Invalid

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


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
class Page(Generic[Item]):
    """Some rows in the order in which they are shown, and the keys of the pages beside it; empty where there is none.

    `older` is the key of the page that follows, `newer` of the page before.
    """

    rows: list[Item]
    older: str
    newer: str


def page_of(
    rows: QuerySet[Row],
    column: str,
    *,
    size: int,
    older: str = "",
    newer: str = "",
    shown: Callable[[QuerySet[Row]], QuerySet[Row]] | None = None,
) -> Page[Row]:
    """Return a page of `rows`, newest first by (`column`, id): those older than a key, newer than one, or the newest.

    `column` may be an annotation. What `shown` adds to the rows (names of other tables, say) is looked up for those of the
    page alone, however many a search has found; `column` is a column of the table then. One statement; at most one of the
    keys is given.

    Raises:
        Invalid: for a key that is none.
    """
    ordered = before_key(rows, newer, column) if newer else after_key(rows, older, column)
    found = ordered[: size + 1]
    if shown:
        page = rows.model._default_manager.filter(pk__in=found.values("pk"))
        found = shown(page).order_by(*ordered.query.order_by)
    return _page(list(found), size, lambda row: key_of(getattr(row, column), row.pk), older, newer)


def _page(found: list[Item], size: int, key: Callable[[Item], str], older: str, newer: str) -> Page[Item]:
    """Return the page of the rows that were found behind or before a key, one more than it holds where there are more."""
    turned, came_from, more_here = bool(newer), bool(older or newer), len(found) > size
    shown = found[:size][::-1] if turned else found[:size]
    more_older, more_newer = (came_from, more_here) if turned else (more_here, came_from)
    return Page(
        shown,
        older=key(shown[-1]) if shown and more_older else "",
        newer=key(shown[0]) if shown and more_newer else "",
    )


def text_page_of(rows: QuerySet[Row], column: str, *, size: int, older: str = "", newer: str = "") -> Page[Row]:
    """Return a page of `rows` in the order of (`column`, id): those behind a key, those before one, or the first.

    `column` holds texts. One statement; at most one of the keys is given.

    Raises:
        Invalid: for a key that is none.
    """
    ordered = rows.order_by(f"-{column}", "-pk") if newer else rows.order_by(column, "pk")
    if older or newer:
        text, row_id = _read_text_key(older or newer)
        beyond = "lt" if newer else "gt"
        ordered = ordered.filter(Q(**{f"{column}__{beyond}": text}) | Q(**{column: text, f"pk__{beyond}": row_id}))
    return _page(list(ordered[: size + 1]), size, lambda row: f"{getattr(row, column)}~{row.pk}", older, newer)


def _read_text_key(key: str) -> tuple[str, int]:
    text, mark, row_id = key.rpartition("~")
    if not mark or not (row_id.isascii() and row_id.isdecimal()) or int(row_id) >= 2**63 or "\0" in text:
        raise Invalid(fields={"older": "text~id"})
    return text, int(row_id)


def sorted_page_of(
    items: Sequence[Item], key: Callable[[Item], str], *, size: int, older: str = "", newer: str = ""
) -> Page[Item]:
    """Return a page of what is in memory, in the order of its keys, each of which is there once."""
    ordered = sorted(items, key=key)
    keys = [key(item) for item in ordered]
    before, behind = ordered[: bisect_left(keys, newer)][::-1], ordered[bisect_right(keys, older) :]
    found = before if newer else behind
    return _page(found[: size + 1], size, key, older, newer)
