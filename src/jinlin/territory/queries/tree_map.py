"""The open part of the tree on the map: the areas directly below a place, the zones of a community, buildings as points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely
from django.urls import reverse
from shapely.geometry import mapping, shape

from jinlin.algorithms.coordinates import System, from_wgs84
from jinlin.algorithms.place_codes import Level
from jinlin.territory.models import Place, Zone
from jinlin.territory.queries.tree import below

AREA_SHADE = {Zone.Kind.GRID: 1, Zone.Kind.ESTATE: 3}


def unit_features(unit: Place | Zone) -> dict[str, Any]:
    """Return what a unit's page shows on its map, as GeoJSON in WGS 84; each feature leads to its own page."""
    if isinstance(unit, Zone):
        return _collection([*_areas([unit]), *_points(Place.objects.filter(**{f"{unit.kind}_id": unit.pk}))])
    if unit.level == Level.COMMUNITY:
        zones = Zone.objects.filter(community_code=unit.code, valid_to__isnull=True, boundary__isnull=False)
        return _collection([*_areas(zones.order_by("kind", "label")), *_points(below(unit.code))])
    if unit.level >= Level.BUILDING:
        return _collection([*_areas([unit]), *_points(below(unit.code))])
    rows = below(unit.code).filter(level=Level(unit.level).below, boundary__isnull=False, valid_to__isnull=True)
    return _collection(_areas(rows.order_by("code")))


def boundaries_in(code: str, system: System) -> dict[str, Any]:
    """Return every boundary in a place as GeoJSON in a coordinate system: places and zones, each known by its `code`."""
    places = below(code).filter(boundary__isnull=False, valid_to__isnull=True).order_by("level", "code")
    zones = Zone.objects.filter(community_code__startswith=code, boundary__isnull=False, valid_to__isnull=True)
    return _collection(
        {
            "type": "Feature",
            "properties": {"code": _code(unit), "name": unit.name},
            "geometry": _in_system(unit.boundary, system),
        }
        for unit in [*places, *zones.order_by("label")]
    )


def _in_system(boundary: dict[str, Any], system: System) -> dict[str, Any]:
    moved = shapely.transform(shape(boundary), lambda points: [from_wgs84(x, y, system) for x, y in points])
    return mapping(shapely.set_precision(moved, 1e-7))


def _code(unit: Place | Zone) -> str:
    return unit.code if isinstance(unit, Place) else unit.label


def _areas(units: Iterable[Place | Zone]) -> list[dict[str, Any]]:
    return [
        _feature(unit, unit.boundary, level=AREA_SHADE.get(unit.kind, 0) if isinstance(unit, Zone) else 1)
        for unit in units
        if unit.boundary
    ]


def _points(rows: Any) -> list[dict[str, Any]]:
    buildings = rows.filter(level=Level.BUILDING, valid_to__isnull=True, longitude__isnull=False)
    return [
        _feature(building, {"type": "Point", "coordinates": [building.longitude, building.latitude]})
        for building in buildings.defer("boundary", "search").order_by("code")
    ]


def _feature(unit: Place | Zone, geometry: dict[str, Any], **more: Any) -> dict[str, Any]:
    code = _code(unit)
    name = unit.address if isinstance(unit, Place) else f"{unit.name} {unit.label}"
    properties = {"code": code, "name": name, "url": reverse("territory:unit", args=[code]), **more}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}
