"""Counts, durations, transfers and the three rates over any set of requests, each figure with the rows behind it."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import translation

from jinlin.algorithms.place_codes import prefix_range
from jinlin.organisations.models import Appointment
from jinlin.platform.access import Actor, Role
from jinlin.platform.dates import LOCAL, today
from jinlin.playbooks.schema import Rating as Scheme
from jinlin.requests import rules
from jinlin.requests.models import Clock, Rating, Request, Step
from jinlin.requests.states import State, Verb


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
    rated = Rating.objects.filter(pk__in=rated_requests(requests).values("newest"))
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


def rated_requests(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Return the requests that the three rates count: those whose newest rating or call-back is valid."""
    newest = Rating.objects.filter(request=OuterRef("pk")).order_by("-at", "-id")
    with_newest = requests.annotate(
        newest=Subquery(newest.values("pk")[:1]), is_valid=Subquery(newest.values("valid")[:1])
    )
    return with_newest.filter(is_valid=True)


def on_time(requests: QuerySet[Request], milestone: str, now: datetime) -> Rate:
    """Return how many requests had a promise kept each time, of all that owe or owed it."""
    due = promised(requests, milestone, now)
    missed = Clock.objects.filter(request=OuterRef("pk"), milestone=milestone).filter(
        Q(met=True, ended_at__gt=F("due_at")) | Q(ended_at__isnull=True, due_at__lt=now)
    )
    return Rate(Fraction(due.exclude(Exists(missed)).count()), due.count())


def promised(requests: QuerySet[Request], milestone: str, now: datetime) -> QuerySet[Request]:
    """Return the requests whose promise was met, late or not, or is overdue: open overdue ones stay in the denominator."""
    clocks = Clock.objects.filter(request=OuterRef("pk"), milestone=milestone)
    return requests.filter(Exists(clocks.filter(Q(met=True) | Q(ended_at__isnull=True, due_at__lt=now))))


def closed_in_grid(requests: QuerySet[Request]) -> Rate:
    """Return how many closed requests of a grid were closed there (M035): handled by somebody with a post for that grid."""
    closed = requests.filter(state=State.CLOSED, grid__isnull=False)
    on_the_day = Q(term_to__isnull=True) | Q(term_to__gte=OuterRef("at__date"))
    posts = Appointment.objects.filter(
        on_the_day,
        person__account=OuterRef("actor_id"),
        zone=OuterRef("request__grid"),
        accepted_on__lte=OuterRef("at__date"),
        term_from__lte=OuterRef("at__date"),
    )
    handled = Step.objects.filter(Exists(posts), request=OuterRef("pk"), verb=Verb.HANDLE)
    return Rate(Fraction(closed.filter(Exists(handled)).count()), closed.count())


def report(requests: QuerySet[Request], scheme: Scheme) -> dict[str, Any]:
    """Return what `jinlin requests report` prints: counts by state, channel and kind, durations, transfers, rates.

    Days to reply are those that the source counted, or the full days from raising to the first answer of our own.
    """
    rates, in_grid = three_rates(requests, scheme), closed_in_grid(requests)
    days = days_to_reply(requests)
    return {
        "requests": requests.count(),
        "by_state": dict(
            requests.order_by().values_list("state").annotate(rows=Count("pk")).order_by("-rows", "state")
        ),
        "by_channel": counts_by_word(requests, "channel"),
        "by_kind": counts_by_word(requests, "kind"),
        "median_days_to_reply": median(days) if days else None,
        "transfers": transfers(requests),
        "in_grid": {"closed": in_grid.counted, "there": int(in_grid.met), "rate": _number(in_grid.value)},
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
        return {"before": self.before, "now": self.now, "change": _number(self.change)}


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


def within(requests: QuerySet[Request], place_code: str) -> QuerySet[Request]:
    """Return those of `requests` that lie in the place.

    Raises:
        InvalidPlaceCode.
    """
    low, high = prefix_range(place_code)
    return requests.filter(place_code__gte=low, place_code__lt=high)
