"""What is known of the places where bodies are to stand, read at once so that hundreds are judged as cheaply as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from jinlin.algorithms.place_codes import Level, is_within
from jinlin.organisations.models import Body, Coverage
from jinlin.playbooks.schema import Body as BodyKind
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Place, Zone, ZoneMembership


@dataclass
class Care:
    """What is in the care of one body: ids of zones and codes of places."""

    zones: set[int] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


@dataclass
class Surroundings:
    """The places and zones concerned, the bodies that run there, and what is in whose care."""

    playbook: Playbook
    places: dict[str, Place] = field(default_factory=dict)
    zones: dict[str, Zone] = field(default_factory=dict)
    zones_of_building: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    within: dict[int, set[int]] = field(default_factory=dict)
    bodies: dict[tuple[str, str], list[Body]] = field(default_factory=lambda: defaultdict(list))
    care: dict[int, Care] = field(default_factory=lambda: defaultdict(Care))
    holder: dict[tuple[str, str], Body] = field(default_factory=dict)
    named: dict[tuple[str, int | None, str], Body] = field(default_factory=dict)

    def kind_of(self, key: str) -> BodyKind | None:
        """Return the playbook's row of a kind; None for one that is absent from the template."""
        return next((row for row in self.playbook.body if row.kind == key), None)

    def note(self, body: Body) -> None:
        """Remember a body that runs, or has just been founded."""
        self.bodies[body.kind, body.place_code].append(body)
        self.named[body.place_code, body.zone_id, body.name] = body

    def note_care(self, body: Body, kind: str, place_code: str, zone: Zone | None) -> None:
        """Remember that a place or zone is in the care of a body, among those of its kind."""
        self.holder[kind, zone.label if zone else place_code] = body
        if zone:
            self.care[body.pk].zones.add(zone.pk)
        else:
            self.care[body.pk].places.add(place_code)

    def at(self, kind: str, place_code: str, zone_id: int | None) -> list[Body]:
        """Return the bodies of a kind that run at exactly this place and zone."""
        return [body for body in self.bodies[kind, place_code] if body.zone_id == zone_id]

    def above(self, kind: str, place_code: str, zone_id: int | None) -> list[Body]:
        """Return the bodies of a kind in whose area the place lies."""
        codes = [place_code[:length] for length in Level if length <= len(place_code)]
        found = [body for code in codes for body in self.bodies[kind, code]]
        return [body for body in found if self.is_inside(place_code, zone_id, body)]

    def only_above(self, kinds: Iterable[str], place_code: str, zone_id: int | None) -> Body | None:
        """Return the body of the first of these kinds that is there; None where none is, or where it is not the only one."""
        found = next(filter(None, (self.above(kind, place_code, zone_id) for kind in kinds)), [])
        return found[0] if len(found) == 1 else None

    def is_inside(self, place_code: str, zone_id: int | None, body: Body) -> bool:
        """Say whether a place lies in a body's area: in its zone or in what it looks after, else below its own place."""
        zones = self.care[body.pk].zones | ({body.zone_id} if body.zone_id else set())
        if zones:
            return bool(zones & self.zones_around(place_code, zone_id))
        codes = self.care[body.pk].places | {body.place_code}
        return any(is_within(place_code, code) for code in codes)

    def zones_around(self, place_code: str, zone_id: int | None) -> set[int]:
        """Return the zones that a zone lies in with all its buildings, itself included, or that a building lies in."""
        if zone_id is not None:
            return self.within.get(zone_id, set()) | {zone_id}
        return self.zones_of_building.get(place_code[: Level.BUILDING], set())


def surroundings(
    playbook: Playbook, places: Iterable[str], kinds: Iterable[str] = (), also: Iterable[str] = ()
) -> Surroundings:
    """Read what is known around these places for bodies of these kinds, in five queries however many there are.

    `also` are codes of places that are looked after without lying on the way.
    """
    codes, known = set(places), Surroundings(playbook)
    ways = {code[:length] for code in codes for length in Level if length <= len(code)}
    known.places = {row.code: row for row in Place.objects.filter(code__in=codes | set(also), valid_to__isnull=True)}
    communities = {code for code in ways if len(code) == Level.COMMUNITY}
    rows = list(Zone.objects.filter(community_code__in=communities, valid_to__isnull=True))
    known.zones = {zone.label: zone for zone in rows}
    _note_memberships(known, communities)
    for body in Body.objects.filter(place_code__in=ways, ended_on__isnull=True).order_by("pk"):
        known.note(body)
    wanted = {row.kind for row in playbook.body if row.covers} if not kinds else _with_above(playbook, kinds)
    cares = Coverage.objects.filter(kind__in=wanted, valid_to__isnull=True).select_related("body", "zone")
    for care in cares:
        known.note_care(care.body, care.kind, care.place_code, care.zone)
    return known


def _with_above(playbook: Playbook, kinds: Iterable[str]) -> set[str]:
    rows = {row.kind: row for row in playbook.body}
    return {name for kind in kinds if kind in rows for name in (kind, *rows[kind].above)}


def _note_memberships(known: Surroundings, communities: Iterable[str]) -> None:
    buildings: dict[int, set[str]] = defaultdict(set)
    rows = ZoneMembership.objects.filter(zone__community_code__in=communities, valid_to__isnull=True)
    for zone_id, code in rows.exclude(kind=Zone.Kind.NEIGHBOURS).values_list("zone_id", "member_code"):
        known.zones_of_building[code].add(zone_id)
        buildings[zone_id].add(code)
    for zone_id, codes in buildings.items():
        known.within[zone_id] = set.intersection(*(known.zones_of_building[code] for code in codes))
