"""The shapes in which ballots go through the API; ids are strings, times are UTC, areas in 0.01 m²."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema


class OptionOut(Schema):
    """One option of a question."""

    key: str
    title: str
    text: str


class QuestionOut(Schema):
    """One question; up to `most` of its options may be marked."""

    id: str
    title: str
    most: int
    seats: int
    options: list[OptionOut]


class BallotOut(Schema):
    """A ballot with its turnout; `result` is empty until it is counted, and leaves out what is not broken down."""

    id: str
    kind: str
    title: str
    text: str
    place: str
    where: str
    body: str
    state: str
    secrecy: Literal["signed", "secret"]
    opens_at: datetime
    closes_at: datetime
    heads: int
    area: int
    used: int
    passed: bool | None
    questions: list[QuestionOut]
    result: dict[str, Any]


class BallotPage(Schema):
    """A page of ballots; `older` is the key of the next one, empty at the end."""

    rows: list[BallotOut]
    older: str


class VoteIn(Schema):
    """A paper: for each question the keys of the options that are marked; `entry` only where one has several votes."""

    entry: str = Field("", max_length=20, pattern=r"^[0-9]*$")
    marks: dict[str, list[str]] = Field(max_length=30)


class VoteOut(Schema):
    """That a vote is in the box: the entry of the roll, the day and the way."""

    entry: str
    used_on: str
    channel: str
