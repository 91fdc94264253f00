"""The secretary takes a difficult case on in person, with a plan in dates that the public can follow, or gives it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jinlin.clusters import rules
from jinlin.clusters.models import Leading
from jinlin.disclosure.rules import refuse_personal
from jinlin.organisations.actions import NewTask, pledge_all
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, WrongState
from jinlin.platform.sends import sent_once
from jinlin.requests.actions.steps import Change, Door, advance, locked
from jinlin.requests.models import Request
from jinlin.requests.rules import clean_words
from jinlin.requests.states import Verb

LONGEST_REASON = 200
LONGEST_PLAN = 1_000
STEP_KIND = "led_step"
NO_DOOR = Door()


@dataclass(frozen=True)
class NewLeading:
    """Why a case is led, the plan in words, and its dates: (day, what is done by then)."""

    reason: str
    plan: str
    dates: Sequence[tuple[date, str]] = ()


def take_lead(*, actor: Actor, request_id: int, new: NewLeading, door: Door = NO_DOOR) -> Leading:
    """Take a request on in person; it lies with the secretary's body from now on, its history stays.

    Raises:
        NotAllowed: for who is not the secretary of the request's community.
        WrongState: while somebody leads it already, and for one that is not taken up yet or is waiting for its rating.
        Invalid: without a reason, a plan, or a date of it, or with personal data in what is to be done by a date, which the
            public reads; NotFound, Stale, RepeatedSend.
    """
    reason = clean_words(new.reason, longest=LONGEST_REASON, field="reason")
    plan = clean_words(new.plan, longest=LONGEST_PLAN, field="plan")
    if not new.dates:
        raise Invalid(fields={"plan": _("A plan needs at least one date by which something is done.")})
    refuse_personal((f"step{number}", words) for number, (_day, words) in enumerate(new.dates, start=1))
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, "lead", reason, plan]) as send:
        request = locked(actor, request_id, door.seen_version)
        leading = _taken(actor, request, reason, plan)
        body = leading.appointment.body
        change = Change(
            {"body_id": body.pk, "transfers": request.transfers + (request.body_id != body.pk)}, note=reason
        )
        advance(actor, request, Verb.LEAD, change, send)
        leading.save()
        pledge_all(actor=actor, tasks=[_task(leading, day, words) for day, words in new.dates])
        record_change(actor, "clusters.take_lead", leading, place_code=request.place_code, number=request.number)
    return leading


def _taken(actor: Actor, request: Request, reason: str, plan: str) -> Leading:
    post = rules.leading_post(actor, request)
    if post is None:
        raise NotAllowed(rules.may_lead(actor, request).reason)
    if request.leadings.filter(ended_at__isnull=True).exists():
        raise WrongState(_("A secretary leads this case already."))
    return Leading(request=request, appointment=post, reason=reason, plan=plan, taken_at=now())


def _task(leading: Leading, day: date, words: str) -> NewTask:
    post = leading.appointment
    return NewTask(
        kind=STEP_KIND,
        title=words,
        body=post.body,
        due_on=day,
        appointment=post,
        place_code=leading.request.place_code,
        plan=leading.request.number,
    )


def give_back(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Leading:
    """Give a led case back to the ordinary way, with a reason; it stays where it lies until it is passed on.

    Raises:
        NotFound: also when nobody leads it; NotAllowed: for who does not lead it; Invalid: without a reason.
    """
    why = clean_words(reason, longest=LONGEST_REASON, field="reason")
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, "give-back", why]) as send:
        request = locked(actor, request_id, door.seen_version)
        leading = request.leadings.filter(ended_at__isnull=True).select_related("appointment").first()
        if leading is None:
            raise NotFound
        rules.may_lead(actor, request).enforce()
        leading.ended_at, leading.ended_because = now(), why
        leading.save(update_fields=["ended_at", "ended_because"])
        record_change(actor, "clusters.give_back", leading, place_code=request.place_code, reason=why)
        send.keep(leading)
    return leading
