"""The age of an entry does not depend on how wrong the device's clock is, and what cannot be is known as such."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.device_clock import LONGEST, STEPPED_BACK, age

DAY_MS = 86_400_000
YEAR_MS = 365 * DAY_MS
MS = timedelta(milliseconds=1)


@given(st.integers(0, LONGEST // MS), st.integers(-50 * YEAR_MS, 50 * YEAR_MS))
def test_a_wrong_clock_makes_no_difference(passed, wrong_by):
    now = 56 * YEAR_MS
    assert age(now - passed + wrong_by, now + wrong_by) == passed * MS


def test_two_days_offline_with_a_clock_one_year_wrong():
    sent = 56 * YEAR_MS - YEAR_MS
    assert age(sent - 2 * DAY_MS, sent) == timedelta(days=2)


@given(st.integers(STEPPED_BACK // MS + 1, 50 * YEAR_MS) | st.integers(-50 * YEAR_MS, -(LONGEST // MS) - 1))
def test_a_clock_that_was_set_meanwhile_is_noticed(back):
    assert age(56 * YEAR_MS + back, 56 * YEAR_MS) is None


@given(st.integers(0, STEPPED_BACK // MS))
def test_a_small_step_back_is_no_time_at_all(back):
    assert age(back, 0) == timedelta()
