"""Rates over requests: the three rates of the reporters, promises kept, and what was closed within the grid."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from jinlin.organisations.models import Appointment
from jinlin.playbooks.schema import Rating as Scheme
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


def number_of(value: Fraction | None) -> float | None:
    """Return a rate as the JSON of reports has it, with four digits; nothing where nothing was counted."""
    return None if value is None else round(float(value), 4)
