"""Pages by key (time, id) instead of by number: stable while rows come in, and as fast on the last page as on the first."""

from datetime import datetime
from typing import TypeVar

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
