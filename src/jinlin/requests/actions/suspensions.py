"""The end of a suspension: by hand as soon as the work can go on, or by itself when its time is over."""

from django.utils.translation import gettext as _

from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import now, today
from jinlin.platform.sends import Send, sent_once
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.requests import rules
from jinlin.requests.actions.handling import LONGEST_NOTE, NO_DOOR
from jinlin.requests.actions.pausing import run_clocks
from jinlin.requests.actions.steps import Change, Door, advance, locked
from jinlin.requests.models import Approval, Request
from jinlin.requests.states import Verb


def resume_request(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Request:
    """End a suspension before its time, with the reason; the clocks run again for what was left of them.

    Raises:
        Invalid: without a reason; NotAllowed: when it is not suspended; and what `take_step` raises.
    """
    words = rules.clean_words(reason, longest=LONGEST_NOTE, field="reason")
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.RESUME, words]) as send:
        request = locked(actor, request_id, door.seen_version)
        _resume(actor, request, words, send)
    return request


def _resume(actor: Actor, request: Request, words: str, send: Send) -> None:
    rules.may(actor, Verb.RESUME, request).enforce()
    at = now()
    in_force = {"kind": Approval.Kind.SUSPENSION, "state": Approval.State.GRANTED, "ended_at": None}
    for approval in request.approvals.filter(**in_force):
        approval.ended_at = at
        approval.save(update_fields=["ended_at"])
        run_clocks(request, approval, at)
    advance(actor, request, Verb.RESUME, Change({"suspended_until": None}, internal_note=words), send)


def end_suspensions() -> Tally:
    """Let every request whose suspension has run out go on."""
    over = Request.objects.filter(suspended_until__lte=today()).order_by("suspended_until")
    return one_by_one(_run_out, list(over.values_list("pk", flat=True)))


def _run_out(request_id: int) -> Request:
    with sent_once("suspension", "", [request_id]) as send:
        request = locked(SYSTEM, request_id, None)
        _resume(SYSTEM, request, str(_("The time of the suspension is over.")), send)
    return request
