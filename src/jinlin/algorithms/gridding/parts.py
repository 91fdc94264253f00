"""The communities of a city one by one, and what hangs together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from jinlin.algorithms.gridding.city import City
from jinlin.algorithms.gridding.faults import DisconnectedCommunity


@dataclass(frozen=True, eq=False)
class Part:
    """One community of a city: which rows its buildings stand in, in order of their names, and their borders.

    Borders stand once from either side, sorted; `source` and `other` count the part's own buildings.
    """

    community: Any
    rows: NDArray[np.int64]
    first: NDArray[np.int64]
    source: NDArray[np.int32]
    other: NDArray[np.int32]
    border: NDArray[np.int64]


def parts(city: City) -> Iterator[Part]:
    """Yield the communities of the city in the order of their names."""
    names, position = city.communities
    rank = np.unique(city.building, return_inverse=True)[1]
    rows = np.lexsort((rank, position))
    place = np.empty(len(rows), np.int64)
    place[rows] = np.arange(len(rows))
    inner = np.flatnonzero(position[city.a] == position[city.b])
    source = place[np.concatenate([city.a[inner], city.b[inner]])]
    other = place[np.concatenate([city.b[inner], city.a[inner]])]
    sorting = np.lexsort((other, source))
    source, other, border = source[sorting], other[sorting], np.concatenate([inner, inner])[sorting]
    first = np.searchsorted(source, np.arange(len(rows) + 1))
    ends = np.searchsorted(position[rows], np.arange(len(names) + 1))
    for name, start, end in zip(names.tolist(), ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        span = slice(first[start], first[end])
        yield Part(
            name,
            rows[start:end],
            first[start : end + 1] - first[start],
            (source[span] - start).astype(np.int32),
            (other[span] - start).astype(np.int32),
            border[span],
        )


def pieces_of(city: City, group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each building the number of its piece: buildings of one group that reach each other inside it."""
    inner = group[city.a] == group[city.b]
    size = (len(group), len(group))
    graph = coo_matrix((np.ones(int(inner.sum()), np.int8), (city.a[inner], city.b[inner])), shape=size)
    piece: NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return piece


def rows_by_piece(piece: NDArray[np.int64], rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the given rows by piece, the largest piece first, of equal ones that with the first row."""
    pieces = [rows[piece[rows] == each] for each in np.unique(piece[rows])]
    return sorted(pieces, key=lambda each: (-len(each), each[0]))


def check_connected(city: City) -> None:
    """Raises: DisconnectedCommunity, for the first community whose buildings do not hang together."""
    names, position = city.communities
    piece = pieces_of(city, position)
    pieces = np.bincount(position[np.unique(piece, return_index=True)[1]])
    if (pieces > 1).any():
        torn = int((pieces > 1).argmax())
        groups = rows_by_piece(piece, np.flatnonzero(position == torn))
        raise DisconnectedCommunity(names[torn], [city.building[rows].tolist() for rows in groups], int(groups[1][0]))
