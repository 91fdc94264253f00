"""Reads of the ladder: where a request stands on it, what stands next above it, and who stands on a rung."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from jinlin.algorithms.place_codes import ancestors_of
from jinlin.organisations.models import Body
from jinlin.organisations.queries import holders_of, members_of
from jinlin.organisations.queries.chains import next_above
from jinlin.platform.access import Role
from jinlin.platform.dates import now, today
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Playbook, Rung
from jinlin.requests.models import JointMeeting, Request, RungKind, Urgency

LEVELS = ("estate", "community", "subdistrict", "district")
"""The levels at which somebody answers, lowest first."""
MOST_STOPS = 16
UNDER_ESTATE = frozenset({"building", "entrance", "home", "courtyard", "neighbours"})
UNDER_COMMUNITY = frozenset({"grid", "group"})


@dataclass(frozen=True)
class Standing:
    """The lowest of some rungs on which somebody stands: its body, the people, and the rungs below it that are empty."""

    rung: Rung
    body: Body
    people: list[int]
    empty: tuple[Rung, ...]


def level_of(playbook: Playbook, kind: str) -> str:
    """Return the level at which a kind of body answers; those below the estate or the community count there."""
    level = playbook.level_of(kind) or "community"
    return "estate" if level in UNDER_ESTATE else "community" if level in UNDER_COMMUNITY else level


def rung_index(request: Request) -> int:
    """Return the place of a request on the ladder: of its last passage, else of the body that has it; -1 below all.

    A body whose chain leads to the body of a rung stands below that rung, though it may answer at the same level.
    """
    ladder = current_playbook().ladder
    rungs = request.passages.exclude(kind=RungKind.LINK).order_by("-at", "-pk")
    last = rungs.first() if request.rung else None
    if last is None:
        return _index_of_body(current_playbook(), request.body.kind)
    return _index(ladder, last.level, last.kind)


def _index_of_body(playbook: Playbook, kind: str) -> int:
    index = _index(playbook.ladder, level_of(playbook, kind), "body")
    if index >= 0 and playbook.ladder[index].body in playbook.kinds_over(kind):
        return index - 1
    return index


def _index(ladder: Sequence[Rung], level: str, kind: str) -> int:
    fitting = [index for index, rung in enumerate(ladder) if (rung.level, rung.kind) == (level, kind)]
    if fitting:
        return fitting[0]
    return max((i for i, rung in enumerate(ladder) if LEVELS.index(rung.level) < LEVELS.index(level)), default=-1)


def rungs_above(request: Request) -> tuple[Rung, ...]:
    """Return the rungs above the one on which a request stands, the next one first."""
    return current_playbook().ladder[rung_index(request) + 1 :]


def link_above(request: Request) -> Body | None:
    """Return the next body of the chain where it stands below the next rung: it comes first on the one way up."""
    return _link_below(rungs_above(request), request.body)


def _link_below(above: Sequence[Rung], here: Body) -> Body | None:
    body = next_above(current_playbook(), here)
    if body is None or not body.active or not above or body.kind == above[0].body:
        return None
    downwards = [row.level for row in current_playbook().chain]
    level = current_playbook().level_of(body.kind)
    below = level in downwards and downwards.index(level) > downwards.index(above[0].level)
    return body if below else None


def goes_by_chain(request: Request) -> bool:
    """Say whether the next stop is the next body of the chain; in an emergency links and levels may be skipped."""
    if request.urgency == Urgency.EMERGENCY:
        return False
    body, above = next_above(current_playbook(), request.body), rungs_above(request)
    on_rung = body is not None and body.active and bool(above) and body.kind == above[0].body
    return on_rung or link_above(request) is not None


@dataclass(frozen=True)
class Stop:
    """A stop of the way up: where it stands now, a body of the chain, or a rung; without a body nobody is there yet."""

    kind: str
    level: str
    name: str
    body: Body | None


def way_up(request: Request) -> list[Stop]:
    """Return the one way up: where a request stands, then body by body of the chain below a rung, and rung by rung."""
    playbook, above, here = current_playbook(), list(rungs_above(request)), request.body
    found = _bodies_of({rung.body for rung in above}, request)
    names = {row.kind: row.short_name for row in playbook.body}
    stops = [Stop(request.rung or RungKind.LINK, level_of(playbook, here.kind), here.name, here)]
    while above and len(stops) < MOST_STOPS:
        link = _link_below(above, here)
        if link is not None:
            stops.append(Stop(RungKind.LINK, level_of(playbook, link.kind), link.name, link))
            here = link
            continue
        rung = above.pop(0)
        body = found.get(rung.body)
        name = body.name if body else names.get(rung.body, rung.body)
        stops.append(Stop(rung.kind, rung.level, name, body))
        here = body or here
    return stops


def origin_kind(kind: str) -> RungKind:
    """Return as what the body from which a request sets out is noted: as a rung where it stands on one, else as a link."""
    on_ladder = any(rung.body == kind and rung.kind == RungKind.BODY for rung in current_playbook().ladder)
    return RungKind.BODY if on_ladder else RungKind.LINK


def first_standing(rungs: Sequence[Rung], request: Request) -> Standing | None:
    """Return the first of `rungs` on which somebody stands for the request's place; None where all are empty."""
    for index, rung in enumerate(rungs):
        body = body_on(rung, request)
        people = people_on(rung, body, request)
        if body is not None and people:
            return Standing(rung, body, people, tuple(rungs[:index]))
    return None


def body_on(rung: Rung, request: Request) -> Body | None:
    """Return the body that stands on a rung for the request's place, the closest one; None where there is none."""
    return body_of_kind(rung.body, request)


def body_of_kind(kind: str, request: Request) -> Body | None:
    """Return the active body of a kind that stands for the request's place; None where there is none."""
    return _bodies_of({kind}, request).get(kind)


def _bodies_of(kinds: Collection[str], request: Request) -> dict[str, Body]:
    """Return {kind: the active body that stands closest to the request's place}; one query."""
    zones = [zone for zone in (request.estate_id, request.grid_id) if zone]
    above = [request.place_code, *ancestors_of(request.place_code)]
    here = Q(zone_id__in=zones) | Q(zone_id__isnull=True, place_code__in=above)
    found = Body.objects.filter(here, kind__in=kinds, active=True)
    closest = sorted(found, key=lambda body: (body.zone_id is not None, len(body.place_code)))
    return {body.kind: body for body in closest}


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


def meeting_called(request: Request) -> JointMeeting | None:
    """Return the joint meeting that is called about it and not written down yet; there is one at most."""
    return request.meetings.filter(held_at__isnull=True).first()


def meeting_begun(request: Request) -> JointMeeting | None:
    """Return the joint meeting of which can be written down what it decided; None before its day and time."""
    meeting = meeting_called(request)
    return meeting if meeting is not None and meeting.meets_at <= now() else None
