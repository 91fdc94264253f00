"""Notices inside the platform."""

from collections.abc import Iterable
from datetime import UTC, datetime

from jinlin.platform.models import Notice


def notify(person_ids: Iterable[int], text: str, *, link: str = "") -> None:
    """Leave each person the same notice; it stands alone: what, where, until when, one link."""
    now = datetime.now(UTC)
    Notice.objects.bulk_create(
        Notice(person_id=person_id, at=now, text=text[:300], link=link) for person_id in set(person_ids)
    )
