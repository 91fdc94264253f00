"""The first division: a spanning tree that keeps estates together, cut until there are as many grids as wanted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jinlin.algorithms.compiled import compiled, inner
from jinlin.algorithms.gridding.board import Board


@compiled
def first_division(board: Board) -> None:
    """Give each building a grid, so that every grid has buildings and hangs together.

    The buildings must hang together, and be no fewer than the grids. The grid with the most households is cut next, at
    the branch that leaves both sides nearest to a whole number of targets.
    """
    order, parent = _tree(board)
    buildings, grids = board.buildings, len(board.grids)
    households, size = np.zeros(grids), np.zeros(grids, np.int64)
    for building in buildings:
        building.grid = 0
        households[0] += building.households
    size[0] = len(buildings)
    for new in range(1, grids):
        old = _largest(households[:new], size[:new])
        branch = _best_branch(board, order, parent, old, households[old])
        for place in order:
            above = parent[place]
            below = above >= 0 and buildings[place].grid == old and buildings[above].grid == new
            if place == branch or below:
                buildings[place].grid = new
                households[new] += buildings[place].households
                size[new] += 1
        households[old] -= households[new]
        size[old] -= size[new]


@inner
def _largest(households: NDArray[np.float64], size: NDArray[np.int64]) -> int:
    """Return the grid with the most households among those of two buildings or more."""
    best = -1
    for grid in range(len(size)):
        if size[grid] > 1 and (best < 0 or households[grid] > households[best]):
            best = grid
    return best


@inner
def _best_branch(board: Board, order: NDArray[np.int32], parent: NDArray[np.int32], old: int, households: float) -> int:
    """Return the building at the foot of the branch that is best cut off from the grid `old`."""
    buildings, held = board.buildings, np.zeros(len(order))
    best, least = -1, np.inf
    for building in order[:0:-1]:
        above = parent[building]
        held[building] += buildings[building].households
        if buildings[building].grid == old and buildings[above].grid == old:
            held[above] += held[building]
            off = _off(held[building] / board.target) + _off((households - held[building]) / board.target)
            if off < least:
                best, least = building, off
    return best


@inner
def _off(targets: float) -> float:
    """Return how far a number of targets is from a whole number of them, one at least."""
    return abs(targets - max(1.0, np.round(targets)))


@inner
def _tree(board: Board) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the buildings in an order in which each follows its parent, and the parents, -1 for the root.

    The tree (Jarník and Prim) crosses major roads and the bounds of estates as seldom as it can, and else takes the
    longest borders.
    """
    buildings = board.buildings
    order, parent = np.empty(len(buildings), np.int32), np.full(len(buildings), -1, np.int32)
    distance, inside = np.full(len(buildings), np.inf), np.zeros(len(buildings), np.bool_)
    for place in range(len(buildings)):
        nearest = _nearest(distance, inside)
        order[place], inside[nearest] = nearest, True
        for way in range(buildings[nearest].first, buildings[nearest].end):
            border = board.borders[way]
            leaves = buildings[border.other].estate != buildings[nearest].estate
            step = 4.0 * border.major + 2.0 * leaves + 1 / (1 + border.length)
            if not inside[border.other] and step < distance[border.other]:
                distance[border.other], parent[border.other] = step, nearest
    return order, parent


@inner
def _nearest(distance: NDArray[np.float64], inside: NDArray[np.bool_]) -> int:
    """Return the building outside the tree that is nearest to it, the first of equals."""
    best = -1
    for building in range(len(distance)):
        if not inside[building] and (best < 0 or distance[building] < distance[best]):
            best = building
    return best
