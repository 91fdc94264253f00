"""Rows about procedures: the steps that a matter goes through, who takes them, and what may not begin before another is over."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from jinlin.algorithms.step_graph import END, Node, usual_way
from jinlin.playbooks.schema.base import Identifier, Identifiers, Named, PlaceLevel, Role, Row, Share
from jinlin.playbooks.schema.forums import Portion

StepKind = Literal["opinion", "discuss", "decide", "disclose", "carry_out", "evaluate"]
Lapse = Literal["waits", "goes_on", "fails"]
ProofKind = Literal["minutes", "photo", "notice", "result"]


def _with_order(steps: object) -> object:
    """Steps that do not say what follows are followed by the next one, the last one by the end."""
    if not isinstance(steps, list) or not all(isinstance(row, dict) for row in steps):
        return steps
    following = [*(row.get("key") for row in steps[1:]), END]
    return [{"then": after, **row} if after else row for row, after in zip(steps, following, strict=True)]


class Actors(Row):
    """Who: those who act for bodies of these kinds, holders of these posts or roles, residents of the place."""

    bodies: tuple[Identifier, ...] = ()
    posts: tuple[Identifier, ...] = ()
    roles: tuple[Role, ...] = ()
    residents: bool = False

    @property
    def is_nobody(self) -> bool:
        """Whether it names nobody at all."""
        return not (self.bodies or self.posts or self.roles or self.residents)


NOBODY = Actors()


class Step(Named):
    """One step, taken by those in `by`.

    It is taken at the table of a `forum` or a `composition`: its parts in `sides` have to be there, and of all parts that the
    table needs as many as `quorum` says; without both all that it needs. It lasts `least_days` at least. What is not done
    after `most_days` waits, goes on to the first of what follows, or fails, as `lapse` says. `proofs` have to lie with it. It
    is concluded by a work of its kind or, where `by_hand`, with words and proof. Those with a role in `skip` leave it out with
    a reason.

    A step that `must_pass` stops the procedure when it fails, unless `failed` says where that leads back to; `upheld` says
    where an upheld objection leads back to. It goes back at most `returns` times, or with `new_proof` only once something
    new is handed in. `then` are the steps that may follow, of which one is chosen with a reason. `apart_from` names the
    earlier step whose doers may not take this one alone; an evaluation by hand fails when more than `poor_most` of those
    who took part find it poor. A first step `on_begin` is taken by beginning the procedure.
    """

    kind: StepKind
    by: Actors = NOBODY
    on_begin: bool = False
    forum: Identifier | None = None
    composition: Identifier | None = None
    sides: tuple[Identifier, ...] = ()
    quorum: Portion | None = None
    least_days: int = Field(default=0, ge=0, le=366)
    most_days: int | None = Field(default=None, gt=0, le=366)
    lapse: Lapse = "waits"
    proofs: tuple[ProofKind, ...] = ()
    by_hand: bool = False
    skip: tuple[Role, ...] = ()
    must_pass: bool = False
    failed: Identifier | None = None
    upheld: Identifier | None = None
    returns: int | None = Field(default=None, gt=0)
    new_proof: bool = False
    then: Identifiers = ()
    apart_from: Identifier | None = None
    poor_most: Share = Fraction(1, 2)

    @property
    def node(self) -> Node:
        """The step as the walk sees it."""
        return Node(
            self.key, self.then, self.failed or "", self.upheld or "", self.must_pass, self.returns, self.new_proof
        )


class Procedure(Named):
    """The steps that matters of these kinds go through at places of `level`, begun by those in `begun_by`.

    `subjects` are the kinds of what it is begun for, such as a request; `own` is a matter in one's own words. `matters`
    narrows what it may be about. Whoever is among `barred` begins none, whatever else they are.
    """

    level: PlaceLevel
    subjects: tuple[Identifier, ...] = Field(default=("own",), min_length=1)
    matters: tuple[Identifier, ...] = ()
    begun_by: Actors = NOBODY
    barred: Actors = NOBODY
    steps: Annotated[tuple[Step, ...], BeforeValidator(_with_order)] = Field(min_length=1, max_length=40)

    def step(self, key: str) -> Step:
        """Return the step of that key. Raises: KeyError."""
        return {row.key: row for row in self.steps}[key]

    @property
    def nodes(self) -> list[Node]:
        """The steps as the walk sees them."""
        return [step.node for step in self.steps]

    @property
    def way(self) -> list[Step]:
        """The steps from the first to the end where always the first of several follows."""
        return [self.step(key) for key in usual_way(self.nodes)]


class Gate(Named):
    """What may not begin before another step is over: works of the kinds in `before`, for the listed `matters`.

    `works` are kinds of ballot and the like that are never held for another matter than such a one. The step is that of a
    procedure for the same matter; when its time has run out without it, the gate stands open too.
    """

    matters: tuple[Identifier, ...] = Field(min_length=1)
    works: tuple[Identifier, ...] = ()
    before: tuple[StepKind, ...] = Field(min_length=1)
    procedure: Identifier
    step: Identifier
