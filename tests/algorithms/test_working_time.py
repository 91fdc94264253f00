"""Deadlines, elapsed time and traffic lights over holidays, make-up days, pauses and missing years."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.working_time import (
    Calendar,
    DayKind,
    Light,
    MissingCalendarYear,
    Pause,
    Unit,
    YearStatus,
    deadline,
    elapsed,
    extended,
    share_used,
    traffic_light,
    warning_moment,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")

# The State Council's notice for 2026; of 2027 the statutory days of January and October only.
HOLIDAYS = (
    ("2026-01-01", 3),
    ("2026-02-15", 9),
    ("2026-04-04", 3),
    ("2026-05-01", 5),
    ("2026-06-19", 3),
    ("2026-09-25", 3),
    ("2026-10-01", 7),
    ("2027-01-01", 1),
    ("2027-10-01", 3),
)
MAKE_UP_DAYS = ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
YEARS = {2026: "complete", 2027: "provisional"}


def rows() -> list[tuple[date, str]]:
    free = [date.fromisoformat(first) + timedelta(days=n) for first, length in HOLIDAYS for n in range(length)]
    worked = [date.fromisoformat(day) for day in MAKE_UP_DAYS]
    return [(day, "holiday") for day in free] + [(day, "working") for day in worked]


CALENDAR = Calendar.from_rows(rows(), YEARS)


def at(text: str) -> datetime:
    """Read a local time of Shanghai, as "2026-03-02 10:00", into UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 8, 31)).map(lambda moment: moment.replace(tzinfo=UTC))
units = st.sampled_from(Unit)
amounts = st.integers(1, 40)


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    starts = draw(st.lists(moments, max_size=3))
    return [Pause(start, start + timedelta(minutes=draw(st.integers(0, 20_000)))) for start in starts]


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        # Hours through nights and holidays.
        ("2026-02-14 23:00", 2, Unit.URGENT_HOURS, "2026-02-15 01:00"),
        ("2026-02-14 23:00", 24, Unit.NATURAL_HOURS, "2026-02-15 23:00"),
        # Natural days end at 24:00, the start day not counted.
        ("2026-03-02 10:00", 1, Unit.NATURAL_DAYS, "2026-03-04 00:00"),
        ("2026-12-30 10:00", 2, Unit.NATURAL_DAYS, "2027-01-02 00:00"),
        # Working hours: the noon break, the night, the weekend, a start outside.
        ("2026-03-02 10:00", 2, Unit.WORKING_HOURS, "2026-03-02 12:00"),
        ("2026-03-02 10:00", 4, Unit.WORKING_HOURS, "2026-03-02 16:00"),
        ("2026-03-02 12:30", 1, Unit.WORKING_HOURS, "2026-03-02 15:00"),
        ("2026-03-02 17:00", 1, Unit.WORKING_HOURS, "2026-03-02 18:00"),
        ("2026-03-06 17:00", 2, Unit.WORKING_HOURS, "2026-03-09 10:00"),
        ("2026-03-07 11:00", 1, Unit.WORKING_HOURS, "2026-03-09 10:00"),
        ("2026-03-02 10:00", 14, Unit.WORKING_HOURS, "2026-03-04 10:00"),
        # The Spring Festival: nine days off from the 15th, Saturdays 14th and 28th worked.
        ("2026-02-13 17:00", 8, Unit.WORKING_HOURS, "2026-02-14 18:00"),
        ("2026-02-14 17:00", 2, Unit.WORKING_HOURS, "2026-02-24 10:00"),
        ("2026-02-13 10:00", 1, Unit.WORKING_DAYS, "2026-02-14 18:00"),
        ("2026-02-13 10:00", 2, Unit.WORKING_DAYS, "2026-02-24 18:00"),
        ("2026-02-27 10:00", 1, Unit.WORKING_DAYS, "2026-02-28 18:00"),
        # Working days: a start after close or on a free day belongs to the next working day.
        ("2026-03-02 10:00", 1, Unit.WORKING_DAYS, "2026-03-03 18:00"),
        ("2026-03-02 18:00", 1, Unit.WORKING_DAYS, "2026-03-04 18:00"),
        ("2026-03-07 11:00", 1, Unit.WORKING_DAYS, "2026-03-10 18:00"),
        ("2026-03-02 07:00", 15, Unit.WORKING_DAYS, "2026-03-23 18:00"),
    ],
)
def test_deadlines_by_hand(start, amount, unit, due):
    assert deadline(at(start), amount, unit, CALENDAR) == (at(due), False)


@pytest.mark.parametrize(
    ("pause", "unit", "amount", "due"),
    [
        (("2026-03-02 11:00", "2026-03-02 15:00"), Unit.WORKING_HOURS, 2, "2026-03-02 16:00"),
        (("2026-03-02 11:00", "2026-03-04 09:30"), Unit.WORKING_HOURS, 2, "2026-03-04 10:30"),
        (("2026-03-02 11:00", "2026-03-02 12:30"), Unit.URGENT_HOURS, 2, "2026-03-02 13:30"),
        # Of days, those whose close lies in the pause are not counted.
        (("2026-03-03 10:00", "2026-03-03 15:00"), Unit.WORKING_DAYS, 2, "2026-03-04 18:00"),
        (("2026-03-03 10:00", "2026-03-05 10:00"), Unit.WORKING_DAYS, 2, "2026-03-06 18:00"),
        (("2026-03-03 18:00", "2026-03-04 09:00"), Unit.WORKING_DAYS, 2, "2026-03-04 18:00"),
        (("2026-03-03 10:00", "2026-03-05 10:00"), Unit.NATURAL_DAYS, 2, "2026-03-07 00:00"),
        # A start within a pause counts from its end.
        (("2026-03-02 08:00", "2026-03-05 10:00"), Unit.WORKING_DAYS, 1, "2026-03-06 18:00"),
    ],
)
def test_pauses_shift_the_deadline(pause, unit, amount, due):
    stop = Pause(at(pause[0]), at(pause[1]))
    assert deadline(at("2026-03-02 10:00"), amount, unit, CALENDAR, [stop]).at == at(due)


def test_a_provisional_year_is_said():
    assert deadline(at("2026-12-31 10:00"), 1, Unit.WORKING_DAYS, CALENDAR) == (at("2027-01-04 18:00"), True)
    assert deadline(at("2026-12-30 10:00"), 1, Unit.WORKING_DAYS, CALENDAR) == (at("2026-12-31 18:00"), False)
    assert not deadline(at("2027-03-01 10:00"), 5, Unit.NATURAL_DAYS, CALENDAR).provisional


@pytest.mark.parametrize(
    ("start", "unit", "year"),
    [
        ("2027-12-31 10:00", Unit.WORKING_DAYS, 2028),
        ("2027-12-31 10:00", Unit.WORKING_HOURS, 2028),
        ("2025-12-31 10:00", Unit.WORKING_HOURS, 2025),
        ("2025-12-31 10:00", Unit.WORKING_DAYS, 2025),
        ("2031-05-05 10:00", Unit.WORKING_DAYS, 2031),
    ],
)
def test_a_missing_year_is_named(start, unit, year):
    with pytest.raises(MissingCalendarYear) as caught:
        deadline(at(start), 9, unit, CALENDAR)
    assert caught.value.year == year
    assert str(year) in str(caught.value)


def test_a_year_missing_between_known_years_is_named():
    calendar = Calendar.from_rows([], {2025: YearStatus.COMPLETE, 2027: YearStatus.COMPLETE})
    for unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS):
        with pytest.raises(MissingCalendarYear, match="2026"):
            deadline(at("2025-12-31 10:00"), 9, unit, calendar)
    with pytest.raises(MissingCalendarYear, match="2026"):
        elapsed(at("2025-12-31 10:00"), at("2027-01-05 10:00"), Unit.WORKING_DAYS, calendar)


def test_natural_units_need_no_calendar():
    empty = Calendar.from_rows([], {})
    assert deadline(at("2026-03-02 10:00"), 3, Unit.NATURAL_DAYS, empty).at == at("2026-03-06 00:00")
    assert deadline(at("2026-03-02 10:00"), 3, Unit.URGENT_HOURS, empty).at == at("2026-03-02 13:00")


def test_the_last_evening_of_the_data_can_still_be_measured():
    assert elapsed(at("2027-12-30 10:00"), at("2027-12-31 20:00"), Unit.WORKING_DAYS, CALENDAR) == 1
    assert elapsed(at("2027-12-31 17:00"), at("2027-12-31 20:00"), Unit.WORKING_HOURS, CALENDAR) == 1


@given(moments, amounts, units, pauses())
def test_elapsed_reaches_the_amount_at_the_deadline_and_not_before(start, amount, unit, stops):
    due = deadline(start, amount, unit, CALENDAR, stops).at
    assert elapsed(start, due, unit, CALENDAR, stops) == amount
    assert elapsed(start, due - timedelta(microseconds=1), unit, CALENDAR, stops) < amount


@given(moments, amounts, units, pauses())
def test_a_pause_never_brings_a_deadline_forward(start, amount, unit, stops):
    free = deadline(start, amount, unit, CALENDAR).at
    held = deadline(start, amount, unit, CALENDAR, stops).at
    assert start < free <= held


@given(moments, moments, amounts, units)
def test_a_later_start_is_due_no_earlier(one, other, amount, unit):
    first, second = sorted((one, other))
    assert deadline(first, amount, unit, CALENDAR).at <= deadline(second, amount, unit, CALENDAR).at


@given(moments, moments, moments, st.sampled_from([Unit.URGENT_HOURS, Unit.WORKING_HOURS]), pauses())
def test_hours_add_up(one, two, three, unit, stops):
    first, middle, last = sorted((one, two, three))
    parts = elapsed(first, middle, unit, CALENDAR, stops) + elapsed(middle, last, unit, CALENDAR, stops)
    assert parts == elapsed(first, last, unit, CALENDAR, stops)


@given(moments, amounts, st.sampled_from([Unit.WORKING_DAYS, Unit.WORKING_HOURS]))
def test_working_deadlines_fall_in_working_time(start, amount, unit):
    due = deadline(start, amount, unit, CALENDAR).at.astimezone(SHANGHAI)
    assert CALENDAR.is_working_day(due.date())
    assert time(9) < due.time() <= time(12) or time(14) < due.time() <= time(18)
    assert unit is Unit.WORKING_HOURS or due.time() == time(18)


@given(moments, amounts, units, pauses())
def test_the_share_is_one_at_the_deadline(start, amount, unit, stops):
    due = deadline(start, amount, unit, CALENDAR, stops).at
    assert share_used(start, due, due, unit, CALENDAR, stops) == 1
    assert share_used(start, due, start, unit, CALENDAR, stops) == 0


def test_traffic_light():
    start, due = at("2026-03-02 09:00"), at("2026-03-03 18:00")
    for now, share, light in [
        ("2026-03-02 09:00", 0, Light.GREEN),
        ("2026-03-02 18:00", Fraction(1, 2), Light.GREEN),
        ("2026-03-03 15:12", Fraction(8, 10), Light.YELLOW),
        ("2026-03-03 18:00", 1, Light.YELLOW),
        ("2026-03-03 18:01", 1, Light.RED),
        ("2026-03-04 18:00", Fraction(3, 2), Light.RED),
    ]:
        assert share_used(start, due, at(now), Unit.WORKING_DAYS, CALENDAR) == share
        assert traffic_light(start, due, at(now), Unit.WORKING_DAYS, CALENDAR) is light


@given(moments, amounts, units, pauses(), st.integers(1, 20), moments)
def test_the_warning_moment_tells_the_light_without_a_calendar(start, amount, unit, stops, part, now):
    due, share = deadline(start, amount, unit, CALENDAR, stops).at, Fraction(part, 20)
    warns = warning_moment(start, due, unit, CALENDAR, stops, warning_share=share)
    assert start <= warns <= due
    for moment in (now, warns, warns - timedelta(microseconds=1), due):
        if moment >= start:
            kept = Light.RED if moment > due else Light.YELLOW if moment >= warns else Light.GREEN
            assert kept == traffic_light(start, due, moment, unit, CALENDAR, stops, warning_share=share)


@given(moments, amounts, amounts, units, pauses())
def test_an_extension_gives_what_the_longer_promise_would_have_given(start, amount, more, unit, stops):
    due = deadline(start, amount, unit, CALENDAR, stops).at
    assert extended(due, more, unit, CALENDAR, stops).at == deadline(start, amount + more, unit, CALENDAR, stops).at


def test_an_extension_of_a_promise_in_hours_by_days_ends_with_the_day():
    due = deadline(at("2026-03-02 09:00"), 24, Unit.NATURAL_HOURS, CALENDAR).at
    assert extended(due, 2, Unit.WORKING_DAYS, CALENDAR).at == at("2026-03-05 18:00")


def test_a_deadline_without_running_time_is_used_up_when_it_comes():
    start, due = at("2026-03-07 09:00"), at("2026-03-08 09:00")
    assert share_used(start, due, at("2026-03-07 20:00"), Unit.WORKING_HOURS, CALENDAR) == 0
    assert share_used(start, due, due, Unit.WORKING_HOURS, CALENDAR) == 1


def test_hours_can_be_configured():
    continuous = Calendar.from_rows(rows(), YEARS, hours=[(time(8, 30), time(17, 30))])
    assert deadline(at("2026-03-02 17:00"), 1, Unit.WORKING_HOURS, continuous).at == at("2026-03-03 09:00")
    assert deadline(at("2026-03-02 17:00"), 1, Unit.WORKING_DAYS, continuous).at == at("2026-03-03 17:30")


@pytest.mark.parametrize(
    "hours",
    [
        [],
        [(time(9), time(9))],
        [(time(14), time(18)), (time(9), time(12))],
        [(time(9), time(14)), (time(13), time(18))],
    ],
)
def test_hours_must_be_in_order(hours):
    with pytest.raises(ValueError, match="working hours"):
        Calendar.from_rows([], YEARS, hours)


def test_rows_must_agree_and_lie_in_known_years():
    with pytest.raises(ValueError, match="2030"):
        Calendar.from_rows([(date(2030, 1, 1), DayKind.HOLIDAY)], YEARS)
    with pytest.raises(ValueError, match="both"):
        Calendar.from_rows([(date(2026, 1, 1), DayKind.HOLIDAY), (date(2026, 1, 1), DayKind.WORKING)], YEARS)


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        deadline(datetime(2026, 3, 2, 10), 1, Unit.WORKING_DAYS, CALENDAR)
    with pytest.raises(ValueError, match="1 to"):
        deadline(at("2026-03-02 10:00"), 0, Unit.WORKING_DAYS, CALENDAR)
    with pytest.raises(ValueError, match="pause"):
        stop = Pause(at("2026-03-03 10:00"), at("2026-03-02 10:00"))
        deadline(at("2026-03-02 10:00"), 1, Unit.WORKING_DAYS, CALENDAR, [stop])
