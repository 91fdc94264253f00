"""Counts of requests by state, channel and kind, days to the reply, and how often they were passed on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, QuerySet
from django.utils import translation

from jinlin.platform.dates import now
from jinlin.requests.models import Category, Clock, Request
from jinlin.requests.report.groups import rates_by
from jinlin.requests.report.levels import closed_by_level
from jinlin.requests.report.rates import (
    SHARES,
    Schemes,
    ThreeRates,
    closed_in_grid,
    left_out,
    number_of,
    share_of,
    three_rates,
)
from jinlin.requests.report.sets import among

DAY = 86_400
"""Seconds."""


def report(requests: QuerySet[Request], schemes: Schemes, *, by: str = "") -> dict[str, Any]:
    """Return what `jinlin requests report` prints: counts by state, channel and kind, durations, transfers, rates.

    Days to reply are those that the source counted, or the full days from raising to the first answer of our own. With
    `by`, a grouping of `groups`, the three rates of each group stand beside the whole.

    Raises:
        KeyError: for an unknown grouping.
    """
    at, in_grid = now(), closed_in_grid(requests)
    days = days_to_reply(requests)
    return {
        "requests": requests.count(),
        "by_state": dict(
            requests.order_by().values_list("state").annotate(rows=Count("pk")).order_by("-rows", "state")
        ),
        "by_channel": counts_by_word(requests, "channel"),
        "by_outcome": dict(
            requests.exclude(outcome="")
            .order_by()
            .values_list("outcome")
            .annotate(rows=Count("pk"))
            .order_by("-rows", "outcome")
        ),
        "reopened": requests.filter(reopened__gt=0).count(),
        "days_to_close": days_to_close(requests),
        "by_kind": counts_by_word(requests, "kind"),
        "median_days_to_reply": median(days) if days else None,
        "transfers": transfers(requests),
        "in_grid": {"closed": in_grid.counted, "there": int(in_grid.met), "rate": number_of(in_grid.value)},
        "levels": closed_by_level(requests),
        "rates": _as_dict(three_rates(requests, schemes)),
        "left_out": left_out(requests),
        "city_management": {share.key: number_of(share_of(requests, share, at).value) for share in SHARES},
    } | ({"groups": _groups(requests, by, schemes)} if by else {})


def _as_dict(rates: ThreeRates) -> dict[str, Any]:
    return {
        "schemes": list(rates.versions),
        "counted": rates.response.counted,
        "response": number_of(rates.response.value),
        "solution": number_of(rates.solution.value),
        "satisfaction": number_of(rates.satisfaction.value),
        "total": number_of(rates.total),
    }


def _groups(requests: QuerySet[Request], by: str, schemes: Schemes) -> list[dict[str, Any]]:
    rows = rates_by(requests, by, schemes)
    return [{"key": str(group.key), "name": group.name, **_as_dict(group.rates)} for group in rows]


def counts_by_word(requests: QuerySet[Request], column: str) -> dict[str, int]:
    """Return how many requests there are for each value of a column, the most frequent first.

    The keys are the official Chinese words; where a source used words of its own, they are kept as they were.
    """
    rows = requests.order_by().values_list(column, f"labels__{column}").annotate(rows=Count("pk"))
    counts: Counter[str] = Counter()
    with translation.override("zh-hans"):
        words = {value: str(word) for value, word in Request._meta.get_field(column).flatchoices}
        for value, own_word, count in rows:
            counts[own_word or words[value]] += count
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def days_to_reply(requests: QuerySet[Request]) -> list[int]:
    """Return the days to the reply of every request that was answered."""
    counted = list(requests.filter(days_to_reply__isnull=False).values_list("days_to_reply", flat=True))
    own = Clock.objects.filter(
        request__in=requests.filter(days_to_reply__isnull=True), milestone=Clock.Milestone.FIRST_ANSWER, met=True
    ).values_list("request__raised_at", "ended_at")
    return counted + [(ended - raised).days for raised, ended in own]


def transfers(requests: QuerySet[Request]) -> dict[str, Any]:
    """Return how often requests were passed on: in all, on average, at most, and how many requests for each number."""
    spread = dict(requests.order_by().values_list("transfers").annotate(rows=Count("pk")).order_by("transfers"))
    rows, total = sum(spread.values()), sum(number * count for number, count in spread.items())
    return {
        "total": total,
        "mean": total / rows if rows else None,
        "median": _median_of(spread),
        "max": max(spread, default=None),
        "by_number": {str(number): count for number, count in spread.items()},
    }


def _median_of(spread: Mapping[int, int]) -> float | None:
    values = [number for number, count in spread.items() for _ in range(count)]
    return median(values) if values else None


def days_to_close(requests: QuerySet[Request]) -> list[dict[str, Any]]:
    """Return for each category how many requests were closed and their mean time from receipt to close, in days.

    What has no category stands last, under an empty code.
    """
    names = dict(Category.objects.values_list("code", "name"))
    found = [
        {"category": code, "name": names.get(code, ""), "closed": took.closed, "days": round(took.mean_days, 2)}
        for code, took in times_to_close(requests, F("category")).items()
    ]
    return sorted(found, key=lambda row: (row["category"] == "", row["category"]))


@dataclass(frozen=True)
class TimeToClose:
    """How many requests of a group were closed, and their mean time from receipt to close."""

    closed: int
    mean_days: float


def times_to_close(requests: QuerySet[Request], by: Any) -> dict[Any, TimeToClose]:
    """Return {group: time to close} of the groups, by an expression, in which something was closed."""
    took = ExpressionWrapper(F("closed_at") - F("received_at"), output_field=DurationField())
    closed = among(requests, "closed", now()).order_by().annotate(group_key=by)
    rows = closed.values_list("group_key").annotate(closed=Count("pk"), mean=Avg(took))
    return {key: TimeToClose(number, mean.total_seconds() / DAY) for key, number, mean in rows}
