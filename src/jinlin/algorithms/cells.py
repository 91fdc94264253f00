"""The ground that belongs to each building of a community: Voronoi cells within its outline, and the borders between them.

A cell is all that lies nearer to one building than to any other (Voronoi 1908; Aurenhammer, ACM Computing Surveys 23(3),
1991). Neighbours on the map, lengths of borders and shapes of grids follow from the cells, in metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Voronoi
from shapely.geometry.base import BaseGeometry

from jinlin.algorithms.coordinates import EARTH_RADIUS_METRES

METRES_PER_DEGREE = EARTH_RADIUS_METRES * pi / 180
REACH_METRES = 60.0
"""How far the ground of a building reaches that lies outside every outline."""
APART_METRES = 0.5
"""How far buildings on one point are moved apart: each needs ground of its own."""
FAR = 50.0
SHORTEST_BORDER = 0.01

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Cells:
    """n cells and m borders, in metres: `outlines` and `area`, `perimeter` (n,); border i lies between the cells `a[i]` and
    `b[i]` and is `shared_length[i]` long, 0 for a mere bridge between parts of the ground that do not touch."""

    outlines: Sequence[BaseGeometry]
    area: Array
    perimeter: Array
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    shared_length: Array


class Plane:
    """A flat map around a point, good to a thousandth within some ten kilometres: degrees to metres and back."""

    def __init__(self, longitude: float, latitude: float) -> None:
        self._origin = np.array([longitude, latitude])
        self._scale = np.array([METRES_PER_DEGREE * cos(radians(latitude)), METRES_PER_DEGREE])

    def metres(self, degrees: Array) -> Array:
        """Return points (n, 2) as metres east and north of the origin."""
        return (np.asarray(degrees, np.float64).reshape(-1, 2) - self._origin) * self._scale

    def degrees(self, metres: Array) -> Array:
        """Return points (n, 2) as longitude and latitude."""
        return np.asarray(metres, np.float64).reshape(-1, 2) / self._scale + self._origin


def cells_of(points: Array, ground: BaseGeometry | None = None) -> Cells:
    """Return the cells of `points` (n, 2), n at least 1, within `ground`; both in metres.

    Without ground, and around points outside it, a cell reaches 60 m. The cells hang together: parts of the ground
    that do not touch are bridged between their nearest points.
    Raises ValueError for no points, or any that is not finite.
    """
    spots = np.asarray(points, np.float64).reshape(-1, 2)
    if not len(spots) or not np.isfinite(spots).all():
        raise ValueError("Cells need at least one point, and finite coordinates in metres.")
    spots = _apart(spots)
    whole = _ground(spots, ground)
    shapely.prepare(whole)
    diagram = Voronoi(np.vstack([spots, _far_points(spots)]))
    outlines = [_clipped(diagram, row, whole) for row in range(len(spots))]
    pairs, lengths = _borders(diagram, len(spots), whole)
    pairs, lengths = _bridged(spots, pairs, lengths)
    area, perimeter = shapely.area(outlines), shapely.length(outlines)
    return Cells(outlines, area, perimeter, pairs[:, 0], pairs[:, 1], lengths)


def _apart(spots: Array) -> Array:
    """Return the points with those on one spot put on a small circle around it, in their order."""
    _unique, first, again = np.unique(np.round(spots, 2), axis=0, return_index=True, return_inverse=True)
    moved, seen = spots.copy(), dict.fromkeys(range(len(first)), 0)
    for row, spot in enumerate(again.ravel().tolist()):
        turn = seen[spot]
        seen[spot] += 1
        if turn:
            # The golden angle, so that any number of points keep their distance.
            angle, radius = turn * 2.399963, APART_METRES * turn**0.5
            moved[row] += radius * np.array([cos(angle), sin(angle)])
    return moved


def _ground(spots: Array, ground: BaseGeometry | None) -> BaseGeometry:
    marks = shapely.points(spots)
    outside = marks if ground is None else marks[~shapely.contains(ground, marks)]
    near = shapely.union_all(shapely.buffer(outside, REACH_METRES)) if len(outside) else None
    if ground is None:
        return shapely.convex_hull(near)
    return ground if near is None else shapely.union(ground, near)


def _far_points(spots: Array) -> Array:
    """Return four points so far away that the cells of all others are finite, also of one or of points in a line."""
    middle = (spots.min(axis=0) + spots.max(axis=0)) / 2
    reach = FAR * (np.ptp(spots, axis=0).max() + 10_000.0)
    return middle + reach * np.array([[-1.0, 0.0], [1.0, 0.1], [0.0, -1.0], [0.1, 1.0]])


def _clipped(diagram: Voronoi, row: int, ground: BaseGeometry) -> BaseGeometry:
    corners = diagram.vertices[diagram.regions[diagram.point_region[row]]]
    return shapely.convex_hull(shapely.multipoints(corners)).intersection(ground)


def _borders(diagram: Voronoi, count: int, ground: BaseGeometry) -> tuple[NDArray[np.int64], Array]:
    """Return the pairs (m, 2) of cells that share a border within the ground, the lower row first, and its length."""
    ends = np.array(diagram.ridge_vertices)
    inside = (diagram.ridge_points < count).all(axis=1) & (ends >= 0).all(axis=1)
    pairs = np.sort(diagram.ridge_points[inside].astype(np.int64), axis=1)
    lines = shapely.linestrings(diagram.vertices[ends[inside]])
    lengths = shapely.length(shapely.intersection(lines, ground))
    kept = lengths > SHORTEST_BORDER
    order = np.lexsort((pairs[kept][:, 1], pairs[kept][:, 0]))
    return pairs[kept][order], lengths[kept][order]


def _bridged(spots: Array, pairs: NDArray[np.int64], lengths: Array) -> tuple[NDArray[np.int64], Array]:
    """Return the borders with a bridge of length 0 from the first part to the nearest other until all hang together."""
    while True:
        joined = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(spots),) * 2)
        number, part = connected_components(joined, directed=False)
        if number == 1:
            return pairs, lengths
        here, there = np.flatnonzero(part == 0), np.flatnonzero(part != 0)
        gaps = np.linalg.norm(spots[here][:, None] - spots[there][None], axis=2)
        one, other = np.unravel_index(int(gaps.argmin()), gaps.shape)
        bridge = sorted((int(here[one]), int(there[other])))
        pairs, lengths = np.vstack([pairs, [bridge]]), np.append(lengths, 0.0)
