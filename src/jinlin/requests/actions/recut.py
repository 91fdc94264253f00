"""Lets open requests follow when grids are cut anew: the grid that looks after them changes, with a line in their history."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.rows import save
from jinlin.requests.actions.steps import Change, write_step
from jinlin.requests.models import Request
from jinlin.requests.rules import acting_body
from jinlin.requests.states import OPEN, Verb
from jinlin.territory.models import Zone
from jinlin.territory.providers import Recut, follow_recut
from jinlin.territory.queries import within_any


@follow_recut
def follow_grids(actor: Actor, recut: Recut) -> int:
    """Give the open requests of moved buildings and of ended grids their new grid; return how many."""
    here = Request.objects.filter(within_any(recut.communities, column="place_code"), state__in=OPEN)
    rows = here.select_for_update(of=("self",)).defer("search", "labels").order_by("pk")
    moving = [(request, grid) for request in rows if (grid := _grid_of(request, recut)) != request.grid_id]
    names = Zone.objects.in_bulk({zone for request, grid in moving for zone in (request.grid_id, grid) if zone})
    for request, grid in moving:
        before = names[request.grid_id].name if request.grid_id else _("no grid")
        words = _("Grids were cut anew: from %(before)s to %(after)s.") % {"before": before, "after": names[grid].name}
        _move(actor, request, grid, words)
    if moving:
        first = moving[0][0]
        record_change(actor, "requests.follow_grids", first, place_code=first.place_code, rows=len(moving))
    return len(moving)


def _grid_of(request: Request, recut: Recut) -> int | None:
    building = request.place_code[: Level.BUILDING]
    return recut.moved.get(building, recut.ended.get(request.grid_id, request.grid_id))


def _move(actor: Actor, request: Request, grid: int | None, words: str) -> None:
    request.grid_id = grid
    request.version += 1
    save(request, ["version", "grid_id"])
    acting_id = acting_body(actor, Verb.ADD, request)
    write_step(actor, request, Verb.ADD, Change(internal_note=words), acting_id=acting_id)
