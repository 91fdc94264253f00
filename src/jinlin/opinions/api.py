"""The JSON API of conversations: what is open and what came of it, the next statement, a vote, a statement of one's own."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from jinlin.opinions import actions, queries, rules, schemas
from jinlin.opinions.actions import Ballot
from jinlin.opinions.models import Conversation
from jinlin.opinions.queries import Figure, Said
from jinlin.opinions.states import IN_PUBLIC
from jinlin.platform.access import Actor
from jinlin.platform.answers import json_answer
from jinlin.platform.errors import NotFound, NotSignedIn

MOST = 100
SIDES = {1: "agree", -1: "disagree"}
ConversationId = Annotated[int, Path(ge=1, le=2**63 - 1)]

router = Router()


@router.get("", response=schemas.Conversations, operation_id="list_conversations")
def list_conversations(
    request: HttpRequest, place: str = Query("", max_length=22, pattern=r"^[0-9]*$")
) -> HttpResponse:
    """List the conversations of a place, at most a hundred; public."""
    rows = Conversation.objects.filter(state__in=IN_PUBLIC, place_code__startswith=place).select_related("zone")
    return json_answer({"rows": [_conversation(row) for row in rows.order_by("-made_at", "-pk")[:MOST]]})


@router.get("/{conversation_id}", response=schemas.HeldOut, operation_id="read_conversation")
def read_conversation(request: HttpRequest, conversation_id: ConversationId) -> HttpResponse:
    """Read what a conversation has brought: what all share, the groups, each statement; nothing below five people."""
    row = _public(conversation_id)
    found = queries.held(row)
    counts = {name: getattr(found, name) for name in ("persons", "households", "slips", "votes")}
    groups = [
        {"group": group.number, "size": group.size, "holds": [_said(said) for said in group.holds]}
        for group in found.groups
    ]
    table = [{"statement": line["text"], "figures": [_figure(one) for one in line["figures"]]} for line in found.table]
    shared = [_said(said) for said in found.shared]
    return json_answer(_conversation(row) | counts | {"groups": groups, "shared": shared, "statements": table})


@router.get("/{conversation_id}/next", response=schemas.NextStatement, operation_id="next_statement")
def next_statement(request: HttpRequest, conversation_id: ConversationId) -> HttpResponse:
    """Get the statement that the fewest have seen and the person has neither said nor voted on."""
    actor: Actor = request.auth
    if actor.person_id is None:
        raise NotSignedIn
    row = _public(conversation_id)
    rules.may_speak(actor, row).enforce()
    found = queries.next_statement(row, actor.person_id)
    left = queries.of_voter(row, actor.person_id).left
    return json_answer({"id": str(found.pk) if found else "", "statement": found.text if found else "", "left": left})


@router.post("/{conversation_id}/votes", response=schemas.NextStatement, operation_id="vote_on_statement")
def vote_on_statement(request: HttpRequest, conversation_id: ConversationId, entered: schemas.VoteIn) -> HttpResponse:
    """Vote on a statement, or change one's vote; the answer is the next statement. A repeat changes nothing."""
    ballot = Ballot(entered.statement, entered.vote, entered.important)
    actions.vote(actor=request.auth, conversation_id=conversation_id, ballot=ballot)
    return next_statement(request, conversation_id)


@router.post("/{conversation_id}/statements", response=schemas.StatementOut, operation_id="say_statement")
def say_statement(request: HttpRequest, conversation_id: ConversationId, entered: schemas.StatementIn) -> HttpResponse:
    """Say a statement of one's own in an open conversation; nobody sees who said it."""
    made = actions.say(actor=request.auth, conversation_id=conversation_id, text=entered.text)
    return json_answer({"id": str(made.pk), "state": made.state})


def _public(conversation_id: int) -> Conversation:
    row = Conversation.objects.filter(state__in=IN_PUBLIC, pk=conversation_id).select_related("zone").first()
    if row is None:
        raise NotFound
    return row


def _conversation(row: Conversation) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "title": row.title,
        "text": row.text,
        "place": row.place_code,
        "zone": row.zone.name if row.zone else "",
        "first_day": row.first_day,
        "last_day": row.last_day,
        "state": row.state,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    names = ("agree", "disagree", "seen")
    return {name: getattr(figure, name) if figure.told else None for name in names}


def _said(said: Said) -> dict[str, Any]:
    return {"statement": said.text, "side": SIDES[said.side]} | _figure(said.figure)
