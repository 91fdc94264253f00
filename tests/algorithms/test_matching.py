"""Matching offers with needs: the optimum and its proof, the promised bound, the reasons, and what cannot be matched."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import coo_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from jinlin.algorithms.matching import QUICK, InvalidMarket, Matching, Why, match
from jinlin.algorithms.matching.auction import hold_auction
from jinlin.algorithms.matching.market import build_market
from jinlin.algorithms.matching.solving import dual_bound

Market = tuple[list[int], list[int], list[int], list[int], list[int]]


@st.composite
def markets(draw: st.DrawFn, most_benefit: int = 12) -> Market:
    offers, needs = draw(st.integers(0, 7)), draw(st.integers(0, 5))
    pairs = [(i, j) for i in range(offers) for j in range(needs)]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    benefits = draw(st.lists(st.integers(1, most_benefit), min_size=len(edges), max_size=len(edges)))
    capacities = st.integers(1, 3)
    return (
        draw(st.lists(capacities, min_size=offers, max_size=offers)),
        draw(st.lists(capacities, min_size=needs, max_size=needs)),
        [i for i, _ in edges],
        [j for _, j in edges],
        benefits,
    )


def optimum(market: Market) -> int:
    """Return the greatest benefit by linear programming; the matrix is totally unimodular, so it is reached."""
    offers, needs, offer, need, benefit = market
    if not benefit:
        return 0
    edges = np.arange(len(benefit))
    rows = coo_array(
        (np.ones(2 * len(benefit)), (np.r_[offer, np.array(need) + len(offers)], np.r_[edges, edges])),
        shape=(len(offers) + len(needs), len(benefit)),
    )
    found = linprog(-np.array(benefit), A_ub=rows.tocsr(), b_ub=[*offers, *needs], bounds=(0, 1), method="highs")
    return round(-found.fun)


def assert_it_is_a_matching(market: Market, found: Matching) -> None:
    offers, needs, offer, need, benefit = (np.array(part, dtype=np.int64) for part in market)
    used = found.pairs
    assert len(set(used.tolist())) == len(used)
    assert (np.bincount(offer[used], minlength=len(offers)) + found.free_offers == offers).all()
    assert (found.free_offers >= 0).all()
    missing = needs - np.bincount(need[used], minlength=len(needs))
    assert {short.need: short.missing for short in found.shortages} == {
        j: free for j, free in enumerate(missing.tolist()) if free
    }
    assert (missing >= 0).all()
    assert found.benefit == benefit[used].sum() <= found.bound


@settings(max_examples=150)
@given(markets())
def test_the_exact_matching_is_the_optimum_and_proves_it(market: Market):
    found = match(*market)
    assert_it_is_a_matching(market, found)
    assert found.optimal
    assert found.benefit == optimum(market)


@settings(max_examples=80)
@given(markets(most_benefit=100_000), st.sampled_from([QUICK, Fraction(1, 100), Fraction(1, 4)]))
def test_a_tolerance_is_kept_and_the_bound_is_one(market: Market, tolerance: Fraction):
    found = match(*market, tolerance=tolerance)
    assert_it_is_a_matching(market, found)
    assert optimum(market) <= found.bound
    assert found.bound - found.benefit <= tolerance * found.bound


@settings(max_examples=60)
@given(markets(most_benefit=1_000), st.integers(1, 50))
def test_an_auction_is_within_its_step_for_each_place(market: Market, step: int):
    built = build_market(*market)
    used, _looks, ended = hold_auction(built.offers, built.needs, built.benefit, step, 2**62)
    bound = dual_bound(built.offers, built.needs, built.benefit)
    assert ended
    assert built.benefit[used].sum() <= optimum(market) <= bound <= built.benefit[used].sum() + step * used.sum()


@settings(max_examples=40)
@given(markets(), st.randoms(use_true_random=False))
def test_the_same_input_gives_the_same_pairs_and_its_order_does_not_change_the_benefit(market: Market, random):
    order = list(range(len(market[4])))
    random.shuffle(order)
    shuffled = (*market[:2], *([part[edge] for edge in order] for part in market[2:]))
    first, again, other = match(*market), match(*market), match(*shuffled)
    assert first.pairs.tolist() == again.pairs.tolist()
    assert first.benefit == other.benefit


def city(seed: int, offers: int, needs: int, most_capacity: int) -> tuple[np.ndarray, ...]:
    random = np.random.default_rng(seed)
    keys = np.unique(random.integers(0, offers * needs, offers * 8))
    capacities = np.ones(offers, np.int64), random.integers(1, most_capacity + 1, needs)
    return *capacities, keys // needs, keys % needs, random.integers(1, 900, len(keys))


@pytest.mark.parametrize(("offers", "needs", "most_capacity"), [(400, 60, 9), (300, 400, 1), (60, 300, 2)])
def test_hundreds_compete(offers: int, needs: int, most_capacity: int):
    market = city(3, offers, needs, most_capacity)
    found = match(*market)
    assert found.optimal
    assert found.benefit == optimum(tuple(part.tolist() for part in market))


def test_one_to_one_agrees_with_the_sparse_assignment():
    offers, needs, offer, need, benefit = city(5, 900, 300, 1)
    # A column of its own for each need that stays free makes every assignment a full one.
    costs = coo_array(
        (
            np.r_[1_000 - benefit, np.full(300, 1_000)],
            (np.r_[need, np.arange(300)], np.r_[offer, 900 + np.arange(300)]),
        ),
        shape=(300, 1_200),
    ).tocsr()
    rows, columns = min_weight_full_bipartite_matching(costs)
    assert match(offers, needs, offer, need, benefit).benefit == 300_000 - costs[rows, columns].sum()


def test_wide_benefits_are_repaired_to_the_optimum():
    offers, needs, offer, need, benefit = city(7, 300, 40, 9)
    wide = benefit * 10**9 + np.random.default_rng(7).integers(0, 10**9, len(benefit))
    found = match(offers, needs, offer, need, wide)
    assert found.optimal
    quick = match(offers, needs, offer, need, wide, tolerance=QUICK)
    assert found.benefit - quick.benefit <= QUICK * found.benefit
    assert found.benefit <= quick.bound


def test_why_places_stay_free():
    # Need 0 has nobody; need 1 loses offer 0 to need 2; need 3 takes all that fit; need 4 is worth as much as need 2.
    offers, needs = [1, 1, 1], [1, 1, 2, 3, 1]
    edges = [(0, 1, 4), (0, 2, 9), (1, 2, 5), (1, 4, 5), (2, 3, 8)]
    found = match(offers, needs, *map(list, zip(*edges, strict=True)))
    assert found.benefit == 22
    reasons = {short.need: (short.missing, short.why) for short in found.shortages}
    tied = reasons.pop(4, None) or reasons.pop(2)
    assert tied == (1, Why.CAPACITY)
    assert reasons == {0: (1, Why.NO_EDGE), 1: (1, Why.OUTBID), 3: (2, Why.CAPACITY)}


def test_an_offer_serves_several_needs_but_each_once():
    found = match([3], [5, 5], [0, 0], [0, 1], [2, 3])
    assert found.pairs.tolist() == [0, 1]
    assert found.free_offers.tolist() == [1]


def test_nothing_to_match():
    found = match([], [], [], [], [])
    assert (found.benefit, found.optimal, found.shortages) == (0, True, ())
    assert [short.why for short in match([1], [2], [], [], []).shortages] == [Why.NO_EDGE]


@pytest.mark.parametrize(
    ("market", "words"),
    [
        (([0], [1], [0], [0], [1]), "capacity of an offer has to be at least 1; number 0 is 0"),
        (([1], [1, 0], [0], [0], [1]), "capacity of a need has to be at least 1; number 1 is 0"),
        (([1], [1], [0], [0], [0]), "benefit has to be at least 1"),
        (([1], [1], [0], [0], [1.5]), "benefit has to be a whole number"),
        (([1], [1], [1], [0], [1]), "names offer 1, but there are only 1"),
        (([1], [1], [0], [-1], [1]), "need of an edge has to be at least 0"),
        (([1], [1], [0], [0, 0], [1]), "differ in length"),
        (([1, 1], [1, 1], [1, 0, 1], [1, 0, 1], [4, 5, 6]), "offer 1 to need 1 is given twice"),
        (([1], [1], [0], [0], [2**61]), "sum could overflow. Divide all benefits"),
        (([1], [1], [0], [0], [2**70]), "whole number below"),
        (([2**62], [1], [0], [0], [1]), "below 2\\^62"),
    ],
)
def test_what_cannot_be_matched_is_said(market: Market, words: str):
    with pytest.raises(InvalidMarket, match=words):
        match(*market)


def test_the_largest_benefits_that_are_taken_do_not_overflow():
    largest = (2**62 - 1) // (2 * (4 + 2 + 2 + 1))
    found = match([1, 1], [1, 1], [0, 0, 1, 1], [0, 1, 0, 1], [largest, largest, largest, 1])
    assert found.optimal
    assert found.benefit == 2 * largest
