"""Offers, needs and the edges between them as arrays grouped from either side, which is what the solvers walk on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from jinlin.algorithms.arrays import Numbers
from jinlin.algorithms.compiled import compiled

MOST = 2**62
"""Sums of benefits stay below this, so that no 64-bit number in the solvers can overflow."""


class InvalidMarket(ValueError):
    """The offers, needs or edges cannot be matched as they are; the message says which and why."""


class Side(NamedTuple):
    """One side: the edges of member m are `edge[start[m]:start[m + 1]]` and lead to the other side's `far` members.

    `price` is the worth of one unit of the member's capacity in the dual problem, `filled` how many units are in use.
    """

    start: Numbers
    edge: Numbers
    far: Numbers
    capacity: Numbers
    price: Numbers
    filled: Numbers


class Market(NamedTuple):
    """Both sides, the benefit of each edge, and for each edge its place in the caller's arrays."""

    offers: Side
    needs: Side
    benefit: Numbers
    given: Numbers


def build_market(
    offer_capacity: ArrayLike, need_capacity: ArrayLike, offer: ArrayLike, need: ArrayLike, benefit: ArrayLike
) -> Market:
    """Return the market, edges in the order of offer and then need.

    Raises:
        InvalidMarket: for a capacity or benefit that is no integer or below 1, an index out of range, an edge given
            twice, arrays of different lengths, or benefits so large that their sum would overflow.
    """
    capacities = _integers("capacity of an offer", offer_capacity), _integers("capacity of a need", need_capacity)
    ends = _integers("offer of an edge", offer, least=0), _integers("need of an edge", need, least=0)
    worth = _integers("benefit", benefit)
    if not len(ends[0]) == len(ends[1]) == len(worth):
        raise InvalidMarket("Each edge needs an offer, a need and a benefit; the arrays differ in length.")
    for name, end, capacity in zip(("offer", "need"), ends, capacities, strict=True):
        if len(end) and end.max() >= len(capacity):
            raise InvalidMarket(f"An edge names {name} {end.max()}, but there are only {len(capacity)}, from 0.")
    _refuse_overflow(worth, *capacities)
    return _grouped(*capacities, *ends, worth)


def _grouped(offer_capacity: Numbers, need_capacity: Numbers, offer: Numbers, need: Numbers, worth: Numbers) -> Market:
    by_need, _start = group(need, np.arange(len(need)), len(need_capacity))
    given, offer_start = group(offer, by_need, len(offer_capacity))
    offer, need, worth = offer[given], need[given], worth[given]
    twice = np.flatnonzero((offer[1:] == offer[:-1]) & (need[1:] == need[:-1]))
    if len(twice):
        raise InvalidMarket(f"The edge from offer {offer[twice[0]]} to need {need[twice[0]]} is given twice.")
    edges = np.arange(len(need))
    by_need, need_start = group(need, edges, len(need_capacity))
    offers = _side(offer_start, edges, need, offer_capacity)
    needs = _side(need_start, by_need, offer[by_need], need_capacity)
    return Market(offers, needs, worth, given)


def _side(start: Numbers, edge: Numbers, far: Numbers, capacity: Numbers) -> Side:
    degree = np.diff(start)
    return Side(start, edge, far, np.minimum(capacity, degree), np.zeros_like(degree), np.zeros_like(degree))


def _integers(what: str, values: ArrayLike, least: int = 1) -> Numbers:
    found = np.asarray(values)
    if found.ndim != 1 or (found.size and found.dtype.kind not in "iu"):
        raise InvalidMarket(f"The {what} has to be a whole number below 2^63, in an array of one dimension.")
    if found.size and found.min() < least:
        raise InvalidMarket(f"The {what} has to be at least {least}; number {int(found.argmin())} is {found.min()}.")
    if found.size and int(found.max()) >= MOST:
        raise InvalidMarket(f"The {what} has to be below 2^62; number {int(found.argmax())} is {found.max()}.")
    return np.ascontiguousarray(found, dtype=np.int64)


def _refuse_overflow(worth: Numbers, offer_capacity: Numbers, need_capacity: Numbers) -> None:
    """Paths of a search and sums of benefits are at most this many benefits long."""
    largest = int(worth.max()) if len(worth) else 0
    longest = 2 * (len(worth) + len(offer_capacity) + len(need_capacity) + 1)
    if largest * longest >= MOST:
        raise InvalidMarket(
            f"A benefit of {largest} is too large for {len(worth)} edges: the sum could overflow. "
            f"Divide all benefits by the same number, so that none is above {(MOST - 1) // longest}."
        )


@compiled
def group(ends: Numbers, order: Numbers, members: int) -> tuple[Numbers, Numbers]:
    """Return `order` sorted by `ends[order]` keeping ties as they were, and where each of the members begins."""
    start = np.zeros(members + 1, np.int64)
    for end in ends:
        start[end + 1] += 1
    for member in range(members):
        start[member + 1] += start[member]
    place = start[:-1].copy()
    grouped = np.empty(len(order), np.int64)
    for one in order:
        grouped[place[ends[one]]] = one
        place[ends[one]] += 1
    return grouped, start
