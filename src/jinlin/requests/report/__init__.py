"""Figures over requests: counts, durations, transfers, rates and years, each over the rows that its caller chose."""

from jinlin.requests.report.counts import TimeToClose, report, times_to_close
from jinlin.requests.report.groups import GROUPINGS, Group, rates_by
from jinlin.requests.report.levels import closed_by_level
from jinlin.requests.report.rates import SHARES, Rate, Schemes, Share, ThreeRates, share_of, three_rates
from jinlin.requests.report.scope import figures_for, raised_between, within
from jinlin.requests.report.sets import SETS, among, promised
from jinlin.requests.report.years import year_on_year

__all__ = [
    "GROUPINGS",
    "SETS",
    "SHARES",
    "Group",
    "Rate",
    "Schemes",
    "Share",
    "ThreeRates",
    "TimeToClose",
    "among",
    "closed_by_level",
    "figures_for",
    "promised",
    "raised_between",
    "rates_by",
    "report",
    "share_of",
    "three_rates",
    "times_to_close",
    "within",
    "year_on_year",
]
