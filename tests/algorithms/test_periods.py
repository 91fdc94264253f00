"""The last day of a period: never a free day, never before what was counted, and provisional where the year is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.working_time import Calendar, MissingCalendarYear, last_day

HOLIDAYS = [date(2026, 5, day) for day in (1, 2, 3, 4, 5)]
CALENDAR = Calendar.from_rows(
    [*((day, "holiday") for day in HOLIDAYS), (date(2026, 5, 9), "working")],
    {2026: "complete", 2027: "provisional"},
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("start", "amount", "unit", "day", "put_off"),
    [
        (date(2026, 4, 24), 7, "natural_days", date(2026, 5, 6), True),  # would end on 1 May
        (date(2026, 5, 8), 7, "natural_days", date(2026, 5, 15), False),
        (date(2026, 5, 2), 7, "natural_days", date(2026, 5, 9), False),  # a Saturday that is worked
        (date(2026, 5, 8), 8, "natural_days", date(2026, 5, 18), True),
        (date(2026, 4, 30), 1, "working_days", date(2026, 5, 6), False),
        (date(2026, 4, 30), 5, "working_days", date(2026, 5, 11), False),
    ],
)
def test_it_ends_on_the_day_that_people_count_by_hand(start, amount, unit, day, put_off):
    assert last_day(start, amount, unit, CALENDAR) == (day, False, put_off)


@given(DAYS, st.integers(1, 40))
def test_natural_days_are_at_least_as_many_as_were_set_and_end_on_the_first_working_day_from_there(start, amount):
    found = last_day(start, amount, "natural_days", CALENDAR)
    counted = start + timedelta(days=amount)
    between = [counted + timedelta(days=shift) for shift in range((found.day - counted).days)]
    assert found.day >= counted and CALENDAR.is_working_day(found.day)
    assert not any(CALENDAR.is_working_day(day) for day in between)
    assert found.put_off == bool(between)
    assert found.provisional == (found.day.year == 2027)


@given(DAYS, st.integers(1, 40))
def test_of_working_days_exactly_so_many_lie_behind_the_start(start, amount):
    found = last_day(start, amount, "working_days", CALENDAR).day
    days = [start + timedelta(days=shift) for shift in range(1, (found - start).days + 1)]
    assert sum(CALENDAR.is_working_day(day) for day in days) == amount
    assert CALENDAR.is_working_day(found)


@pytest.mark.parametrize("amount", [0, -1, 10_001])
def test_a_period_of_no_days_is_refused(amount):
    with pytest.raises(ValueError, match="days"):
        last_day(date(2026, 5, 8), amount, "natural_days", CALENDAR)


def test_hours_are_no_days_and_an_unknown_year_is_named():
    with pytest.raises(ValueError, match="counted in days"):
        last_day(date(2026, 5, 8), 1, "working_hours", CALENDAR)
    with pytest.raises(MissingCalendarYear, match="2028"):
        last_day(date(2027, 12, 30), 7, "natural_days", CALENDAR)
