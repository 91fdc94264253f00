"""Counts, durations, transfers and the three rates over any set of requests, each figure with the rows behind it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import translation

from jinlin.platform.access import Actor, Role
from jinlin.platform.dates import LOCAL
from jinlin.playbooks.schema import Rating as Scheme
from jinlin.requests import rules
from jinlin.requests.models import Clock, Rating, Request


@dataclass(frozen=True)
class Rate:
    """A rate as its parts: `met` out of `counted`; no value where nothing was counted, never 0 % or 100 %."""

    met: Fraction
    counted: int

    @property
    def value(self) -> Fraction | None:
        return self.met / self.counted if self.counted else None


@dataclass(frozen=True)
class ThreeRates:
    """响应率, 解决率, 满意率 over valid call-backs and ratings, and their weighted total under the scheme."""

    response: Rate
    solution: Rate
    satisfaction: Rate
    scheme: Scheme

    @property
    def total(self) -> Fraction | None:
        parts = (
            (self.scheme.weight_response, self.response.value),
            (self.scheme.weight_solution, self.solution.value),
            (self.scheme.weight_satisfaction, self.satisfaction.value),
        )
        if any(value is None for _weight, value in parts):
            return None
        return sum((weight * value for weight, value in parts), Fraction(0))


def three_rates(requests: QuerySet[Request], scheme: Scheme) -> ThreeRates:
    """Return the three rates of `requests` by their newest rating; ratings that are not valid count nowhere.

    Source of the formulas: 接诉即办 assessment as the working district tools compute it; weights come with the scheme.
    """
    newest = Rating.objects.filter(request=OuterRef("pk")).order_by("-at", "-id").values("pk")[:1]
    rated = Rating.objects.filter(pk__in=requests.annotate(newest=Subquery(newest)).values("newest"), valid=True)
    counts = rated.aggregate(
        all_rows=Count("pk"),
        responded_rows=Count("pk", filter=Q(responded=True)),
        solved_rows=Count("pk", filter=Q(solved=Rating.Solved.YES)),
        satisfied_rows=Count("pk", filter=Q(satisfied=Rating.Satisfied.YES)),
        mostly_rows=Count("pk", filter=Q(satisfied=Rating.Satisfied.MOSTLY)),
        unsatisfied_rows=Count("pk", filter=Q(satisfied=Rating.Satisfied.NO)),
    )
    content = (
        scheme.satisfied * counts["satisfied_rows"]
        + scheme.basically_satisfied * counts["mostly_rows"]
        + scheme.unsatisfied * counts["unsatisfied_rows"]
    )
    return ThreeRates(
        response=Rate(Fraction(counts["responded_rows"]), counts["all_rows"]),
        solution=Rate(Fraction(counts["solved_rows"]), counts["all_rows"]),
        satisfaction=Rate(Fraction(content), counts["all_rows"]),
        scheme=scheme,
    )


def on_time(requests: QuerySet[Request], milestone: str, now: datetime) -> Rate:
    """Return how many promises were kept in time, of all that are due: open overdue ones stay in the denominator."""
    clocks = Clock.objects.filter(request__in=requests, milestone=milestone)
    due = clocks.filter(Q(met=True) | Q(ended_at__isnull=True, due_at__lt=now))
    kept = due.filter(met=True, ended_at__lte=F("due_at")).count()
    return Rate(Fraction(kept), due.count())


def report(requests: QuerySet[Request], scheme: Scheme) -> dict[str, Any]:
    """Return what `jinlin requests report` prints: counts by state, channel and kind, durations, transfers, rates.

    Days to reply are those that the source counted, or the full days from raising to the first answer of our own.
    """
    rates = three_rates(requests, scheme)
    days = days_to_reply(requests)
    return {
        "requests": requests.count(),
        "by_state": dict(requests.order_by().values_list("state").annotate(rows=Count("pk")).order_by("-rows", "state")),
        "by_channel": counts_by_word(requests, "channel"),
        "by_kind": counts_by_word(requests, "kind"),
        "median_days_to_reply": median(days) if days else None,
        "transfers": transfers(requests),
        "rates": {
            "scheme": scheme.version,
            "counted": rates.response.counted,
            "response": _number(rates.response.value),
            "solution": _number(rates.solution.value),
            "satisfaction": _number(rates.satisfaction.value),
            "total": _number(rates.total),
        },
    }


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


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)


def figures_for(actor: Actor) -> QuerySet[Request]:
    """Return the requests that the figures of a member of staff cover: those in which they play a part.

    Raises:
        NotSignedIn, NotAllowed: for everybody else.
    """
    actor.must_hold(rules.HANDLER_ROLES | {Role.AUDITOR})
    return rules.visible_to(actor)


def raised_between(requests: QuerySet[Request], first: date | None, last: date | None) -> QuerySet[Request]:
    """Return those of `requests` that were raised from `first` to `last`, both days included, local time."""
    if first:
        requests = requests.filter(raised_at__gte=datetime.combine(first, time.min, LOCAL))
    if last:
        requests = requests.filter(raised_at__lt=datetime.combine(last + timedelta(days=1), time.min, LOCAL))
    return requests
