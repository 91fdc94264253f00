"""How alike two messages are: the likeness of what happens times a factor for where; most pairs have none at all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from jinlin.algorithms.topics.places import apart
from jinlin.algorithms.topics.profiles import Profiles

LEAST_EVENT = 0.03
LEAST_SCORE = 0.008
"""Likeness below which a pair is passed over."""
ELSEWHERE = 0.15
"""What is left of the likeness, before squaring, when two messages name altogether different places."""
UNNAMED = 0.15
"""The factor where one of two messages names no place: as if they had a quarter of their names in common."""
OTHER_DISTRICT = 0.4
"""What is left when two messages speak of different districts; people err in these, so it is not nothing."""
ROWS_AT_ONCE = 2_000


class Pairs(NamedTuple):
    """Pairs of messages, `first` before `second`, and how alike they are (above 0 to 1)."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    score: NDArray[np.float64]


def alike(profiles: Profiles) -> Pairs:
    """Return all pairs of messages that have anything to do with each other.

    score = event likeness × (0.15 + 0.85 × name likeness)², both cosines; 0.15 for the factor where names are missing.
    """
    blocks = [_block(profiles, start) for start in range(0, profiles.events.shape[0], ROWS_AT_ONCE)]
    return Pairs(*(np.concatenate(parts) for parts in zip(*blocks, strict=True)))


def _block(profiles: Profiles, start: int) -> Pairs:
    """Return the pairs whose first message is among the next rows."""
    rows = profiles.events[start : start + ROWS_AT_ONCE]
    found = (rows @ profiles.events.T).tocoo()
    first, second = found.row.astype(np.int64) + start, found.col.astype(np.int64)
    kept = (second > first) & (found.data >= LEAST_EVENT)
    first, second, event = first[kept], second[kept], found.data[kept].astype(np.float64)
    score = event * _of_place(profiles.names, first, second)
    likely = np.flatnonzero(score >= LEAST_SCORE)
    first, second, score = first[likely], second[likely], score[likely]
    where = profiles.districts
    other = [apart(where[a], where[b]) for a, b in zip(first.tolist(), second.tolist(), strict=True)]
    score[np.array(other, dtype=bool)] *= OTHER_DISTRICT
    kept = score >= LEAST_SCORE
    return Pairs(first[kept], second[kept], score[kept])


def _of_place(names: sparse.csr_matrix, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
    common = np.asarray(names[first].multiply(names[second]).sum(axis=1)).ravel()
    unnamed = np.diff(names.indptr) == 0
    return np.where(unnamed[first] | unnamed[second], UNNAMED, (ELSEWHERE + (1 - ELSEWHERE) * common) ** 2)
