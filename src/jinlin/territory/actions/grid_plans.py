"""The steps of a grid plan: proposed, edited, handed in, returned, approved, given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.gridding import CannotDivide, divide, find_faults, why_not
from jinlin.algorithms.place_codes import Level
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, Stale
from jinlin.platform.messages import notify
from jinlin.territory import rules
from jinlin.territory.actions.grid_codes import coded_as_today
from jinlin.territory.actions.grids import heirs_of, locked_ground, put_into_force
from jinlin.territory.grid_words import in_words, joined, why_it_cannot
from jinlin.territory.models import GridPlan
from jinlin.territory.queries.grid_plans import codes_in, faults_of
from jinlin.territory.queries.ground import Ground, ground_of
from jinlin.territory.queries.tree import existing_place
from jinlin.territory.states import PLANS, PlanVerb

PLANNED_LEVELS = {Level.SUBDISTRICT, Level.COMMUNITY}
LARGEST_TARGET = 10_000
LARGEST_SEED = 2**31 - 1
LONGEST_REASON = 200


@dataclass(frozen=True)
class Wanted:
    """What a division is asked for: households in a grid, how, from which seed, and {community: number of grids}."""

    target: int
    mode: str = GridPlan.Mode.KEEP
    seed: int = 0
    numbers: Mapping[str, int] = field(default_factory=dict)


def propose_grids(*, actor: Actor, place_code: str, wanted: Wanted) -> GridPlan:
    """Divide a community, or all communities of a subdistrict, and keep the result as a draft; nothing changes by it.

    Raises:
        NotAllowed: outside one's own area.
        Invalid: for another level, a size or number that cannot be, and where there is nothing to divide.
    """
    _check_place(actor, place_code)
    _check_wanted(wanted)
    ground = ground_of(place_code)
    try:
        plan = divide(
            ground.city, target=wanted.target, grids=wanted.numbers or None, mode=wanted.mode, seed=wanted.seed
        )
    except CannotDivide as error:
        raise Invalid(fields={"numbers": why_it_cannot(error)}) from None
    codes = coded_as_today(ground, plan.codes.tolist())
    return _keep(actor, place_code, wanted, dict(zip(ground.codes, codes, strict=True)))


def propose_assignment(*, actor: Actor, place_code: str, target: int, assignment: Mapping[str, str]) -> GridPlan:
    """Keep a division that somebody made elsewhere as a draft: {building: code of its grid} for every building.

    Raises:
        NotAllowed.
        Invalid: for a building without a grid or one that is not here, a grid over two communities or in pieces.
    """
    _check_place(actor, place_code)
    wanted = Wanted(target, GridPlan.Mode.TABLE)
    _check_wanted(wanted)
    ground = ground_of(place_code)
    unknown = sorted(set(assignment) - set(ground.codes))
    if unknown:
        raise Invalid(fields={"file": _("There is no building %(building)s here.") % {"building": unknown[0]}})
    codes = [assignment.get(code, "") for code in ground.codes]
    _refuse_faults(ground, find_faults(ground.city, codes), "file")
    return _keep(actor, place_code, wanted, dict(zip(ground.codes, coded_as_today(ground, codes), strict=True)))


def _check_place(actor: Actor, place_code: str) -> None:
    place = existing_place(place_code)
    if place is None or place.level not in PLANNED_LEVELS:
        raise Invalid(fields={"place": _("Grids are planned for a community, or for all of a subdistrict.")})
    rules.may_plan_grids(actor, place_code).enforce()


def _check_wanted(wanted: Wanted) -> None:
    if not 1 <= wanted.target <= LARGEST_TARGET:
        raise Invalid(fields={"target": _("A grid holds between 1 and 10,000 households.")})
    if not 0 <= wanted.seed <= LARGEST_SEED:
        raise Invalid(fields={"seed": _("The seed is a whole number from 0.")})


def _keep(actor: Actor, place_code: str, wanted: Wanted, assignment: dict[str, str]) -> GridPlan:
    with transaction.atomic():
        plan = GridPlan.objects.create(
            place_code=place_code,
            mode=wanted.mode,
            target=wanted.target,
            seed=wanted.seed,
            numbers=dict(wanted.numbers),
            assignment=assignment,
            authors=_with(actor, []),
            proposed_at=now(),
        )
        grids = len(set(assignment.values()))
        record_change(actor, "territory.propose_grids", plan, place_code=place_code, grids=grids, mode=wanted.mode)
    return plan


def _with(actor: Actor, authors: list[int]) -> list[int]:
    return authors if actor.person_id is None or actor.person_id in authors else [*authors, actor.person_id]


def _refuse_faults(ground: Ground, faults: list, field: str) -> None:
    """Raises: Invalid, when there is any fault."""
    if faults:
        names = {building.code: building.address for building in ground.buildings}
        raise Invalid(fields={field: joined(in_words(fault, names) for fault in faults)})


def locked_plan(actor: Actor, plan_id: int, verb: PlanVerb, seen_version: int | None = None) -> GridPlan:
    """Fetch a plan that the actor may see, lock it, and bring it into the state that the verb leads to.

    Raises:
        NotFound, WrongState.
        Stale: when it has changed since the version that the person saw.
    """
    plan = rules.plans_visible_to(actor).select_for_update(of=("self",)).filter(pk=plan_id).first()
    if plan is None:
        raise NotFound(_("There is no such plan here."))
    if seen_version is not None and plan.version != seen_version:
        raise Stale
    plan.state = PLANS.after(verb, plan.state)
    plan.version += 1
    return plan


def _keeps(actor: Actor, plan: GridPlan, verb: PlanVerb, **detail: object) -> GridPlan:
    plan.save()
    record_change(actor, f"territory.plan_{verb}", plan, place_code=plan.place_code, **detail)
    return plan


@transaction.atomic
def move_in_plan(*, actor: Actor, plan_id: int, building: str, grid: str, seen_version: int | None = None) -> GridPlan:
    """Put a building of a draft into another grid; every grid has to hang together afterwards.

    Raises:
        NotFound, NotAllowed, WrongState, Stale.
        Invalid: for a move that tears a grid apart, leads into another community, or empties a grid, with the reason.
    """
    plan = locked_plan(actor, plan_id, PlanVerb.EDIT, seen_version)
    rules.may_plan_grids(actor, plan.place_code).enforce()
    ground = ground_of(plan.place_code)
    refused = why_not(ground.city, codes_in(plan, ground), building, grid)
    _refuse_faults(ground, [refused] if refused else [], "grid")
    before, plan.assignment[building] = plan.assignment.get(building, ""), grid
    plan.authors = _with(actor, plan.authors)
    return _keeps(actor, plan, PlanVerb.EDIT, building=building, before=before, after=grid)


@transaction.atomic
def hand_in_plan(*, actor: Actor, plan_id: int, seen_version: int | None = None) -> GridPlan:
    """Hand a draft in for approval.

    Raises:
        NotFound, NotAllowed, WrongState, Stale.
        Invalid: when a building has no grid, or a grid falls into pieces.
    """
    plan = locked_plan(actor, plan_id, PlanVerb.HAND_IN, seen_version)
    rules.may_plan_grids(actor, plan.place_code).enforce()
    ground = ground_of(plan.place_code)
    _refuse_faults(ground, faults_of(plan, ground), "plan")
    plan.returned_because = ""
    return _keeps(actor, plan, PlanVerb.HAND_IN)


@transaction.atomic
def return_plan(*, actor: Actor, plan_id: int, reason: str, seen_version: int | None = None) -> GridPlan:
    """Send a plan back to its authors, who read the reason; one that was approved too, until its day has come.

    Raises:
        NotFound, NotAllowed, WrongState, Stale.
        Invalid: without a reason.
    """
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise Invalid(fields={"reason": _("Please give a reason of at most 200 characters.")})
    plan = locked_plan(actor, plan_id, PlanVerb.RETURN, seen_version)
    if not actor.is_system:
        rules.may_approve_plan(actor, plan).enforce()
    plan.returned_because, plan.effective_from = words, None
    told = gettext_lazy("The grid plan was returned: %(reason)s")
    notify(plan.authors, told, {"reason": words}, link=f"/desk/grids/{plan.pk}/")
    return _keeps(actor, plan, PlanVerb.RETURN)


@transaction.atomic
def drop_plan(*, actor: Actor, plan_id: int, seen_version: int | None = None) -> GridPlan:
    """Give a draft up; it stays in the history.

    Raises:
        NotFound, NotAllowed, WrongState, Stale.
    """
    plan = locked_plan(actor, plan_id, PlanVerb.DROP, seen_version)
    rules.may_plan_grids(actor, plan.place_code).enforce()
    return _keeps(actor, plan, PlanVerb.DROP)


@transaction.atomic
def approve_plan(
    *,
    actor: Actor,
    plan_id: int,
    effective_from: date,
    successors: Mapping[str, str] | None = None,
    seen_version: int | None = None,
) -> GridPlan:
    """Approve a plan for a day; it is in force from then on, at once if that is today.

    `successors` is {grid that ends: grid that takes over its requests and posts}; one that is not named is taken over
    by the grid with most of its households.

    Raises:
        NotFound, WrongState, Stale.
        NotAllowed: for an author of the plan, and below the subdistrict.
        Invalid: for a day that has passed, a successor in another community, or a plan that does not fit any more.
    """
    plan = locked_plan(actor, plan_id, PlanVerb.APPROVE, seen_version)
    rules.may_approve_plan(actor, plan).enforce()
    if effective_from < today():
        raise Invalid(
            fields={"effective_from": _("This day has passed; a plan is in force from today at the earliest.")}
        )
    ground = locked_ground(plan.place_code)
    _refuse_faults(ground, faults_of(plan, ground), "plan")
    plan.successors = heirs_of(plan, ground, successors or {})
    plan.approved_by_id, plan.approved_at, plan.effective_from = actor.person_id, now(), effective_from
    _keeps(actor, plan, PlanVerb.APPROVE, effective_from=effective_from.isoformat())
    notify(plan.authors, gettext_lazy("The grid plan was approved."), link=f"/desk/grids/{plan.pk}/")
    if effective_from == today():
        put_into_force(actor, plan, ground)
    return plan
