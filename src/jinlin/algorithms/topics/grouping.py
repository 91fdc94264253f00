"""Puts messages that are alike into groups: average linkage, so that nothing chains, then strays join what they fit best.

Single linkage would chain generic complaints without end, complete linkage would split an issue that is told in many
words. Average linkage lies between: two groups become one while their members are alike on the average, pairs without
likeness counted as zero. A large group in which everybody tells something else is then hard to join for a latecomer;
hence the second step, which asks only for the members that are nearest to them.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from jinlin.algorithms.topics.likeness import Pairs

LEAST_AVERAGE = 0.026
"""Average likeness at which two groups are one."""
STRAYS, HOSTS = 4, 5
"""Groups of up to so many messages may join one of at least so many."""
NEAREST, NEAREST_SHARE = 4, 0.3
"""A stray is compared with so many members of a group, or this share of it, whichever is more: the nearest ones."""

Group = list[int]


def grouped(count: int, pairs: Pairs) -> list[Group]:
    """Return `count` messages as groups, each sorted; a message that is like no other is a group of its own."""
    groups = _joined_by_average(count, pairs)
    return sorted(sorted(group) for group in _with_strays(groups, count, pairs))


def _joined_by_average(count: int, pairs: Pairs) -> list[Group]:
    linkage = _Linkage(count, pairs)
    while linkage.waiting:
        linkage.take_best()
    return [members for members in linkage.members if members]


class _Linkage:
    """Groups by the number of their first member, with the sums of likeness between neighbours.

    The heap holds every average that was ever worth joining; one that is no more true is passed over when it comes up.
    """

    def __init__(self, count: int, pairs: Pairs) -> None:
        self.members: list[Group] = [[number] for number in range(count)]
        self.sums: list[dict[int, float]] = [{} for _ in range(count)]
        triples = list(zip(*(part.tolist() for part in pairs), strict=True))
        for a, b, score in triples:
            self.sums[a][b] = self.sums[b][a] = score
        self.waiting = [(-score, a, b) for a, b, score in triples if score >= LEAST_AVERAGE]
        heapq.heapify(self.waiting)

    def take_best(self) -> None:
        """Join the two groups that are most alike, if what the heap says of them still holds."""
        average, a, b = heapq.heappop(self.waiting)
        if self.members[a] and self.members[b] and self._average(a, b) == -average:
            self._join(*((a, b) if len(self.sums[a]) >= len(self.sums[b]) else (b, a)))

    def _average(self, a: int, b: int) -> float:
        return self.sums[a].get(b, 0.0) / (len(self.members[a]) * len(self.members[b]))

    def _join(self, a: int, b: int) -> None:
        """Let group `a` take in group `b`."""
        del self.sums[a][b], self.sums[b][a]
        for other, total in self.sums[b].items():
            del self.sums[other][b]
            self.sums[a][other] = self.sums[other][a] = self.sums[a].get(other, 0.0) + total
        self.sums[b] = {}
        self.members[a] += self.members[b]
        self.members[b] = []
        for other in self.sums[a]:
            average = self._average(a, other)
            if average >= LEAST_AVERAGE:
                heapq.heappush(self.waiting, (-average, *sorted((a, other))))


def _with_strays(groups: Sequence[Group], count: int, pairs: Pairs) -> list[Group]:
    """Let small groups join the large one whose nearest members they are like."""
    hosts = [group for group in groups if len(group) >= HOSTS]
    owner = np.full(count, -1)
    for number, group in enumerate(hosts):
        owner[group] = number
    both = (np.r_[pairs.first, pairs.second], np.r_[pairs.second, pairs.first])
    scores = sparse.csr_matrix((np.r_[pairs.score, pairs.score], both), shape=(count, count))
    joined, left = [list(group) for group in hosts], []
    for group in groups:
        if len(group) >= HOSTS:
            continue
        host = _host_of(group, scores, owner, hosts) if len(group) <= STRAYS else None
        if host is None:
            left.append(group)
        else:
            joined[host] += group
    return joined + left


def _host_of(group: Group, scores: sparse.csr_matrix, owner: np.ndarray, hosts: Sequence[Group]) -> int | None:
    """Return the number of the host that a stray group is like enough, None without one."""
    total: dict[int, float] = defaultdict(float)
    for member in group:
        for host, found in _by_host(scores, member, owner).items():
            size = len(hosts[host])
            nearest = min(size, max(NEAREST, int(size * NEAREST_SHARE)))
            total[host] += sum(sorted(found, reverse=True)[:nearest]) / nearest / len(group)
    best = max(total, key=lambda host: (total[host], -host), default=None)
    return best if best is not None and total[best] >= LEAST_AVERAGE else None


def _by_host(scores: sparse.csr_matrix, member: int, owner: np.ndarray) -> dict[int, list[float]]:
    """Return how alike a message is to the members of each host."""
    span = slice(scores.indptr[member], scores.indptr[member + 1])
    found: dict[int, list[float]] = defaultdict(list)
    for host, score in zip(owner[scores.indices[span]].tolist(), scores.data[span].tolist(), strict=True):
        if host >= 0:
            found[host].append(score)
    return found
