"""The shapes in which conversations go through the API; ids are strings."""

from datetime import date
from typing import Literal

from ninja import Field, Schema


class ConversationOut(Schema):
    """A conversation in public."""

    id: str
    title: str
    text: str
    place: str
    zone: str
    first_day: date
    last_day: date
    state: Literal["open", "closed"]


class Conversations(Schema):
    """Conversations in public, the newest first."""

    rows: list[ConversationOut]


class FigureOut(Schema):
    """How many agree and disagree of those who have seen a statement; empty below five."""

    agree: int | None
    disagree: int | None
    seen: int | None


class SaidOut(FigureOut):
    """A statement with the side that leads."""

    statement: str
    side: Literal["agree", "disagree"]


class GroupOut(Schema):
    """An opinion group of at least five people and what it holds more than the others."""

    group: int
    size: int
    holds: list[SaidOut]


class StatementFigures(Schema):
    """A statement with the figures of all, then of each group in order."""

    statement: str
    figures: list[FigureOut]


class HeldOut(ConversationOut):
    """What a conversation has brought so far; persons and homes are counted apart, paper slips on their own."""

    persons: int
    households: int
    slips: int
    votes: int
    groups: list[GroupOut]
    shared: list[SaidOut]
    statements: list[StatementFigures]


class NextStatement(Schema):
    """The statement that comes next for whoever asks; empty when there is none left."""

    id: str
    statement: str
    left: int


class VoteIn(Schema):
    """A vote on a statement: 1 agree, 0 pass, -1 disagree."""

    statement: int = Field(ge=1, le=2**63 - 1)
    vote: Literal[1, 0, -1]
    important: bool = False


class StatementIn(Schema):
    """A statement of one's own."""

    text: str = Field(max_length=400)


class StatementOut(Schema):
    """A statement that was said and whether it is shown."""

    id: str
    state: Literal["waiting", "shown", "hidden"]
