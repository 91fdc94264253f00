"""Periods in whole days, such as that of a public notice: their last day, which is never a free one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from jinlin.algorithms.working_time.calendar import Calendar
from jinlin.algorithms.working_time.clock import MAX_AMOUNT, Unit


class LastDay(NamedTuple):
    """The last day of a period, whether it rests on a year whose official notice is not out, and whether it was put off."""

    day: date
    provisional: bool
    put_off: bool


def last_day(start: date, amount: int, unit: Unit | str, calendar: Calendar) -> LastDay:
    """Return the last day of a period of `amount` days; it runs to 24:00.

    The day on which it starts does not count (Civil Code, art. 201); a period whose last day is free ends on the next
    working day (art. 203).

    Raises ValueError for an amount outside 1 to MAX_AMOUNT or a unit that counts no days, and MissingCalendarYear when the
    period reaches a year that the calendar does not know.
    """
    unit = Unit(unit)
    if not unit.is_days:
        raise ValueError(f"A period is counted in days, not in {unit}.")
    if not 1 <= amount <= MAX_AMOUNT:
        raise ValueError(f"A period takes 1 to {MAX_AMOUNT} days, not {amount}.")
    counted = _nth_working_day(start, amount, calendar) if unit.is_working else start + timedelta(days=amount)
    found = counted if calendar.is_working_day(counted) else calendar.next_working_day(counted)
    return LastDay(found, calendar.is_provisional(start, found), found != counted)


def _nth_working_day(start: date, amount: int, calendar: Calendar) -> date:
    day = start
    for _ in range(amount):
        day = calendar.next_working_day(day)
    return day
