"""The rules of the tree: order of levels, one parent of a kind at a time, nothing in itself; and what may be left out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.place_tree import MAY_BE_LEFT_OUT, Reason, Unit, faults_in_tree

CHAIN = ("district", "subdistrict", "community", "grid", "estate", "building", "home")
DAY, LATER, LAST = date(2020, 1, 1), date(2024, 1, 1), date(2025, 1, 1)
TOP = [
    Unit("D", "district", "", DAY),
    Unit("S", "subdistrict", "D", DAY),
    Unit("C", "community", "S", DAY),
    Unit("E", "estate", "C", DAY),
    Unit("G", "grid", "C", DAY),
    Unit("B", "building", "E", DAY),
]


def reasons(*units: Unit, known=TOP) -> list[Reason]:
    return [fault.reason for fault in faults_in_tree(units, CHAIN, known)]


def test_a_tree_in_order_has_no_fault():
    assert faults_in_tree(TOP, CHAIN) == []


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        (Unit("X", "building", "D", DAY), Reason.LEFT_OUT),
        (Unit("X", "building", "S", DAY), Reason.LEFT_OUT),
        (Unit("X", "building", "", DAY), Reason.NO_PARENT),
        (Unit("X", "building", "Y", DAY), Reason.UNKNOWN_PARENT),
        (Unit("X", "pier", "C", DAY), Reason.UNKNOWN_LEVEL),
        (Unit("X", "community", "B", DAY), Reason.WRONG_ORDER),
        (Unit("X", "estate", "E", DAY), Reason.WRONG_ORDER),
        (Unit("E", "estate", "B", DAY), Reason.IN_ITSELF),
        (Unit("E", "estate", "E", DAY), Reason.IN_ITSELF),
        (Unit("E", "building", "C", DAY), Reason.TWO_LEVELS),
        (Unit("C", "community", "S", DAY), Reason.REPEATED),
        (Unit("X", "building", "C", LATER, DAY), Reason.ENDS_BEFORE),
    ],
)
def test_what_does_not_fit_is_named(unit, reason):
    assert reasons(unit) == [reason]


def test_a_building_may_lie_in_an_estate_and_a_grid_but_not_in_two_estates_on_one_date():
    other = Unit("F", "estate", "C", DAY)
    assert reasons(Unit("B", "building", "G", DAY)) == []
    assert reasons(other, Unit("B", "building", "F", LATER)) == [Reason.TWO_PARENTS]


def test_one_parent_after_the_other_is_no_fault():
    first, then = Unit("X", "building", "E", DAY, LATER), Unit("X", "building", "F", LATER, LAST)
    assert reasons(Unit("F", "estate", "C", DAY), first, then) == []


@given(st.sets(st.sampled_from(sorted(MAY_BE_LEFT_OUT & set(CHAIN)))))
def test_levels_that_a_place_leaves_out_are_no_fault(left_out):
    kept = [level for level in CHAIN if level not in left_out]
    units = [Unit(level, level, above, DAY) for level, above in zip(kept, ["", *kept[:-1]], strict=True)]
    assert faults_in_tree(units, CHAIN) == []


@given(st.permutations(range(len(TOP))))
def test_the_order_of_lines_does_not_matter(order):
    assert faults_in_tree([TOP[at] for at in order], CHAIN) == []
