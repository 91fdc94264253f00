"""The ground that grids are cut from: buildings with their households, cells and neighbours, in metres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from jinlin.algorithms.cells import Cells, Plane, cells_of
from jinlin.algorithms.gridding import City, make_city
from jinlin.algorithms.place_codes import Level
from jinlin.platform.errors import Invalid
from jinlin.territory.models import Place
from jinlin.territory.providers import households_in
from jinlin.territory.queries.tree import below


@dataclass(frozen=True)
class Ground:
    """The buildings of some communities in the order of their codes, as a city to divide, with their outlines on the map.

    `points` (n, 2) are longitude and latitude; `assumed` are the buildings without a point of their own, which are taken to
    lie in the middle of their estate.
    """

    buildings: Sequence[Place]
    city: City
    points: NDArray[np.float64]
    outlines: Sequence[BaseGeometry]
    assumed: Sequence[str]

    @property
    def codes(self) -> list[str]:
        """The codes of the buildings."""
        return [building.code for building in self.buildings]


def communities_of(place_code: str) -> list[Place]:
    """Return the community of this code, or the communities of a subdistrict, as they exist today."""
    rows = below(place_code).filter(level=Level.COMMUNITY, valid_to__isnull=True)
    return list(rows.defer("boundary", "search").order_by("code"))


def ground_of(place_code: str) -> Ground:
    """Return the ground of a community, or of all communities of a subdistrict.

    Raises:
        Invalid: where there is no building, or none in a community that has a point on the map.
    """
    rows = below(place_code).filter(level=Level.BUILDING, valid_to__isnull=True).select_related("estate", "grid")
    buildings = list(rows.defer("search").order_by("code"))
    if not buildings:
        raise Invalid(_("There are no buildings here yet; take a register in first."))
    points, assumed = _points(buildings)
    plane = Plane(*points.mean(axis=0))
    metres = plane.metres(points)
    communities = np.array([building.code[: Level.COMMUNITY] for building in buildings])
    cells = _cells(metres, communities, _outlines_of(place_code, plane))
    outlines = shapely.transform(np.array(cells.outlines), plane.degrees)
    city = _city(buildings, communities, metres, cells, households_in(place_code))
    return Ground(buildings, city, points, list(outlines), assumed)


def _points(buildings: Sequence[Place]) -> tuple[NDArray[np.float64], list[str]]:
    """Return longitude and latitude of each building; without either the middle of its estate or of its community.

    Raises:
        Invalid.
    """
    known = {building.code: point for building in buildings if (point := _point(building))}
    around: dict[str, list[tuple[float, float]]] = {}
    for building in buildings:
        if building.code in known:
            for key in _surroundings(building):
                around.setdefault(key, []).append(known[building.code])
    points = []
    for building in buildings:
        near = next((around[key] for key in _surroundings(building) if key in around), None)
        if near is None:
            words = {"community": building.code[: Level.COMMUNITY]}
            raise Invalid(_("No building of the community %(community)s has a point on the map.") % words)
        points.append(known.get(building.code) or tuple(np.mean(near, axis=0)))
    return np.array(points), [building.code for building in buildings if building.code not in known]


def _surroundings(building: Place) -> list[str]:
    return [*([f"estate {building.estate_id}"] if building.estate_id else []), building.code[: Level.COMMUNITY]]


def _point(building: Place) -> tuple[float, float] | None:
    if building.boundary:
        middle = shape(building.boundary).centroid
        return middle.x, middle.y
    if building.longitude is None or building.latitude is None:
        return None
    return building.longitude, building.latitude


def _outlines_of(place_code: str, plane: Plane) -> dict[str, BaseGeometry]:
    rows = below(place_code).filter(level=Level.COMMUNITY, boundary__isnull=False, valid_to__isnull=True)
    return {
        code: shapely.transform(shape(boundary), plane.metres)
        for code, boundary in rows.values_list("code", "boundary")
    }


def _cells(metres: NDArray[np.float64], communities: NDArray[np.str_], grounds: Mapping[str, BaseGeometry]) -> Cells:
    """Return the cells of all buildings: each community is divided within its own outline."""
    outlines = np.empty(len(metres), object)
    a, b, lengths = [], [], []
    for name in np.unique(communities):
        rows = np.flatnonzero(communities == name)
        cells = cells_of(metres[rows], grounds.get(str(name)))
        outlines[rows] = cells.outlines
        a.append(rows[cells.a])
        b.append(rows[cells.b])
        lengths.append(cells.shared_length)
    area, perimeter = shapely.area(outlines), shapely.length(outlines)
    return Cells(outlines, area, perimeter, np.concatenate(a), np.concatenate(b), np.concatenate(lengths))


def _city(
    buildings: Sequence[Place],
    communities: NDArray[np.str_],
    metres: NDArray[np.float64],
    cells: Cells,
    households: Mapping[str, int],
) -> City:
    codes = np.array([building.code for building in buildings])
    return make_city(
        building=codes,
        community=communities,
        estate=np.array([building.estate.label if building.estate else "" for building in buildings]),
        households=np.array([households.get(code, 0) for code in codes.tolist()]),
        x=metres[:, 0],
        y=metres[:, 1],
        area=cells.area,
        perimeter=cells.perimeter,
        a=codes[cells.a],
        b=codes[cells.b],
        shared_length=cells.shared_length,
        crosses_major_road=np.zeros(len(cells.a), bool),
    )
