"""What somebody sees who votes: the statement that the fewest have seen, how far they are, what they said themselves."""

from dataclasses import dataclass

from django.db.models import QuerySet

from jinlin.opinions.models import Conversation, Participant, Statement, Vote
from jinlin.opinions.rules import key_of
from jinlin.opinions.states import StatementState


@dataclass(frozen=True)
class Standing:
    """How far a voter is: votes given, statements still to see, and the group they belong to, None for none."""

    given: int
    left: int
    group: int | None


def _shown(conversation: Conversation) -> QuerySet[Statement]:
    return Statement.objects.filter(conversation=conversation, state=StatementState.SHOWN)


def _unseen(conversation: Conversation, key: str) -> QuerySet[Statement]:
    """Return what is shown and neither voted on nor said by whoever has this key."""
    voted = Vote.objects.filter(participant__conversation=conversation, participant__key=key)
    return _shown(conversation).exclude(writer=key).exclude(pk__in=voted.values("statement_id"))


def next_statement(conversation: Conversation, person_id: int) -> Statement | None:
    """Return the statement that the fewest have seen of those that the person has not; None when there is none left."""
    return _unseen(conversation, key_of(conversation.pk, person_id)).order_by("seen", "pk").first()


def of_voter(conversation: Conversation, person_id: int) -> Standing:
    """Return how far a person is."""
    key = key_of(conversation.pk, person_id)
    row = Participant.objects.filter(conversation=conversation, key=key).first()
    given = row.votes.filter(statement__state=StatementState.SHOWN).count() if row else 0
    return Standing(given, _unseen(conversation, key).count(), row.group if row else None)


def own_statements(conversation: Conversation, person_id: int) -> list[Statement]:
    """Return what a person has said, each with the reason where it is hidden."""
    rows = Statement.objects.filter(conversation=conversation, writer=key_of(conversation.pk, person_id))
    return list(rows.prefetch_related("steps").order_by("pk"))
