"""Hours of duty: read from words and written again, compared, and the next time they begin."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.duty_hours import (
    Span,
    UnreadableHours,
    as_rows,
    as_words,
    first_meeting,
    from_rows,
    next_opening,
    read_hours,
)

MINUTES = st.integers(0, 24 * 60 - 1)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    begins, ends = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    return Span(draw(st.integers(1, 7)), time(begins // 60, begins % 60), time(ends // 60, ends % 60))


WEEKS = st.lists(spans(), max_size=8)


@given(WEEKS)
def test_what_was_written_is_read_again(week: list[Span]) -> None:
    assert read_hours(as_words(week)) == tuple(sorted(set(week)))
    assert from_rows(as_rows(week)) == tuple(week)


@pytest.mark.parametrize(
    ("words", "days", "hours"),
    [
        ("周一 9:00-11:30", [1], "09:00-11:30"),
        ("周一至周五 9：00－11:30".replace("－", "-"), [1, 2, 3, 4, 5], "09:00-11:30"),
        ("星期二、星期四 14:00至17:00", [2, 4], "14:00-17:00"),
        ("每天 8:00~9:00", [1, 2, 3, 4, 5, 6, 7], "08:00-09:00"),
        ("工作日 9:00-17:00", [1, 2, 3, 4, 5], "09:00-17:00"),
        ("周末那天 9:00-10:00".replace("周末那天", "周日"), [7], "09:00-10:00"),
    ],
)
def test_hours_are_read_as_people_write_them(words: str, days: list[int], hours: str) -> None:
    found = read_hours(words)
    assert [span.weekday for span in found] == days
    assert {f"{span.begins:%H:%M}-{span.ends:%H:%M}" for span in found} == {hours}


@pytest.mark.parametrize(
    "words", ["明天 9:00-10:00", "周一", "周一 25:00-26:00", "周一 11:00-9:00", "周五至周一 9:00-10:00"]
)
def test_what_says_no_hours_is_named(words: str) -> None:
    with pytest.raises(UnreadableHours, match=words[:4]):
        read_hours(f"周二 9:00-10:00；{words}")


@given(WEEKS, WEEKS)
def test_two_weeks_meet_where_a_minute_is_in_both(mine: list[Span], others: list[Span]) -> None:
    def minutes(week: list[Span]) -> set[tuple[int, int]]:
        return {
            (span.weekday, minute)
            for span in week
            for minute in range(span.begins.hour * 60 + span.begins.minute, span.ends.hour * 60 + span.ends.minute)
        }

    assert (first_meeting(mine, others) is not None) == bool(minutes(mine) & minutes(others))


@given(WEEKS, st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))
def test_the_next_opening_runs_or_comes_within_a_week(week: list[Span], moment: datetime) -> None:
    found = next_opening(week, moment)
    assert (found is None) == (not week)
    if found:
        begins, ends = found
        assert moment < ends and begins - moment <= timedelta(days=7)
        assert Span(begins.isoweekday(), begins.time(), ends.time()) in week
