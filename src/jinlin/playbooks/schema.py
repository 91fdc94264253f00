"""What a playbook and a category catalogue may hold: frozen, typed rows that the loader fills from the files."""

from collections.abc import Iterator
from datetime import date, time
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

PlaceLevel = Literal["district", "subdistrict", "community", "grid", "estate", "building", "entrance", "home"]
Role = Literal[
    "neighbour_head",
    "grid_member",
    "community_worker",
    "community_secretary",
    "property_manager",
    "subdistrict_officer",
    "district_officer",
    "department_officer",
    "auditor",
    "administrator",
]
BodyGroup = Literal[
    "leadership",
    "self_government",
    "service",
    "property",
    "owners",
    "government",
    "department",
    "enforcement",
    "utility",
]
CategoryKind = Literal["event", "component", "service"]
Urgency = Literal["emergency", "urgent", "ordinary"]
Milestone = Literal["dispatch", "sign", "first_answer", "final", "call_back"]
ClockStart = Literal["received", "dispatched", "handled"]
TimeUnit = Literal["urgent_hours", "natural_hours", "natural_days", "working_hours", "working_days"]
RequestKind = Literal["consultation", "help", "complaint", "report", "suggestion"]
RequestFunction = Literal["opinion", "snap", "wish", "help", "complaint", "matter"]
RequestChannel = Literal["online", "phone", "walk_in", "wechat", "hotline", "paper", "visit", "api", "import"]
AnswerVerb = Literal[
    "receive",
    "accept",
    "decline",
    "dispatch",
    "transfer",
    "sign",
    "report",
    "handle",
    "call_back",
    "close",
    "rework",
    "withdraw",
]
DutyTask = Literal["intake", "handle"]

# Placeholders that a standard answer may carry; the sender fills them from the request.
ANSWER_PLACEHOLDERS = frozenset({"number", "body", "due"})

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
CategoryCode = Annotated[str, StringConstraints(pattern=r"^([A-Z][0-9]([0-9]{2})*)?$")]


def _exact(value: object) -> object:
    """A share is written as text ("9/10") or a whole number: a float is refused because it is not exact."""
    if isinstance(value, float):
        raise ValueError('write an exact fraction as text, such as "9/10"')
    return value


Share = Annotated[Fraction, BeforeValidator(_exact), Field(ge=0, le=1)]


class Row(BaseModel):
    """A frozen row that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Clock(Row):
    """A time limit for one milestone, counted from `starts`; `category` and `urgency` narrow it."""

    name: Milestone
    amount: int = Field(gt=0)
    unit: TimeUnit
    starts: ClockStart = "received"
    category: CategoryCode = ""
    urgency: Urgency | None = None
    basis: str = ""


class Category(Row):
    """One entry of the category tree; the two-character segments of its code are its path."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]([0-9]{2})*$")]
    name: Text
    name_en: Text
    kind: CategoryKind
    urgency: Urgency
    keywords: tuple[Text, ...] = ()
    clocks: tuple[Clock, ...] = ()

    @property
    def parent(self) -> str:
        """The code one level up, empty at the top."""
        return self.code[:-2]

    @property
    def level(self) -> int:
        """1 for a first-level entry."""
        return len(self.code) // 2


class Catalogue(Row):
    """The category tree, parents before their children."""

    category: tuple[Category, ...] = Field(min_length=1)

    @cached_property
    def by_code(self) -> dict[str, Category]:
        """Every entry by its code."""
        return {entry.code: entry for entry in self.category}

    def path(self, code: str) -> Iterator[Category]:
        """The entry and those above it, lowest first. Raises KeyError for an unknown code."""
        while code:
            entry = self.by_code[code]
            yield entry
            code = entry.parent


class Level(Row):
    """A level of the chain of places under its local name."""

    level: PlaceLevel
    name: Text
    name_en: Text


class GridSize(Row):
    """How many households a grid should hold, and the share by which it may differ before a warning."""

    households: int = Field(gt=0)
    tolerance: Share


class Body(Row):
    """A kind of body: one exists per place of `level`; `{place}` in the name is filled with the place's name.

    `outside` bodies do not sign in: the desk that dispatches enters their answers.
    """

    kind: Identifier
    group: BodyGroup
    level: PlaceLevel
    name: Text
    short_name: Text
    name_en: Text
    outside: bool = False


class Post(Row):
    """A post at each of `bodies`, with rights over places of `level`; `name` is what the place calls it."""

    role: Role
    bodies: tuple[Identifier, ...] = Field(min_length=1)
    level: PlaceLevel
    name: Text


class Duty(Row):
    """An article of the duty list: `body` answers for the category's subtree at places of `level`.

    `support` bodies join in. Rows for the same category are tried in file order: the next one serves where the body of
    the one before does not exist (an estate without a property firm, say).
    `intake` is the duty to receive what is raised.
    """

    article: int = Field(gt=0)
    task: DutyTask = "handle"
    category: CategoryCode
    body: Identifier
    level: PlaceLevel
    support: tuple[Identifier, ...] = ()
    reason: Text

    @property
    def basis(self) -> str:
        """The written reason of a dispatch, with the article it rests on."""
        return f"职责表第{self.article}条：{self.reason}"


class Kind(Row):
    """A kind of request under its local name."""

    code: RequestKind
    name: Text
    name_en: Text


class Function(Row):
    """A door for residents; `kind` is what a request raised there is taken for until somebody says otherwise."""

    code: RequestFunction
    name: Text
    name_en: Text
    kind: RequestKind
    hint: Text


class Channel(Row):
    """A way by which requests arrive; `by_staff` ones are entered by an officer."""

    code: RequestChannel
    name: Text
    name_en: Text
    by_staff: bool = False


class Answer(Row):
    """A standard text for a step of a request; `reason` names the ground of a refusal."""

    key: Identifier
    verb: AnswerVerb
    name: Text
    body: Text
    reason: Identifier | None = None


class Rating(Row):
    """A version of the three rates: what each answer counts, and the weights of response, solution and satisfaction."""

    version: int = Field(gt=0)
    valid_from: date
    satisfied: Share
    basically_satisfied: Share
    unsatisfied: Share
    weight_response: Share
    weight_solution: Share
    weight_satisfaction: Share
    rating_days: int = Field(gt=0)
    exclusions: tuple[Text, ...] = ()


class WorkingSpan(Row):
    """A span of working time on a working day, local time."""

    start: time
    end: time


class Rung(Row):
    """A step of the escalation ladder: who takes an overdue or unsolved case at this level."""

    level: PlaceLevel
    body: Identifier
    role: Role


class Slot(Row):
    """Something the place's own description only counts: the count is kept, the names are filled in by the place."""

    key: Identifier
    name: Text
    level: PlaceLevel
    count: int = Field(gt=0)
    filled: tuple[Text, ...] = ()


def _clock_rank(row: Clock) -> tuple[bool, int, bool]:
    return row.urgency != "emergency", -len(row.category), row.urgency is None


class Playbook(Row):
    """The whole work method of a place."""

    profile: Identifier
    name: Text
    name_en: Text
    version: int = Field(gt=0)
    valid_from: date
    level: PlaceLevel
    catalogue: Identifier
    warning_share: Share
    grid_size: GridSize
    chain: tuple[Level, ...] = Field(min_length=1)
    working_time: tuple[WorkingSpan, ...] = Field(min_length=1)
    body: tuple[Body, ...] = Field(min_length=1)
    post: tuple[Post, ...] = Field(min_length=1)
    duty: tuple[Duty, ...] = Field(min_length=1)
    clock: tuple[Clock, ...] = Field(min_length=1)
    kind: tuple[Kind, ...] = Field(min_length=1)
    function: tuple[Function, ...] = Field(min_length=1)
    channel: tuple[Channel, ...] = Field(min_length=1)
    answer: tuple[Answer, ...] = Field(min_length=1)
    rating: tuple[Rating, ...] = Field(min_length=1)
    ladder: tuple[Rung, ...] = Field(min_length=1)
    slot: tuple[Slot, ...] = ()
    categories: Catalogue

    def duties_for(self, category: str) -> tuple[Duty, ...]:
        """The articles on handling a category, most specific first, then in file order."""
        covering = [row for row in self.duty if row.task == "handle" and category.startswith(row.category)]
        return tuple(sorted(covering, key=lambda row: -len(row.category)))

    def intake_duties(self) -> tuple[Duty, ...]:
        """The articles on who receives what is raised, in file order."""
        return tuple(row for row in self.duty if row.task == "intake")

    def clock_for(self, name: Milestone, category: str, urgency: Urgency) -> Clock | None:
        """The limit for a milestone of a request, None when the playbook sets none.

        A row for emergencies goes first, then the narrowest category (the place's row before the catalogue's), then the
        urgency. A row that names another urgency than the request's never applies.
        """
        shared = [row for entry in self.categories.path(category) for row in entry.clocks]
        fitting = [
            row
            for row in (*self.clock, *shared)
            if row.name == name and row.urgency in (None, urgency) and category.startswith(row.category)
        ]
        return min(fitting, key=_clock_rank, default=None)

    def rating_on(self, day: date) -> Rating:
        """The rating scheme in force on a day; the earliest one for days before all."""
        schemes = sorted(self.rating, key=lambda row: row.valid_from)
        in_force = [row for row in schemes if row.valid_from <= day]
        return in_force[-1] if in_force else schemes[0]
