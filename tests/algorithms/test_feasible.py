"""Which offers fit which needs: against a plain reading of the rule, pair by pair."""

from math import hypot, isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.matching.feasible import FUNNEL, Entries, find_fits, hours_of

MOST = 500.0
WINDOWS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 22), st.integers(1, 2)).map(lambda w: (w[0], w[1], w[1] + w[2])),
    max_size=3,
)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 1),
        st.one_of(st.just(nan), st.floats(0, 1000)),
        st.integers(0, 7),
        WINDOWS,
        st.tuples(st.integers(1, 20), st.integers(0, 9)),
    ),
    max_size=6,
)


def entries(rows: list) -> Entries:
    return Entries(
        kind=np.array([row[0] for row in rows], dtype=np.int64),
        area=np.array([row[1] for row in rows], dtype=np.int64),
        x=np.array([row[2] for row in rows], dtype=float),
        y=np.zeros(len(rows)),
        skills=np.array([row[3] for row in rows], dtype=np.uint64),
        hours=np.array([hours_of(row[4]) for row in rows], dtype=np.uint64).reshape(-1, 3),
        first_day=np.array([row[5][0] for row in rows], dtype=np.int64),
        last_day=np.array([sum(row[5]) for row in rows], dtype=np.int64),
    )


def hours(windows: list) -> set[int]:
    spans = windows or [(0, 0, 168)]
    return {day * 24 + hour for day, first, end in spans for hour in range(first, end)}


def steps(offer: tuple, need: tuple) -> list[bool]:
    """Say for each step of the funnel whether the pair passes it."""
    metres = hypot(offer[2] - need[2], 0)
    days = min(sum(offer[5]), sum(need[5])) >= max(offer[5][0], need[5][0])
    return [
        offer[0] == need[0],
        offer[1] == need[1] if isnan(metres) else metres <= MOST,
        offer[3] & need[3] == need[3],
        days and bool(hours(offer[4]) & hours(need[4])),
    ]


@given(ROWS, ROWS)
def test_pairs_and_reasons_are_those_of_the_rule(offers: list, needs: list) -> None:
    found = find_fits(entries(offers), entries(needs), most_metres=MOST)
    fitting = {(o, n) for o, offer in enumerate(offers) for n, need in enumerate(needs) if all(steps(offer, need))}
    assert list(zip(found.offer.tolist(), found.need.tolist(), strict=True)) == sorted(fitting)
    alone = set(range(len(needs))) - {need for _offer, need in fitting}
    assert found.unfit.keys() == alone
    for number in alone:
        passed = max([*steps(offer, needs[number]), False].index(False) for offer in offers) if offers else 0
        assert found.unfit[number] == FUNNEL[passed]
    for offer, need, shared in zip(found.offer, found.need, found.shared_hours, strict=True):
        assert shared == len(hours(offers[offer][4]) & hours(needs[need][4]))


@pytest.mark.parametrize("window", [(7, 9, 11), (-1, 9, 11), (0, 11, 9), (0, 9, 25), (0, 9, 9)])
def test_a_window_that_does_not_exist_is_refused(window: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no window"):
        hours_of([window])
