"""The steps of a conversation: opened, closed by hand or when its last day is over, withdrawn with a reason."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from jinlin.opinions import rules
from jinlin.opinions.models import Conversation
from jinlin.opinions.states import TALKS, StatementState, TalkState, TalkVerb
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, WrongState
from jinlin.platform.events import announce
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.stepping import Steps, Taken, locked_row
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.platform.works import Concluded, Outcome

V = TalkVerb
LEAST_SHOWN = 3
LONGEST_REASON = 300


def open_conversation(*, actor: Actor, conversation_id: int, door: Door = ANY_DOOR) -> Conversation:
    """Open a conversation that has at least three statements to begin with.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused.
    """
    return STEPS.take(actor, conversation_id, V.OPEN, door)


def close_conversation(*, actor: Actor, conversation_id: int, door: Door = ANY_DOOR) -> Conversation:
    """Close a conversation; what came of it stays in public. Raises as `open_conversation`."""
    return STEPS.take(actor, conversation_id, V.CLOSE, door)


def withdraw_conversation(*, actor: Actor, conversation_id: int, words: str, door: Door = ANY_DOOR) -> Conversation:
    """Take a conversation back with a reason. Raises as `open_conversation`, and Invalid without a reason."""
    reason = words.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Invalid(fields={"words": _("Please say why, in at most 300 characters.")})
    return STEPS.take(actor, conversation_id, V.WITHDRAW, door, words=reason)


def close_ended() -> Tally:
    """Close what is open although its last day is over."""
    ended = Conversation.objects.filter(state=TalkState.OPEN, last_day__lt=today()).order_by("last_day", "pk")
    return one_by_one(_close, list(ended.values_list("pk", flat=True)))


def _close(conversation_id: int) -> Conversation:
    return close_conversation(actor=SYSTEM, conversation_id=conversation_id)


def _locked(actor: Actor, conversation_id: int) -> Conversation:
    return locked_row(Conversation, conversation_id, visible=rules.at_desk(actor))


def _check(_actor: Actor, conversation: Conversation, verb: TalkVerb) -> None:
    if verb == V.OPEN and conversation.state == TalkState.DRAFT:
        if conversation.statements.filter(state=StatementState.SHOWN).count() < LEAST_SHOWN:
            raise WrongState(_("Put in at least three statements first, so that there is something to weigh."))
        if conversation.last_day < today():
            raise WrongState(_("Its last day is over."))


def _effects(_actor: Actor, _conversation: Conversation, verb: TalkVerb) -> Mapping[str, Any]:
    return {} if verb == V.OPEN else {"closed_at": now()}


def _about(conversation: Conversation) -> Mapping[str, Any]:
    return {"place_code": conversation.place_code}


def _follow(taken: Taken[Conversation]) -> None:
    """Tell whoever waits for it that it has come to its end."""
    row = taken.row
    if taken.verb == V.CLOSE and row.subject:
        announce(Concluded(row.subject, f"conversation:{row.pk}", Outcome.DONE))


STEPS = Steps(
    audited="opinions.{verb}",
    table=TALKS,
    lock=_locked,
    check=_check,
    may=rules.may_keep,
    effects=_effects,
    about=_about,
    follow=_follow,
)
