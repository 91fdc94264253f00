"""Tallies, bars and seats are exact: nothing is rounded, and the order of the papers decides nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.counting import Bar, Base, Measure, Paper, Seating, Weight, fill_seats, standing, tally

HALF = Fraction(1, 2)
OPTIONS = ("yes", "no", "abstain")
papers = st.lists(
    st.builds(
        Paper,
        st.lists(st.sampled_from([*OPTIONS, "ghost"]), max_size=3).map(tuple),
        st.builds(Weight, st.integers(1, 3), st.integers(0, 20_000)),
    )
)
counts = st.dictionaries(st.sampled_from("abcdefg"), st.builds(Weight, st.integers(0, 6)), max_size=7)


@given(papers, st.randoms(use_true_random=False), st.integers(1, 3))
def test_the_order_of_papers_decides_nothing_and_every_paper_is_somewhere(given_papers, random, most):
    first = tally(given_papers, OPTIONS, most)
    shuffled = list(given_papers)
    random.shuffle(shuffled)
    assert tally(shuffled, OPTIONS, most) == first
    assert first.cast == sum((paper.weight for paper in given_papers), Weight())
    if most == 1:
        assert first.cast == sum(first.options.values(), Weight()) + first.blank + first.void


@pytest.mark.parametrize("marks", [("yes", "no"), ("yes", "yes"), ("ghost",)])
def test_a_paper_that_says_too_much_is_void_and_was_cast(marks):
    result = tally([Paper(marks)], OPTIONS)
    assert (result.cast.heads, result.void.heads, result.options["yes"].heads) == (1, 1, 0)


@pytest.mark.parametrize(
    ("strict", "part", "whole", "lacking"),
    [
        (True, 30, 60, 1),
        (True, 31, 60, 0),
        (False, 30, 60, 0),
        (False, 29, 60, 1),
        (True, 0, 0, 1),
        (False, 0, 0, 1),
    ],
)
def test_more_than_half_is_not_half(strict, part, whole, lacking):
    found = standing(Bar(HALF, strict, Base.ROLL), Weight(part), roll=Weight(whole), cast=Weight(part))
    assert (found.lacking, found.met) == (lacking, lacking == 0)


def test_two_thirds_exactly_reached_passes_by_area():
    bar = Bar(Fraction(2, 3), False, Base.ROLL, Measure.AREA)
    assert standing(bar, Weight(0, 2), roll=Weight(0, 3), cast=Weight()).met
    assert not standing(bar, Weight(0, 199_999), roll=Weight(0, 300_000), cast=Weight()).met


@given(st.fractions(0, 1), st.booleans(), st.integers(0, 10**9), st.integers(1, 10**9))
def test_what_is_lacking_is_the_least_that_helps(share, strict, part, whole):
    def stands(heads):
        return standing(Bar(share, strict, Base.ROLL), Weight(heads), roll=Weight(whole), cast=Weight())

    lacking = stands(part).lacking
    reached = Fraction(part, whole) > share if strict else Fraction(part, whole) >= share
    assert (lacking == 0) == reached
    if lacking:
        assert stands(part + lacking).met
        assert not stands(part + lacking - 1).met


@given(counts, st.integers(0, 7))
def test_seats_go_to_the_most_and_nobody_is_left_out_by_chance(options, seats):
    found = fill_seats(options, seats)
    heads = {option: weight.heads for option, weight in options.items()}
    assert len(found.taken) + found.empty <= seats
    assert not set(found.taken) & set(found.tied)
    last = min((heads[option] for option in found.taken), default=None)
    others = [heads[option] for option in options if option not in found.taken]
    assert last is None or all(other < last for other in others)
    if found.tied:
        assert len(found.taken) + len(found.tied) > seats
        assert len({heads[option] for option in found.tied}) == 1


def test_those_below_the_bar_take_no_seat():
    options = {"a": Weight(9), "b": Weight(7), "c": Weight(3)}
    assert fill_seats(options, 2, passing=["a", "c"]) == Seating(("a", "c"), (), 0)
    assert fill_seats(options, 2, passing=["a"]) == Seating(("a",), (), 1)
    assert fill_seats({"a": Weight(2), "b": Weight(2)}, 1) == Seating((), ("a", "b"), 0)
