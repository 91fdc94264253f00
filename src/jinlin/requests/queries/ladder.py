"""Reads of the ladder: where a request stands on it, who stands on a rung, and how many were closed at each level."""

from django.db.models import Q

from jinlin.algorithms.place_codes import ancestors_of
from jinlin.organisations.models import Body
from jinlin.organisations.queries import holders_of, members_of
from jinlin.platform.access import Role
from jinlin.platform.dates import today
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Playbook, Rung
from jinlin.requests.models import Request

LEVELS = ("estate", "community", "subdistrict", "district")
"""The levels at which somebody answers, lowest first."""
UNDER_ESTATE = frozenset({"building", "entrance", "home", "courtyard", "neighbours"})
UNDER_COMMUNITY = frozenset({"grid", "group"})


def level_of(playbook: Playbook, kind: str) -> str:
    """Return the level at which a kind of body answers; those below the estate or the community count there."""
    level = playbook.level_of(kind) or "community"
    return "estate" if level in UNDER_ESTATE else "community" if level in UNDER_COMMUNITY else level


def rung_index(request: Request) -> int:
    """Return the place of a request on the ladder: of its last passage, else of the body that has it; -1 below all."""
    ladder = current_playbook().ladder
    last = request.passages.order_by("-at", "-pk").first() if request.rung else None
    here = (last.level, last.kind) if last else (level_of(current_playbook(), request.body.kind), "body")
    fitting = [index for index, rung in enumerate(ladder) if (rung.level, rung.kind) == here]
    if fitting:
        return fitting[0]
    return max((i for i, rung in enumerate(ladder) if LEVELS.index(rung.level) < LEVELS.index(here[0])), default=-1)


def rungs_above(request: Request) -> tuple[Rung, ...]:
    """Return the rungs above the one on which a request stands, the next one first."""
    return current_playbook().ladder[rung_index(request) + 1 :]


def body_on(rung: Rung, request: Request) -> Body | None:
    """Return the body that stands on a rung for the request's place, the closest one; None where there is none."""
    return body_of_kind(rung.body, request)


def body_of_kind(kind: str, request: Request) -> Body | None:
    """Return the active body of a kind that stands for the request's place; None where there is none."""
    zones = [zone for zone in (request.estate_id, request.grid_id) if zone]
    above = [request.place_code, *ancestors_of(request.place_code)]
    here = Q(zone_id__in=zones) | Q(zone_id__isnull=True, place_code__in=above)
    found = list(Body.objects.filter(here, kind=kind, active=True))
    return max(found, key=lambda body: (body.zone_id is not None, len(body.place_code)), default=None)


def people_on(rung: Rung, body: Body | None, request: Request) -> list[int]:
    """Return who holds the rung: those with a post at its body, else those with its role over the place."""
    if body is None:
        return []
    members = members_of(body, today())
    return members or holders_of([Role(rung.role)], place_code=request.place_code, on=today())


def invited_to(rung: Rung, request: Request) -> list[Body]:
    """Return the bodies that a meeting's composition or a whistle names, as far as they are there."""
    playbook = current_playbook()
    kinds = list(rung.bodies)
    for composition in playbook.composition:
        if composition.key == rung.composition:
            kinds += [kind for part in composition.parts for kind in part.bodies]
    found = [body_of_kind(kind, request) for kind in dict.fromkeys(kinds)]
    return [body for body in found if body is not None]
