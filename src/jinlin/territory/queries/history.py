"""How the tree was on a day: places and zones that existed then, and who belonged to which zone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from jinlin.algorithms.place_codes import Level, ancestors_of, fault_in
from jinlin.territory.addresses import natural
from jinlin.territory.models import Place, Zone, ZoneMembership
from jinlin.territory.queries.tree import below, within_any


@dataclass(frozen=True)
class Unit:
    """A place or zone as it was on a day; `counts` is {level: units} of what lay in it."""

    code: str
    name: str
    level: str
    since: date
    until: date | None
    counts: dict[str, int]


def there_on(day: date) -> Q:
    """Return the filter for rows that were valid on a day; what ends on a day is not there on it any more."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def resolve(code: str, day: date) -> Place | Zone | None:
    """Return the place or zone that a code named on a day, or None; a code has one unit for all time."""
    if not code.isascii() or not code.isalnum():
        return None
    zone = Zone.objects.filter(there_on(day), label=code).first()
    if zone is not None or fault_in(code):
        return zone
    return Place.objects.filter(there_on(day), code=code, level__lt=Level.HOME).first()


def known_at_any_time(code: str) -> Place | Zone | None:
    """Return what a code names or has named, whenever that was; homes are not resolved."""
    if not code.isascii() or not code.isalnum():
        return None
    zone = Zone.objects.filter(label=code).first()
    if zone is not None or fault_in(code):
        return zone
    return Place.objects.filter(code=code, level__lt=Level.HOME).first()


def units_below(place: Place, day: date) -> list[Unit]:
    """Return the units directly below a place on a day, each with its counts down to buildings; none below buildings."""
    if place.level >= Level.BUILDING:
        return []
    level = Level(place.level).below
    there = below(place.code).filter(there_on(day), level__gt=place.level, level__lte=Level.BUILDING)
    counts: dict[str, Counter[str]] = {}
    for code, lower in there.values_list("code", "level"):
        if lower > level:
            counts.setdefault(code[:level], Counter())[Level(lower).name.lower()] += 1
    units = there.filter(level=level).defer("boundary", "search")
    return [
        _unit(unit, dict(counts.get(unit.code, {}))) for unit in sorted(units, key=lambda row: natural(row.address))
    ]


def _unit(place: Place, counts: dict[str, int]) -> Unit:
    level = Level(place.level).name.lower()
    name = place.address if place.level == Level.BUILDING else place.name
    return Unit(place.code, name, level, place.valid_from, place.valid_to, counts)


def counts_below(code: str, day: date) -> dict[str, int]:
    """Return how many units of each level lay in a place on a day, down to buildings, and how many zones of each kind."""
    rows = below(code).filter(there_on(day), level__gt=len(code), level__lte=Level.BUILDING)
    levels = Counter(rows.values_list("level", flat=True))
    kinds = Counter(Zone.objects.filter(there_on(day), community_code__startswith=code).values_list("kind", flat=True))
    return {Level(level).name.lower(): levels[level] for level in sorted(levels)} | dict(sorted(kinds.items()))


def zones_on(community: str, day: date) -> list[Unit]:
    """Return the estates, grids and other zones of a community on a day, with how many members each had."""
    zones = list(Zone.objects.filter(there_on(day), community_code=community).order_by("kind", "label"))
    members = ZoneMembership.objects.filter(there_on(day), zone__in=zones).values_list("zone_id", flat=True)
    counts = Counter(members)
    return [
        Unit(zone.label, zone.name, zone.kind, zone.valid_from, zone.valid_to, {"members": counts[zone.pk]})
        for zone in zones
    ]


def members_on(zone: Zone, day: date) -> list[Place]:
    """Return the buildings that belonged to a zone on a day; the homes of a neighbour area are not listed."""
    members = ZoneMembership.objects.filter(there_on(day), zone=zone).values("member_code")
    rows = Place.objects.filter(code__in=members, level=Level.BUILDING)
    return list(rows.defer("boundary", "search").order_by("code"))


def path_to(unit: Place | Zone) -> list[Place]:
    """Return the places above a unit, the district first."""
    code = unit.code if isinstance(unit, Place) else unit.community_code
    above = ancestors_of(code) + ([code] if isinstance(unit, Zone) else [])
    rows = Place.objects.filter(within_any([code[: Level.DISTRICT]]), code__in=above)
    return list(rows.defer("boundary", "search").order_by("code"))
