"""Keeps proof that the paper of a notice hangs where residents pass."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import find_personal
from jinlin.algorithms.place_codes import Level
from jinlin.disclosure.actions.steps import STEPS
from jinlin.disclosure.models import Posting, PublicNotice
from jinlin.disclosure.queries.notices import buildings_of
from jinlin.disclosure.states import NoticeVerb
from jinlin.platform.access import Actor
from jinlin.platform.dates import local_day, now, today
from jinlin.platform.errors import Invalid
from jinlin.platform.models import StoredFile
from jinlin.platform.sends import ANY_DOOR, Door

LONGEST_SPOT = 60


@dataclass(frozen=True)
class Proof:
    """That the paper was seen: the building, the spot, the day, and a photo of it."""

    place_code: str
    spot: str
    on: date
    photo: StoredFile


def prove_posting(*, actor: Actor, notice_id: int, proof: Proof, door: Door = ANY_DOOR) -> PublicNotice:
    """Keep a proof for the version that holds.

    Raises:
        NotFound, NotAllowed, WrongState, RepeatedSend, KeyReused.
        Invalid: for a day outside the period, a building elsewhere, a spot without words or with personal ones.
    """
    spot = _checked_spot(proof.spot)
    contents = [proof.place_code, spot, proof.on.isoformat(), proof.photo.digest]
    with STEPS.sent(actor, notice_id, NoticeVerb.PROVE, door, contents) as notice:
        STEPS.advance(actor, notice, NoticeVerb.PROVE, words=spot)
        _check_day(notice, proof.on)
        _check_place(notice, proof.place_code)
        Posting.objects.create(
            edition=notice.editions.get(number=notice.edition),
            place_code=proof.place_code,
            spot=spot,
            on=proof.on,
            photo=proof.photo,
            at=now(),
            actor_id=actor.account_id,
        )
    return notice


def _checked_spot(words: str) -> str:
    said = words.strip()
    if not said or len(said) > LONGEST_SPOT:
        raise Invalid(fields={"spot": _("Say in a few words where it hangs, such as: entrance hall.")})
    if find_personal(said):
        raise Invalid(fields={"spot": _("Leave names, telephone numbers and flats out.")})
    return said


def _check_day(notice: PublicNotice, on: date) -> None:
    if notice.posted_at is None or notice.last_day is None:
        return
    if not local_day(notice.posted_at) <= on <= min(notice.last_day, today()):
        said = _(
            "This version is posted from %(first)s to %(last)s; the paper was seen on a day between, not in the future."
        )
        raise Invalid(fields={"on": said % {"first": local_day(notice.posted_at), "last": notice.last_day}})


def _check_place(notice: PublicNotice, place_code: str) -> None:
    within = place_code.startswith(notice.place_code) and len(place_code) >= len(notice.place_code)
    if notice.zone_id is not None:
        within = buildings_of(notice).filter(code=place_code[: Level.BUILDING]).exists()
    if not within:
        raise Invalid(fields={"place": _("The notice is not posted there.")})
