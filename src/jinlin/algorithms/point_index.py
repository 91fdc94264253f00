"""Points in memory, the newest first, of which those in a rectangle are found without a database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Box:
    """A rectangle in degrees, WGS 84; its edges belong to it."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class IndexedPoint:
    """A point in degrees (WGS 84), when what it marks happened, and what is given out for it."""

    id: int
    at: datetime
    longitude: float
    latitude: float
    contents: bytes


@dataclass(frozen=True)
class PointIndex:
    """Points as columns of the same length n, in the order of (time, id), the newest first; never changed, only replaced."""

    ids: NDArray[np.int64]
    times: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    latitudes: NDArray[np.float64]
    contents: NDArray[np.object_]

    @classmethod
    def of(cls, points: Sequence[IndexedPoint]) -> PointIndex:
        """Return the index of `points`, in any order, their ids all different; O(n log n)."""
        return cls._sorted(_columns_of(points))

    def within(self, box: Box | None, most: int) -> list[bytes]:
        """Return the contents of the newest `most` points in `box`, or of all places without one."""
        if box is None:
            return self.contents[:most].tolist()
        inside = (self.longitudes >= box.west) & (self.longitudes <= box.east)
        inside &= (self.latitudes >= box.south) & (self.latitudes <= box.north)
        return self.contents[np.flatnonzero(inside)[:most]].tolist()

    def changed(self, gone: Collection[int], added: Sequence[IndexedPoint]) -> PointIndex:
        """Return an index without the points of the ids `gone` and with those `added`; O(n log n)."""
        kept = ~np.isin(self.ids, list(gone))
        old = [getattr(self, column.name)[kept] for column in fields(self)]
        return self._sorted([np.concatenate(pair) for pair in zip(old, _columns_of(added), strict=True)])

    @classmethod
    def _sorted(cls, columns: Sequence[NDArray]) -> PointIndex:
        order = np.lexsort((columns[0], columns[1]))[::-1]
        return cls(*(column[order] for column in columns))


def _columns_of(points: Sequence[IndexedPoint]) -> list[NDArray]:
    contents = np.empty(len(points), np.object_)
    contents[:] = [point.contents for point in points]
    return [
        np.array([point.id for point in points], np.int64),
        np.array([point.at.timestamp() for point in points], np.float64),
        np.array([point.longitude for point in points], np.float64),
        np.array([point.latitude for point in points], np.float64),
        contents,
    ]
