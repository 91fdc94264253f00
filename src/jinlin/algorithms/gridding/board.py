"""What the search works on: one community as arrays of records, with the sums of its grids."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinlin.algorithms.gridding.city import City
from jinlin.algorithms.gridding.parts import Part
from jinlin.algorithms.gridding.policies import Weights

BUILDING = np.dtype(
    [
        ("households", np.float64),
        ("area", np.float64),
        ("perimeter", np.float64),
        ("seen", np.uint64),
        ("estate", np.int32),
        ("grid", np.int32),
        ("first", np.int32),
        ("end", np.int32),
        ("queue", np.int32),
    ],
    align=True,
)
BORDER = np.dtype(
    [("length", np.float64), ("source", np.int32), ("other", np.int32), ("major", np.int32)],
    align=True,
)
GRID = np.dtype(
    [
        ("households", np.float64),
        ("area", np.float64),
        ("perimeter", np.float64),
        ("cost", np.float64),
        ("major", np.int32),
        ("size", np.int32),
    ],
    align=True,
)
ESTATE = np.dtype([("allowed", np.int32), ("pieces", np.int32)], align=True)


class Board(NamedTuple):
    """One community: n buildings, m borders (each from either side, in order of `source`), k grids, e estates.

    The borders of a building are at `first` to `end`; `seen` and `queue` are scribbled on. A grid has its buildings'
    sums, its outer perimeter, how many borders inside cross a major road, and its cost. `presence` (e, k) counts an
    estate's buildings in a grid, `pieces` an estate's grids. `dice` (1,) is the state of the random numbers.
    """

    buildings: NDArray[Any]
    borders: NDArray[Any]
    grids: NDArray[Any]
    estates: NDArray[Any]
    presence: NDArray[np.int32]
    dice: NDArray[np.uint64]
    target: float
    weights: Weights


class Move(NamedTuple):
    """One building from one grid to another: by how much the whole cost rises; of either side the cost before and after,
    the length of the building's borders there, and how many of them cross a major road."""

    building: int
    old: int
    new: int
    rise: float
    old_before: float
    new_before: float
    old_after: float
    new_after: float
    old_length: float
    new_length: float
    old_major: int
    new_major: int


def lay_out(city: City, part: Part, number: int, target: int, weights: Weights, dice: NDArray[np.uint64]) -> Board:
    """Return the board of one community, to be divided into `number` grids, all buildings in the first of them."""
    buildings, borders = np.zeros(len(part.rows), BUILDING), np.zeros(len(part.border), BORDER)
    borders["source"], borders["other"] = part.source, part.other
    borders["length"], borders["major"] = city.shared_length[part.border], city.crosses_major_road[part.border]
    buildings["households"] = city.households[part.rows]
    buildings["estate"] = np.unique(city.estates[part.rows], return_inverse=True)[1]
    buildings["first"], buildings["end"] = part.first[:-1], part.first[1:]
    buildings["area"], buildings["perimeter"] = _cells(city, part, borders["length"])
    households = np.bincount(buildings["estate"], weights=buildings["households"])
    estates = np.zeros(len(households), ESTATE)
    estates["allowed"] = pieces_allowed(households, target)
    presence = np.zeros((len(estates), number), np.int32)
    mean = float(households.sum() / number) or 1.0
    return Board(buildings, borders, np.zeros(number, GRID), estates, presence, dice, mean, weights)


def _cells(city: City, part: Part, length: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return areas and perimeters of the part's cells.

    Unknown ones are taken as squares, whose sides are the building's borders; where these are less than the community's
    mean, the building is taken to stand at the rim, and to have the mean perimeter.
    """
    if city.area is not None and city.perimeter is not None:
        return city.area[part.rows], city.perimeter[part.rows]
    borders = np.bincount(part.source, weights=length, minlength=len(part.rows))
    perimeter = np.maximum(borders, borders.mean() or 1.0)
    return (perimeter / 4) ** 2, perimeter


def pieces_allowed(households: NDArray[Any], target: int) -> NDArray[np.int64]:
    """Return into how many pieces estates must fall at least, if no grid is more than a tenth above the target."""
    pieces: NDArray[np.int64] = np.maximum(1, np.ceil(households * 10 / (target * 11) - 1e-9)).astype(np.int64)
    return pieces
