"""What makes something public, keeps a public record up to date, and takes it down."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import bigrams
from jinlin.algorithms.place_codes import Level
from jinlin.disclosure import rules
from jinlin.disclosure.models import DisclosedPhoto, Disclosure
from jinlin.disclosure.queries.points import CHANGES
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid
from jinlin.platform.models import StoredFile
from jinlin.platform.numbers import next_number


@dataclass(frozen=True)
class Subject:
    """What a public record was made from: its kind (`app.model`) and its id there."""

    kind: str
    id: int


@dataclass(frozen=True)
class PublicPlace:
    """Where the public is told that it was: a building at the closest. The point is in WGS 84."""

    code: str
    name: str = ""
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class PublicWords:
    """Everything that the public is to read, as a person has checked it."""

    number: str
    title: str
    text: str
    answer: str
    state: str
    happened_at: datetime
    place: PublicPlace
    category: str = ""
    category_name: str = ""
    body_name: str = ""
    rating: str = ""
    photos: Sequence[tuple[StoredFile, str]] = field(default=())


def disclose(*, actor: Actor, subject: Subject, words: PublicWords) -> Disclosure:
    """Make a new version public and return it; the version before is kept and no longer shown.

    The calling action has decided that the actor may publish this and has locked what it came from.

    Raises:
        Invalid: when the words still hold something personal, or the place is closer than a building.
    """
    rules.refuse_personal([("title", words.title), ("text", words.text), ("answer", words.answer)])
    if len(words.place.code) > Level.BUILDING:
        raise Invalid(fields={"place": _("A building is the closest that may be public.")})
    with transaction.atomic():
        versions = _versions(subject)
        last = versions.order_by("-version").first()
        change = next_number(CHANGES)
        versions.filter(current=True).update(current=False, changed_in=change)
        made = Disclosure.objects.create(
            subject_kind=subject.kind,
            subject_id=subject.id,
            version=last.version + 1 if last else 1,
            published_at=now(),
            published_by_id=actor.account_id,
            changed_in=change,
            **_columns(words),
        )
        DisclosedPhoto.objects.bulk_create(
            DisclosedPhoto(disclosure=made, file=file, moment=moment, order=order)
            for order, (file, moment) in enumerate(words.photos, start=1)
        )
        record_change(actor, "disclosure.disclose", made, place_code=made.place_code, version=made.version)
    return made


def _versions(subject: Subject) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(subject_kind=subject.kind, subject_id=subject.id)


def _columns(words: PublicWords) -> dict[str, object]:
    return {
        "number": words.number,
        "title": words.title,
        "text": words.text,
        "answer": words.answer,
        "state": words.state,
        "category": words.category,
        "category_name": words.category_name,
        "place_code": words.place.code,
        "place_name": words.place.name,
        "longitude": words.place.longitude,
        "latitude": words.place.latitude,
        "body_name": words.body_name,
        "rating": words.rating,
        "happened_at": words.happened_at,
        "search": bigrams("\n".join([words.title, words.text, words.answer, words.place.name, words.category_name])),
    }


def update_state(*, subject: Subject, state: str, rating: str = "") -> None:
    """Let the public record follow its matter: the state, and the rating once there is one. Words never follow by themselves."""
    changed = {"state": state, "rating": rating} if rating else {"state": state}
    _versions(subject).filter(current=True).update(**changed)


def take_down(*, actor: Actor, subject: Subject, reason: str) -> None:
    """Take a record out of public view; its versions are kept with the reason, readable by nobody outside."""
    with transaction.atomic():
        shown = _versions(subject).filter(current=True).first()
        if shown is None:
            return
        shown.current = False
        shown.withdrawn_reason = reason[:200]
        shown.changed_in = next_number(CHANGES)
        shown.save(update_fields=["current", "withdrawn_reason", "changed_in"])
        record_change(actor, "disclosure.take_down", shown, place_code=shown.place_code)
