"""Reads of rounds that more than one screen needs: coverage, counts by courtyard, one's own visits, what findings became."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.rules import bodies_kept_by, bodies_of
from jinlin.outreach.models import Finding, Round, Visit
from jinlin.outreach.states import RoundState, VisitState
from jinlin.people.models import Household
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.territory.models import Place, Zone
from jinlin.territory.providers import own_homes

OPENED_AT = {"wish": "/desk/wishes/%s/", "request": "/desk/requests/%s/", "item": "/desk/lists/items/%s/"}
"""Where at the desk the page of what a finding has become lies."""
WILLING = ~Q(visits__state=VisitState.DECLINED)


def with_counts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Add to each round how many homes are willing and visited, and how many wishes and issues were heard."""
    return rounds.annotate(
        willing=Count("visits", filter=WILLING & Q(visits__isnull=False), distinct=True),
        visited=Count("visits", filter=Q(visits__state=VisitState.MADE), distinct=True),
        wishes=Count("findings", filter=Q(findings__kind=Finding.Kind.WISH), distinct=True),
        issues=Count("findings", filter=Q(findings__kind=Finding.Kind.ISSUE), distinct=True),
    )


def coverage(visited: int, willing: int) -> Fraction | None:
    """Return the share of the willing homes that were visited; None where no home is willing."""
    return Fraction(visited, willing) if willing else None


FEWEST = 5
"""Homes that are too few to be told apart from one another."""


def few_homes(*counts: int) -> bool:
    """Say whether one of the counts stands for so few homes that somebody could tell which they are."""
    return any(0 < count < FEWEST for count in counts)


def by_courtyard(rounds: QuerySet[Round]) -> list[dict[str, Any]]:
    """Return for each courtyard how many sessions were held there, and what was heard."""
    held = rounds.filter(kind=Round.Kind.COURTYARD, state=RoundState.CLOSED)
    rows = (
        held.order_by()
        .values("spot", "zone__name")
        .annotate(
            sessions=Count("pk", distinct=True),
            wishes=Count("findings", filter=Q(findings__kind=Finding.Kind.WISH), distinct=True),
            issues=Count("findings", filter=Q(findings__kind=Finding.Kind.ISSUE), distinct=True),
        )
    )
    return list(rows.order_by("-sessions", "spot"))


def announced() -> QuerySet[Round]:
    """Return the rounds and sessions to come, the next first."""
    rows = Round.objects.filter(state=RoundState.PLANNED, on__gte=today()).select_related("body", "zone")
    return rows.order_by("on", "starts", "pk")


def coming(actor: Actor) -> QuerySet[Round]:
    """Return the sessions and rounds to come in the actor's communities; everywhere for somebody without a home."""
    codes = {code[: Level.COMMUNITY] for code in own_homes(actor)}
    return announced().filter(place_code__in=codes) if codes else announced()


def own_households(actor: Actor) -> QuerySet[Household]:
    """Return the households to which the actor belongs today."""
    rows = Household.objects.filter(home_code__in=own_homes(actor), valid_to__isnull=True)
    return rows.select_related("no_visits").order_by("home_code")


def own_visits(actor: Actor) -> QuerySet[Visit]:
    """Return the visits that are planned at the actor's homes."""
    rows = Visit.objects.filter(household__in=own_households(actor), round__state=RoundState.PLANNED)
    return rows.select_related("round__body").order_by("round__on", "pk")


def zones_for(codes: Iterable[str]) -> QuerySet[Zone]:
    """Return the estates, grids and courtyards of communities."""
    kinds = (Zone.Kind.ESTATE, Zone.Kind.COURTYARD, Zone.Kind.GRID)
    rows = Zone.objects.filter(community_code__in=list(codes), kind__in=kinds, valid_to__isnull=True)
    return rows.order_by("kind", "label")


def bodies_for(actor: Actor) -> Any:
    """Return the active bodies for which the actor plans."""
    mine = Q(pk__in=bodies_of(actor).values("pk")) | Q(pk__in=bodies_kept_by(actor).values("pk"))
    return bodies_kept_by(actor).model.objects.filter(mine, active=True).order_by("name")


def address_of_finding(finding: Finding) -> str:
    """Return where the page of what a finding has become lies at the desk."""
    kind, _colon, row_id = finding.became.partition(":")
    return OPENED_AT[kind] % row_id


def addresses_of(codes: Iterable[str]) -> dict[str, str]:
    """Return {code: address} of homes."""
    return dict(Place.objects.filter(code__in=set(codes)).values_list("code", "address"))
