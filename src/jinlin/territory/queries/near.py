"""The buildings nearest to a point of a map, in whatever coordinate system the map speaks."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

from django.utils.translation import gettext as _

from jinlin.algorithms.coordinates import InvalidCoordinates, Point, System, distance_metres, looks_swapped, to_wgs84
from jinlin.algorithms.place_codes import Level
from jinlin.platform.errors import Invalid
from jinlin.territory.models import Place
from jinlin.territory.queries.tree import lies_in_district

MOST_NEAR = 5
REACHES_METRES = (150, 600, 2_500)
METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True)
class Near:
    """A building near a point, and how far it is."""

    code: str
    name: str
    metres: int


def point_of(longitude: float, latitude: float, system: str = System.WGS84) -> Point:
    """Return a point that came in at the door in WGS 84.

    Raises:
        Invalid: for swapped numbers, no point, an unknown system, and a point outside the district.
    """
    if looks_swapped(longitude, latitude):
        raise Invalid(_("Longitude and latitude seem to be swapped."), remedy=_("Send them the other way round."))
    try:
        point = to_wgs84(longitude, latitude, System(system))
    except InvalidCoordinates:
        raise Invalid(_("These numbers are no point: longitude and latitude are in degrees.")) from None
    except ValueError:
        known = _(", ").join(System)
        raise Invalid(
            _("Coordinates come as %(known)s, not as %(system)s.") % {"known": known, "system": system}
        ) from None
    if not lies_in_district(*point):
        raise Invalid(
            _("This point lies outside the district."), remedy=_("Move the map, or choose the place from the list.")
        )
    return point


def nearest_buildings(longitude: float, latitude: float, system: str = System.WGS84) -> list[Near]:
    """Return the five buildings nearest to a point, the nearest first; none further than 2.5 km.

    Raises:
        Invalid: as `point_of`.
    """
    point = point_of(longitude, latitude, system)
    near: list[Near] = []
    for reach in REACHES_METRES:
        near = [found for found in _within(point, reach) if found.metres <= reach]
        if len(near) >= MOST_NEAR:
            break
    return near[:MOST_NEAR]


def _within(point: Point, reach: float) -> list[Near]:
    """Return the buildings in the square of `reach` metres around a point, the nearest first."""
    north = reach / METRES_PER_DEGREE
    east = north / max(cos(radians(point.latitude)), 0.01)
    rows = Place.objects.filter(
        level=Level.BUILDING,
        valid_to__isnull=True,
        latitude__range=(point.latitude - north, point.latitude + north),
        longitude__range=(point.longitude - east, point.longitude + east),
    ).values_list("code", "address", "longitude", "latitude")
    near = [Near(code, name, round(distance_metres(point, Point(x, y)))) for code, name, x, y in rows]
    return sorted(near, key=lambda found: (found.metres, found.code))
