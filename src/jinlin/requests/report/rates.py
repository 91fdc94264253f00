"""Rates over requests: the three rates of the reporters under their schemes, the shares of city management, and promises."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Appointment
from jinlin.platform.errors import Words
from jinlin.playbooks.schema import Rating as Scheme
from jinlin.requests.models import Rating, Request, Step
from jinlin.requests.report.sets import among
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
class Judged:
    """How many requests were judged, and how; `held` is the version of the scheme that held then."""

    held: int
    counted: int
    responded: int
    solved: int
    satisfied: int
    mostly: int
    unsatisfied: int

    def content(self, scheme: Scheme) -> Fraction:
        """Return what the answers on satisfaction count together under `scheme`."""
        return (
            scheme.satisfied * self.satisfied
            + scheme.basically_satisfied * self.mostly
            + scheme.unsatisfied * self.unsatisfied
        )

    def total(self, scheme: Scheme) -> Fraction:
        """Return the weighted total under `scheme`, times the number of those counted."""
        return (
            scheme.weight_response * self.responded
            + scheme.weight_solution * self.solved
            + scheme.weight_satisfaction * self.content(scheme)
        )


@dataclass(frozen=True)
class Schemes:
    """The versions of the three rates. Each judgement counts under that of its day, unless `under` names one for all."""

    versions: Mapping[int, Scheme] = field(default_factory=dict)
    under: int | None = None

    @classmethod
    def of(cls, rows: Iterable[Scheme], under: int | None = None) -> "Schemes":
        """Return the schemes of a playbook's rows.

        Raises:
            KeyError: when `under` names no version.
        """
        versions = {row.version: row for row in rows}
        if under is not None and under not in versions:
            raise KeyError(under)
        return cls(versions, under)

    def scheme(self, version: int) -> Scheme:
        """Return the scheme for a judgement of a version; the newest where a playbook no longer has it."""
        return self.versions.get(self.under or version) or self.versions[max(self.versions)]


@dataclass(frozen=True)
class ThreeRates:
    """响应率, 解决率, 满意率 over valid call-backs and ratings, and their weighted total.

    Where several schemes held in the period, each judgement counts under its own, and `total` is the mean over all of
    them; `versions` are those that counted something.
    """

    response: Rate
    solution: Rate
    satisfaction: Rate
    total: Fraction | None
    versions: tuple[int, ...]


def three_rates(requests: QuerySet[Request], schemes: Schemes) -> ThreeRates:
    """Return the three rates of `requests` by their newest judgement; those that are not valid count nowhere.

    Source of the formulas: 接诉即办 assessment as the working district tools compute it; weights come with the scheme.
    """
    return rates_of([Judged(**row) for row in judged(requests)], schemes)


def judged(requests: QuerySet[Request], *groups: str) -> QuerySet[Request, dict[str, Any]]:
    """Count the newest valid judgements by version of the scheme and by `groups` (columns), in one statement."""
    rows = requests.filter(ratings__newest=True, ratings__valid=True).order_by()
    counts = {
        "responded": Q(ratings__responded=True),
        "solved": Q(ratings__solved=Rating.Solved.YES),
        "satisfied": Q(ratings__satisfied=Rating.Satisfied.YES),
        "mostly": Q(ratings__satisfied=Rating.Satisfied.MOSTLY),
        "unsatisfied": Q(ratings__satisfied=Rating.Satisfied.NO),
    }
    filtered = {name: Count("pk", filter=condition) for name, condition in counts.items()}
    return rows.values(*groups, held=F("ratings__scheme")).annotate(counted=Count("pk"), **filtered)


def rates_of(rows: Sequence[Judged], schemes: Schemes) -> ThreeRates:
    """Return the three rates of what was counted, each row under its scheme."""
    counted = sum(row.counted for row in rows)
    total = sum((row.total(schemes.scheme(row.held)) for row in rows), Fraction(0))
    content = sum((row.content(schemes.scheme(row.held)) for row in rows), Fraction(0))
    return ThreeRates(
        response=Rate(Fraction(sum(row.responded for row in rows)), counted),
        solution=Rate(Fraction(sum(row.solved for row in rows)), counted),
        satisfaction=Rate(Fraction(content), counted),
        total=total / counted if counted else None,
        versions=tuple(sorted({schemes.scheme(row.held).version for row in rows})),
    )


def left_out(requests: QuerySet[Request]) -> dict[str, int]:
    """Count the newest judgements that count in no rate by the exclusion that was granted; "" where none was named."""
    rows = requests.filter(ratings__newest=True, ratings__valid=False).order_by()
    found = rows.values_list("ratings__appeal__wish__exclusion").annotate(rows=Count("pk"))
    return {ground or "": count for ground, count in found.order_by("-rows")}


@dataclass(frozen=True)
class Share:
    """A share of city management: how many of the set `of` are in the set `met`, both named as in `sets`."""

    key: str
    name: Words
    met: str
    of: str


SHARES = (
    Share("handled", _("Handling rate"), "handled_due", "answer_due"),
    Share("in_time", _("Handled in time"), "answer_in_time", "answer_due"),
    Share("filed_rightly", _("Filed rightly"), "filed_rightly", "filed"),
    Share("dispatched_in_time", _("Dispatched in time"), "dispatch_in_time", "dispatch_due"),
    Share("dispatched_rightly", _("Dispatched rightly"), "dispatched_rightly", "dispatched"),
    Share("reworked", _("Rework rate"), "reworked", "handled"),
)
"""处置率, 按时处置率, 准确立案率, 按时派遣率, 准确派遣率, 返工率 (GB/T 30428.4, with the usual formulas).

What is due and still open counts against whoever owes it.
"""


def share_of(requests: QuerySet[Request], share: Share, now: datetime) -> Rate:
    """Return a share over `requests` as it stands `now`."""
    return Rate(Fraction(among(requests, share.met, now).count()), among(requests, share.of, now).count())


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
