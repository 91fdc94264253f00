"""Which days and hours are worked: a calendar made of plain rows, and arithmetic on its working time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
DEFAULT_HOURS = ((time(9), time(12)), (time(14), time(18)))

_MONDAY_TO_FRIDAY = range(5)


class DayKind(StrEnum):
    """What the yearly notice says of a day that differs from its weekday."""

    HOLIDAY = "holiday"
    WORKING = "working"


class YearStatus(StrEnum):
    """Whether a year follows the official notice or knows its statutory days only."""

    COMPLETE = "complete"
    PROVISIONAL = "provisional"


class MissingCalendarYear(LookupError):
    """The calendar has no data for `year`; import the notice of that year."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"The working calendar has no data for {year}; import the holiday notice of that year.")


@dataclass(frozen=True)
class Calendar:
    """Working days and hours of the years it knows; build it once with `from_rows` and share it.

    Its methods speak of local time of Asia/Shanghai as naive datetimes; `clock` turns UTC into it and back.
    """

    years: Mapping[int, YearStatus]
    hours: tuple[tuple[time, time], ...]
    _working: tuple[int, ...]

    @classmethod
    def from_rows(
        cls,
        days: Iterable[tuple[date, DayKind | str]],
        years: Mapping[int, YearStatus | str],
        hours: Sequence[tuple[time, time]] = DEFAULT_HOURS,
    ) -> Calendar:
        """Build a calendar from the exceptions (day, kind), the known years and the hours of a working day.

        Days that are not named are worked from Monday to Friday. Raises ValueError when a day lies in a year that is
        not named, is named twice with different kinds, or when the hours are empty, overlap or run backwards.
        """
        known = {year: YearStatus(status) for year, status in years.items()}
        exceptions = _exceptions(days, known)
        working = (day for year in sorted(known) for day in _days_of(year) if _is_worked(day, exceptions))
        return cls(known, _checked_hours(hours), tuple(day.toordinal() for day in working))

    def is_working_day(self, day: date) -> bool:
        """Say whether `day` is worked; raises MissingCalendarYear."""
        self.require(day, day)
        position = bisect_left(self._working, day.toordinal())
        return position < len(self._working) and self._working[position] == day.toordinal()

    def is_provisional(self, first: date, last: date) -> bool:
        """Say whether a year from `first` to `last` still waits for its official notice."""
        return any(self.years.get(year) is YearStatus.PROVISIONAL for year in range(first.year, last.year + 1))

    def require(self, first: date, last: date) -> None:
        """Raise MissingCalendarYear for the first year from `first` to `last` that has no data."""
        for year in range(first.year, last.year + 1):
            if year not in self.years:
                raise MissingCalendarYear(year)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`; raises MissingCalendarYear when it lies beyond the data."""
        return self._working_day(day, bisect_left(self._working, day.toordinal() + 1))

    def opening(self, day: date) -> datetime:
        """Return when work begins on `day`."""
        return datetime.combine(day, self.hours[0][0])

    def close(self, day: date) -> datetime:
        """Return the close of business on `day`."""
        return datetime.combine(day, self.hours[-1][1])

    def next_working_moment(self, moment: datetime) -> datetime:
        """Return `moment` if it is working time, else the next moment that is; a closing moment is not."""
        if self.is_working_day(moment.date()):
            for start, end in self.hours:
                if moment.time() < end:
                    return max(moment, datetime.combine(moment.date(), start))
        return self.opening(self.next_working_day(moment.date()))

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments, `start` not after `end`; raises MissingCalendarYear."""
        self.require(start.date(), end.date())
        return self._since_epoch(end) - self._since_epoch(start)

    def after_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """Return the first moment with `amount` (> 0) of working time since `start`; raises MissingCalendarYear."""
        self.require(start.date(), start.date())
        total = self._since_epoch(start) + amount
        days, rest = divmod(total, self._day_length)
        if not rest:
            days, rest = days - 1, self._day_length
        return _moment_after(self._working_day(start.date(), days), rest, self.hours)

    @cached_property
    def _day_length(self) -> timedelta:
        return _worked_until(time.max, self.hours)

    def _since_epoch(self, moment: datetime) -> timedelta:
        """Return the working time from the first day of the data to `moment`."""
        whole_days = bisect_left(self._working, moment.toordinal())
        worked = self.is_working_day(moment.date())
        return whole_days * self._day_length + worked * _worked_until(moment.time(), self.hours)

    def _working_day(self, asked: date, position: int) -> date:
        """Return the working day at `position`, which comes after `asked`, with no year missing between."""
        if position >= len(self._working):
            raise MissingCalendarYear(self._first_gap(asked.year))
        found = date.fromordinal(self._working[position])
        self.require(asked, found)
        return found

    def _first_gap(self, year: int) -> int:
        while year in self.years:
            year += 1
        return year


def _exceptions(days: Iterable[tuple[date, DayKind | str]], years: Mapping[int, YearStatus]) -> dict[date, DayKind]:
    exceptions: dict[date, DayKind] = {}
    for day, kind in days:
        if day.year not in years:
            raise ValueError(f"The calendar names {day}, but its year is not among {sorted(years)}.")
        if exceptions.setdefault(day, DayKind(kind)) != kind:
            raise ValueError(f"The calendar names {day} both as a holiday and as a working day.")
    return exceptions


def _is_worked(day: date, exceptions: Mapping[date, DayKind]) -> bool:
    kind = exceptions.get(day)
    return kind is DayKind.WORKING if kind else day.weekday() in _MONDAY_TO_FRIDAY


def _days_of(year: int) -> Iterable[date]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return (date.fromordinal(ordinal) for ordinal in range(first, last + 1))


def _checked_hours(hours: Sequence[tuple[time, time]]) -> tuple[tuple[time, time], ...]:
    moments = [moment for period in hours for moment in period]
    if not moments or any(earlier >= later for earlier, later in pairwise(moments)):
        raise ValueError("The working hours must be periods in order that neither overlap nor run past midnight.")
    return tuple((start, end) for start, end in hours)


def _since_midnight(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)


def _worked_until(moment: time, hours: Sequence[tuple[time, time]]) -> timedelta:
    periods = ((start, min(end, moment)) for start, end in hours if start < moment)
    return sum((_since_midnight(end) - _since_midnight(start) for start, end in periods), timedelta())


def _moment_after(day: date, worked: timedelta, hours: Sequence[tuple[time, time]]) -> datetime:
    """Return the first moment of `day` by which `worked` (more than zero, at most a day's work) has been worked."""
    for start, end in hours:
        length = _since_midnight(end) - _since_midnight(start)
        if worked <= length:
            return datetime.combine(day, start) + worked
        worked -= length
    raise ValueError("More work than the day has hours.")
