"""Loads calendar years and gives the working calendar that deadlines are computed with."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from jinlin.algorithms.working_time import Calendar
from jinlin.region.models import CalendarDay, CalendarYear


def load_calendars(path: Path | None = None) -> int:
    """Write the years of a TOML file (default: the shipped one) over those present; return how many years.

    A year that an operator has edited is only replaced by a file that names it.
    """
    years = tomllib.loads((path or settings.JINLIN_CALENDARS).read_text())["year"]
    with transaction.atomic():
        for year in years:
            replace_year(year)
    working_calendar.cache_clear()
    return len(years)


def replace_year(year: Mapping[str, Any]) -> None:
    """Replace one year's days: `year`, `status`, `source`, `holidays` and `working` as lists of {day, name}."""
    CalendarDay.objects.filter(day__year=year["year"]).delete()
    CalendarYear.objects.update_or_create(
        year=year["year"], defaults={"status": year["status"], "source": year["source"]}
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(day=_day(entry["day"]), kind=kind, name=entry["name"])
        for kind, entries in ((CalendarDay.Kind.HOLIDAY, year["holidays"]), (CalendarDay.Kind.WORKING, year["working"]))
        for entry in entries
    )


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


@lru_cache(maxsize=1)
def working_calendar() -> Calendar:
    """Return the calendar of all known years; cached in this process until a year is replaced."""
    return Calendar.from_rows(
        days=CalendarDay.objects.values_list("day", "kind"),
        years=dict(CalendarYear.objects.values_list("year", "status")),
    )
