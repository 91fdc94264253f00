"""Notices inside the platform."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from jinlin.platform.dates import now
from jinlin.platform.errors import Words
from jinlin.platform.models import Notice


def notify(person_ids: Iterable[int], words: Words, values: Mapping[str, Any] | None = None, *, link: str = "") -> None:
    """Leave each person the same notice; it stands alone: what, where, until when, one link.

    `words` is a template still to be translated, filled with `values`: a notice is in the language of the house, since
    those who read it are others than whoever acted.
    """
    at = now()
    with translation.override(settings.LANGUAGE_CODE):
        text = (words % values if values else str(words))[:300]
    Notice.objects.bulk_create(
        Notice(person_id=person_id, at=at, text=text, link=link) for person_id in set(person_ids)
    )
