"""Places by code, the ranges below them, and the district's boundary."""

from collections.abc import Iterable
from functools import lru_cache
from time import monotonic

from django.db import connection
from django.db.models import Q, QuerySet
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry
from shapely.prepared import prep

from jinlin.algorithms.place_codes import InvalidPlaceCode, Level, level_of, prefix_range
from jinlin.region.districts import current_district
from jinlin.territory.models import Place

KEPT_SECONDS = 60
EXISTING_COLUMNS = ("id", "code", "level", "name", "address", "grid_id", "estate_id", "valid_to")
EXISTING = f"SELECT {', '.join(EXISTING_COLUMNS)} FROM territory_place WHERE code = %s AND valid_to IS NULL"  # noqa: S608
"""The look-up behind every request that names a place; without what is large and seldom needed."""


def below(code: str) -> QuerySet[Place]:
    """Return the place of `code` and every place in it."""
    low, high = prefix_range(code)
    return Place.objects.filter(code__gte=low, code__lt=high)


def within_any(codes: Iterable[str], column: str = "code") -> Q:
    """Return the filter for the places of `codes` and all places in them; no codes, no places."""
    found = Q(pk__in=[])
    for code in codes:
        low, high = prefix_range(code)
        found |= Q(**{f"{column}__gte": low, f"{column}__lt": high})
    return found


def existing_place(code: str) -> Place | None:
    """Return the place of `code` that still exists today, or None (also for what is no code at all).

    What is not among `EXISTING_COLUMNS` is fetched when it is asked for.
    """
    try:
        level_of(code)
    except InvalidPlaceCode:
        return None
    with connection.cursor() as cursor:
        cursor.execute(EXISTING, [code])
        row = cursor.fetchone()
    return Place.from_db(connection.alias, EXISTING_COLUMNS, row) if row else None


def default_place_code() -> str:
    """Return where something lies that gives no place: the only community, or else the district."""
    communities = Place.objects.filter(level=Level.COMMUNITY, valid_to__isnull=True).values_list("code", flat=True)[:2]
    return communities[0] if len(communities) == 1 else current_district().code


def district_boundary() -> BaseGeometry | None:
    """Return the district's boundary (WGS 84), or None while nobody has loaded one; kept for a minute per process."""
    return _boundary_of(current_district().code, int(monotonic() // KEPT_SECONDS))


def lies_in_district(longitude: float, latitude: float) -> bool:
    """Say whether a WGS 84 point lies in the district; without a boundary every point does."""
    boundary = district_boundary()
    return boundary is None or boundary.intersects(Point(longitude, latitude))


@lru_cache(maxsize=64)
def _boundary_of(code: str, _minute: int) -> BaseGeometry | None:
    boundary = Place.objects.filter(code=code).values_list("boundary", flat=True).first()
    return prep(shape(boundary)) if boundary else None


def forget_boundaries() -> None:
    """Drop what this process remembers of boundaries, after one was loaded."""
    _boundary_of.cache_clear()
