"""What is common: requests told together by place and category, counted by households and by requests apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf, Substr

from jinlin.algorithms.place_codes import Level
from jinlin.clusters.models import Cluster, Leading
from jinlin.disclosure.models import Disclosure
from jinlin.organisations.models import Task
from jinlin.people.models import Residence, Support
from jinlin.platform.dates import LOCAL
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema.hot_issues import Scope
from jinlin.requests.models import Request
from jinlin.requests.states import State
from jinlin.requests.supporting import support_subject
from jinlin.territory.models import Place, Zone

SCOPES: dict[Scope, Any] = {
    "grid": F("grid_id"),
    "estate": F("estate_id"),
    "community": Substr("place_code", 1, Level.COMMUNITY),
}
NOT_COUNTED = {State.DECLINED, State.WITHDRAWN}
AT_ONCE = 900


@dataclass
class Common:
    """Requests of one category in one place: whose words they are, and from when until when they came."""

    where: Any
    category: str
    requests: list[int] = field(default_factory=list)
    voices: set[str] = field(default_factory=set)
    first: datetime | None = None
    last: datetime | None = None

    @property
    def cases(self) -> int:
        """How many requests there are, however many of them come from one household."""
        return len(self.requests)

    @property
    def households(self) -> int:
        """How many households have it: each once, whatever it raised or said me too to."""
        return len(self.voices)

    def count(self, by: str) -> int:
        """Return the households or the requests."""
        return self.households if by == "households" else self.cases

    def take(self, request_id: int, voice: str, at: datetime) -> None:
        """Count one request in."""
        self.requests.append(request_id)
        self.voices.add(voice)
        self.first = min(self.first or at, at)
        self.last = max(self.last or at, at)


def received_between(first: datetime, last: datetime) -> QuerySet[Request]:
    """Return what was received from `first` until before `last`, without what was declined or withdrawn."""
    return Request.objects.filter(received_at__gte=first, received_at__lt=last).exclude(state__in=NOT_COUNTED)


def month_of(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of the day's month and of the next one, local time."""
    start = day.replace(day=1)
    after = (start + timedelta(days=32)).replace(day=1)
    return datetime.combine(start, time(), LOCAL), datetime.combine(after, time(), LOCAL)


def common(requests: QuerySet[Request], scope: Scope) -> list[Common]:
    """Tell requests together by place of `scope` and category, those of the most households first.

    The category is the confirmed one, or else what triage suggests. A reporter counts as the household they live in by
    proof, or else as themself; one who is not known counts as the place that they named, so that copies from nobody do not
    make a crowd. Requests without a place of that scope, without a category, or of a sensitive one are left out.
    """
    living = Residence.objects.filter(person=OuterRef("reporter"), valid_to__isnull=True)
    household = living.exclude(role=Residence.Role.LANDLORD).order_by("pk").values("household_id")[:1]
    rows = requests.order_by("received_at", "pk").annotate(
        where=SCOPES[scope],
        matter=Coalesce(NullIf("category", Value("")), "suggestion__category", Value("")),
        household=Subquery(household),
    )
    found: dict[tuple[Any, str], Common] = {}
    sensitive = current_playbook().categories.sensitive
    columns = ("pk", "where", "matter", "household", "reporter_id", "place_code", "received_at")
    for key, where, matter, lives_in, reporter, place, at in rows.values_list(*columns):
        if where and matter and not matter.startswith(sensitive):
            group = found.setdefault((where, matter), Common(where, matter))
            group.take(key, _voice(lives_in, reporter, place), at)
    _add_supporters(found.values())
    return sorted(found.values(), key=lambda one: (-one.households, -one.cases, str(one.where), one.category))


def ranked(groups: Iterable[Common], order: str, most: int) -> list[Common]:
    """Return those that more than one request is about, those of the most households (or requests, by `order`) first."""
    return sorted((one for one in groups if one.cases > 1), key=lambda one: -one.count(order))[:most]


def taken_on(groups: Iterable[Common]) -> dict[int, int]:
    """Return which requests of these belong to a common trouble already: {request: trouble}."""
    keys = [key for one in groups for key in one.requests]
    rows = Cluster.objects.filter(members__request__in=keys)
    return dict(rows.values_list("members__request_id", "pk"))


def names_of(groups: Iterable[Common]) -> dict[Any, str]:
    """Return how the places are called in which they are: {code or zone: name}."""
    keys = {one.where for one in groups}
    zones = Zone.objects.filter(pk__in=[key for key in keys if isinstance(key, int)])
    places = Place.objects.filter(code__in=[key for key in keys if isinstance(key, str)])
    return dict(zones.values_list("pk", "name")) | dict(places.values_list("code", "name"))


def _voice(household: int | None, reporter: int | None, place: str) -> str:
    if household:
        return f"household:{household}"
    return f"person:{reporter}" if reporter else f"place:{place}"


def _add_supporters(groups: Iterable[Common]) -> None:
    """Count in the households that said me too; they are one with those that raised it themselves."""
    of = {support_subject(key): group for group in groups for key in group.requests}
    subjects = list(of)
    for start in range(0, len(subjects), AT_ONCE):
        rows = Support.objects.filter(subject__in=subjects[start : start + AT_ONCE])
        for subject, by in rows.values_list("subject", "by"):
            of[subject].voices.add(by)


def tasks_of(cluster: Cluster) -> QuerySet[Task]:
    """Return the plan of work of a common trouble."""
    return Task.objects.filter(plan=cluster.number).select_related("body").order_by("due_on", "pk")


def milestones_of(leading: Leading) -> QuerySet[Task]:
    """Return the dates of a leader's plan."""
    return Task.objects.filter(plan=leading.request.number, appointment=leading.appointment).order_by("due_on", "pk")


def led(requests: QuerySet[Request] | None = None) -> QuerySet[Leading]:
    """Return what secretaries lead or have led to its end, the newest first."""
    rows = Leading.objects.filter(ended_at__isnull=True).select_related("request", "appointment__body")
    return (rows if requests is None else rows.filter(request__in=requests)).order_by("-taken_at", "-pk")


def led_in_public(place_code: str = "") -> list[tuple[Leading, Disclosure]]:
    """Return what secretaries lead of that which is public, with the words that the public may read."""
    rows = list(led().filter(request__publicity="public", request__place_code__startswith=place_code))
    kind = Request._meta.label_lower
    shown = Disclosure.objects.filter(subject_kind=kind, subject_id__in=[row.request_id for row in rows], current=True)
    records = {record.subject_id: record for record in shown}
    return [(row, records[row.request_id]) for row in rows if row.request_id in records]


def published(day: date) -> QuerySet[Disclosure]:
    """Return the common troubles that were published with their answers and taken on in the day's month."""
    first, after = month_of(day)
    taken_on = Cluster.objects.filter(opened_at__gte=first, opened_at__lt=after)
    rows = Disclosure.objects.filter(subject_kind=Cluster._meta.label_lower, current=True)
    return rows.filter(subject_id__in=taken_on.values("pk")).order_by("-happened_at", "-pk")
