"""What is raised and what is read through the API; ids are strings, times are UTC."""

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

from jinlin.algorithms.coordinates import System
from jinlin.requests.models import (
    ApprovalKind,
    ApprovalState,
    Channel,
    Clock,
    Function,
    Kind,
    RequestPart,
    RequestPhoto,
    Urgency,
)
from jinlin.requests.states import PartState, State, Verb

Code = Annotated[str, Field(max_length=22, pattern=r"^[0-9]*$")]


class WhereIn(Schema):
    """Where it is; all may be left out."""

    place: Code = ""
    words: str = Field("", max_length=200)
    longitude: float | None = Field(None, ge=-180, le=180)
    latitude: float | None = Field(None, ge=-90, le=90)
    system: System = System.WGS84


class ContactIn(Schema):
    """How somebody without an account can be reached; only with a post that enters for others."""

    name: str = Field("", max_length=60)
    phone: str = Field("", max_length=24)


class RequestIn(Schema):
    """What is raised."""

    text: str = Field(description="What happened, in the person's own words; at most 5,000 characters.")
    title: str = ""
    function: Function = Function.COMPLAINT
    kind: Kind | None = None
    channel: Channel = Channel.API
    where: WhereIn = Field(default_factory=WhereIn)
    anonymous: bool = False
    public: bool = Field(False, description="Wished public; it appears only after a person has looked at it.")
    photos: list[str] = Field(default_factory=list, max_length=9, description="Tickets of photos sent ahead.")
    contact: ContactIn | None = None


class ReceiptOut(Schema):
    """The receipt, with the secret code for following without an account; a repeated send gets the same."""

    id: str
    number: str
    state: State
    received_at: datetime
    due_at: datetime | None
    follow_code: str
    follow_path: str
    danger: bool = Field(description="The words speak of danger to life: call 110, 119 or 120.")


class SupportOut(Schema):
    """How many households say that a public request is theirs too."""

    number: str
    supports: int


class RequestRow(Schema):
    """A request in a list; never with its reporter."""

    id: str
    number: str
    title: str
    state: State
    category: str
    urgency: Urgency
    channel: Channel
    kind: Kind
    place: str
    place_words: str
    body: str
    received_at: datetime
    due_at: datetime | None
    warns_at: datetime | None = Field(description="From when it is due soon.")
    light: str = Field(description="green, yellow from `warns_at` on, red after `due_at`; empty while nothing is owed.")
    stopped_at: datetime | None = Field(description="Since when the clocks stand.")
    suspended_until: date | None
    supervised: bool
    asked: int = Field(description="How many approvals wait for a decision.")
    version: int


class RequestPage(Schema):
    """Fifty rows at most, newest first; `older` is the key of the next page, empty at the end."""

    rows: list[RequestRow]
    older: str


class StepOut(Schema):
    """One line of the history."""

    number: int
    at: datetime
    verb: Verb
    state: State
    body: str = Field(description="The body that has it after the step.")
    acting: str = Field(description="The body for which the step was taken; empty for residents and the platform.")
    due_at: datetime | None
    note: str
    internal_note: str


class PhotoRow(Schema):
    """A photo of a request; `step` is the step that it came with."""

    id: str
    step: int
    moment: RequestPhoto.Moment
    url: str


class ApprovalOut(Schema):
    """What was asked for by one person and is decided by another; for officers."""

    id: str
    kind: ApprovalKind
    state: ApprovalState
    reason: str
    wish: dict[str, str]
    words: str
    asked_at: datetime
    decided_at: datetime | None
    ended_at: datetime | None


class ClockOut(Schema):
    """A promise: until when, whether it was kept, and which row it follows where its deadline moved."""

    milestone: Clock.Milestone
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    met: bool | None
    cause: Clock.Cause
    light: str


class PartOut(Schema):
    """What a body was asked to do of a request that another one leads; words and result only to those at work on it."""

    id: str
    body: str
    role: RequestPart.Role
    state: PartState
    due_at: datetime | None
    words: str
    result: str


class RequestOut(RequestRow):
    """A request with its history and the steps that are open to the caller."""

    text: str
    longitude: float | None
    latitude: float | None
    transfers: int
    outcome: str = Field(description="What came of it; empty while that is open.")
    reopened: int = Field(description="How often it was taken up again after its close.")
    lead: str = Field(description="Number of the request through which it is answered; empty where it is by itself.")
    members: int = Field(description="Requests that are answered through it.")
    supports: int = Field(description="Households that say me too.")
    possible: list[Verb]
    steps: list[StepOut]
    approvals: list[ApprovalOut]
    clocks: list[ClockOut]
    photos: list[PhotoRow]
    parts: list[PartOut]


class CategoryRow(Schema):
    """A category."""

    code: str
    name: str


class Categories(Schema):
    """All categories in use, by code."""

    rows: list[CategoryRow]


class Transfers(Schema):
    """How often requests were passed on."""

    total: int
    mean: float | None
    median: float | None
    max: int | None
    by_number: dict[str, int]


class Rates(Schema):
    """The three rates over valid ratings, from 0 to 1, and their weighted total; null where nothing was counted."""

    schemes: list[int] = Field(description="Versions of the rating scheme under which they were counted.")
    counted: int
    response: float | None
    solution: float | None
    satisfaction: float | None
    total: float | None


class GroupRates(Rates):
    """The three rates of one community, body, class of matter or month."""

    key: str
    name: str


class CityManagement(Schema):
    """The shares of city management, from 0 to 1; what is due and still open counts against whoever owes it."""

    handled: float | None
    in_time: float | None
    filed_rightly: float | None
    dispatched_in_time: float | None
    dispatched_rightly: float | None
    reworked: float | None


class ClosingTime(Schema):
    """How many requests of a category were closed, and their mean time from receipt to close."""

    category: str
    name: str
    closed: int
    days: float


class LevelRow(Schema):
    """What was closed at a level, the share closed there or below it, and how many requests came through it, once each."""

    closed: int
    within: float | None
    came_through: int


class ReportOut(Schema):
    """Figures over a set of requests."""

    requests: int
    by_state: dict[str, int]
    by_channel: dict[str, int]
    by_kind: dict[str, int]
    by_outcome: dict[str, int]
    reopened: int = Field(description="How many were taken up again after their close.")
    days_to_close: list[ClosingTime]
    median_days_to_reply: float | None
    transfers: Transfers
    levels: dict[str, LevelRow] = Field(description="By level: estate, community, subdistrict, district.")
    rates: Rates
    left_out: dict[str, int] = Field(
        description="What counts in no rate, by the exclusion that was granted; under an empty one nobody was reached."
    )
    city_management: CityManagement
    groups: list[GroupRates] = []


class PhotoOut(Schema):
    """A photo that was sent ahead; hand the ticket in with a request within a day."""

    ticket: str
    width: int
    height: int


class StateOut(Schema):
    """Where a request stands after a step."""

    id: str
    number: str
    state: State
    version: int
    due_at: datetime | None
