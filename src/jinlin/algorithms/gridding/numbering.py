"""Numbers grids as one reads a page: in rows from north to south, within a row from west to east."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def in_reading_order(grid: NDArray[np.int32], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the grid of each building, numbered anew from 0; x runs east and y north.

    There are as many rows as make the spots of the grids about square.
    """
    size = np.bincount(grid)
    east, north = np.bincount(grid, weights=x) / size, np.bincount(grid, weights=y) / size
    width, height = np.ptp(x), np.ptp(y)
    rows = max(1.0, np.rint(np.sqrt(len(size) * height / width))) if width > 0 else float(len(size))
    row = np.floor((y.max() - north) / height * min(rows, len(size))) if height > 0 else np.zeros(len(size))
    first = np.full(len(size), len(grid))
    np.minimum.at(first, grid, np.arange(len(grid)))
    number = np.empty(len(size), np.int64)
    number[np.lexsort((first, east, row))] = np.arange(len(size))
    return number[grid]
