"""Clocks of cases: deadlines, time used and its share, with pauses, in urgent, natural and working units.

The rules, which people can check by hand:

- Hours run on from the moment of the start: urgent and natural hours through nights and holidays, working hours in
  working time only. A start outside working time counts from the next working moment.
- A deadline of n working days ends at close of business of the n-th working day after the start day; one of n natural
  days ends with the n-th day after the start day, at 24:00. The start day itself does not count (Civil Code, art. 201).
  For working days the start day is the day of the next working moment.
- A pause stops the clock. A start within a pause counts from its end. A day counts when the clock runs at its end
  (close of business, or 24:00), so a pause shifts a deadline in days by the days whose end it covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import islice, takewhile
from typing import NamedTuple

from jinlin.algorithms.working_time.calendar import ZONE, Calendar, MissingCalendarYear

WARNING_SHARE = Fraction(8, 10)
MAX_AMOUNT = 10_000

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
_NEVER = datetime.max  # noqa: DTZ901 - local times are naive here


class Unit(StrEnum):
    """What a deadline is counted in: 紧急工作时, 自然时, 自然日, 工作时, 工作日."""

    URGENT_HOURS = "urgent_hours"
    NATURAL_HOURS = "natural_hours"
    NATURAL_DAYS = "natural_days"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"

    @property
    def is_working(self) -> bool:
        """Whether the unit needs the calendar."""
        return self in (Unit.WORKING_HOURS, Unit.WORKING_DAYS)

    @property
    def is_days(self) -> bool:
        """Whether the unit counts whole days."""
        return self in (Unit.NATURAL_DAYS, Unit.WORKING_DAYS)


class Light(StrEnum):
    """The traffic light of a clock: green below 80 %, yellow to the deadline, red after it."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Pause(NamedTuple):
    """A time in which the clock stands, both ends aware; close an open pause with the present moment."""

    start: datetime
    end: datetime


class Deadline(NamedTuple):
    """The last moment in UTC, and whether it rests on a year whose official notice is not out."""

    at: datetime
    provisional: bool


def deadline(
    start: datetime, amount: int, unit: Unit | str, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> Deadline:
    """Return when `amount` units from the aware `start` are over.

    Raises ValueError for an amount outside 1 to MAX_AMOUNT, a naive datetime or a pause that ends before it starts, and
    MissingCalendarYear when working units reach a year that the calendar does not know.
    """
    unit = Unit(unit)
    if not 1 <= amount <= MAX_AMOUNT:
        raise ValueError(f"A deadline takes 1 to {MAX_AMOUNT} units, not {amount}.")
    began, stops = _local(start), _merged(pauses)
    if unit.is_days:
        end = _after_days(began, amount, unit, calendar, stops)
    else:
        end = _after_time(began, amount * _HOUR, unit, calendar, stops)
    provisional = unit.is_working and calendar.is_provisional(began.date(), end.date())
    return Deadline(_utc(end), provisional)


def elapsed(
    start: datetime, end: datetime, unit: Unit | str, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> Fraction:
    """Return the units used from `start` to `end`: parts of hours, but whole days, as days count at their end.

    It is the inverse of `deadline`: at the deadline, and not before, the whole amount is used. An `end` before
    `start` gives zero. Raises what `deadline` raises.
    """
    unit = Unit(unit)
    began, ended, stops = _local(start), _local(end), _merged(pauses)
    if ended <= began:
        return Fraction(0)
    if not unit.is_days:
        return _ratio(_running_time(began, ended, unit, calendar, stops), _HOUR)
    if unit.is_working:
        calendar.require(began.date(), ended.date())
    days = 0
    # The years up to `ended` are known; that the next day lies beyond the data matters to nobody who asks about these.
    with suppress(MissingCalendarYear):
        for _ in takewhile(lambda end: end <= ended, _counted_ends(began, unit, calendar, stops)):
            days += 1
    return Fraction(days)


def share_used(
    start: datetime,
    due: datetime,
    now: datetime,
    unit: Unit | str,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
) -> Fraction:
    """Return which share of the running time from `start` to the deadline `due` has passed; it may exceed 1.

    Days are measured by the time that runs within them, so that a deadline of one day warns before it ends. `due` is
    the deadline that holds at present, so that an extension counts. Working time stands still at night, so whether a
    case is overdue is asked of `now > due`, not of the share. Raises what `deadline` raises.
    """
    unit = Unit(unit)
    began, ends, present, stops = _local(start), _local(due), _local(now), _merged(pauses)
    total = _running_time(began, ends, unit, calendar, stops)
    if not total:
        return Fraction(int(present >= ends))
    return _ratio(_running_time(began, present, unit, calendar, stops), total)


def traffic_light(
    start: datetime,
    due: datetime,
    now: datetime,
    unit: Unit | str,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    *,
    warning_share: Fraction = WARNING_SHARE,
) -> Light:
    """Return the light of a clock: red after `due`, yellow from `warning_share` of its time on, green before."""
    if now > due:
        return Light.RED
    share = share_used(start, due, now, unit, calendar, pauses)
    return Light.GREEN if share < warning_share else Light.YELLOW


def warning_moment(
    start: datetime,
    due: datetime,
    unit: Unit | str,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    *,
    warning_share: Fraction = WARNING_SHARE,
) -> datetime:
    """Return the first moment, in UTC, at which `traffic_light` is yellow; `due` itself where no time runs before it.

    Kept beside a deadline it tells the light without a calendar, as long as nothing changes. Raises what `deadline` raises.
    """
    unit = Unit(unit)
    began, ends, stops = _local(start), _local(due), _merged(pauses)
    total = _running_time(began, ends, unit, calendar, stops) if began < ends else timedelta()
    wanted = -(-total * warning_share.numerator // warning_share.denominator)
    if not wanted:
        return due.astimezone(UTC)
    return _utc(min(_after_time(began, wanted, unit, calendar, stops), ends))


def extended(
    due: datetime, amount: int, unit: Unit | str, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> Deadline:
    """Return the deadline that is `amount` units later than `due`, which lies at the end of a day for units in days.

    The day that ends at `due` is the start day, which does not count. Raises what `deadline` raises.
    """
    unit = Unit(unit)
    return deadline(due - _MOMENT if unit.is_days else due, amount, unit, calendar, pauses)


def deadline_with(
    start: datetime,
    amount: int,
    unit: Unit | str,
    extensions: Iterable[tuple[int, Unit | str]],
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
) -> Deadline:
    """Return the deadline of a promise after its extensions, (amount, unit) each, in their order.

    It is provisional if any part of the way is. Raises what `deadline` raises.
    """
    stops = list(pauses)
    due = deadline(start, amount, unit, calendar, stops)
    for more, counted_in in extensions:
        later = extended(due.at, more, counted_in, calendar, stops)
        due = Deadline(later.at, later.provisional or due.provisional)
    return due


def _after_time(began: datetime, amount: timedelta, unit: Unit, calendar: Calendar, stops: Sequence[Pause]) -> datetime:
    for start, end in _running_stretches(began, stops):
        reached = calendar.after_working_time(start, amount) if unit.is_working else start + amount
        if reached <= end:
            return reached
        amount -= _time_between(start, end, unit, calendar)
    raise AssertionError("The last stretch never ends.")


def _after_days(began: datetime, amount: int, unit: Unit, calendar: Calendar, stops: Sequence[Pause]) -> datetime:
    ends = _counted_ends(began, unit, calendar, stops)
    return next(islice(ends, amount - 1, None))


def _counted_ends(began: datetime, unit: Unit, calendar: Calendar, stops: Sequence[Pause]) -> Iterator[datetime]:
    """Yield the ends of the days after the start day, but for those that a pause covers."""
    day = _first_running_moment(began, unit, calendar, stops).date()
    while True:
        day = calendar.next_working_day(day) if unit.is_working else day + _DAY
        end = calendar.close(day) if unit.is_working else datetime.combine(day, time.min) + _DAY
        if not any(stop.start < end <= stop.end for stop in stops):
            yield end


def _first_running_moment(moment: datetime, unit: Unit, calendar: Calendar, stops: Sequence[Pause]) -> datetime:
    for stop in (*stops, None):
        if unit.is_working:
            moment = calendar.next_working_moment(moment)
        if stop and stop.start <= moment < stop.end:
            moment = stop.end
    return moment


def _running_time(
    began: datetime, ended: datetime, unit: Unit, calendar: Calendar, stops: Sequence[Pause]
) -> timedelta:
    stretches = ((start, min(end, ended)) for start, end in _running_stretches(began, stops) if start < ended)
    return sum((_time_between(start, end, unit, calendar) for start, end in stretches), timedelta())


def _running_stretches(began: datetime, stops: Sequence[Pause]) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches from `began` in which no pause lies; the last one never ends."""
    for stop in stops:
        if began < stop.start:
            yield began, stop.start
        began = max(began, stop.end)
    yield began, _NEVER


def _time_between(start: datetime, end: datetime, unit: Unit, calendar: Calendar) -> timedelta:
    return calendar.working_time(start, end) if unit.is_working else end - start


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Return the pauses in local time, in order, those that touch or overlap made one."""
    merged: list[Pause] = []
    for start, end in sorted((_local(start), _local(end)) for start, end in pauses):
        if end < start:
            raise ValueError(f"A pause ends at {end} before it starts at {start}.")
        if merged and start <= merged[-1].end:
            merged[-1] = Pause(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Pause(start, end))
    return merged


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"The time {moment} has no time zone; clocks take aware times only.")
    return moment.astimezone(ZONE).replace(tzinfo=None)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZONE).astimezone(UTC)


def _ratio(part: timedelta, whole: timedelta) -> Fraction:
    microsecond = timedelta(microseconds=1)
    return Fraction(part // microsecond, whole // microsecond)
