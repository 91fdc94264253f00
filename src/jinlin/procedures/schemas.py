"""The shapes in which procedures go through the API; ids are strings, times are UTC."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from jinlin.procedures.states import ProcedureState


class ProcedureOut(Schema):
    """A procedure as lists show it; `at` is the key of the open step, empty once it is over."""

    id: str
    kind: str
    definition_version: int
    title: str
    place: str
    estate: str
    state: ProcedureState
    at: str
    begun_at: datetime
    ended_at: datetime | None


class ProcedurePage(Schema):
    """A page of procedures; `older` is the key of the next one, empty at the end."""

    rows: list[ProcedureOut]
    older: str


class StepOut(Schema):
    """A step in the order of the walk; one to come has no times."""

    key: str
    name: str
    kind: Literal["opinion", "discuss", "decide", "disclose", "carry_out", "evaluate"]
    state: str = Field(description="to_come, open, done, failed, upheld, skipped, lapsed or withdrawn.")
    who: list[str]
    due_on: date | None
    opened_at: datetime | None
    ended_at: datetime | None
    words: str
    work: str
    work_url: str


class ProcedureWithSteps(ProcedureOut):
    """A procedure with its steps."""

    version: int
    text: str
    steps: list[StepOut]


class BeginIn(Schema):
    """What is begun; `place` is the code of a community, `estate` the id of an estate in it."""

    kind: str = Field(max_length=32)
    title: str = Field(max_length=200)
    text: str = Field("", max_length=2_000)
    place: str = Field(max_length=22)
    estate: str = Field("", max_length=18, pattern=r"^[0-9]*$")
    matter: str = Field("", max_length=32)
    subject: str = Field("", max_length=32)


class PartIn(Schema):
    """That somebody takes part in the open step, in an evaluation with a mark."""

    seen: int | None = None
    mark: Literal["", "good", "fair", "poor"] = ""
    words: str = Field("", max_length=2_000)


class ConcludeIn(Schema):
    """What concludes a step by hand: words, proofs in words by their kind, the sides that were there, what follows."""

    seen: int | None = None
    words: str = Field(max_length=2_000)
    proofs: dict[Literal["minutes", "notice", "result"], str] = {}
    sides: list[str] = []
    choice: str = Field("", max_length=32)
