"""Makes a matching optimal from any prices: shortest augmenting paths from all who could still gain, phase by phase.

The network is that of the min-cost flow: each member may use its capacity or leave it free, which is worth 0. With
slack(edge) = benefit - price of the one end - price of the other, a matching is optimal when used edges have a slack of at
least 0, unused ones of at most 0, and only full members have a price above 0 (complementary slackness). `repair` holds the
first two throughout and brings about the third, first for one side, then for the other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jinlin.algorithms.arrays import Flags, Numbers
from jinlin.algorithms.compiled import compiled, inner
from jinlin.algorithms.heaps import drop_first, push
from jinlin.algorithms.matching.market import Side

FAR_AWAY = 2**62


class Work(NamedTuple):
    """Arrays of a search; members of the near side are numbered from 0, those of the far side after them."""

    distance: Numbers
    settled: Flags
    order: Numbers
    keys: Numbers
    items: Numbers
    cursor: Numbers
    path: Numbers
    steps: Numbers


@compiled
def prepare(near: Side, far: Side, benefit: Numbers, used: Flags) -> None:
    """Set the near side's prices from the far side's, and give up those used edges that the prices speak against.

    The price is the most that an unused edge would be worth, or 0.
    """
    near.filled[:] = 0
    far.filled[:] = 0
    for member in range(len(near.capacity)):
        span = range(near.start[member], near.start[member + 1])
        near.price[member] = 0
        for place in span:
            if not used[near.edge[place]]:
                worth = benefit[near.edge[place]] - far.price[near.far[place]]
                near.price[member] = max(near.price[member], worth)
        for place in span:
            edge, end = near.edge[place], near.far[place]
            used[edge] = used[edge] and benefit[edge] - far.price[end] >= near.price[member]
            near.filled[member] += used[edge]
            far.filled[end] += used[edge]


@compiled
def repair(near: Side, far: Side, benefit: Numbers, used: Flags) -> None:
    """Bring each member of the near side with a price above 0 to its capacity, or its price to 0."""
    nodes = len(near.capacity) + len(far.capacity)
    entries = 2 * len(benefit) + nodes
    work = Work(
        np.empty(nodes, np.int64),
        np.empty(nodes, np.bool_),
        np.empty(nodes, np.int64),
        np.empty(entries, np.int64),
        np.empty(entries, np.int64),
        np.empty(nodes, np.int64),
        np.empty(nodes + 1, np.int64),
        np.empty(nodes + 1, np.int64),
    )
    while True:
        size, reach = _begin(near, work)
        if size == 0:
            break
        reach, settled = _search(near, far, benefit, used, work, size, reach)
        _move_prices(near, far, work, reach, settled)
        _augment(near, far, benefit, used, work)


@inner
def _begin(near: Side, work: Work) -> tuple[int, int]:
    """Start a search from each member that could still gain; return how many, and the cheapest to give up."""
    work.distance[:] = FAR_AWAY
    work.settled[:] = False
    size, reach = 0, FAR_AWAY
    for member in range(len(near.capacity)):
        if near.price[member] > 0 and near.filled[member] < near.capacity[member]:
            work.distance[member] = 0
            size = push(work.keys, work.items, size, 0, member)
            reach = min(reach, near.price[member])
    return size, reach


@inner
def _search(near: Side, far: Side, benefit: Numbers, used: Flags, work: Work, size: int, reach: int) -> tuple[int, int]:
    """Dijkstra's search up to the first end of a path; return how far that is and how many were settled before it."""
    offset, settled = len(near.capacity), 0
    while size > 0 and work.keys[0] < reach:
        node = work.items[0]
        size = drop_first(work.keys, work.items, size)
        if work.settled[node]:
            continue
        work.settled[node] = True
        work.order[settled] = node
        settled += 1
        if node < offset:
            size, reach = _look_out(near, far, benefit, used, work, node, size, reach)
        else:
            size, reach = _look_back(near, far, benefit, used, work, node - offset, size, reach)
    return reach, settled


@inner
def _look_out(
    near: Side, far: Side, benefit: Numbers, used: Flags, work: Work, member: int, size: int, reach: int
) -> tuple[int, int]:
    """Follow the unused edges of a near member; a far member with a free place ends the path."""
    offset, base = len(near.capacity), work.distance[member] + near.price[member]
    for place in range(near.start[member], near.start[member + 1]):
        end, edge = near.far[place], near.edge[place]
        distance = base + far.price[end] - benefit[edge]
        if distance < min(reach, work.distance[offset + end]) and not used[edge]:
            work.distance[offset + end] = distance
            if far.filled[end] < far.capacity[end]:
                reach = distance
            else:
                size = push(work.keys, work.items, size, distance, offset + end)
    return size, reach


@inner
def _look_back(
    near: Side, far: Side, benefit: Numbers, used: Flags, work: Work, member: int, size: int, reach: int
) -> tuple[int, int]:
    """Follow the used edges of a far member; a near member may end the path by giving its place up, at its price."""
    base = work.distance[len(near.capacity) + member] - far.price[member]
    for place in range(far.start[member], far.start[member + 1]):
        edge = far.edge[place]
        if used[edge]:
            end = far.far[place]
            distance = base + benefit[edge] - near.price[end]
            if distance < min(reach, work.distance[end]):
                work.distance[end] = distance
                size = push(work.keys, work.items, size, distance, end)
                reach = min(reach, distance + near.price[end])
    return size, reach


@inner
def _move_prices(near: Side, far: Side, work: Work, reach: int, settled: int) -> None:
    """Make the edges of the shortest paths tight, and keep the signs of all other slacks."""
    offset = len(near.capacity)
    for node in work.order[:settled]:
        if node < offset:
            near.price[node] -= reach - work.distance[node]
        else:
            far.price[node - offset] += reach - work.distance[node]


@inner
def _augment(near: Side, far: Side, benefit: Numbers, used: Flags, work: Work) -> None:
    """Follow tight edges in depth from each member that could still gain, as long as paths are found."""
    offset = len(near.capacity)
    work.settled[:] = False
    for node in range(len(work.cursor)):
        work.cursor[node] = near.start[node] if node < offset else far.start[node - offset]
    for member in range(offset):
        while near.price[member] > 0 and near.filled[member] < near.capacity[member] and not work.settled[member]:
            depth = _find_path(near, far, benefit, used, work, member)
            if depth < 0:
                break
            near.filled[member] += 1
            if depth % 2:
                far.filled[work.path[depth]] += 1
            else:
                near.filled[work.path[depth]] -= 1
            _turn_over(used, work, depth, offset)


@inner
def _find_path(near: Side, far: Side, benefit: Numbers, used: Flags, work: Work, member: int) -> int:
    """Return the length of a path along tight edges to a free place or a near member at price 0, or -1."""
    offset = len(near.capacity)
    work.path[0] = member
    work.settled[member] = True
    depth = 0
    while depth >= 0:
        at = work.path[depth]
        if depth % 2:
            if far.filled[at] < far.capacity[at]:
                break
            place = _next_tight(far, at, offset, near, 0, True, benefit, used, work)
        else:
            if depth > 0 and near.price[at] == 0:
                break
            place = _next_tight(near, at, 0, far, offset, False, benefit, used, work)
        if place < 0:
            depth -= 1
            continue
        depth += 1
        side = near if depth % 2 else far
        work.steps[depth], work.path[depth] = side.edge[place], side.far[place]
        work.settled[side.far[place] + (offset if depth % 2 else 0)] = True
    return depth


@inner
def _next_tight(
    side: Side,
    at: int,
    offset: int,
    other: Side,
    other_offset: int,
    taken: bool,
    benefit: Numbers,
    used: Flags,
    work: Work,
) -> int:
    """Return where the next tight edge to somebody not yet seen stands, or -1; each is looked at once in a phase."""
    cursor = offset + at
    while work.cursor[cursor] < side.start[at + 1]:
        place = work.cursor[cursor]
        work.cursor[cursor] += 1
        edge, end = side.edge[place], side.far[place]
        tight = side.price[at] + other.price[end] == benefit[edge]
        if tight and used[edge] == taken and not work.settled[other_offset + end]:
            return place
    return -1


@inner
def _turn_over(used: Flags, work: Work, depth: int, offset: int) -> None:
    """Use the unused edges of the path and the other way round; its members may lie on further paths."""
    for step in range(depth + 1):
        work.settled[work.path[step] + (offset if step % 2 else 0)] = False
        if step > 0:
            used[work.steps[step]] = not used[work.steps[step]]
