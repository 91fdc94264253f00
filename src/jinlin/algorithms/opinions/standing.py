"""What sets each group apart from the others and what all share, from counts alone and with caution where votes are few.

A share is judged by the end of its one-sided 95 % score interval (Wilson 1927) that speaks against the statement: one that
few have voted on has a wide interval and cannot lead. Differences of shares use Newcombe's interval (1998, method 10).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jinlin.algorithms.arrays import Flags, Numbers, Reals
from jinlin.algorithms.opinions.votes import AGREE, DISAGREE, Votes

Z = 1.6448536269514722
SHOWN_A_GROUP, SHOWN_SHARED = 5, 10
ENOUGH_OF_MIDDLING = 0.5
"""A statement can lead once it has at least half as many votes as the middling statement."""


class Weighed(NamedTuple):
    """A statement for a group, or for all: the side that leads (1 or -1), the votes, and how surely.

    `least` is, for a group, the least by which its share for this side exceeds that of everybody else; for all, the
    product over the groups of the least share for this side.
    """

    statement: int
    side: int
    agree: int
    disagree: int
    seen: int
    least: float


class Standing(NamedTuple):
    """For each group what represents it, what all groups share, and the statements that divide most, first the first."""

    representative: list[list[Weighed]]
    shared: list[Weighed]
    dividing: list[int]


def count_by_group(votes: Votes, group: Numbers, groups: int) -> Numbers:
    """Return how many of each group agree, disagree and have seen each statement (3, groups, statements).

    `group` is the group of each participant, -1 for those without one, who do not count.
    """
    of = group[votes.participant]
    counts = np.zeros((3, groups, votes.statements), np.int64)
    for row, counted in enumerate((votes.vote == AGREE, votes.vote == DISAGREE, np.ones(len(of), bool))):
        kept = counted & (of >= 0)
        key = of[kept] * votes.statements + votes.statement[kept]
        counts[row] = np.bincount(key, minlength=groups * votes.statements).reshape(groups, votes.statements)
    return counts


def standing(counts: Numbers, shown: Flags) -> Standing:
    """Return how the statements that are shown stand, from counts as `count_by_group` gives them."""
    agree, disagree, seen = counts
    representative = [_of_group(counts, number, shown) for number in range(counts.shape[1])]
    return Standing(representative, _shared(agree, disagree, seen, shown), _dividing(agree, disagree, seen, shown))


def least_share(count: Numbers, of: Numbers) -> Reals:
    """Return the lower end of the score interval of count / of; 0 where nobody was asked."""
    return _interval(count, of)[0]


def _interval(count: Numbers, of: Numbers) -> tuple[Reals, Reals]:
    asked = np.maximum(of, 1)
    share, spread = count / asked, Z * Z / asked
    middle = share + spread / 2
    half = np.sqrt(spread * (share * (1 - share) + spread / 4))
    lower, upper = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    none = of == 0
    return np.where(none, 0.0, np.maximum(lower, 0.0)), np.where(none, 1.0, np.minimum(upper, 1.0))


def _least_excess(count: Numbers, of: Numbers, other: Numbers, of_others: Numbers) -> Reals:
    """Return the least by which the share of a group exceeds that of the others."""
    lower, _ = _interval(count, of)
    _, upper = _interval(other, of_others)
    share, others = count / np.maximum(of, 1), other / np.maximum(of_others, 1)
    return share - others - np.sqrt((share - lower) ** 2 + (upper - others) ** 2)


def _enough(seen: Numbers, shown: Flags) -> Flags:
    """Return which shown statements have enough votes to be compared (statements)."""
    met = seen[shown & (seen > 0)]
    return shown & (seen > 0) & (seen >= ENOUGH_OF_MIDDLING * np.median(met)) if len(met) else shown & False


def _of_group(counts: Numbers, number: int, shown: Flags) -> list[Weighed]:
    """Return what a group holds by majority and more than the others, the surest first."""
    own = counts[:, number]
    others = counts.sum(axis=1) - own
    excess = np.stack([_least_excess(own[side], own[2], others[side], others[2]) for side in (0, 1)])
    excess[:, ~(_enough(own[2], shown) & _enough(others[2] + own[2], shown) & (others[2] > 0))] = -np.inf
    excess[2 * own[:2] <= own[2]] = -np.inf
    return _ranked(excess, own, SHOWN_A_GROUP)


def _shared(agree: Numbers, disagree: Numbers, seen: Numbers, shown: Flags) -> list[Weighed]:
    """Return what the majority of every group agrees or disagrees with, the surest first."""
    total = np.stack([agree.sum(axis=0), disagree.sum(axis=0), seen.sum(axis=0)])
    worth = np.stack([least_share(side, seen).prod(axis=0) for side in (agree, disagree)])
    worth[:, ~_enough(total[2], shown)] = -np.inf
    for side, count in enumerate((agree, disagree)):
        worth[side, (2 * count <= seen).any(axis=0)] = -np.inf
    return _ranked(worth, total, SHOWN_SHARED)


def _ranked(worth: Reals, counts: Numbers, most: int) -> list[Weighed]:
    """Return the best statements on their better side (2, statements), if worth more than 0; ties by their order."""
    side, best = worth.argmax(axis=0), worth.max(axis=0)
    first = np.argsort(-best, kind="stable")[:most]
    return [_weighed(int(place), int(side[place]), counts, best) for place in first[best[first] > 0]]


def _weighed(statement: int, side: int, counts: Numbers, best: Reals) -> Weighed:
    agree, disagree, seen = counts[:, statement].tolist()
    return Weighed(statement, (AGREE, DISAGREE)[side], agree, disagree, seen, round(float(best[statement]), 4))


def _dividing(agree: Numbers, disagree: Numbers, seen: Numbers, shown: Flags) -> list[int]:
    """Return the statements on which two groups certainly lie furthest apart, the furthest first."""
    lower, upper = _interval(agree, seen)
    apart = lower.max(axis=0) - upper.min(axis=0)
    apart[~_enough(seen.sum(axis=0), shown) | (seen == 0).any(axis=0)] = -np.inf
    return [place for place in np.argsort(-apart, kind="stable")[:SHOWN_A_GROUP].tolist() if apart[place] > 0]
