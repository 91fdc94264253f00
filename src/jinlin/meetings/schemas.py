"""The shapes in which meetings go through the API; ids are strings, times are UTC."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from jinlin.meetings.states import MeetingState, ResolutionState

Choice = Literal["yes", "no", "abstain"]


class MeetingOut(Schema):
    """A meeting that everybody may know of."""

    id: str
    forum: str
    title: str
    place: str
    estate: str
    called_by: str
    starts_at: datetime
    room: str
    state: MeetingState


class MeetingPage(Schema):
    """A page of meetings; `older` is the key of the next one, empty at the end."""

    rows: list[MeetingOut]
    older: str


class ResolutionOut(Schema):
    """What was decided: who does what by when, and what came of it."""

    id: str
    number: int
    words: str
    carried_out_by: str
    due_on: date | None
    sites: list[str]
    state: ResolutionState
    result: str
    made: str = Field(description="What it became, such as `item:12`; empty where nothing was made of it.")


class MeetingDetails(MeetingOut):
    """A meeting with its agenda; minutes and resolutions once they are published."""

    agenda: list[str]
    invited: int
    came: int
    minutes: str
    version: int
    resolutions: list[ResolutionOut]


class MeetingFigures(Schema):
    """How many meetings were held, what they solved, and how much for each of them."""

    held: int
    solved: int
    solved_per_meeting: float | None


class SignInIn(Schema):
    """The code on the screen of the room; `seat` where one could take several."""

    code: str = Field(max_length=40)
    seat: str = Field("", max_length=18, pattern=r"^[0-9]*$")


class SeatOut(Schema):
    """The seat that was taken."""

    meeting_id: str
    seat: str
    votes: bool


class HandIn(Schema):
    """A raised hand."""

    choice: Choice


class HandOut(Schema):
    """The vote of a seat as it stands."""

    motion_id: str
    choice: Choice


class HandsIn(Schema):
    """Raised hands, by the id of the seat's invitation."""

    choices: dict[str, Choice]


class HandsOut(Schema):
    """How many hands were written down."""

    written: int
