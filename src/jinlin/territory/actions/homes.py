"""Takes a register of buildings and homes in: everything or nothing, and the same file twice changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.errors import Stale
from jinlin.platform.spreadsheets import Finding
from jinlin.territory.actions.places import join, move_buildings, settle
from jinlin.territory.imports.homes import HomeLines
from jinlin.territory.imports.plan import HomesPlan, plan_homes
from jinlin.territory.models import Place, Zone, ZoneMembership
from jinlin.territory.providers import open_households
from jinlin.territory.rules import may_keep_places

BATCH = 2_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class HomesReport:
    """What an import did, or in a trial run would do; with findings nothing was taken in."""

    rows: int
    imported: int = 0
    changed: int = 0
    repeated: int = 0
    communities: int = 0
    estates: int = 0
    grids: int = 0
    neighbour_areas: int = 0
    buildings: int = 0
    entrances: int = 0
    households: int = 0
    trial: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """How many rows cannot be taken in."""
        return len({finding.row for finding in self.findings})

    def as_dict(self) -> dict[str, object]:
        """Return it as the command prints it."""
        counts = {name: getattr(self, name) for name in COUNTS}
        return {**counts, "dry_run": self.trial, "rejected": [finding.as_dict() for finding in self.findings]}


COUNTS = (
    "rows", "imported", "changed", "repeated", "communities", "estates", "grids", "neighbour_areas",
    "buildings", "entrances", "households",
)  # fmt: skip


def import_homes(
    *, actor: Actor, lines: HomeLines, trial: bool = False, progress: Progress | None = None
) -> HomesReport:
    """Add what the lines bring that is new, and bring floors, areas, points and zones up to date; open the households.

    With any finding, and in a `trial`, nothing is written. `progress` is told how many places were written since.

    Raises:
        NotAllowed: for somebody who keeps no places at all; rows outside one's own area are findings.
        Stale: when somebody else has added the same places at this moment.
    """
    may_keep_places(actor).enforce()
    try:
        with transaction.atomic():
            plan = plan_homes(actor=actor, lines=lines, day=today())
            if plan.findings or trial:
                return _report(plan, 0, trial=trial)
            return _report(plan, _write(actor, plan, progress or (lambda _count: None)), trial=False)
    except IntegrityError as error:
        raise Stale(_("Somebody else has added the same places at this moment.")) from error


def _write(actor: Actor, plan: HomesPlan, progress: Progress) -> int:
    Zone.objects.bulk_create(plan.zones, batch_size=BATCH)
    for places in (plan.communities, plan.buildings, plan.entrances, plan.homes):
        _add(places, progress)
    _join_new(plan)
    for zone, codes in _moves(plan).items():
        move_buildings(actor=actor, zone=zone, building_codes=codes, day=plan.day)
    _join_areas(plan)
    homes = [place for place in plan.changed if not place.name]
    Place.objects.bulk_update(homes, ["floor", "floor_area"], batch_size=BATCH)
    points = [place for place in plan.changed if place.name]
    Place.objects.bulk_update(points, ["longitude", "latitude"], batch_size=BATCH)
    opened = open_households(plan.home_codes, plan.day)
    _record(actor, plan)
    return opened


def _add(places: Sequence[Place], progress: Progress) -> None:
    for start in range(0, len(places), BATCH):
        batch = places[start : start + BATCH]
        Place.objects.bulk_create(batch)
        progress(len(batch))


def _join_new(plan: HomesPlan) -> None:
    members: dict[Zone, list[str]] = defaultdict(list)
    for building in plan.buildings:
        for zone in filter(None, (building.estate, building.grid)):
            members[zone].append(building.code)
    for zone, codes in members.items():
        join(zone, codes, plan.day)


def _join_areas(plan: HomesPlan) -> None:
    """Let homes join their neighbour areas: new homes at once, others out of the one that they were in."""
    fresh = {home.code for home in plan.homes}
    joining: dict[Zone, list[str]] = defaultdict(list)
    moving: dict[Zone, list[str]] = defaultdict(list)
    for home, zone in plan.areas.items():
        (joining if home in fresh else moving)[zone].append(home)
    for zone, homes in moving.items():
        settle(zone, homes, plan.day)
    memberships = [
        ZoneMembership(zone=zone, kind=zone.kind, member_code=home, valid_from=plan.day)
        for zone, homes in joining.items()
        for home in homes
    ]
    ZoneMembership.objects.bulk_create(memberships, batch_size=BATCH)


def _moves(plan: HomesPlan) -> dict[Zone, list[str]]:
    moves: dict[Zone, list[str]] = defaultdict(list)
    for building, zone in plan.moved:
        moves[zone].append(building.code)
    return moves


def _record(actor: Actor, plan: HomesPlan) -> None:
    """Write one line for the whole import, at the first place that it touched."""
    touched = [
        *plan.communities,
        *plan.buildings,
        *plan.homes,
        *plan.changed,
        *(building for building, _zone in plan.moved),
        *Place.objects.filter(code__in=list(plan.areas)[:1]),
    ]
    if touched:
        counts = {"buildings": len(plan.buildings), "homes": len(plan.homes), "changed": len(plan.changed)}
        record_change(actor, "territory.import_homes", touched[0], place_code=touched[0].code, rows=plan.rows, **counts)


def _report(plan: HomesPlan, households: int, *, trial: bool) -> HomesReport:
    kinds = [zone.kind for zone in plan.zones]
    fresh = {home.code for home in plan.homes}
    altered = {place.code for place in plan.changed if not place.name} | (plan.areas.keys() - fresh)
    changed = len(altered)
    return HomesReport(
        rows=plan.rows,
        imported=len(plan.homes),
        changed=changed,
        repeated=len(plan.home_codes) - len(plan.homes) - changed,
        communities=len(plan.communities),
        estates=kinds.count(Zone.Kind.ESTATE),
        grids=kinds.count(Zone.Kind.GRID),
        neighbour_areas=kinds.count(Zone.Kind.NEIGHBOURS),
        buildings=len(plan.buildings),
        entrances=len(plan.entrances),
        households=households,
        trial=trial,
        findings=plan.findings,
    )
