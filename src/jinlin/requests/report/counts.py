"""Counts of requests by state, channel and kind, days to the reply, and how often they were passed on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from statistics import median
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Func, IntegerField, QuerySet
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
    at, in_grid, tally = now(), closed_in_grid(requests), _Tally(requests)
    return {
        "requests": tally.total,
        "by_state": _most_first(tally.of("state")),
        "by_channel": tally.by_word("channel"),
        "by_outcome": {outcome: count for outcome, count in _most_first(tally.of("outcome")).items() if outcome},
        "reopened": sum(count for times, count in tally.of("reopened").items() if times),
        "days_to_close": days_to_close(requests),
        "by_kind": tally.by_word("kind"),
        "median_days_to_reply": _median_of(days_to_reply(requests)),
        "transfers": _transfers(tally.of("transfers")),
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


class _Tally:
    """Counts of requests by several columns at once, in one statement."""

    COLUMNS = ("state", "channel", "labels__channel", "kind", "labels__kind", "outcome", "reopened", "transfers")

    def __init__(self, requests: QuerySet[Request]) -> None:
        self.rows = list(requests.order_by().values_list(*self.COLUMNS).annotate(rows=Count("pk")))

    @property
    def total(self) -> int:
        return sum(row[-1] for row in self.rows)

    def of(self, *columns: str) -> Counter[Any]:
        """Return how many requests there are for each value of a column, or for each tuple of values of several."""
        value = itemgetter(*(self.COLUMNS.index(column) for column in columns))
        counts: Counter[Any] = Counter()
        for row in self.rows:
            counts[value(row)] += row[-1]
        return counts

    def by_word(self, column: str) -> dict[str, int]:
        """Return how many there are for each official Chinese word of a column, the most frequent first.

        Where a source used words of its own, they are kept as they were.
        """
        counts: Counter[str] = Counter()
        with translation.override("zh-hans"):
            words = {value: str(word) for value, word in Request._meta.get_field(column).flatchoices}
            for (value, own_word), count in self.of(column, f"labels__{column}").items():
                counts[own_word or words[value]] += count
        return _most_first(counts)


def _most_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


class _FullDays(Func):
    """The full days of a time."""

    template = "CAST(EXTRACT(day FROM %(expressions)s) AS integer)"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Divide the microseconds that SQLite has for it."""
        return self.as_sql(compiler, connection, template="(%(expressions)s / 86400000000)", **more)


def days_to_reply(requests: QuerySet[Request]) -> Counter[int]:
    """Return {days to the reply: how many requests were answered after so many}."""
    counted = requests.filter(days_to_reply__isnull=False).order_by().values_list("days_to_reply")
    took = ExpressionWrapper(F("ended_at") - F("request__raised_at"), output_field=DurationField())
    own = Clock.objects.filter(
        request__in=requests.filter(days_to_reply__isnull=True), milestone=Clock.Milestone.FIRST_ANSWER, met=True
    ).values_list(_FullDays(took))
    return Counter(dict(counted.annotate(rows=Count("pk")))) + Counter(dict(own.annotate(rows=Count("pk"))))


def _transfers(spread: Mapping[int, int]) -> dict[str, Any]:
    """Return how often requests were passed on: in all, on average, at most, and how many requests for each number."""
    spread = dict(sorted(spread.items()))
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
