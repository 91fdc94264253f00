"""How a wish comes to be: made by its wisher or under a mandate, or written down for somebody who agrees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jinlin.algorithms.working_time import Unit, deadline
from jinlin.organisations.queries import receiving_body_id
from jinlin.people.actions import note_contact, person_behind
from jinlin.people.models import Person
from jinlin.people.rules import may_act_for
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import local_day, now
from jinlin.platform.errors import Invalid, Words
from jinlin.platform.numbers import next_number
from jinlin.platform.sends import ANY_DOOR, Door, RepeatedSend, sent_once
from jinlin.platform.stepping import write_line
from jinlin.playbooks.here import current_playbook
from jinlin.region.calendars import working_calendar
from jinlin.territory.queries import existing_place
from jinlin.wishes import rules
from jinlin.wishes.actions.steps import STEPS
from jinlin.wishes.models import Wish
from jinlin.wishes.states import UNFINISHED, WishVerb

LONGEST = {"title": 60, "text": 300, "nickname": 20}
Consent = Wish.Consent


@dataclass(frozen=True)
class NewWish:
    """A wish as any door hands it over; `place_code` is the wisher's community."""

    title: str
    nickname: str
    place_code: str
    text: str = ""
    cost_fen: int = 0
    origin: str = ""


@dataclass(frozen=True)
class Wisher:
    """Somebody who tells a wish to whoever writes it down: how they are called and reached, and that they agree."""

    name: str
    phone: str = ""
    agrees: bool = False


def make_wish(*, actor: Actor, new: NewWish, for_person_id: int | None = None, door: Door = ANY_DOOR) -> Wish:
    """Take a wish in, one's own or of somebody who gave a mandate; the community checks it before it is on the wall.

    A repeat of the same send gives the same wish.

    Raises:
        NotSignedIn, KeyReused; NotAllowed without a mandate.
        Invalid: for a wish of money, with personal data, too costly, too long, or one too many.
    """
    actor.must_be_signed_in()
    person_id = for_person_id or actor.person_id
    may_act_for(actor, person_id).enforce()
    consent = Consent.OWN if person_id == actor.person_id else Consent.MANDATE
    try:
        with sent_once(f"account:{actor.account_id}", door.key, [vars(new), person_id]) as send:
            # Locked, so that two sends at once do not both find room.
            person = Person.objects.select_for_update().get(pk=person_id)
            wish = _write(actor, new, person, consent)
            send.keep(wish)
    except RepeatedSend as sent:
        wish = Wish.objects.get(pk=sent.subject_id)
    return wish


def enter_wish(*, actor: Actor, new: NewWish, wisher: Wisher, door: Door = ANY_DOOR) -> Wish:
    """Write a wish down for somebody who tells it and agrees. Raises as `make_wish`, and Invalid without consent or name."""
    rules.may_enter(actor, new.place_code).enforce()
    missing = {
        "name": "" if wisher.name.strip() else _("Write down who wishes it; only whoever fulfils it will see that."),
        "agrees": "" if wisher.agrees else _("A wish for somebody else is only taken with their consent."),
    }
    if wrong := {name: why for name, why in missing.items() if why}:
        raise Invalid(fields=wrong)
    try:
        with sent_once(f"account:{actor.account_id}", door.key, [vars(new), vars(wisher)]) as send:
            wish = _write(actor, new, _person_of(actor, wisher), Consent.SPOKEN)
            send.keep(wish)
    except RepeatedSend as sent:
        wish = Wish.objects.get(pk=sent.subject_id)
    return wish


def _person_of(actor: Actor, wisher: Wisher) -> Person:
    if wisher.phone:
        return person_behind(actor=actor, phone=wisher.phone, name=wisher.name)
    return note_contact(actor=actor, name=wisher.name, phone="")


def resend(*, actor: Actor, wish_id: int, new: NewWish, door: Door = ANY_DOOR) -> Wish:
    """Change a wish that came back, and send it to the check again. Raises as `make_wish`, NotFound, WrongState, Stale."""
    with STEPS.sent(actor, wish_id, WishVerb.RESEND, door, [vars(new)]) as wish:
        if faults := _faults(new, wish.person):
            raise Invalid(fields=faults)
        STEPS.advance(actor, wish, WishVerb.RESEND, columns={**_words(new), "check_by": _check_by()})
    return wish


def _words(new: NewWish) -> Mapping[str, Any]:
    said = {name: getattr(new, name).strip() for name in LONGEST}
    return {**said, "cost_fen": new.cost_fen}


def _write(actor: Actor, new: NewWish, person: Person, consent: Consent) -> Wish:
    if faults := _faults(new, person) or _too_many(person):
        raise Invalid(fields=faults)
    at = now()
    wish = Wish.objects.create(
        number=f"W{local_day(at):%Y%m%d}-{next_number(f'wish:{local_day(at):%Y%m%d}'):04d}",
        person=person,
        consent=consent,
        place_code=new.place_code,
        body_id=receiving_body_id(new.place_code),
        made_at=at,
        check_by=_check_by(),
        entered_by_id=None if consent == Consent.OWN else actor.account_id,
        origin=new.origin,
        **_words(new),
    )
    write_line(actor, wish, WishVerb.MAKE)
    record_change(actor, "wishes.make", wish, place_code=wish.place_code, person_id=person.pk)
    return wish


def _check_by() -> Any:
    return deadline(now(), current_playbook().norms.wish_check_days, Unit.WORKING_DAYS, working_calendar()).at


def _faults(new: NewWish, person: Person) -> dict[str, Words]:
    most = current_playbook().norms.wish_cost_most_fen
    found: dict[str, Words] = {
        name: _("At most %(most)s characters fit.") % {"most": longest}
        for name, longest in LONGEST.items()
        if len(getattr(new, name).strip()) > longest
    }
    if not new.title.strip():
        found["title"] = _("Say in a few words what is wished.")
    if not new.nickname.strip():
        found["nickname"] = _("Choose a nickname for the wall.")
    if not 0 <= new.cost_fen <= most:
        found["cost_fen"] = _("A small wish costs at most %(yuan)s yuan.") % {"yuan": most // 100}
    if existing_place(new.place_code) is None:
        found["place_code"] = _("There is no such place here.")
    return rules.faults_of(new.title, new.text, new.nickname.strip(), person.name) | found


def _too_many(person: Person) -> dict[str, Words]:
    most = current_playbook().norms.wishes_open_most
    if Wish.objects.filter(person=person, state__in=sorted(UNFINISHED)).count() < most:
        return {}
    return {"title": _("%(most)s wishes are under way already; wait until one has come true.") % {"most": most}}
