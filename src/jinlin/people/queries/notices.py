"""The notices to a person, and how many of them are new."""

from django.db.models import QuerySet

from jinlin.platform.models import Notice
from jinlin.platform.remembering import remembered

MOST_UNREAD = 99
UNREAD_SECONDS = 20


def notices_of(person_id: int) -> QuerySet[Notice]:
    """Return the notices to a person."""
    return Notice.objects.filter(person_id=person_id)


def unread_in_header(person_id: int) -> int:
    """Return the number of new notices as page headers show it: up to twenty seconds old, and nearly free."""
    return remembered(f"unread:{person_id}", UNREAD_SECONDS, lambda: unread_count(person_id))


def unread_count(person_id: int) -> int:
    """Return how many notices the person has not seen, counting no further than 99."""
    return notices_of(person_id).filter(seen_at__isnull=True)[:MOST_UNREAD].count()
