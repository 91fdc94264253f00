"""The walking network: nodes and undirected edges in metres, and the shortest walks on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from jinlin.algorithms.arrays import Numbers, Reals
from jinlin.algorithms.compiled import compiled
from jinlin.algorithms.heaps import drop_first, push

SITES_AT_ONCE = 64


class InvalidNetwork(ValueError):
    """The nodes, edges or sites cannot be used as they are; the message says which and why."""


class Isochrones(NamedTuple):
    """What each source reaches: `node[start[s]:start[s + 1]]` by rising distance, with `metres` beside."""

    start: Numbers
    node: Numbers
    metres: Reals


@dataclass(frozen=True)
class WalkingNetwork:
    """Build one with `from_edges`; nodes are numbered from 0."""

    start: Numbers
    far: Numbers
    metres: Reals

    @classmethod
    def from_edges(cls, nodes: int, a: ArrayLike, b: ArrayLike, metres: ArrayLike) -> WalkingNetwork:
        """Return the network of `nodes` nodes; edge e joins a[e] and b[e], and the shortest of parallel edges counts.

        Raises:
            InvalidNetwork: for an edge whose ends are not there, or whose length is negative or no finite number.
        """
        ends, length = [_indexes("end of an edge", end, nodes) for end in (a, b)], np.asarray(metres, np.float64)
        if not len(ends[0]) == len(ends[1]) == len(length):
            raise InvalidNetwork("Each edge needs two ends and a length; the arrays differ in length.")
        wrong = np.flatnonzero(~(np.isfinite(length) & (length >= 0)))
        if len(wrong):
            raise InvalidNetwork(f"Edge {wrong[0]} is {length[wrong[0]]} metres long; a length is 0 or more.")
        return cls(*_grouped(nodes, np.r_[ends[0], ends[1]], np.r_[ends[1], ends[0]], np.r_[length, length]))

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.start) - 1

    @cached_property
    def _graph(self) -> csr_array:
        return csr_array((self.metres, self.far, self.start), shape=(self.nodes, self.nodes))

    def nearest(self, sites: ArrayLike, limit: float = np.inf) -> tuple[Reals, Numbers]:
        """Return for each node the metres to the nearest site (a node each), and which; inf and -1 beyond the limit."""
        found = _indexes("site", sites, self.nodes)
        if not len(found):
            return np.full(self.nodes, np.inf), np.full(self.nodes, -1)
        first = np.full(self.nodes, -1)
        first[found[::-1]] = np.arange(len(found))[::-1]
        metres, _before, source = dijkstra(
            self._graph, indices=found, min_only=True, return_predecessors=True, limit=limit
        )
        return metres, np.where(np.isfinite(metres), first[np.maximum(source, 0)], -1)

    def isochrones(self, sources: ArrayLike, limit: float) -> Isochrones:
        """Return the nodes within `limit` metres of each source (a node each), the limit itself included."""
        found = _indexes("source", sources, self.nodes)
        distance = np.full(self.nodes, np.inf)
        keys, items = np.empty(len(self.far) + 1), np.empty(len(self.far) + 1, np.int64)
        order = np.empty(self.nodes, np.int64)
        reached, lengths = [np.empty(0, np.int64)], [np.empty(0)]
        for source in found.tolist():
            count = walk_out(self.start, self.far, self.metres, source, limit, distance, order, keys, items)
            reached.append(order[:count].copy())
            lengths.append(distance[reached[-1]])
            distance[reached[-1]] = np.inf
        start = np.cumsum([len(nodes) for nodes in reached])
        return Isochrones(start, np.concatenate(reached), np.concatenate(lengths))

    def distances(self, sources: ArrayLike, targets: ArrayLike) -> Reals:
        """Return the metres from each source (rows) to each target (columns); inf where no path leads."""
        rows, columns = _indexes("source", sources, self.nodes), _indexes("target", targets, self.nodes)
        found = np.empty((len(rows), len(columns)))
        for begin in range(0, len(rows), SITES_AT_ONCE):
            some = slice(begin, begin + SITES_AT_ONCE)
            found[some] = dijkstra(self._graph, indices=rows[some])[:, columns]
        return found


def _grouped(nodes: int, tail: Numbers, head: Numbers, length: Reals) -> tuple[Numbers, Numbers, Reals]:
    """Return the edges by tail and then head, the shortest of those with the same ends, without loops."""
    order = np.lexsort((length, head, tail))
    order = order[tail[order] != head[order]]
    tail, head, length = tail[order], head[order], length[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    start = np.zeros(nodes + 1, np.int64)
    start[1:] = np.cumsum(np.bincount(tail[first], minlength=nodes))
    return start, head[first], length[first]


def _indexes(what: str, values: ArrayLike, nodes: int) -> Numbers:
    found = np.asarray(values)
    if found.ndim != 1 or (found.size and found.dtype.kind not in "iu"):
        raise InvalidNetwork(f"A {what} is the number of a node, in an array of one dimension.")
    wrong = np.flatnonzero((found < 0) | (found >= nodes))
    if len(wrong):
        raise InvalidNetwork(f"The {what} number {wrong[0]} is node {found[wrong[0]]}, but there are only {nodes}.")
    return found.astype(np.int64)


@compiled
def walk_out(
    start: Numbers,
    far: Numbers,
    metres: Reals,
    source: int,
    limit: float,
    distance: Reals,
    order: Numbers,
    keys: Reals,
    items: Numbers,
) -> int:
    """Dijkstra's search up to a limit; return how many nodes it reaches, which `order` then begins with.

    `distance` comes in as inf everywhere and holds the metres of the reached nodes afterwards.
    """
    distance[source] = 0.0
    size, count = push(keys, items, 0, 0.0, source), 0
    while size > 0:
        base, node = keys[0], items[0]
        size = drop_first(keys, items, size)
        if base > distance[node]:
            continue
        order[count] = node
        count += 1
        for place in range(start[node], start[node + 1]):
            reach = base + metres[place]
            if reach <= limit and reach < distance[far[place]]:
                distance[far[place]] = reach
                size = push(keys, items, size, reach, far[place])
    return count
