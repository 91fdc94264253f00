"""Figures over requests: counts, durations, transfers, rates and years, each over the rows that its caller chose."""

from jinlin.requests.report.counts import report
from jinlin.requests.report.rates import Rate, ThreeRates, on_time, promised, rated_requests, three_rates
from jinlin.requests.report.scope import figures_for, raised_between, within
from jinlin.requests.report.years import year_on_year

__all__ = [
    "Rate",
    "ThreeRates",
    "figures_for",
    "on_time",
    "promised",
    "raised_between",
    "rated_requests",
    "report",
    "three_rates",
    "within",
    "year_on_year",
]
