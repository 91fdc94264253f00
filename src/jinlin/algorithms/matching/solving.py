"""The door to matching: chooses who bids and how finely, repairs where a proof is wanted, and says why places stay free."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from jinlin.algorithms.arrays import Flags, Numbers
from jinlin.algorithms.compiled import compiled
from jinlin.algorithms.heaps import push, replace_first
from jinlin.algorithms.matching.auction import hold_auction
from jinlin.algorithms.matching.market import Market, Side, build_market
from jinlin.algorithms.matching.repair import prepare, repair

EXACT = Fraction(0)
QUICK = Fraction(1, 10_000)
"""A matching is returned as soon as it is proved to be within this share of the optimum."""

_FIRST_STEP = 1_000
_FINER = 8
_LOOKS_AT_EACH_EDGE = 12


class Why(StrEnum):
    """Why a need has free places."""

    NO_EDGE = "no edge"
    CAPACITY = "capacity"
    OUTBID = "outbid"


class Shortage(NamedTuple):
    """A need that is not fully served, how many of its places stay free, and why."""

    need: int
    missing: int
    why: Why


@dataclass(frozen=True)
class Matching:
    """Pairs of greatest benefit. `pairs` are places in the given arrays of edges, ascending.

    No matching has a benefit above `bound`. `free_offers` says how much capacity each offer has left.
    """

    pairs: Numbers
    benefit: int
    bound: int
    free_offers: Numbers
    shortages: tuple[Shortage, ...]

    @property
    def optimal(self) -> bool:
        """Whether the dual prices prove that nothing better exists."""
        return self.benefit == self.bound


def match(
    offer_capacity: ArrayLike,
    need_capacity: ArrayLike,
    offer: ArrayLike,
    need: ArrayLike,
    benefit: ArrayLike,
    *,
    tolerance: Fraction = EXACT,
) -> Matching:
    """Return the pairs of offers and needs that together bring the greatest benefit; each edge is used at most once.

    `offer`, `need` and `benefit` are one entry an edge; offers and needs are numbered from 0 as their capacities stand.
    All is exact arithmetic in integers; the same input gives the same pairs. Without a `tolerance` the outcome is
    optimal, with one (such as QUICK) it may be that share below `bound`.

    Raises:
        InvalidMarket: for input that cannot be matched, see `build_market`.
    """
    market = build_market(offer_capacity, need_capacity, offer, need, benefit)
    # The side with less capacity bids, because it has less to compete for.
    few_needs = market.needs.capacity.sum() < market.offers.capacity.sum()
    bidders, sellers = (market.needs, market.offers) if few_needs else (market.offers, market.needs)
    used = _by_auction(bidders, sellers, market.benefit, tolerance)
    gained = int(market.benefit[used].sum())
    bound = int(dual_bound(bidders, sellers, market.benefit))
    if bound - gained > tolerance * bound:
        prepare(bidders, sellers, market.benefit, used)
        repair(bidders, sellers, market.benefit, used)
        repair(sellers, bidders, market.benefit, used)
        gained = int(market.benefit[used].sum())
        bound = int(dual_bound(bidders, sellers, market.benefit))
    return _told(market, used, gained, bound, np.asarray(offer_capacity, np.int64), np.asarray(need_capacity, np.int64))


def _by_auction(bidders: Side, sellers: Side, benefit: Numbers, tolerance: Fraction) -> Flags:
    """Hold auctions with ever smaller steps, until one is good enough or a smaller step would cost too much."""
    step = max(1, int(benefit.max(initial=0)) // _FIRST_STEP)
    most = _LOOKS_AT_EACH_EDGE * len(benefit)
    used, looks, _ended = hold_auction(bidders, sellers, benefit, step, 2**62)
    while step > 1 and looks <= most:
        if tolerance and _is_within(bidders, sellers, benefit, used, tolerance):
            break
        prices = sellers.price.copy()
        step = max(1, step // _FINER)
        finer, looks, ended = hold_auction(bidders, sellers, benefit, step, most)
        if not ended:
            sellers.price[:] = prices
            break
        used = finer
    return used


def _is_within(bidders: Side, sellers: Side, benefit: Numbers, used: Flags, tolerance: Fraction) -> bool:
    bound = int(dual_bound(bidders, sellers, benefit))
    return bound - int(benefit[used].sum()) <= tolerance * bound


@compiled
def dual_bound(bidders: Side, sellers: Side, benefit: Numbers) -> int:
    """Return an upper bound of the benefit: the sellers' places at their prices, and what each bidder would gain there."""
    bound = 0
    for member in range(len(sellers.capacity)):
        bound += sellers.price[member] * sellers.capacity[member]
    gains, places = np.zeros(len(benefit), np.int64), np.zeros(len(benefit), np.int64)
    for member in range(len(bidders.capacity)):
        size = 0
        for place in range(bidders.start[member], bidders.start[member + 1]):
            gain = benefit[bidders.edge[place]] - sellers.price[bidders.far[place]]
            if gain > 0 and size < bidders.capacity[member]:
                size = push(gains, places, size, gain, place)
            elif gain > 0 and gain > gains[0]:
                replace_first(gains, places, size, gain, place)
        for rank in range(size):
            bound += gains[rank]
    return bound


def _told(
    market: Market, used: Flags, gained: int, bound: int, offer_capacity: Numbers, need_capacity: Numbers
) -> Matching:
    offer = np.repeat(np.arange(len(offer_capacity)), np.diff(market.offers.start))
    free = offer_capacity - np.bincount(offer[used], minlength=len(offer_capacity))
    missing = need_capacity - np.bincount(market.offers.far[used], minlength=len(need_capacity))
    most = best_elsewhere(market.offers, market.benefit, used)
    outbid = np.zeros(len(need_capacity), np.bool_)
    outbid[market.offers.far[~used & (most[offer] > market.benefit)]] = True
    has_edge = np.diff(market.needs.start) > 0
    shortages = tuple(
        Shortage(need, int(missing[need]), _why(bool(has_edge[need]), bool(outbid[need])))
        for need in np.flatnonzero(missing).tolist()
    )
    return Matching(np.sort(market.given[used]), gained, bound, free, shortages)


def _why(has_edge: bool, outbid: bool) -> Why:
    """Tell apart: nobody fits; one who fits brings more elsewhere; all who fit have come or bring as much elsewhere."""
    if not has_edge:
        return Why.NO_EDGE
    return Why.OUTBID if outbid else Why.CAPACITY


@compiled
def best_elsewhere(offers: Side, benefit: Numbers, used: Flags) -> Numbers:
    """Return the greatest benefit that each offer brings where it is placed, 0 where it is not."""
    most = np.zeros(len(offers.capacity), np.int64)
    for member in range(len(most)):
        for place in range(offers.start[member], offers.start[member + 1]):
            if used[place]:
                most[member] = max(most[member], benefit[place])
    return most
