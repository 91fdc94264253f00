"""Finds groups of points on a plane: the same points give the same groups, whatever their order, and none is tiny.

Points are first gathered into cells of a grid, the base clusters, whose number is bounded; means and silhouettes are
then computed on a few hundred weighted cells instead of all points. Centres are added one at a time, each where it
helps most (global k-means; Likas, Vlassis and Verbeek 2003), so nothing is drawn by chance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jinlin.algorithms.arrays import Numbers, Reals

MOST_GROUPS = 5
LEAST_MEMBERS = 3
CELLS_A_SPREAD = 8
MOST_CELLS = 1_200
MOST_ROUNDS = 200
_ROWS = 2**31
CLEARLY_BETTER = 0.07
"""How much a division into more groups must raise the silhouette: clouds without any groups gain up to 0.06."""


class Grouping(NamedTuple):
    """For each point the number of its group, by falling size; the groups' centres (groups, 2); the silhouette."""

    group: Numbers
    centres: Reals
    silhouette: float


class _Cells(NamedTuple):
    middle: Reals
    weight: Reals
    squares: Reals
    distances: Reals


def find_groups(points: Reals, held: Numbers | None = None, *, least: int = LEAST_MEMBERS) -> Grouping:
    """Return two to five groups of at least `least` points (points, 2), or one group where there are none.

    More groups must be clearly better than fewer. With `held`, the group to which each point belonged before (-1 for
    none), another division must be clearly better than the one that goes on from there.
    """
    if len(points) < 2 * least:
        return _one_group(points)
    cells, cell = _gathered(points)
    divisions = _divisions(cells, least)
    if held is not None:
        divisions = _continued(cells, points, held, least) + divisions
    best: tuple[float, Numbers, Reals] | None = None
    for number, centres in divisions:
        silhouette = _silhouette(cells, number, len(centres))
        if best is None or silhouette > best[0] + CLEARLY_BETTER:
            best = silhouette, number, centres
    return _one_group(points) if best is None else _by_size(best[1][cell], best[2], best[0])


def nearest(points: Reals, centres: Reals) -> Numbers:
    """Return for each point (points, 2) the number of the nearest centre, the first of several."""
    return _squares(points, centres).argmin(axis=1)


def _one_group(points: Reals) -> Grouping:
    centre = points.mean(axis=0, keepdims=True) if len(points) else np.zeros((1, 2))
    return Grouping(np.zeros(len(points), np.int64), centre, 0.0)


def _gathered(points: Reals) -> tuple[_Cells, Numbers]:
    """Return the cells that hold points, and the cell of each point."""
    width = 2.0 ** np.round(np.log2(max(np.sqrt((points**2).sum(axis=1).mean()), 1e-9) / CELLS_A_SPREAD))
    while True:
        column, row = np.floor(points / width).astype(np.int64).T
        keys, cell = np.unique(column * _ROWS + row, return_inverse=True)
        if len(keys) <= MOST_CELLS:
            break
        width *= 2
    weight = np.bincount(cell).astype(np.float64)
    middle = np.stack([np.bincount(cell, points[:, axis]) / weight for axis in (0, 1)], axis=1)
    squares = _squares(middle, middle)
    return _Cells(middle, weight, squares, np.sqrt(squares)), cell


def _squares(points: Reals, centres: Reals) -> Reals:
    return ((points[:, None] - centres[None]) ** 2).sum(axis=2)


def _divisions(cells: _Cells, least: int) -> list[tuple[Numbers, Reals]]:
    """Return divisions of the cells into two groups and more, each as the group of every cell and the centres."""
    centres = np.average(cells.middle, axis=0, weights=cells.weight)[None]
    found: dict[int, tuple[Numbers, Reals]] = {}
    for _more in range(1, min(MOST_GROUPS, len(cells.weight))):
        near = _squares(cells.middle, centres).min(axis=1)
        gain = cells.weight @ np.maximum(near[:, None] - cells.squares, 0)
        number, centres = _settled(cells, np.vstack([centres, cells.middle[gain.argmax()]]))
        division = _without_tiny(cells, number, centres, least)
        if len(division[1]) > 1:
            found.setdefault(len(division[1]), division)
    return [found[size] for size in sorted(found)]


def _continued(cells: _Cells, points: Reals, held: Numbers, least: int) -> list[tuple[Numbers, Reals]]:
    """Return the division, if it is one, that goes on from the groups as they were."""
    of = np.unique(held[held >= 0])
    if len(of) < 2:
        return []
    centres = np.stack([points[held == group].mean(axis=0) for group in of])
    division = _without_tiny(cells, *_settled(cells, centres), least)
    return [division] if len(division[1]) > 1 else []


def _settled(cells: _Cells, centres: Reals) -> tuple[Numbers, Reals]:
    """Move each centre to the mean of the cells nearest to it until nothing changes."""
    number = nearest(cells.middle, centres)
    for _round in range(MOST_ROUNDS):
        weight = np.bincount(number, cells.weight, len(centres))
        summed = [np.bincount(number, cells.weight * cells.middle[:, axis], len(centres)) for axis in (0, 1)]
        centres = np.where(weight[:, None] > 0, np.stack(summed, axis=1) / np.maximum(weight, 1)[:, None], centres)
        again = nearest(cells.middle, centres)
        if np.array_equal(again, number):
            break
        number = again
    return number, centres


def _without_tiny(cells: _Cells, number: Numbers, centres: Reals, least: int) -> tuple[Numbers, Reals]:
    """Give the members of tiny groups to the others, the smallest first."""
    while len(centres) > 1:
        weight = np.bincount(number, cells.weight, len(centres))
        if weight.min() >= least:
            break
        number, centres = _settled(cells, np.delete(centres, weight.argmin(), axis=0))
    return number, centres


def _silhouette(cells: _Cells, number: Numbers, groups: int) -> float:
    """Return the mean silhouette (Rousseeuw 1987) of the points, each taken to lie in the middle of its cell."""
    member = np.zeros((len(number), groups))
    member[np.arange(len(number)), number] = cells.weight
    summed, size = cells.distances @ member, member.sum(axis=0)
    rows = np.arange(len(number))
    own = summed[rows, number] / np.maximum(size[number] - 1, 1)
    others = summed / size
    others[rows, number] = np.inf
    other = others.min(axis=1)
    value = (other - own) / np.maximum(np.maximum(other, own), 1e-12)
    return float(np.average(value, weights=cells.weight))


def _by_size(group: Numbers, centres: Reals, silhouette: float) -> Grouping:
    """Number the groups by falling size, and equal ones from left to right."""
    size = np.bincount(group, minlength=len(centres))
    order = np.lexsort((centres[:, 1], centres[:, 0], -size))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return Grouping(rank[group], centres[order], silhouette)
