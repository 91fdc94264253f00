"""The shapes in which volunteering goes through the API; ids are strings, times are UTC.

Their names are those of the API's description, in which no other app may use them.
"""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from jinlin.volunteering.actions import Served
from jinlin.volunteering.states import PairingState


class WindowOut(Schema):
    """A time within a week."""

    weekday: int = Field(description="0 is Monday.")
    first_hour: int
    end_hour: int


class PostToClaimOut(Schema):
    """A post that can be claimed; no `windows` mean any time."""

    id: str
    title: str
    text: str
    category: str
    category_name: str
    body: str
    place: str
    windows: list[WindowOut]
    places: int
    free: int
    first_day: date
    last_day: date | None
    open: bool


class PostToClaimPage(Schema):
    """A page of posts; `older` is the key of the next one, empty at the end."""

    rows: list[PostToClaimOut]
    older: str


class PairingOut(Schema):
    """A claim or a pair; `minutes` count once the state is `confirmed`."""

    id: str
    posting_id: str
    title: str
    kind: Literal["post", "offer", "need"]
    state: PairingState
    places: int
    at: datetime
    served_on: date | None
    minutes: int | None
    solved: str
    note: str


class PairingPage(Schema):
    """A page of claims and pairs."""

    rows: list[PairingOut]
    older: str


class PairingStepIn(Schema):
    """A step; with the state that was `seen`, a change by somebody else in the meantime is refused (409)."""

    seen: PairingState | None = None

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes besides actor, row and door."""
        return {}


class PairingNoteIn(PairingStepIn):
    """A step with a remark."""

    note: str = Field("", max_length=200)

    def arguments(self) -> dict[str, Any]:
        """Return the remark."""
        return {"note": self.note}


class ServeIn(PairingStepIn):
    """What was served; without a day it was today."""

    day: date | None = None
    minutes: int = Field(0, ge=0, le=1440)
    solved: str = Field("", max_length=120)

    def arguments(self) -> dict[str, Any]:
        """Return what was served."""
        return {"served": Served(day=self.day, minutes=self.minutes, solved=self.solved)}
