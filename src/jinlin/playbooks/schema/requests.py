"""Rows about requests: categories, the duty list, clocks, channels, standard answers, ratings and the ladder."""

from collections.abc import Iterator
from datetime import date, time
from functools import cached_property
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints, model_validator

from jinlin.playbooks.schema.base import CategoryCode, Identifier, Named, PlaceLevel, Role, Row, Share, Text

CategoryKind = Literal["event", "component", "service"]
Urgency = Literal["emergency", "urgent", "ordinary"]
Milestone = Literal["dispatch", "sign", "first_answer", "final", "call_back", "part", "whistle"]
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
RungKind = Literal["body", "meeting", "whistle"]
DutyTask = Literal["intake", "handle"]
QuestionType = Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]

# Placeholders that a standard answer may carry; the sender fills them from the request.
ANSWER_PLACEHOLDERS = frozenset({"number", "body", "due"})


class Clock(Row):
    """A time limit for one milestone, counted from `starts`; `category` and `urgency` narrow it."""

    name: Milestone
    amount: int = Field(gt=0)
    unit: TimeUnit
    starts: ClockStart = "received"
    category: CategoryCode = ""
    urgency: Urgency | None = None
    basis: str = ""


class Option(Named):
    """One of the answers that a question offers."""


class Question(Named):
    """What is asked beyond the words where a program raises a request of this category; types as in GeoReport v2.

    Its answer is put below the person's own words, under the question's name.
    """

    type: QuestionType = "string"
    needed: bool = False
    option: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _options_where_chosen(self) -> "Question":
        if self.type.endswith("list") != bool(self.option):
            raise ValueError(_("options belong to singlevaluelist and multivaluelist, and only to these"))
        return self


class Category(Row):
    """One entry of the category tree; the two-character segments of its code are its path.

    What is `sensitive` is never told together with others, ranked or published as a common trouble.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]([0-9]{2})*$")]
    name: Text
    name_en: Text
    kind: CategoryKind
    urgency: Urgency
    keywords: tuple[Text, ...] = ()
    sensitive: bool = False
    clocks: tuple[Clock, ...] = ()
    questions: tuple[Question, ...] = ()

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

    def questions_of(self, code: str) -> tuple[Question, ...]:
        """What is asked of requests of a category, the questions of those above it first; none for an unknown code."""
        if code not in self.by_code:
            return ()
        return tuple(question for entry in reversed([*self.path(code)]) for question in entry.questions)

    @cached_property
    def sensitive(self) -> tuple[str, ...]:
        """The codes of the sensitive entries; what lies below one is sensitive too."""
        return tuple(entry.code for entry in self.category if entry.sensitive)

    def path(self, code: str) -> Iterator[Category]:
        """The entry and those above it, lowest first. Raises KeyError for an unknown code."""
        while code:
            entry = self.by_code[code]
            yield entry
            code = entry.parent


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


class Reopening(Row):
    """From which ends a request is taken up again, and for how many days after."""

    days: int = Field(default=30, gt=0)
    states: tuple[Literal["closed", "declined"], ...] = ("closed", "declined")


class Reminding(Row):
    """After how many days without a step the body of an open request is reminded, once in each such period."""

    days: int = Field(default=7, gt=0)


class WorkingSpan(Row):
    """A span of working time on a working day, local time."""

    start: time
    end: time


class Rung(Row):
    """A step of the escalation ladder: who takes an overdue or unsolved case at this level.

    At a `meeting` the body sits down with those of a composition; by a `whistle` it calls `bodies` to the spot.
    """

    level: PlaceLevel
    body: Identifier
    role: Role
    kind: RungKind = "body"
    composition: Identifier | None = None
    bodies: tuple[Identifier, ...] = ()
