"""Rows about forums: who calls a meeting and sits at it, when something can be decided there, and by how many."""

from fractions import Fraction
from typing import Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from jinlin.playbooks.schema.base import CategoryCode, Identifier, Identifiers, Named, PlaceLevel, Row, Share
from jinlin.playbooks.schema.organisations import Part

Voters = Literal["none", "side", "body", "member"]


class Portion(Row):
    """How much of a whole there has to be: `more_than` a share of it, or `at_least` one."""

    more_than: Share | None = None
    at_least: Share | None = None

    @model_validator(mode="after")
    def _said_once(self) -> "Portion":
        if (self.more_than is None) == (self.at_least is None):
            raise ValueError(_("write one of more_than and at_least"))
        return self

    def met_by(self, part: int, whole: int) -> bool:
        """Say whether `part` of `whole` is enough; nothing is ever enough of nothing."""
        if whole <= 0:
            return False
        share = Fraction(part, whole)
        return share > self.more_than if self.more_than is not None else share >= (self.at_least or 0)


class Majority(Portion):
    """How many have to say yes: of `all` who may vote, of those `present`, or of the votes `cast` without abstentions."""

    of: Literal["all", "present", "cast"] = "all"


class Departments(Row):
    """The departments that come to the table about problems of a category, the subtree below it included."""

    category: CategoryCode = Field(min_length=1)
    bodies: tuple[Identifier, ...] = Field(min_length=1)


class Forum(Named):
    """A kind of meeting at places of `level`, called by a body of a kind in `convened_by`.

    At the table are the `sides`, or those of a `composition`; or everybody on a `roll`, which is a post. Holders of the posts
    in `guests` are invited and have no vote. Where there is a table of `departments`, a meeting is about a type of problem,
    and those named for it are invited too.

    Each side, each body or each member of the roll has one vote (`votes`). A vote opens with the `quorum` of them there, and
    where `all_sides` is set with every side there or its view in writing; it passes by the `majority`.

    `from_requests`: it is held about what people have raised, and each matter gets an answer. `every_days` it is held again;
    with `carries_tasks` what is still open then is on its agenda. `numbers_only`: nothing personal is even written down.
    `speakers`: it has a topic, everybody on the roll speaks once, and it settles at least one problem.
    `becomes` is what its resolutions are made into unless somebody says otherwise, such as a project.
    """

    level: PlaceLevel
    convened_by: Identifiers = Field(min_length=1)
    composition: Identifier | None = None
    sides: tuple[Part, ...] = ()
    roll: Identifier | None = None
    guests: tuple[Identifier, ...] = ()
    departments: tuple[Departments, ...] = ()
    votes: Voters = "none"
    quorum: Portion | None = None
    majority: Majority | None = None
    all_sides: bool = False
    from_requests: bool = False
    every_days: int | None = Field(default=None, gt=0, le=366)
    carries_tasks: bool = False
    numbers_only: bool = False
    speakers: bool = False
    becomes: Identifier | None = None

    def departments_for(self, category: str) -> tuple[str, ...]:
        """Return the kinds of body invited about a category, by the narrowest row that covers it; none where none does."""
        fitting = [row for row in self.departments if category.startswith(row.category)]
        return max(fitting, key=lambda row: len(row.category)).bodies if fitting else ()
