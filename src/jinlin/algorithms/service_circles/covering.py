"""Where k more sites bring most households into the circle: maximal covering, with a proof or a bound.

After Church and ReVelle (1974). Reductions come first, then a greedy choice bettered by exchanges, whose value and bound often
meet; where they do not, HiGHS solves the integer program. The answer is computed in integers from the chosen sites.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from jinlin.algorithms.arrays import Numbers

MOST_BRANCHES = 500
MOST_SECONDS = 30.0
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Covering:
    """The chosen candidates, ascending, and the households that they cover; no choice covers more than `bound`."""

    chosen: Numbers
    covered: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether it is certain that no other choice covers more."""
        return self.covered == self.bound


def cover_most(
    start: Numbers, demand: Numbers, households: ArrayLike, count: int, *, seconds: float = MOST_SECONDS
) -> Covering:
    """Choose at most `count` candidates so that the demand points that they reach have most households.

    Candidate c reaches `demand[start[c]:start[c + 1]]`; leave out what existing sites cover. A candidate that adds nothing
    is not chosen. `seconds` is a safeguard for large cases: what ends in time does not depend on it.

    Raises:
        ValueError: for a negative count or negative households.
    """
    weight = np.asarray(households, np.int64)
    if count < 0 or (weight < 0).any():
        raise ValueError("How many sites to add, and the households, have to be 0 or more.")
    reached = csr_array(
        (np.ones(len(demand), np.int64), demand, start), shape=(len(start) - 1, len(weight)), dtype=np.int64
    )
    kept, groups, weights = _reduced(reached, weight)
    chosen = _exchanged(groups, weights, _greedy(groups, weights, count))
    covered, bound = _covered(groups, weights, chosen), _bound(groups, weights, chosen, count)
    if covered < bound:
        chosen, covered, bound = _by_program(groups, weights, chosen, count, bound, seconds)
    return Covering(np.sort(kept[np.array(chosen, dtype=np.int64)]), covered, bound)


def _reduced(reached: csr_array, weight: Numbers) -> tuple[Numbers, csr_array, Numbers]:
    """Return the candidates that are worth looking at, which group of demand each reaches, and the groups' weights.

    Demand reached by the same candidates is one group. A candidate whose groups another one reaches as well is left out.
    """
    by_demand = reached.T.tocsr()
    by_demand.sort_indices()
    known: dict[bytes, int] = {}
    firsts: list[int] = []
    weights: list[int] = []
    for point in np.flatnonzero((np.diff(by_demand.indptr) > 0) & (weight > 0)).tolist():
        candidates = by_demand.indices[by_demand.indptr[point] : by_demand.indptr[point + 1]]
        group = known.setdefault(candidates.tobytes(), len(known))
        if group == len(firsts):
            firsts.append(point)
            weights.append(0)
        weights[group] += int(weight[point])
    groups = by_demand[firsts].T.tocsr() if firsts else csr_array((reached.shape[0], 0), dtype=np.int64)
    kept = _not_dominated(groups)
    return kept, groups[kept], np.array(weights, dtype=np.int64)


def _not_dominated(groups: csr_array) -> Numbers:
    """Return the candidates whose groups are not all reached by another one; the first of equals stays."""
    size = np.diff(groups.indptr)
    common = (groups @ groups.T).tocoo()
    inside = (common.data == size[common.row]) & (common.row != common.col)
    smaller = (size[common.row] < size[common.col]) | (common.row > common.col)
    dominated = np.zeros(len(size), np.bool_)
    dominated[common.row[inside & smaller]] = True
    return np.flatnonzero(~dominated & (size > 0))


def _times(groups: csr_array, chosen: list[int]) -> Numbers:
    """Return how many of the chosen reach each group."""
    return (
        np.asarray(groups[chosen].sum(axis=0), dtype=np.int64).ravel()
        if chosen
        else np.zeros(groups.shape[1], np.int64)
    )


def _covered(groups: csr_array, weights: Numbers, chosen: list[int]) -> int:
    return int(weights[_times(groups, chosen) > 0].sum())


def _greedy(groups: csr_array, weights: Numbers, count: int) -> list[int]:
    """Choose one after the other, each time whoever adds most; the first of equals."""
    chosen: list[int] = []
    left = weights.copy()
    while len(chosen) < min(count, groups.shape[0]):
        gains = groups @ left
        best = int(gains.argmax())
        if gains[best] == 0:
            break
        chosen.append(best)
        left[groups[[best]].indices] = 0
    return chosen


def _exchanged(groups: csr_array, weights: Numbers, chosen: list[int]) -> list[int]:
    """Exchange one chosen candidate for another as long as that covers more."""
    chosen, improved = list(chosen), True
    while improved:
        improved = False
        for place in range(len(chosen)):
            others = chosen[:place] + chosen[place + 1 :]
            gains = groups @ np.where(_times(groups, others) == 0, weights, 0)
            best = int(gains.argmax())
            if gains[best] > gains[chosen[place]]:
                chosen[place], improved = best, True
    return chosen


def _bound(groups: csr_array, weights: Numbers, chosen: list[int], count: int) -> int:
    """No choice covers more than any first part of this one and the greatest `count` further gains (submodularity)."""
    bounds = [int(weights.sum())]
    for size in range(len(chosen) + 1):
        part = chosen[:size]
        left = np.where(_times(groups, part) == 0, weights, 0)
        gains = np.sort(groups @ left)[::-1]
        bounds.append(int(weights.sum() - left.sum() + gains[:count].sum()))
    return min(bounds)


def _by_program(
    groups: csr_array, weights: Numbers, chosen: list[int], count: int, bound: int, seconds: float
) -> tuple[list[int], int, int]:
    """Return the better of the given choice and the integer program's, its value, and the smaller bound."""
    candidates = groups.shape[0]
    solved = _solve(groups, weights, count, seconds)
    if solved.mip_dual_bound is not None and np.isfinite(solved.mip_dual_bound):
        bound = min(bound, int(np.floor(-solved.mip_dual_bound + _ROUNDING)))
    offered = np.flatnonzero(solved.x[:candidates] > 0.5).tolist() if solved.x is not None else []
    better = max(chosen, offered[:count], key=lambda choice: _covered(groups, weights, choice))
    return better, _covered(groups, weights, better), bound


def _solve(groups: csr_array, weights: Numbers, count: int, seconds: float) -> OptimizeResult:
    """Maximise Σ weight · y with y ≤ Σ x of those who reach it, Σ x ≤ count, x 0 or 1 and y up to 1."""
    candidates, demands = groups.shape
    reach = hstack([-groups.T, eye_array(demands)])
    number = csr_array(np.r_[np.ones(candidates), np.zeros(demands)][np.newaxis, :])
    limits = np.r_[np.zeros(demands), count]
    return milp(
        np.r_[np.zeros(candidates), -weights.astype(np.float64)],
        integrality=np.r_[np.ones(candidates), np.zeros(demands)],
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(vstack([reach, number], format="csr"), -np.inf, limits),
        options={"mip_rel_gap": 0, "node_limit": MOST_BRANCHES, "time_limit": seconds},
    )
