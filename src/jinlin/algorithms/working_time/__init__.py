"""Deadlines and elapsed time in natural and working time, from a calendar of holidays and make-up working days."""

from jinlin.algorithms.working_time.calendar import (
    DEFAULT_HOURS,
    Calendar,
    DayKind,
    MissingCalendarYear,
    YearStatus,
)
from jinlin.algorithms.working_time.clock import (
    Deadline,
    Light,
    Pause,
    Unit,
    deadline,
    deadline_with,
    elapsed,
    extended,
    share_used,
    traffic_light,
    warning_moment,
)
from jinlin.algorithms.working_time.periods import LastDay, last_day

__all__ = [
    "DEFAULT_HOURS",
    "Calendar",
    "DayKind",
    "Deadline",
    "LastDay",
    "Light",
    "MissingCalendarYear",
    "Pause",
    "Unit",
    "YearStatus",
    "deadline",
    "deadline_with",
    "elapsed",
    "extended",
    "last_day",
    "share_used",
    "traffic_light",
    "warning_moment",
]
