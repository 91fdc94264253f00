"""Reads of reports, postings and pairings that more than one screen needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.dates import today
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Place
from jinlin.territory.providers import own_homes
from jinlin.volunteering.models import Pairing, Posting, Report
from jinlin.volunteering.rules import HOSTS, reading
from jinlin.volunteering.states import TAKES_A_PLACE, State

SERVICE_POSTS = "service_posts"
"""The slot of a playbook with the categories of posts that members claim."""
UNITS = "unit"
"""The group of bodies that report as units."""


def categories(playbook: Playbook, kind: str) -> dict[str, str]:
    """Return {key: name} of what a posting of this kind may be: the kinds of resource, or for posts their categories.

    A place whose work method has no categories of posts takes the kinds of resource for them; one that has not been named
    yet is known by its number.
    """
    slot = next((row for row in playbook.slot if row.key == SERVICE_POSTS), None)
    if kind != Posting.Kind.POST or slot is None:
        return {row.key: row.name for row in playbook.resource}
    names = [*slot.filled, *[""] * slot.count][: slot.count]
    return {str(number): name or f"{slot.name} {number}" for number, name in enumerate(names, start=1)}


@dataclass(frozen=True)
class Reported:
    """How far a track has reported in: distinct units or persons, of how many, and how often altogether."""

    distinct: int
    times: int
    total: int

    @property
    def share(self) -> Fraction | None:
        """The part that has reported; None where nobody is known who should."""
        return Fraction(min(self.distinct, self.total), self.total) if self.total else None


def units(playbook: Playbook) -> QuerySet[Body]:
    """Return the active bodies that report as units."""
    kinds = [row.kind for row in playbook.body if row.group == UNITS]
    return Body.objects.filter(kind__in=kinds, active=True)


def units_of(actor: Actor, playbook: Playbook) -> QuerySet[Body]:
    """Return the units that sit at the actor's places."""
    found = units(playbook)
    return found if actor.is_system else found.filter(in_scope(reading(actor)))


def with_first_report(units: QuerySet[Body]) -> QuerySet[Body]:
    """Add to each unit the day on which it first reported to a community; none for those that have not."""
    reports_in = Q(reports__track=Report.Track.UNIT, reports__stage=Report.Stage.IN)
    return units.annotate(reported_on=Min("reports__reported_on", filter=reports_in))


def unit_reports(units: QuerySet[Body], on: date | None = None) -> Reported:
    """Return the units' track up to a day: of all these units, those that have a community."""
    rows = Report.objects.filter(track=Report.Track.UNIT, stage=Report.Stage.IN, reported_on__lte=on or today())
    found = rows.filter(unit__in=units).aggregate(distinct=Count("unit", distinct=True), times=Count("pk"))
    return Reported(found["distinct"], found["times"], units.count())


def member_reports(reports: QuerySet[Report], units: QuerySet[Body], on: date | None = None) -> Reported:
    """Return the members' track up to a day: persons and person-times, of the members that the units have stated."""
    rows = reports.filter(track=Report.Track.MEMBER, stage=Report.Stage.IN, reported_on__lte=on or today())
    found = rows.aggregate(distinct=Count("person", distinct=True), times=Count("pk"))
    total = units.aggregate(people=Sum("head_count"))["people"] or 0
    return Reported(found["distinct"], found["times"], total)


def with_room(postings: QuerySet[Posting]) -> QuerySet[Posting]:
    """Add to each posting how many places are taken, and how many are free."""
    taken = Coalesce(Sum("pairings__places", filter=Q(pairings__state__in=TAKES_A_PLACE)), 0)
    return postings.annotate(taken=taken, free=F("places") - taken)


def open_on(postings: QuerySet[Posting], day: date) -> QuerySet[Posting]:
    """Keep what is on the list and not over on this day."""
    return postings.filter(Q(last_day__isnull=True) | Q(last_day__gte=day), closed_at__isnull=True)


def with_use(offers: QuerySet[Posting]) -> QuerySet[Posting]:
    """Add to each offer how many of its places are agreed."""
    agreed = Sum("pairings_out__places", filter=Q(pairings_out__state__in=TAKES_A_PLACE))
    return offers.annotate(used=Coalesce(agreed, 0))


def narrowed(postings: QuerySet[Posting], wanted: Mapping[str, Any]) -> QuerySet[Posting]:
    """Keep the postings of a kind, of some communities, and those whose title or words hold what is looked for."""
    if wanted.get("category"):
        postings = postings.filter(category=wanted["category"])
    if wanted.get("communities"):
        near = (Q(place_code__startswith=code) for code in wanted["communities"])
        postings = postings.filter(reduce(or_, near))
    if wanted.get("q"):
        postings = postings.filter(Q(title__icontains=wanted["q"]) | Q(text__icontains=wanted["q"]))
    return postings


def posts_of_grants(actor: Actor) -> QuerySet[Posting]:
    """Return the posts that concern those who work outside: in their grid or place, and for its whole community."""
    whole = in_scope(reading(actor, frozenset(Role)))
    zones = {grant.zone_id for grant in actor.grants if grant.zone_id is not None}
    inside = Place.objects.filter(Q(grid_id__in=zones) | Q(estate_id__in=zones), valid_to__isnull=True)
    communities = {grant.place_code[: Level.COMMUNITY] for grant in actor.grants if grant.zone_id is not None}
    here = whole | Q(zone_id__in=zones) | Q(place_code__in=inside.values("code"))
    return Posting.objects.filter(here | Q(place_code__in=communities, zone=None), kind=Posting.Kind.POST)


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return {code: name} of places."""
    return dict(Place.objects.filter(code__in=set(codes), valid_to__isnull=True).values_list("code", "name"))


def claims_of(posting: Posting) -> QuerySet[Pairing]:
    """Return who takes a posting up and who waits, in the order in which they came; what has ended comes with it."""
    return posting.pairings.select_related("person", "offer__body").order_by("at", "pk")


def uses_of(offer: Posting) -> QuerySet[Pairing]:
    """Return where an offer is used, in the order in which that came about."""
    return offer.pairings_out.select_related("person", "offer__body", "posting").order_by("at", "pk")


def counts(rows: QuerySet[Any], column: str) -> dict[str, int]:
    """Return {value: how many rows} of a column, in one statement."""
    return dict(rows.order_by().values_list(column).annotate(rows=Count("pk")))


def minutes_of(pairings: QuerySet[Pairing]) -> int:
    """Return the minutes of service that hosts have confirmed."""
    found = pairings.filter(state=State.CONFIRMED).aggregate(minutes=Sum("minutes"))
    return found["minutes"] or 0


def own_communities(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the communities in which the actor has a home."""
    return _communities({code[: Level.COMMUNITY] for code in own_homes(actor)})


def hosted_communities(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the communities whose lists the actor keeps."""
    here = in_scope(reading(actor, HOSTS), place="code")
    rows = Place.objects.filter(here, level=Level.COMMUNITY, valid_to__isnull=True)
    return list(rows.order_by("code").values_list("code", "name"))


def bodies_at(actor: Actor) -> QuerySet[Body]:
    """Return the active bodies at the actor's places, for which posts and needs are put up."""
    return Body.objects.filter(in_scope(reading(actor, HOSTS)), active=True).order_by("name")


def _communities(codes: Iterable[str]) -> list[tuple[str, str]]:
    rows = Place.objects.filter(code__in=codes, level=Level.COMMUNITY, valid_to__isnull=True)
    return list(rows.order_by("code").values_list("code", "name"))


def claimed(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Return the posts that have been claimed: places taken by persons."""
    return pairings.filter(posting__kind=Posting.Kind.POST, state__in=TAKES_A_PLACE)


def solved(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Return the confirmed services that settled a problem."""
    return pairings.filter(state=State.CONFIRMED).exclude(solved="")
