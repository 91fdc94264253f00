"""What the pages of one notice have in common: its state, its days, its versions with what changed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from jinlin.disclosure.models import Edition, PublicNotice
from jinlin.disclosure.queries import notices as queries
from jinlin.disclosure.states import NoticeState
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import NotFound

TONES = {
    NoticeState.POSTED: "working",
    NoticeState.ENDED: "done",
    NoticeState.UPHELD: "soon",
    NoticeState.TAKEN_DOWN: "paused",
}


def kind_name(key: str) -> str:
    """Return the local name of a kind of notice in the reader's language; its key where the work method has it no more."""
    row = queries.kinds().get(key)
    if row is None:
        return key
    return row.name if (get_language() or "").startswith("zh") else row.name_en


def kind_choices() -> list[tuple[str, str]]:
    """Return (key, name) of the kinds of notice."""
    return [(key, kind_name(key)) for key in queries.kinds()]


def toned(rows: Any) -> list[dict[str, Any]]:
    """Return notices for a list, each with its colour, kind and days left."""
    return [
        {"notice": row, "tone": TONES.get(row.state, "quiet"), "kind": kind_name(row.kind), "left": days_left(row)}
        for row in rows
    ]


def days_left(notice: PublicNotice) -> int | None:
    """Return how many days a posted notice still hangs, 0 on its last day; None when that is over."""
    if notice.state != NoticeState.POSTED or notice.last_day is None or notice.last_day < today():
        return None
    return (notice.last_day - today()).days


def the_public_one(number: str) -> PublicNotice:
    """Return the notice of this number. Raises: NotFound."""
    found = queries.public_notice(number)
    if found is None:
        raise NotFound
    return found


def at_desk(actor: Actor, notice_id: int) -> PublicNotice:
    """Return a notice that the actor sees at the desk. Raises: NotFound."""
    found = queries.of_area(actor).filter(pk=notice_id).first()
    if found is None:
        raise NotFound
    return found


def shown(notice: PublicNotice) -> dict[str, Any]:
    """Return what every page of a notice says of it."""
    return {
        "notice": notice,
        "kind": kind_name(notice.kind),
        "tone": TONES.get(NoticeState(notice.state), "quiet"),
        "left": days_left(notice),
        "over": notice.state == NoticeState.POSTED and days_left(notice) is None,
    }


def with_changes(editions: list[Edition]) -> list[dict[str, Any]]:
    """Return versions, the newest first, each with its short digest and, but for the first, what it changed."""
    older: list[Edition | None] = [*editions[1:], *([None] if editions else [])]
    return [
        {
            "edition": edition,
            "digest": queries.short_digest(edition.digest),
            "changes": queries.changes_between(before, edition) if before else None,
            "photos": [reverse("disclosure:notice-photo", args=[photo.pk]) for photo in edition.photos.all()],
        }
        for edition, before in zip(editions, older, strict=True)
    ]


def address_of(request: HttpRequest, notice: PublicNotice) -> str:
    """Return the address of a notice that never changes, as it is printed."""
    return request.build_absolute_uri(reverse("disclosure:notice", args=[notice.number]))
