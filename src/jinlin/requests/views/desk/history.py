"""The history of a request as officers read it: every step, and the words among them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jinlin.requests.models import RequestPhoto, Step
from jinlin.requests.states import Verb
from jinlin.requests.timeline import GIVEN, named_bodies, photo_address


def officer_entries(steps: Iterable[Step], photos: Mapping[int, Sequence[RequestPhoto]]) -> list[dict[str, Any]]:
    """Return the entries of the timeline component, in the order of `steps`."""
    every = list(steps)
    names = named_bodies(every)
    return [_entry(step, photos.get(step.number, ())) | {"body": names[step.number]} for step in every]


def _entry(step: Step, photos: Sequence[RequestPhoto]) -> dict[str, Any]:
    return {
        "state": step.state,
        "word": Verb(step.verb).label,
        "by": step.acting.name if step.acting is not None and step.verb in GIVEN else "",
        "at": step.at,
        "words": step.note,
        "internal": step.internal_note,
        "before": _shown(photos, RequestPhoto.Moment.BEFORE),
        "after": _shown(photos, RequestPhoto.Moment.AFTER),
    }


def _shown(photos: Sequence[RequestPhoto], moment: str) -> list[Any]:
    return [photo_address(photo.pk) for photo in photos if photo.moment == moment]
