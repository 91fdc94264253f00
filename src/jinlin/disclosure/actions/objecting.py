"""Takes objections in within the period, on screen and on paper, answers each, and takes one back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.disclosure.actions.ending import end_if_ready
from jinlin.disclosure.actions.steps import STEPS
from jinlin.disclosure.models import Objection, PublicNotice
from jinlin.disclosure.rules import refuse_unconfirmed
from jinlin.disclosure.rules.notices import may_answer, may_draft, may_take_back
from jinlin.disclosure.states import Finding, NoticeState, NoticeVerb
from jinlin.people.actions import note_contact, person_behind
from jinlin.people.models import Person
from jinlin.people.queries import names_at_home
from jinlin.platform.access import Actor
from jinlin.platform.dates import local_day, now, today
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.messages.notices import notify
from jinlin.platform.sends import ANY_DOOR, Door, RepeatedSend

LONGEST_OBJECTION, LONGEST_SUMMARY, LONGEST_ANSWER = 2_000, 300, 5_000
MOST_OPEN = 5
V = NoticeVerb


@dataclass(frozen=True)
class Objector:
    """Who hands an objection in on paper; both may be left out."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Answer:
    """What an objection came to, what everybody reads of it, and the answer; `allowed` are the stretches confirmed."""

    finding: str
    summary: str
    answer: str
    read: bool
    allowed: Sequence[str] = field(default=())


def object_to(*, actor: Actor, notice_id: int, text: str, door: Door = ANY_DOOR) -> Objection:
    """Object to a notice within its period; a repeat of the same send gives the same objection.

    Raises:
        NotSignedIn, NotFound, KeyReused.
        WrongState: after the period, with where to turn instead, and for one objection too many.
        Invalid: without words.
    """
    actor.must_be_signed_in()
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    if person is None:
        raise NotFound
    return _receive(actor, notice_id, {"person": person}, text, today(), door)


def enter_objection(
    *, actor: Actor, notice_id: int, text: str, received_on: date, objector: Objector, door: Door = ANY_DOOR
) -> Objection:
    """Enter an objection that came on paper or was spoken, on the day on which it was received.

    Raises as `object_to`, NotAllowed, and Invalid for a day outside the period.
    """
    notice = PublicNotice.objects.filter(pk=notice_id).first()
    if notice is None:
        raise NotFound
    may_draft(actor, notice.place_code, notice.body_id).enforce()
    _check_received(notice, received_on)
    more = {"on_paper": True, "entered_by_id": actor.account_id, "objector": objector}
    return _receive(actor, notice_id, more, text, received_on, door)


def _check_received(notice: PublicNotice, received_on: date) -> None:
    first = local_day(notice.posted_at) if notice.posted_at else None
    if received_on > today() or (first is not None and received_on < first):
        raise Invalid(fields={"received_on": _("It was received between %(first)s and today.") % {"first": first}})
    if notice.last_day is not None and received_on > notice.last_day:
        said = _("The period ended on %(day)s; what came later is taken in as a request.") % {"day": notice.last_day}
        raise Invalid(fields={"received_on": said})


def _receive(
    actor: Actor, notice_id: int, about: dict[str, Any], text: str, received_on: date, door: Door
) -> Objection:
    said = text.strip()
    if not said or len(said) > LONGEST_OBJECTION:
        raise Invalid(fields={"text": _("Say what you object to, in 2,000 characters at most.")})
    verb = V.ENTER if about.get("on_paper") else V.OBJECT
    made: list[Objection] = []
    try:
        with STEPS.sent(actor, notice_id, verb, door, [said, str(received_on)]) as notice:
            STEPS.advance(actor, notice, verb)
            objector = about.pop("objector", None)
            person = _person_of(actor, objector) if objector else about.pop("person")
            _refuse_too_many(notice, person)
            made.append(_write(notice, person, said, received_on, about))
    except RepeatedSend:
        made = list(Objection.objects.filter(notice_id=notice_id, text=said).order_by("-number")[:1])
    return made[0]


def _person_of(actor: Actor, objector: Objector) -> Person | None:
    if objector.phone:
        return person_behind(actor=actor, phone=objector.phone, name=objector.name)
    return note_contact(actor=actor, name=objector.name, phone="") if objector.name.strip() else None


def _refuse_too_many(notice: PublicNotice, person: Person | None) -> None:
    open_ones = notice.objections.filter(person=person, answered_at__isnull=True, taken_back_at__isnull=True)
    if person is not None and open_ones.count() >= MOST_OPEN:
        raise WrongState(_("%(most)s of your objections wait for an answer already.") % {"most": MOST_OPEN})


def _write(
    notice: PublicNotice, person: Person | None, said: str, received_on: date, about: dict[str, Any]
) -> Objection:
    return Objection.objects.create(
        notice=notice,
        number=notice.objections.count() + 1,
        edition=notice.edition,
        person=person,
        text=said,
        received_on=received_on,
        at=now(),
        **about,
    )


def answer_objection(*, actor: Actor, objection_id: int, answer: Answer, door: Door = ANY_DOOR) -> Objection:
    """Answer an objection; one that is upheld ends the notice, and the last answer after the period ends it as done.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused; WrongState for one that is answered already.
        Invalid: without words, with personal data, or as corrected where no later version was posted.
    """
    _check_words(answer)
    said = [objection_id, answer.finding, answer.summary, answer.answer]
    with _of_objection(actor, objection_id, V.ANSWER, door, said) as (notice, objection):
        may_answer(actor, objection).enforce()
        _check_answer(notice, objection, answer)
        objection.finding, objection.summary, objection.answer = (
            answer.finding,
            answer.summary.strip(),
            answer.answer.strip(),
        )
        objection.answered_at, objection.answered_by_id = now(), actor.account_id
        objection.save(update_fields=["finding", "summary", "answer", "answered_at", "answered_by_id"])
        if answer.finding == Finding.UPHELD and notice.state == NoticeState.POSTED:
            STEPS.advance(actor, notice, V.UPHOLD, words=objection.summary, columns={"ended_at": now()})
        else:
            STEPS.advance(actor, notice, V.ANSWER, words=objection.summary)
            end_if_ready(notice)
        _tell_objector(notice, objection)
    return objection


def take_objection_back(*, actor: Actor, objection_id: int, door: Door = ANY_DOOR) -> Objection:
    """Take an objection back that is not answered yet. Raises as `answer_objection`."""
    with _of_objection(actor, objection_id, V.TAKE_BACK, door, [objection_id]) as (notice, objection):
        may_take_back(actor, objection).enforce()
        objection.taken_back_at = now()
        objection.save(update_fields=["taken_back_at"])
        STEPS.advance(actor, notice, V.TAKE_BACK)
        end_if_ready(notice)
    return objection


@contextmanager
def _of_objection(
    actor: Actor, objection_id: int, verb: NoticeVerb, door: Door, said: Sequence[Any]
) -> Iterator[tuple[PublicNotice, Objection]]:
    """Lock the notice of an open objection, and give both."""
    found = Objection.objects.filter(pk=objection_id).first()
    if found is None:
        raise NotFound
    with STEPS.sent(actor, found.notice_id, verb, door, said) as notice:
        objection = Objection.objects.get(pk=objection_id)
        objection.notice = notice
        if not objection.is_open:
            raise WrongState(_("This objection is answered or taken back already."))
        yield notice, objection


def _check_words(answer: Answer) -> None:
    faults: dict[str, Any] = {}
    if answer.finding not in Finding.values:
        faults["finding"] = _("Choose one from the list.")
    for name, longest in (("summary", LONGEST_SUMMARY), ("answer", LONGEST_ANSWER)):
        said = getattr(answer, name).strip()
        if not said:
            faults[name] = _("Please write something here.")
        elif len(said) > longest:
            faults[name] = _("At most %(most)s characters fit.") % {"most": longest}
    if not answer.read:
        faults["read"] = _("Read what everybody will see, and confirm it.")
    if faults:
        raise Invalid(fields=faults)


def _check_answer(notice: PublicNotice, objection: Objection, answer: Answer) -> None:
    names = names_at_home(objection.person_id) if objection.person_id else []
    refuse_unconfirmed([("summary", answer.summary), ("answer", answer.answer)], answer.allowed, names)
    if answer.finding == Finding.CORRECTED and notice.edition <= objection.edition:
        raise Invalid(
            fields={"finding": _("Post the corrected version first; then the objection is answered with it.")}
        )


def _tell_objector(notice: PublicNotice, objection: Objection) -> None:
    words = gettext_lazy("Your objection has an answer: %(title)s.")
    if objection.person_id is not None:
        link = f"/public/notices/{notice.number}/"
        notify([objection.person_id], words, {"title": notice.title}, link=link)
