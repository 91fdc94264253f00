"""Puts an approved grid plan into force: grids begin, go on and end, buildings move, and what hangs on them follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.territory.actions.grid_codes import with_free_codes
from jinlin.territory.actions.places import settle
from jinlin.territory.models import GridPlan, Zone
from jinlin.territory.outlines import as_geojson
from jinlin.territory.providers import Recut, tell_recut
from jinlin.territory.queries.grid_plans import codes_in, ending_grids, grid_name, grid_shapes, open_grids
from jinlin.territory.queries.ground import Ground, ground_of
from jinlin.territory.queries.tree import below
from jinlin.territory.states import PLANS, PlanState, PlanVerb


def heirs_of(plan: GridPlan, ground: Ground, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return {grid that ends: its successor in the plan}: what was chosen, else the heir of most households.

    Raises:
        Invalid: for a successor that the plan does not have, or of another community.
    """
    codes = sorted(set(plan.assignment.values()))
    heirs = {}
    for ending in ending_grids(plan, ground):
        here = [code for code in codes if code.startswith(ending.zone.community_code)]
        heir = chosen.get(ending.zone.label) or ending.heir or next(iter(here), "")
        if heir not in here:
            words = {"grid": ending.zone.name}
            raise Invalid(fields={"successors": _("The successor of %(grid)s is a grid of its community.") % words})
        heirs[ending.zone.label] = heir
    return heirs


def locked_ground(place_code: str) -> Ground:
    """Lock the communities of a plan, then read their ground: of two plans one waits and finds what the other has made.

    Part of an action's transaction.

    Raises:
        Invalid: as `ground_of`.
    """
    communities = below(place_code).filter(level=Level.COMMUNITY)
    list(communities.select_for_update().order_by("code").values_list("pk"))
    return ground_of(place_code)


@transaction.atomic
def put_into_force(actor: Actor, plan: GridPlan, ground: Ground) -> Recut:
    """Let a locked, approved plan without faults take effect on its day; return what changed.

    `ground` is the locked ground of its place.
    """
    day = plan.effective_from or today()
    communities = sorted({code[: Level.COMMUNITY] for code in ground.codes})
    plan.successors = heirs_of(plan, ground, plan.successors)
    _give_free_codes(plan)
    zones = _zones_of(plan, ground, day)
    ended = _end(plan, zones, day)
    moved = _move(ground, codes_in(plan, ground), zones, day)
    recut = Recut(tuple(communities), day, moved, ended)
    followed = tell_recut(actor, recut)
    _note(actor, plan, recut, followed)
    return recut


def _give_free_codes(plan: GridPlan) -> None:
    renamed = with_free_codes(plan, [zone.label for zone in open_grids(plan.place_code)])
    if renamed:
        plan.assignment = {building: renamed.get(code, code) for building, code in plan.assignment.items()}
        plan.successors = {ending: renamed.get(code, code) for ending, code in plan.successors.items()}


def _zones_of(plan: GridPlan, ground: Ground, day: date) -> dict[str, Zone]:
    """Return the grids of the plan by code, the new ones begun, each with its outline on the map."""
    shapes = grid_shapes(ground, codes_in(plan, ground))
    zones = {zone.label: zone for zone in open_grids(plan.place_code)}
    fresh = [
        Zone(kind=Zone.Kind.GRID, label=code, name=grid_name(code), community_code=code[: Level.COMMUNITY])
        for code in sorted(shapes.keys() - zones.keys())
    ]
    for zone in fresh:
        zone.valid_from, zone.boundary = day, as_geojson(shapes[zone.label])
    Zone.objects.bulk_create(fresh)
    going_on = [zones[code] for code in sorted(shapes.keys() & zones.keys())]
    for zone in going_on:
        zone.boundary = as_geojson(shapes[zone.label])
    Zone.objects.bulk_update(going_on, ["boundary"])
    return zones | {zone.label: zone for zone in fresh}


def _end(plan: GridPlan, zones: Mapping[str, Zone], day: date) -> dict[int, int]:
    """End the grids that the plan does not have; return each with its successor, by id."""
    ending = {label: heir for label, heir in plan.successors.items() if label in zones}
    Zone.objects.filter(label__in=ending, valid_to__isnull=True).update(valid_to=day)
    return {zones[label].pk: zones[heir].pk for label, heir in ending.items()}


def _move(ground: Ground, codes: Sequence[str], zones: Mapping[str, Zone], day: date) -> dict[str, int]:
    joining: defaultdict[Zone, list[str]] = defaultdict(list)
    for building, code in zip(ground.buildings, codes, strict=True):
        if building.grid_id != zones[code].pk:
            joining[zones[code]].append(building.code)
    for zone, buildings in joining.items():
        settle(zone, buildings, day)
    return {building: zone.pk for zone, buildings in joining.items() for building in buildings}


def _note(actor: Actor, plan: GridPlan, recut: Recut, followed: int) -> None:
    before = GridPlan.objects.filter(state=PlanState.IN_FORCE, place_code__startswith=plan.place_code)
    before.exclude(pk=plan.pk).update(state=PLANS.after(PlanVerb.REPLACE, PlanState.IN_FORCE))
    plan.state = PLANS.after(PlanVerb.TAKE_EFFECT, plan.state)
    plan.version += 1
    plan.save()
    counts = {"moved": len(recut.moved), "ended": len(recut.ended), "followed": followed}
    record_change(actor, "territory.plan_take_effect", plan, place_code=plan.place_code, **counts)
