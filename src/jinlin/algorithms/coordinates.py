"""Coordinates of the three systems met in China, turned into WGS 84 at the door, and distances on the globe.

GCJ-02 (the public maps) and BD-09 (Baidu) are smooth distortions of WGS 84 that hold within China only. Their published
formulas go one way; the way back is found by iteration, which converges because the distortion changes by less than
1 % over any distance. CGCS2000 differs from WGS 84 by centimetres and is taken for the same.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import asin, atan2, cos, degrees, hypot, isfinite, pi, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_METRES = 6_371_008.8

# Krassovsky 1940, the ellipsoid of the distortion.
_SEMI_MAJOR_AXIS = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943

# The rectangle in which the distortion applies, as all implementations in use draw it.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_BAIDU_SHIFT_LONGITUDE, _BAIDU_SHIFT_LATITUDE = 0.0065, 0.006
_BAIDU_PERIOD = pi * 3000 / 180

_CLOSE_ENOUGH_DEGREES = 1e-12
_MAX_ROUNDS = 30


class System(StrEnum):
    """Coordinate systems that arrive at the door."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class Point(NamedTuple):
    """Longitude and latitude in degrees, in this order."""

    longitude: float
    latitude: float


class InvalidCoordinates(ValueError):
    """Numbers that are no point on the globe."""


def to_wgs84(longitude: float, latitude: float, system: System | str) -> Point:
    """Return the point in WGS 84; points outside China stay as they are. Raises InvalidCoordinates."""
    point = checked(longitude, latitude)
    match System(system):
        case System.GCJ02:
            return _undone(_wgs84_to_gcj02, point)
        case System.BD09:
            return _undone(_wgs84_to_gcj02, _undone(_gcj02_to_bd09, point))
    return point


def from_wgs84(longitude: float, latitude: float, system: System | str) -> Point:
    """Return the WGS 84 point in `system`; points outside China stay as they are. Raises InvalidCoordinates."""
    point = checked(longitude, latitude)
    match System(system):
        case System.GCJ02:
            return _wgs84_to_gcj02(point)
        case System.BD09:
            return _gcj02_to_bd09(_wgs84_to_gcj02(point))
    return point


def checked(longitude: float, latitude: float) -> Point:
    """Return the numbers as a point; raises InvalidCoordinates, which says so when they seem to be swapped."""
    if looks_swapped(longitude, latitude):
        raise InvalidCoordinates(f"Longitude {longitude} and latitude {latitude} seem to be swapped.")
    if not (isfinite(longitude) and isfinite(latitude) and abs(longitude) <= 180 and abs(latitude) <= 90):
        raise InvalidCoordinates(
            f"Longitude {longitude} and latitude {latitude} are no point: they run from -180 to 180 and -90 to 90."
        )
    return Point(float(longitude), float(latitude))


def looks_swapped(longitude: float, latitude: float) -> bool:
    """Say whether the numbers lie in China only when exchanged; the two ranges do not overlap there."""
    return not in_china(longitude, latitude) and in_china(latitude, longitude)


def in_china(longitude: float, latitude: float) -> bool:
    """Say whether a point lies in the rectangle around China in which GCJ-02 and BD-09 differ from WGS 84."""
    return _WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH


def distance_metres(start: Point, end: Point) -> float:
    """Return the length of the great circle between two WGS 84 points by the haversine formula, in metres."""
    south, north = radians(start.latitude), radians(end.latitude)
    rise = sin((north - south) / 2) ** 2
    run = sin(radians(end.longitude - start.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(rise + cos(south) * cos(north) * run)))


def _undone(distort: Callable[[Point], Point], point: Point) -> Point:
    """Return the point that `distort` moves to `point`: shift the guess by the error until none is left."""
    guess = point
    for _ in range(_MAX_ROUNDS):
        reached = distort(guess)
        error_longitude, error_latitude = point.longitude - reached.longitude, point.latitude - reached.latitude
        guess = Point(guess.longitude + error_longitude, guess.latitude + error_latitude)
        if max(abs(error_longitude), abs(error_latitude)) < _CLOSE_ENOUGH_DEGREES:
            break
    return guess


def _wgs84_to_gcj02(point: Point) -> Point:
    if not in_china(*point):
        return point
    east, north = _shift_metres(point.longitude - 105.0, point.latitude - 35.0)
    latitude = radians(point.latitude)
    curvature = 1 - _ECCENTRICITY_SQUARED * sin(latitude) ** 2
    meridian = _SEMI_MAJOR_AXIS * (1 - _ECCENTRICITY_SQUARED) / (curvature * sqrt(curvature))
    parallel = _SEMI_MAJOR_AXIS / sqrt(curvature) * cos(latitude)
    return Point(point.longitude + degrees(east / parallel), point.latitude + degrees(north / meridian))


def _shift_metres(x: float, y: float) -> tuple[float, float]:
    """Return the shift to the east and north in metres at x, y degrees from 105° E, 35° N."""
    root = sqrt(abs(x))
    common = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += 2 / 3 * (common + _waves(x, (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30)))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += 2 / 3 * (common + _waves(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30)))
    return east, north


def _waves(at: float, *waves: tuple[float, float]) -> float:
    return sum(height * sin(pi * at * frequency) for height, frequency in waves)


def _gcj02_to_bd09(point: Point) -> Point:
    if not in_china(*point):
        return point
    radius = hypot(point.longitude, point.latitude) + 2e-5 * sin(point.latitude * _BAIDU_PERIOD)
    angle = atan2(point.latitude, point.longitude) + 3e-6 * cos(point.longitude * _BAIDU_PERIOD)
    return Point(radius * cos(angle) + _BAIDU_SHIFT_LONGITUDE, radius * sin(angle) + _BAIDU_SHIFT_LATITUDE)
