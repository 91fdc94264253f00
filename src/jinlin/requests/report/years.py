"""A year of requests that other systems handed over, compared with the year before and beside own channels."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from jinlin.platform.dates import today
from jinlin.requests.models import Request
from jinlin.requests.report.rates import number_of
from jinlin.requests.report.scope import raised_between


@dataclass(frozen=True)
class Comparison:
    """How many requests there were in a span of the year before and in the same span of the year."""

    before: int
    now: int

    @property
    def change(self) -> Fraction | None:
        """The growth as a share of what was before; none where nothing was."""
        return Fraction(self.now - self.before, self.before) if self.before else None

    def as_dict(self) -> dict[str, Any]:
        """Return it as the JSON of reports has it."""
        return {"before": self.before, "now": self.now, "change": number_of(self.change)}


def year_on_year(requests: QuerySet[Request], year: int, *, source: str = "") -> dict[str, Any]:
    """Return the requests that other systems handed over in `year` and in the year before, beside those of own channels.

    A fall that comes with a fall of one's own channels, or with silence there, says nothing about fewer troubles; so both
    are told together. `source` narrows what was handed over to one system. While the year runs, `so_far` compares both
    years up to the present day.
    """
    own = requests.filter(external_source="")
    referred = requests.filter(external_source=source) if source else requests.exclude(external_source="")
    figures = {"year": year, **_both(referred, own, date(year, 12, 31))}
    running = today().year == year
    return figures | {"so_far": {"to": today().isoformat(), **_both(referred, own, today())} if running else None}


def _both(referred: QuerySet[Request], own: QuerySet[Request], last: date) -> dict[str, Any]:
    return _compared(referred, last).as_dict() | {"own_channels": _compared(own, last).as_dict()}


def _compared(requests: QuerySet[Request], last: date) -> Comparison:
    """Count from New Year to the day, and to the same day a year earlier."""
    day_before = min(last.day, monthrange(last.year - 1, last.month)[1])
    spans = (last.replace(year=last.year - 1, day=day_before), last)
    return Comparison(*(raised_between(requests, day.replace(month=1, day=1), day).count() for day in spans))
