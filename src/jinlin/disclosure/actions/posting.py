"""Posts a notice, changes a running one into a new version, and takes one down: never a word that nobody has looked at."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jinlin.algorithms.working_time import LastDay, MissingCalendarYear, last_day
from jinlin.disclosure.actions.drafting import checked_words, keep_photos, the_draft
from jinlin.disclosure.actions.steps import STEPS
from jinlin.disclosure.models import Edition, PublicNotice
from jinlin.disclosure.rules import refuse_unconfirmed
from jinlin.disclosure.states import NoticeVerb
from jinlin.platform.access import Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid
from jinlin.platform.models import StoredFile
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.region.calendars import working_calendar


@dataclass(frozen=True)
class Look:
    """What a person lets through: the words as everybody will read them, the stretches confirmed, and that they read it.

    `photos` None keeps those that there are.
    """

    title: str
    text: str
    read: bool
    allowed: Sequence[str] = field(default=())
    photos: Sequence[StoredFile] | None = None


def post_notice(*, actor: Actor, notice_id: int, look: Look, door: Door = ANY_DOOR) -> PublicNotice:
    """Post a draft as a person has looked through it; its period starts today, and the draft's own words are gone.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused.
        Invalid: for words that still tell who somebody is, that nobody has read, or a year that the calendar lacks.
    """
    words = _looked(look)
    with STEPS.sent(actor, notice_id, NoticeVerb.POST, door, [look.title, look.text]) as notice:
        columns = _period(notice.days, notice.unit)
        STEPS.advance(actor, notice, NoticeVerb.POST, columns=_shown(words["title"], columns))
        _post(actor, the_draft(notice), look, words, columns)
    return notice


def change_notice(*, actor: Actor, notice_id: int, look: Look, reason: str, door: Door = ANY_DOOR) -> PublicNotice:
    """Post a new version of a running notice, with the reason; its period starts anew, and every version stays readable.

    Raises as `post_notice`, and Invalid without a reason or a change.
    """
    words, why = _looked(look), checked_words(reason=reason)["reason"]
    refuse_unconfirmed([("reason", why)], look.allowed)
    with STEPS.sent(actor, notice_id, NoticeVerb.CHANGE, door, [look.title, look.text, reason]) as notice:
        before = notice.editions.get(number=notice.edition)
        _refuse_same(before, words, look)
        columns = _period(notice.days, notice.unit)
        shown = _shown(words["title"], columns) | {"edition": notice.edition + 1}
        STEPS.advance(actor, notice, NoticeVerb.CHANGE, words=why, columns=shown)
        made = Edition.objects.create(
            notice=notice, number=notice.edition, days=notice.days, unit=notice.unit, reason=why, **words
        )
        photos = [photo.file for photo in before.photos.select_related("file")]
        keep_photos(made, photos if look.photos is None else look.photos)
        _post(actor, made, look, words, columns)
    return notice


def take_notice_down(*, actor: Actor, notice_id: int, reason: str, door: Door = ANY_DOOR) -> PublicNotice:
    """Take a notice down before its time, with a reason that everybody reads; its words are kept and no longer shown.

    Raises as `post_notice`, and Invalid without a reason.
    """
    why = checked_words(reason=reason)["reason"]
    refuse_unconfirmed([("reason", why)], ())
    return STEPS.take(actor, notice_id, NoticeVerb.TAKE_DOWN, door, words=why, columns={"ended_at": now()})


def _looked(look: Look) -> dict[str, str]:
    """Return the words that a person let through. Raises: Invalid."""
    words = checked_words(title=look.title, text=look.text)
    refuse_unconfirmed(list(words.items()), look.allowed)
    if not look.read:
        raise Invalid(fields={"read": _("Read what everybody will see, and confirm it.")})
    return words


def _refuse_same(before: Edition, words: dict[str, str], look: Look) -> None:
    if (before.title, before.text) == (words["title"], words["text"]) and look.photos is None:
        raise Invalid(fields={"text": _("Nothing was changed.")})


def period_from(start: date, days: int, unit: str) -> LastDay:
    """Return the last day of a period that starts on `start`. Raises: Invalid, for a year that the calendar lacks."""
    try:
        return last_day(start, days, unit, working_calendar())
    except MissingCalendarYear as error:
        said = _("The working calendar has no data for %(year)s; choose fewer days, or let its holidays be loaded.")
        raise Invalid(fields={"days": said % {"year": error.year}}) from None


def _period(days: int, unit: str) -> dict[str, Any]:
    found = period_from(today(), days, unit)
    return {
        "posted_at": now(),
        "last_day": found.day,
        "provisional": found.provisional,
        "put_off": found.put_off,
    }


def _shown(title: str, columns: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a version that its notice repeats."""
    return {"title": title} | {name: columns[name] for name in ("posted_at", "last_day", "provisional")}


def _post(actor: Actor, edition: Edition, look: Look, words: dict[str, str], columns: dict[str, Any]) -> None:
    if look.photos is not None:
        keep_photos(edition, look.photos)
    shown = "\n".join(words.values())
    changed = {**words, **columns, "allowed": [stretch for stretch in look.allowed if stretch in shown]}
    for name, value in (changed | {"posted_by_id": actor.account_id}).items():
        setattr(edition, name, value)
    edition.digest = digest_of(edition)
    edition.save()


def digest_of(edition: Edition) -> str:
    """Return the SHA-256 of what a version says, as anybody can compute it: number, version, title, text, photos, by lines."""
    photos = edition.photos.order_by("order").values_list("file__digest", flat=True)
    lines = [edition.notice.number, str(edition.number), edition.title, edition.text, *photos]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
