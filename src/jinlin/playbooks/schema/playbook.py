"""The whole work method of a place, and what it says of its places."""

from datetime import date
from typing import Annotated, TypeVar

from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints

from jinlin.platform.errors import Invalid
from jinlin.playbooks.schema.approvals import Approval, ApprovalKind
from jinlin.playbooks.schema.base import Identifier, Named, PlaceLevel, Row, Share, Text
from jinlin.playbooks.schema.disclosures import ConventionKind, NoticeKind
from jinlin.playbooks.schema.forums import Forum
from jinlin.playbooks.schema.hot_issues import HotRule
from jinlin.playbooks.schema.lists import ListKind
from jinlin.playbooks.schema.organisations import (
    Body,
    Composition,
    Definition,
    Entitlement,
    Filing,
    GridDuty,
    Norms,
    Part,
    Partnership,
    Post,
    Sheet,
    TaskKind,
)
from jinlin.playbooks.schema.procedures import Gate, Procedure, Step
from jinlin.playbooks.schema.proposals import Proposals, Proposer
from jinlin.playbooks.schema.requests import (
    Answer,
    Catalogue,
    Channel,
    Clock,
    Duty,
    Function,
    Kind,
    Milestone,
    Rating,
    Reminding,
    Reopening,
    Rung,
    Urgency,
    WorkingSpan,
)
from jinlin.playbooks.schema.voting import BallotKind

RowWithKey = TypeVar("RowWithKey", bound=Row)


class Level(Row):
    """A level of the chain of places under its local name."""

    level: PlaceLevel
    name: Text
    name_en: Text


class GridSize(Row):
    """How many households a grid should hold, and the share by which it may differ before a warning."""

    households: int = Field(gt=0)
    tolerance: Share


class Slot(Row):
    """Something the place's own description only counts: the count is kept, the names are filled in by the place."""

    key: Identifier
    name: Text
    level: PlaceLevel
    count: int = Field(gt=0)
    filled: tuple[Text, ...] = ()


IndicatorId = Annotated[str, StringConstraints(pattern=r"^I[0-9]{3}$")]
INDICATORS = tuple(f"I{number:03d}" for number in range(1, 101))
"""The indicators that there are; `assessment` says how each is computed."""


class NotInPlaybook(Invalid, KeyError):
    """Something that came with another work method: the one that the place has now does not know it."""

    what = _("This belongs to a work method that the place no longer has.")
    remedy = _("End it, or ask the administrator which work method the place has adopted.")


def _by(rows: tuple[RowWithKey, ...], name: str, value: str) -> RowWithKey:
    for row in rows:
        if getattr(row, name) == value:
            return row
    raise NotInPlaybook(fields={name: value})


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
    includes: tuple[Identifier, ...] = ()
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
    reopening: Reopening = Reopening()
    reminding: Reminding = Reminding()
    ladder: tuple[Rung, ...] = Field(min_length=1)
    approval: tuple[Approval, ...] = ()
    hot_rule: tuple[HotRule, ...] = ()
    slot: tuple[Slot, ...] = ()
    composition: tuple[Composition, ...] = ()
    partnership: tuple[Partnership, ...] = ()
    filing: tuple[Filing, ...] = ()
    task: tuple[TaskKind, ...] = ()
    matter: tuple[Named, ...] = ()
    procedure: tuple[Procedure, ...] = ()
    gate: tuple[Gate, ...] = ()
    sheet: tuple[Sheet, ...] = ()
    definition: tuple[Definition, ...] = ()
    grid_duty: tuple[GridDuty, ...] = ()
    entitlement: tuple[Entitlement, ...] = ()
    resource: tuple[Named, ...] = ()
    skill: tuple[Named, ...] = Field(default=(), max_length=62)
    item_list: tuple[ListKind, ...] = ()
    ballot: tuple[BallotKind, ...] = ()
    proposer: tuple[Proposer, ...] = ()
    proposals: Proposals = Proposals()
    forum: tuple[Forum, ...] = ()
    notice: tuple[NoticeKind, ...] = ()
    convention: tuple[ConventionKind, ...] = ()
    norms: Norms = Norms()
    indicators: tuple[IndicatorId, ...] = ()
    categories: Catalogue

    def body_kind(self, kind: str) -> Body:
        """The row of a kind of body. Raises NotInPlaybook (a KeyError) for one that it does not have."""
        return _by(self.body, "kind", kind)

    def post_named(self, key: str) -> Post:
        """The row of a post. Raises NotInPlaybook."""
        return _by(self.post, "key", key)

    def notice_kind(self, key: str) -> NoticeKind:
        """The row of a kind of public notice. Raises NotInPlaybook."""
        return _by(self.notice, "key", key)

    def chain_above(self, kind: str) -> tuple[Body, ...]:
        """The kinds of body that work goes up through from `kind`, itself first, of several the first. Raises NotInPlaybook."""
        row = self.body_kind(kind)
        return (row, *self.chain_above(row.above[0])) if row.above else (row,)

    def kinds_over(self, kind: str) -> frozenset[str]:
        """Every kind of body that one of this kind can stand under, also at several removes; none for an unknown kind."""
        aboves = {row.kind: row.above for row in self.body}
        found, waiting = set(), list(aboves.get(kind, ()))
        while waiting:
            if (over := waiting.pop()) not in found:
                found.add(over)
                waiting += aboves.get(over, ())
        return frozenset(found)

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

    def level_of(self, kind: str) -> PlaceLevel | None:
        """The level at which a kind of body stands; None for one that the playbook does not have."""
        return next((row.level for row in self.body if row.kind == kind), None)

    def procedure_named(self, key: str) -> Procedure:
        """The procedure of that key. Raises NotInPlaybook."""
        return _by(self.procedure, "key", key)

    def parts_at(self, step: Step) -> tuple[Part, ...]:
        """The parts of the table at which a step is taken; none where it has no table, or one with a roll only."""
        forum = next((row for row in self.forum if row.key == step.forum), None)
        key = forum.composition if forum else step.composition
        table = next((row for row in self.composition if row.key == key), None)
        return forum.sides if forum and forum.sides else table.parts if table else ()

    def approval_of(self, kind: ApprovalKind) -> Approval | None:
        """The side procedure of this kind; None where the place has none."""
        return next((row for row in self.approval if row.kind == kind), None)

    def ballot_kind(self, key: str) -> BallotKind:
        """The row of a kind of ballot. Raises NotInPlaybook."""
        return _by(self.ballot, "key", key)

    def forum_named(self, key: str) -> Forum:
        """The row of a forum. Raises NotInPlaybook."""
        return _by(self.forum, "key", key)

    def proposer_kind(self, key: str) -> Proposer:
        """The row of a kind of proposer. Raises NotInPlaybook."""
        return _by(self.proposer, "key", key)

    def rating_on(self, day: date) -> Rating:
        """The rating scheme in force on a day; the earliest one for days before all."""
        schemes = sorted(self.rating, key=lambda row: row.valid_from)
        in_force = [row for row in schemes if row.valid_from <= day]
        return in_force[-1] if in_force else schemes[0]
