"""Statements: said by residents, put in by the house, shown and hidden with a line of who did it and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import find_personal
from jinlin.opinions import rules
from jinlin.opinions.models import Conversation, Picture, Statement
from jinlin.opinions.states import STATEMENTS, StatementState, StatementVerb, TalkState
from jinlin.platform.access import NOBODY, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound, NotSignedIn, TooMany, WrongState
from jinlin.platform.sends import ANY_DOOR, Door, sent_once
from jinlin.platform.stepping import Steps, Taken, locked_row, write_line
from jinlin.playbooks.here import current_playbook

MOST_SEEDS = 60
LONGEST_REASON = 300
S = StatementState


def say(*, actor: Actor, conversation_id: int, text: str, door: Door = ANY_DOOR) -> Statement:
    """Say a statement in an open conversation; no row tells who said it, nor does the audit trail.

    Raises:
        NotSignedIn, NotFound, RepeatedSend, KeyReused; NotAllowed for who does not live there; WrongState while it is not open.
        Invalid: too short or too long, several lines, personal data, insults, or said before.
        TooMany: more than the playbook lets one person say.
    """
    if actor.person_id is None:
        raise NotSignedIn
    words = _fit(text, "text")
    with sent_once(f"account:{actor.account_id}", door.key, [conversation_id, words]) as send:
        send.raise_if_known()
        conversation = open_for(actor, conversation_id)
        rules.may_speak(actor, conversation).enforce()
        writer = rules.key_of(conversation.pk, actor.person_id)
        _refuse_flood(conversation, writer)
        state = S.WAITING if conversation.checked == Conversation.Checked.BEFORE else S.SHOWN
        statement = _put(conversation, words, "text", writer=writer, state=state)
        write_line(NOBODY, statement, StatementVerb.SAY)
        record_change(NOBODY, "opinions.say", statement, place_code=conversation.place_code)
        send.keep(statement)
    return statement


def seed(*, actor: Actor, conversation_id: int, texts: Sequence[str], door: Door = ANY_DOOR) -> list[Statement]:
    """Put statements of the house into a conversation that is prepared or open: all of them or none.

    Raises:
        NotFound, NotAllowed, WrongState, RepeatedSend, KeyReused; Invalid naming the first that cannot stand.
    """
    lines = [_fit(text, "texts") for text in texts if text.strip()]
    if not 0 < len(lines) <= MOST_SEEDS:
        raise Invalid(fields={"texts": _("Write 1 to 60 statements, one on each line.")})
    with sent_once(f"account:{actor.account_id}", door.key, [conversation_id, lines]) as send:
        send.raise_if_known()
        conversation = locked_row(Conversation, conversation_id, visible=rules.at_desk(actor))
        rules.keeps(actor, conversation.place_code).enforce()
        if conversation.state not in {TalkState.DRAFT, TalkState.OPEN}:
            raise WrongState
        made = [_put(conversation, line, "texts", state=S.SHOWN, looked_at=True) for line in lines]
        for statement in made:
            write_line(actor, statement, StatementVerb.SAY)
        record_change(actor, "opinions.seed", conversation, place_code=conversation.place_code, count=len(made))
        Picture.objects.filter(conversation=conversation).update(stale=True)
        send.keep(conversation)
    return made


def show(*, actor: Actor, statement_id: int, door: Door = ANY_DOOR) -> Statement:
    """Show a statement. Raises: NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused."""
    return STEPS.take(actor, statement_id, StatementVerb.SHOW, door)


def hide(*, actor: Actor, statement_id: int, words: str, door: Door = ANY_DOOR) -> Statement:
    """Hide a statement with a reason, which its writer reads; votes on it count no more. Raises as `show`, and Invalid."""
    reason = words.strip()
    if not 0 < len(reason) <= LONGEST_REASON or find_personal(reason):
        raise Invalid(fields={"words": _("Please say why, in at most 300 characters and without personal data.")})
    return STEPS.take(actor, statement_id, StatementVerb.HIDE, door, words=reason)


def open_for(actor: Actor, conversation_id: int) -> Conversation:
    """Return an open conversation. Raises: NotFound; WrongState when it is not open."""
    conversation = rules.visible_to(actor).filter(pk=conversation_id).first()
    if conversation is None:
        raise NotFound
    if conversation.state != TalkState.OPEN:
        raise WrongState(_("This conversation is not open; what came of it can be read."))
    return conversation


def _fit(text: str, field: str) -> str:
    words = text.strip()
    if fault := rules.fault_of(words):
        shown = words[:20] + ("…" if len(words) > 20 else "")
        raise Invalid(fields={field: fault if field == "text" else f"{shown} — {fault}"})
    return words


def _refuse_flood(conversation: Conversation, writer: str) -> None:
    most = current_playbook().norms.statements_most
    if conversation.statements.filter(writer=writer).count() >= most:
        said = _("One person says at most %(most)s statements in a conversation; you have said as many.")
        raise TooMany(said % {"most": most}, remedy=_("Vote on those of your neighbours instead."))


def _put(conversation: Conversation, text: str, field: str, **columns: Any) -> Statement:
    folded = rules.folded(text)
    if conversation.statements.filter(folded=folded).exists():
        raise Invalid(fields={field: _("Somebody has said “%(text)s” already; vote on it instead.") % {"text": text}})
    return Statement.objects.create(conversation=conversation, text=text, folded=folded, made_at=now(), **columns)


def _locked(actor: Actor, statement_id: int) -> Statement:
    visible = Statement.objects.filter(conversation__in=rules.at_desk(actor))
    return locked_row(Statement, statement_id, "conversation", visible=visible)


def _looked_at(_actor: Actor, _statement: Statement, _verb: StatementVerb) -> Mapping[str, Any]:
    return {"looked_at": True}


def _about(statement: Statement) -> Mapping[str, Any]:
    return {"place_code": statement.conversation.place_code}


def _follow(taken: Taken[Statement]) -> None:
    Picture.objects.filter(conversation=taken.row.conversation_id).update(stale=True)


STEPS = Steps(
    audited="opinions.{verb}_statement",
    table=STATEMENTS,
    lock=_locked,
    may=rules.may_check,
    effects=_looked_at,
    about=_about,
    follow=_follow,
)
