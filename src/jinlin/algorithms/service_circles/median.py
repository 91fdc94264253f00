"""Where k more sites shorten the walks most: the p-median by exchanges, with a Lagrangian bound.

All is integer arithmetic, so the bound holds exactly: with `base` what a point's walk costs today, and for any whole
multipliers u of at most `base`,

    Σ points: u + the k smallest among the candidates of (Σ points: min(0, cost - u))

is at most the cost of every choice (Cornuéjols, Fisher and Nemhauser 1977).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from jinlin.algorithms.arrays import Flags, Numbers
from jinlin.algorithms.compiled import compiled

STEPS = 800
PATIENCE = 25
NO_PATH = 2**36
"""What a household without any path counts, in millimetres: more than any walk."""


@dataclass(frozen=True)
class Median:
    """The chosen candidates, ascending, and the sum of households times millimetres; no choice has one below `bound`."""

    chosen: Numbers
    cost: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether it is certain that no other choice has shorter walks."""
        return self.cost == self.bound

    @property
    def gap(self) -> float:
        """The share by which the cost may be above the optimum."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


def shorten_walks(
    metres: ArrayLike, households: ArrayLike, count: int, *, existing: ArrayLike | None = None, steps: int = STEPS
) -> Median:
    """Choose at most `count` candidates so that households walk least in sum to the nearest site.

    `metres` has candidates as rows and demand points as columns, inf where no path leads; `existing` holds the metres of
    each point to the nearest site that is there already.

    Raises:
        ValueError: for a negative count, no candidate and no existing site, or sums that would overflow.
    """
    weight = np.asarray(households, np.int64)
    cost = _weighted(np.asarray(metres, np.float64), weight)
    base = _weighted(np.full(len(weight), np.inf) if existing is None else np.asarray(existing, np.float64), weight)
    if count < 0 or (weight < 0).any():
        raise ValueError("How many sites to add, and the households, have to be 0 or more.")
    cost = np.minimum(cost, base)
    count = min(count, len(cost))
    chosen = _exchanged(cost, base, _greedy(cost, base, count))
    if not 0 < count < len(cost):
        total = _total(cost, base, chosen)
        return Median(np.sort(chosen), total, total)
    return _with_bound(cost, base, chosen, steps)


def _weighted(metres: np.ndarray, weight: Numbers) -> Numbers:
    """Return households times whole millimetres."""
    length = np.where(np.isfinite(metres), np.rint(metres * 1_000), NO_PATH)
    if len(weight) and int(weight.sum()) * 2 * int(length.max(initial=0)) >= 2**62:
        raise ValueError(
            "There are so many households that the sum of their walks would overflow; count them in groups."
        )
    return length.astype(np.int64) * weight


def _total(cost: Numbers, base: Numbers, chosen: Numbers) -> int:
    return int(np.minimum(base, cost[chosen].min(axis=0)).sum() if len(chosen) else base.sum())


def _greedy(cost: Numbers, base: Numbers, count: int) -> Numbers:
    """Choose one after the other, each time whoever shortens most; the first of equals."""
    chosen, now = np.empty(count, np.int64), base.copy()
    for place in range(count):
        chosen[place] = np.minimum(cost, now).sum(axis=1).argmin()
        now = np.minimum(now, cost[chosen[place]])
    return chosen


def _exchanged(cost: Numbers, base: Numbers, chosen: Numbers) -> Numbers:
    """Exchange one chosen candidate for another, each time the pair that shortens most, until none does."""
    chosen = chosen.copy()
    while len(chosen):
        gain, place, candidate = best_exchange(cost, base, chosen)
        if gain <= 0:
            break
        chosen[place] = candidate
    return chosen


def _with_bound(cost: Numbers, base: Numbers, chosen: Numbers, steps: int) -> Median:
    """Raise the bound by subgradients, and try the choices that come up on the way as starts of exchanges."""
    order = np.argsort(cost, axis=0, kind="stable").T.copy()
    ranked = np.take_along_axis(cost.T, order, axis=1)
    total = _total(cost, base, chosen)
    multiplier = np.minimum(base, cost[chosen].min(axis=0))
    best, pace, since, tried = 0, 2.0, 0, {chosen.tobytes()}
    for _step in range(steps):
        bound, wanted, slope = _relaxed(order, ranked, multiplier, len(chosen))
        since += 1
        if bound > best:
            best, since = bound, 0
            chosen, total = _tried(cost, base, wanted, chosen, total, tried)
        if since >= PATIENCE:
            pace, since = pace / 2, 0
        length = int((slope * slope).sum())
        if best >= total or length == 0 or pace < 1e-3:
            break
        move = pace * (1.01 * total - bound) / length
        multiplier = np.clip(multiplier + np.rint(move * slope).astype(np.int64), 0, base)
    return Median(np.sort(chosen), total, min(best, total))


def _relaxed(order: Numbers, ranked: Numbers, multiplier: Numbers, count: int) -> tuple[int, Numbers, Numbers]:
    """Return the Lagrangian bound at the multipliers, the candidates that it takes, and in which direction it rises."""
    worth = worths(order, ranked, multiplier)
    taken = np.argsort(worth, kind="stable")[:count]
    is_taken = np.zeros(len(worth), np.bool_)
    is_taken[taken] = True
    return int(multiplier.sum() + worth[taken].sum()), taken, slopes(order, ranked, multiplier, is_taken)


def _tried(
    cost: Numbers, base: Numbers, wanted: Numbers, chosen: Numbers, total: int, tried: set[bytes]
) -> tuple[Numbers, int]:
    """Return the better of the best choice so far and the wanted one after exchanges; each is tried once."""
    key = np.sort(wanted).tobytes()
    if key in tried or _total(cost, base, wanted) > 1.02 * total:
        return chosen, total
    tried.add(key)
    candidate = _exchanged(cost, base, wanted)
    found = _total(cost, base, candidate)
    return (candidate, found) if found < total else (chosen, total)


@compiled
def best_exchange(cost: Numbers, base: Numbers, chosen: Numbers) -> tuple[int, int, int]:
    """Return by how much the best exchange shortens, which place of `chosen` it frees, and who comes (Whitaker 1983)."""
    first, second, owner = nearest_two(cost, base, chosen)
    best, place, comes = 0, -1, -1
    loss = np.zeros(len(chosen) + 1, np.int64)
    for candidate in range(len(cost)):
        loss[:] = 0
        gain = 0
        for point in range(len(base)):
            there = cost[candidate, point]
            if there < first[point]:
                gain += first[point] - there
            else:
                loss[owner[point]] += min(there, second[point]) - first[point]
        for leaves in range(len(chosen)):
            if gain - loss[leaves] > best:
                best, place, comes = gain - loss[leaves], leaves, candidate
    return best, place, comes


@compiled
def nearest_two(cost: Numbers, base: Numbers, chosen: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return for each point its lowest and second lowest cost, and whose the lowest is; `len(chosen)` is what exists."""
    first, second = base.copy(), base.copy()
    owner = np.full(len(base), len(chosen), np.int64)
    for place in range(len(chosen)):
        for point in range(len(base)):
            there = cost[chosen[place], point]
            if there < first[point]:
                first[point], second[point], owner[point] = there, first[point], place
            elif there < second[point]:
                second[point] = there
    return first, second, owner


@compiled
def worths(order: Numbers, ranked: Numbers, multiplier: Numbers) -> Numbers:
    """Return for each candidate what it would bring at the multipliers, 0 or less.

    `ranked` holds each point's costs (rows) ascending, `order` whose they are.
    """
    worth = np.zeros(order.shape[1], np.int64)
    for point in range(len(multiplier)):
        for rank in range(order.shape[1]):
            if ranked[point, rank] >= multiplier[point]:
                break
            worth[order[point, rank]] += ranked[point, rank] - multiplier[point]
    return worth


@compiled
def slopes(order: Numbers, ranked: Numbers, multiplier: Numbers, is_taken: Flags) -> Numbers:
    """Return for each point 1 less the number of taken candidates that serve it below its multiplier."""
    slope = np.ones(len(multiplier), np.int64)
    for point in range(len(multiplier)):
        for rank in range(order.shape[1]):
            if ranked[point, rank] >= multiplier[point]:
                break
            slope[point] -= is_taken[order[point, rank]]
    return slope
