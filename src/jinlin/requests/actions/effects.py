"""What follows when a side procedure is granted: one row for each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.errors import WrongState
from jinlin.platform.sends import Send
from jinlin.requests.actions.handling import dispatcher_of
from jinlin.requests.actions.pausing import extend_clock
from jinlin.requests.actions.steps import Change, carry_out
from jinlin.requests.models import Approval, Clock, Request
from jinlin.requests.states import Verb

KIND = Approval.Kind
NO_SEND = Send("", "")


def _extend(request: Request, approval: Approval, at: datetime) -> dict[str, Any]:
    wish = approval.wish
    if extend_clock(request, Clock.Milestone.FINAL, (wish["amount"], wish["unit"]), at) is None:
        raise WrongState(_("No final answer is owed any more; refuse it."))
    return {}


def _suspend(request: Request, approval: Approval, at: datetime) -> dict[str, Any]:
    return {"suspended_until": date.fromisoformat(approval.wish["until"])}


def _supervise(request: Request, approval: Approval, at: datetime) -> dict[str, Any]:
    return {"supervised": True}


def _strike_out(request: Request, approval: Approval, at: datetime) -> dict[str, Any]:
    rating = request.ratings.filter(newest=True).first()
    if rating is None or not rating.valid:
        raise WrongState(_("There is no rating that counts; refuse it."))
    rating.valid, rating.appeal = False, approval
    rating.save(update_fields=["valid", "appeal"])
    return {}


def _return(actor: Actor, request: Request, approval: Approval) -> None:
    change = Change({"body_id": dispatcher_of(request)}, internal_note=approval.reason)
    carry_out(actor, request, Verb.SEND_BACK, change, NO_SEND)


def _pass_on(actor: Actor, request: Request, approval: Approval) -> None:
    columns = {"body_id": approval.wish["body"], "transfers": request.transfers + 1}
    carry_out(actor, request, Verb.TRANSFER, Change(columns, internal_note=approval.reason), NO_SEND)


def _no_columns(request: Request, approval: Approval, at: datetime) -> dict[str, Any]:
    return {}


def _no_step(actor: Actor, request: Request, approval: Approval) -> None:
    return None


@dataclass(frozen=True)
class Effect:
    """What changes with the step that grants, and the step that follows it."""

    columns: Callable[[Request, Approval, datetime], dict[str, Any]] = _no_columns
    after: Callable[[Actor, Request, Approval], None] = _no_step


GRANTED: dict[Approval.Kind, Effect] = {
    KIND.EXTENSION: Effect(_extend),
    KIND.SUSPENSION: Effect(_suspend),
    KIND.SUPERVISION: Effect(_supervise),
    KIND.APPEAL: Effect(_strike_out),
    KIND.RETURN: Effect(after=_return),
    KIND.TRANSFER: Effect(after=_pass_on),
}
