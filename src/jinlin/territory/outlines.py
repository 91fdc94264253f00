"""Outlines from GeoJSON: what is wrong with one, where it lies in WGS 84, and how much two of them overlap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from jinlin.algorithms.coordinates import InvalidCoordinates, System, in_china, looks_swapped, to_wgs84

SHAPES = {"Polygon", "MultiPolygon"}
KNOWN_SYSTEMS = ("CRS84", "4326", "4490")
FEWEST_POINTS = 4
MOST_POINTS = 200_000
SLIVER = 0.005
"""Neighbours drawn by hand overlap a little; up to this share of the smaller one it is no finding."""


class BadOutline(ValueError):
    """The geometry is no outline of a place; the message says why."""


def outline_of(geometry: Any, system: System = System.WGS84) -> BaseGeometry:
    """Return the outline (Polygon or MultiPolygon, WGS 84) of a GeoJSON geometry whose coordinates are in `system`.

    Raises:
        BadOutline: for another kind, an open ring, swapped coordinates, metres instead of degrees, or crossing lines.
    """
    rings = list(_rings(geometry))
    if sum(map(len, rings)) > MOST_POINTS:
        raise BadOutline(_("The outline has more than %(most)s points.") % {"most": MOST_POINTS})
    for ring in rings:
        _check_ring(ring)
    moved = shapely.transform(shape(geometry), lambda points: [to_wgs84(x, y, system) for x, y in points])
    if not moved.is_valid:
        why = shapely.is_valid_reason(moved)
        raise BadOutline(_("The lines of the outline cross or touch: %(why)s.") % {"why": why})
    if moved.area == 0:
        raise BadOutline(_("The outline encloses nothing."))
    return moved


def _rings(geometry: Any) -> Iterator[list[Any]]:
    """Yield the rings, after a look at the form of the whole."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in SHAPES:
        raise BadOutline(
            _("An outline is a Polygon or a MultiPolygon, not %(kind)s.") % {"kind": kind or _("no geometry at all")}
        )
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise BadOutline(_("The outline has no points."))
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon or not all(isinstance(ring, list) for ring in polygon):
            raise BadOutline(_("The outline has no points."))
        yield from polygon


def _check_ring(ring: list[Any]) -> None:
    points = [_numbers(point) for point in ring]
    if len(points) < FEWEST_POINTS:
        raise BadOutline(_("A ring has at least four points, the last one like the first."))
    if points[0] != points[-1]:
        raise BadOutline(_("The ring is not closed: its last point is not its first."))
    if all(looks_swapped(*point) for point in points):
        raise BadOutline(_("Longitude and latitude seem to be swapped; longitude stands first."))
    if any(abs(x) > 180 or abs(y) > 90 for x, y in points):
        raise BadOutline(_("The coordinates are no degrees; convert them to WGS 84 longitude and latitude."))
    if not all(in_china(*point) for point in points):
        raise BadOutline(_("The outline lies outside China."))


def _numbers(point: Any) -> tuple[float, float]:
    try:
        x, y = float(point[0]), float(point[1])
        to_wgs84(x, y, System.WGS84)
    except InvalidCoordinates:
        return x, y
    except (TypeError, ValueError, IndexError, KeyError):
        raise BadOutline(_("A point is two numbers, longitude and latitude.")) from None
    return x, y


def check_system(document: dict[str, Any]) -> None:
    """Raises: BadOutline, when the document names a coordinate system that is not longitude and latitude."""
    named = document.get("crs")
    text = str(named.get("properties", {}).get("name", "")) if isinstance(named, dict) else ""
    if text and not text.upper().endswith(KNOWN_SYSTEMS):
        raise BadOutline(
            _("The file is in the system %(system)s; convert it to WGS 84 longitude and latitude.")
            % {"system": text[:60]}
        )


def overlap(one: BaseGeometry, other: BaseGeometry) -> float:
    """Return which share of the smaller outline lies in the other, from 0 to 1."""
    if not one.intersects(other):
        return 0.0
    return float(one.intersection(other).area / min(one.area, other.area))


def share_outside(inner: BaseGeometry, outer: BaseGeometry) -> float:
    """Return which share of `inner` lies outside `outer`, from 0 to 1."""
    return float(inner.difference(outer).area / inner.area)


def as_geojson(outline: BaseGeometry) -> dict[str, Any]:
    """Return an outline as GeoJSON with seven decimals, a centimetre."""
    return mapping(shapely.set_precision(outline, 1e-7))
