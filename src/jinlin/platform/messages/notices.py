"""Notices inside the platform."""

from collections.abc import Iterable

from jinlin.platform.dates import now
from jinlin.platform.models import Notice


def notify(person_ids: Iterable[int], text: str, *, link: str = "") -> None:
    """Leave each person the same notice; it stands alone: what, where, until when, one link."""
    at = now()
    Notice.objects.bulk_create(
        Notice(person_id=person_id, at=at, text=text[:300], link=link) for person_id in set(person_ids)
    )
