"""What had ended is taken up again: reopened after its close, or submitted again under another category."""

from django.utils.translation import gettext as _

from jinlin.organisations.queries import receiving_body_id
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid
from jinlin.platform.sends import Send, sent_once
from jinlin.requests import rules, tasks
from jinlin.requests.actions.steps import Change, Door, advance, existing_category, locked
from jinlin.requests.models import Request
from jinlin.requests.states import Verb

LONGEST_REASON = 1_000
NO_DOOR = Door()


def reopen_request(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Request:
    """Take a closed request up again within the days that the place's work method gives; its body is told, and each time counts.

    Raises:
        Invalid: without a reason; NotAllowed: too late; and what `take_step` raises.
    """
    words = rules.clean_words(reason, longest=LONGEST_REASON, field="reason")
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.REOPEN, words]) as send:
        request = locked(actor, request_id, door.seen_version)
        take_up_again(actor, request, words, send)
    return request


def take_up_again(actor: Actor, request: Request, words: str, send: Send) -> None:
    """Reopen a locked request; the transaction is the caller's.

    Raises:
        NotAllowed: too late; and what `take_step` raises.
    """
    change = Change({"reopened": request.reopened + 1}, note=words)
    advance(actor, request, Verb.REOPEN, change, send)
    tasks.tell_body.enqueue(request_id=request.pk, step_number=request.version)


def resubmit_request(
    *, actor: Actor, request_id: int, category: str, reason: str = "", door: Door = NO_DOOR
) -> Request:
    """Submit a declined request again under another category; whoever receives there looks at it anew.

    Raises:
        Invalid: for a category that does not exist, or the one under which it was declined; NotAllowed: too late; and what
            `take_step` raises.
    """
    words = rules.clean_words(reason, longest=LONGEST_REASON, field="reason", needed=False)
    code = existing_category(category)
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.RESUBMIT, code, words]) as send:
        request = locked(actor, request_id, door.seen_version)
        if request.category == code:
            raise Invalid(fields={"category": _("It was declined under this category; choose another one.")})
        body_id = receiving_body_id(request.place_code, (request.grid_id, request.estate_id))
        change = Change({"category": code, "body_id": body_id}, note=words)
        advance(actor, request, Verb.RESUBMIT, change, send)
        tasks.tell_body.enqueue(request_id=request.pk, step_number=request.version)
    return request
