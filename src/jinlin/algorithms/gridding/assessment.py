"""How good a division is, whoever made it: figures of the whole and of each grid, for any assignment of buildings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinlin.algorithms.gridding.board import pieces_allowed
from jinlin.algorithms.gridding.city import City, Labels
from jinlin.algorithms.gridding.division import TARGET_HOUSEHOLDS
from jinlin.algorithms.gridding.kernel import FIFTH, TENTH
from jinlin.algorithms.gridding.parts import pieces_of


class GridFigures(NamedTuple):
    """One grid. `deviation` is (households - mean of the community's grids) / mean; `compactness` is 1 for a circle
    (Polsby and Popper: 4π · area / perimeter²) and None without cells; `pieces` is 1 when the grid hangs together."""

    code: str
    community: Any
    buildings: int
    households: int
    deviation: float
    estates: int
    pieces: int
    over_major_road: bool
    compactness: float | None


@dataclass(frozen=True)
class Assessment:
    """The figures of a division; deviations and shares are fractions of one."""

    grids: int
    mean_deviation: float
    max_deviation: float
    within_10: float
    within_20: float
    torn_grids: int
    extra_estate_pieces: int
    grids_over_major_road: int
    compactness: float | None
    buildings_without_grid: int
    rows: tuple[GridFigures, ...]


def assess(city: City, codes: ArrayLike, *, target: int = TARGET_HOUSEHOLDS) -> Assessment:
    """Return the figures of an assignment: `codes` (n,) is the grid of each building of the city, "" for none.

    A grid's deviation is counted from the mean of its community (all households over the grids there); a grid over
    several communities counts in the one where most of its buildings are. An estate's extra pieces are the grids it
    lies in beyond those that it needs at 110 % of the target; the parts of an estate in several communities are
    estates of their own, and so is each building without an estate. Raises ValueError when the lengths differ.
    """
    assigned = _Assigned(city, as_codes(city, codes))
    deviation = assigned.deviation
    off = np.abs(deviation) if len(deviation) else np.zeros(1)
    compactness = assigned.compactness
    return Assessment(
        grids=len(assigned.names),
        mean_deviation=float(off.mean()),
        max_deviation=float(off.max()),
        within_10=float((off <= TENTH).mean()),
        within_20=float((off <= FIFTH).mean()),
        torn_grids=int((assigned.pieces > 1).sum()),
        extra_estate_pieces=assigned.extra_estate_pieces(target),
        grids_over_major_road=int(assigned.over_major_road.sum()),
        compactness=float(compactness.mean()) if compactness is not None and len(compactness) else None,
        buildings_without_grid=int((assigned.grid < 0).sum()),
        rows=assigned.rows(),
    )


def as_codes(city: City, codes: ArrayLike) -> Labels:
    """Return the codes as an array of texts; raises ValueError unless there is one for each building."""
    given = np.asarray(codes).astype(str)
    if given.shape != city.building.shape:
        raise ValueError(f"A plan needs one code for each of the {len(city.building)} buildings; {given.shape} given.")
    return given


class _Assigned:
    """A city with an assignment; grids are numbered in order of their codes, -1 stands for none."""

    def __init__(self, city: City, codes: Labels) -> None:
        names, position = np.unique(codes, return_inverse=True)
        nameless = int(len(names) > 0 and names[0] == "")
        self.city = city
        self.names = names[nameless:]
        self.grid = position - nameless
        self._has = self.grid >= 0

    @cached_property
    def households(self) -> NDArray[np.int64]:
        return self._sum(self.city.households).astype(np.int64)

    @cached_property
    def home(self) -> NDArray[np.int64]:
        """For each grid the position of the community that most of its buildings are in, the first of equals."""
        pairs, count = self._pairs(self.city.communities[1])
        best = np.lexsort((pairs[:, 1], -count, pairs[:, 0]))
        first = np.unique(pairs[best, 0], return_index=True)[1]
        return pairs[best[first], 1]

    @cached_property
    def deviation(self) -> NDArray[np.float64]:
        names, position = self.city.communities
        everybody = np.bincount(position, weights=self.city.households)
        mean = (everybody / np.maximum(np.bincount(self.home, minlength=len(names)), 1))[self.home]
        difference = self.households - mean
        return np.divide(difference, mean, out=np.zeros(len(mean)), where=mean > 0)

    @cached_property
    def pieces(self) -> NDArray[np.int64]:
        pairs, _count = self._pairs(pieces_of(self.city, self.grid))
        return np.bincount(pairs[:, 0], minlength=len(self.names))

    @cached_property
    def over_major_road(self) -> NDArray[np.bool_]:
        crossed = self._inner & self.city.crosses_major_road
        return np.bincount(self.grid[self.city.a[crossed]], minlength=len(self.names)) > 0

    @cached_property
    def compactness(self) -> NDArray[np.float64] | None:
        city = self.city
        if city.area is None or city.perimeter is None:
            return None
        lengths = city.shared_length[self._inner]
        shared = np.bincount(self.grid[city.a[self._inner]], weights=lengths, minlength=len(self.names))
        perimeter = self._sum(city.perimeter) - 2 * shared
        ratio = 4 * np.pi * self._sum(city.area) / np.maximum(perimeter, 1e-9) ** 2
        return np.minimum(ratio, 1.0)

    def extra_estate_pieces(self, target: int) -> int:
        estate = self.city.estates
        pairs, _count = self._pairs(estate)
        pieces = np.bincount(pairs[:, 1], minlength=int(estate.max()) + 1)
        allowed = pieces_allowed(np.bincount(estate, weights=self.city.households), target)
        return int(np.maximum(pieces - allowed, 0).sum())

    def rows(self) -> tuple[GridFigures, ...]:
        community = self.city.communities[0][self.home].tolist()
        estates = np.bincount(self._pairs(self.city.estates)[0][:, 0], minlength=len(self.names))
        shapes = [None] * len(self.names) if self.compactness is None else self.compactness.tolist()
        buildings = self._sum(np.ones(len(self.grid))).astype(int)
        counts = (buildings, self.households, self.deviation, estates, self.pieces, self.over_major_road)
        figures = (self.names.tolist(), community, *(column.tolist() for column in counts), shapes)
        return tuple(map(GridFigures._make, zip(*figures, strict=True)))

    @cached_property
    def _inner(self) -> NDArray[np.bool_]:
        """Which borders lie inside a grid."""
        sides = self.grid[self.city.a], self.grid[self.city.b]
        return (sides[0] == sides[1]) & (sides[0] >= 0)

    def _sum(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return the sum of the buildings' values for each grid."""
        return np.bincount(self.grid[self._has], weights=values[self._has], minlength=len(self.names))

    def _pairs(self, group: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the pairs (p, 2) of grid and group that have buildings, and how many."""
        pairs = np.column_stack([self.grid, group])[self._has]
        return np.unique(pairs, axis=0, return_counts=True)
