"""Rows about side procedures of requests: what one person asks for and another one decides."""

from typing import Literal

from pydantic import Field

from jinlin.playbooks.schema.base import Role, Row, Text
from jinlin.playbooks.schema.requests import TimeUnit

ApprovalKind = Literal["extension", "return", "suspension", "transfer", "supervision", "appeal"]
Asker = Literal["handler", "reception"]
RequestState = Literal[
    "received",
    "accepted",
    "dispatched",
    "transferred",
    "signed",
    "in_progress",
    "reworked",
    "handled",
    "call_back",
    "closed",
]

# Placeholders of the words that the reporter reads when something is granted.
TOLD_PLACEHOLDERS = frozenset({"number", "due"})


class Approval(Row):
    """A side procedure: `asked_by` those with a part in a request in one of `states`, granted or refused by another person
    above with one of the roles `decided_by`.

    `stops_while_asked` and `stops_after` say whether the clocks stand; `before_due` that it has to be asked before the
    deadline. `longest` is how far an extension reaches at most, or how long a suspension lasts; `often` how many times it
    is granted for one request. `told` is what the reporter reads when it is granted.
    """

    kind: ApprovalKind
    name: Text
    name_en: Text
    asked_by: tuple[Asker, ...] = Field(min_length=1)
    decided_by: tuple[Role, ...] = Field(min_length=1)
    states: tuple[RequestState, ...] = Field(min_length=1)
    stops_while_asked: bool = False
    stops_after: bool = False
    before_due: bool = False
    longest: int | None = Field(default=None, gt=0)
    unit: TimeUnit = "working_days"
    often: int | None = Field(default=None, gt=0)
    told: str = ""
    basis: str = ""
