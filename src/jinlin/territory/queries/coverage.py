"""How complete the register of places is: counts below a place, and the buildings that lack something."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left

from jinlin.algorithms.place_codes import Level
from jinlin.territory.addresses import natural
from jinlin.territory.models import Place, Zone
from jinlin.territory.queries.tree import below

LACKS = {
    "point": Q(longitude__isnull=True) | Q(latitude__isnull=True),
    "grid": Q(grid__isnull=True),
    "estate": Q(estate__isnull=True),
}
COLUMN_OF_ZONE = {Zone.Kind.ESTATE: "estate", Zone.Kind.GRID: "grid", Zone.Kind.NEIGHBOURS: "neighbours"}


@dataclass(frozen=True)
class Area:
    """A place or zone with what was counted in it."""

    code: str
    name: str
    buildings: int = 0
    homes: int = 0
    lacks_point: int = 0
    lacks_grid: int = 0


_BUILDING = Q(level=Level.BUILDING)
_COUNTS = {
    "buildings": Count("pk", filter=_BUILDING),
    "homes": Count("pk", filter=Q(level=Level.HOME)),
    "lacks_point": Count("pk", filter=_BUILDING & LACKS["point"]),
    "lacks_grid": Count("pk", filter=_BUILDING & LACKS["grid"]),
}


def coverage_of(place: Place) -> Area:
    """Return the counts of one place."""
    return Area(place.code, place.name, **_existing_below(place.code).aggregate(**_COUNTS))


def coverage_below(place: Place) -> list[Area]:
    """Return the counts of each place directly below, in the order of their names; two statements for any number."""
    level = Level(place.level).below
    if level is None:
        return []
    return _counted(_existing_below(place.code), level)


def coverage_in_zone(zone: Zone) -> list[Area]:
    """Return the counts of each building in an estate or a grid."""
    column = COLUMN_OF_ZONE[Zone.Kind(zone.kind)]
    return _counted(_existing_below(zone.community_code).filter(**{column: zone}), Level.BUILDING)


def _counted(rows: QuerySet[Place], level: Level) -> list[Area]:
    """Return the counts of the places at `level`, by the code that the rows begin with."""
    parts = rows.filter(level__gte=level).annotate(part=Left("code", int(level)))
    counted = {row.pop("part"): row for row in parts.values("part").annotate(**_COUNTS)}
    names = rows.filter(level=level).values_list("code", "name")
    areas = [Area(code, name, **counted.get(code, {})) for code, name in names]
    return sorted(areas, key=lambda area: natural(area.name))


def coverage_of_zones(community: str, kind: Zone.Kind) -> list[Area]:
    """Return the counts of a community's estates or grids."""
    column = COLUMN_OF_ZONE[kind]
    zones = Zone.objects.filter(community_code=community, kind=kind, valid_to__isnull=True).order_by("label")
    counted = {row.pop(column): row for row in _existing_below(community).values(column).annotate(**_COUNTS)}
    return [Area(zone.label, zone.name, **counted.get(zone.pk, {})) for zone in zones]


def buildings_lacking(code: str, what: str) -> QuerySet[Place]:
    """Return the buildings in a place that lack a point, a grid or an estate."""
    return _existing_below(code).filter(_BUILDING & LACKS[what]).order_by("code")


def _existing_below(code: str) -> QuerySet[Place]:
    return below(code).filter(valid_to__isnull=True)
