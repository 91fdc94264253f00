"""The cockpit's figures; each is counted by the filter that its link opens, so that number and list agree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Substr, TruncWeek
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level, prefix_range
from jinlin.platform.access import Actor
from jinlin.platform.dates import LOCAL, local_day, now
from jinlin.requests import report, rules
from jinlin.requests.models import Request
from jinlin.requests.queries.desk import GROUPS, NO_COMMUNITY, NO_ZONE, Wanted, found, list_url
from jinlin.requests.report import Group, Rate, Schemes, Share, ThreeRates, TimeToClose
from jinlin.requests.states import OPEN, State
from jinlin.territory.models import Place, Zone

WEEKS = 12
SHADES = 5
IN_TIME = next(one for one in report.SHARES if one.key == "in_time")


@dataclass(frozen=True)
class Figure:
    """A number and the address of exactly the rows it counts."""

    count: int
    url: str


@dataclass(frozen=True)
class Area:
    """A part of the place, with its requests in the period and the households that live there."""

    code: str
    name: str
    figure: Figure
    open: Figure
    households: int
    boundary: dict[str, Any] | None = None

    @property
    def per_thousand(self) -> Fraction | None:
        """Requests per 1,000 households; none where nobody lives."""
        return Fraction(self.figure.count * 1000, self.households) if self.households else None

    @property
    def per_thousand_number(self) -> float:
        """The same for display."""
        return float(self.per_thousand or 0)


@dataclass(frozen=True)
class BodyClock:
    """How a body stands with its promises: a body, never a person."""

    name: str
    open: Figure
    soon: Figure
    overdue: Figure
    oldest_days: int


@dataclass(frozen=True)
class Week:
    """How many requests came in and were closed in a week that begins on `monday`."""

    monday: date
    received: Figure
    closed: int


def figure(actor: Actor, wanted: Wanted) -> Figure:
    """Count the rows of a filter."""
    return Figure(found(actor, wanted).count(), list_url(wanted))


def by_state(actor: Actor, wanted: Wanted) -> list[tuple[str, Figure]]:
    """Return (group of states, figure) for the groups of the desk's list."""
    rows = found(actor, wanted)
    counts = rows.order_by().aggregate(
        **{name: Count("pk", filter=Q(state__in=states)) for name, states in GROUPS.items()}
    )
    return [(name, Figure(counts[name], list_url(replace(wanted, group=name)))) for name in GROUPS]


def body_clocks(actor: Actor, wanted: Wanted) -> list[BodyClock]:
    """Return the bodies that have open requests, the most overdue first."""
    at = now()
    rows = found(actor, wanted).filter(state__in=OPEN).order_by().values("body_id", "body__name")
    counted = rows.annotate(
        open=Count("pk"),
        soon=Count("pk", filter=Q(due_at__gte=at, warns_at__lte=at)),
        overdue=Count("pk", filter=Q(due_at__lt=at)),
        oldest=Min("received_at"),
    ).order_by("-overdue", "-open", "body_id")
    return [_body_clock(row, wanted, at) for row in counted]


def _body_clock(row: dict[str, Any], wanted: Wanted, at: datetime) -> BodyClock:
    own = replace(wanted, body=row["body_id"], group="open")
    return BodyClock(
        name=row["body__name"],
        open=Figure(row["open"], list_url(own)),
        soon=Figure(row["soon"], list_url(replace(own, due="soon"))),
        overdue=Figure(row["overdue"], list_url(replace(own, due="overdue"))),
        oldest_days=(at - row["oldest"]).days,
    )


def areas(actor: Actor, wanted: Wanted, *, with_boundaries: bool = False) -> list[Area]:
    """Return the communities that the actor sees, or the estates where there is only one, with their requests."""
    rows = found(actor, wanted)
    communities = list(_communities(actor))
    if len(communities) == 1:
        return _estates(rows, wanted, communities[0].code, with_boundaries)
    counts, homes = _requests_per_community(rows), _homes_per_community(communities)
    return [_community(counts, homes, wanted, place, with_boundaries) for place in communities]


def _communities(actor: Actor) -> QuerySet[Place]:
    scopes = Q(pk__in=[])
    for grant in actor.grants:
        scopes |= Q(code__startswith=grant.place_code[: Level.COMMUNITY])
    return Place.objects.filter(scopes, level=Level.COMMUNITY, valid_to__isnull=True).order_by("code")


def _requests_per_community(rows: QuerySet[Request]) -> dict[str, tuple[int, int]]:
    """Return {community code: (requests, open ones)}; what lies above the communities is in none."""
    counted = rows.order_by().values_list(Substr("place_code", 1, Level.COMMUNITY))
    return {
        code: (every, still_open)
        for code, every, still_open in counted.annotate(
            every=Count("pk"), still_open=Count("pk", filter=Q(state__in=OPEN))
        )
    }


def _homes_per_community(communities: list[Place]) -> dict[str, int]:
    """Return {community code: homes} for communities that are in the order of their codes."""
    if not communities:
        return {}
    low, high = communities[0].code, prefix_range(communities[-1].code)[1]
    homes = Place.objects.filter(level=Level.HOME, valid_to__isnull=True, code__gte=low, code__lt=high)
    return dict(homes.order_by().values_list(Substr("code", 1, Level.COMMUNITY)).annotate(rows=Count("pk")))


def _community(
    counts: Mapping[str, tuple[int, int]], homes: Mapping[str, int], wanted: Wanted, place: Place, with_boundaries: bool
) -> Area:
    own = replace(wanted, place=place.code)
    every, still_open = counts.get(place.code, (0, 0))
    return Area(
        code=place.code,
        name=place.name,
        figure=Figure(every, list_url(own)),
        open=Figure(still_open, list_url(replace(own, group="open"))),
        households=homes.get(place.code, 0),
        boundary=place.boundary if with_boundaries else None,
    )


def _estates(rows: QuerySet[Request], wanted: Wanted, community: str, with_boundaries: bool) -> list[Area]:
    counts = {
        row["estate_id"]: row
        for row in rows.order_by()
        .values("estate_id")
        .annotate(all=Count("pk"), open_rows=Count("pk", filter=Q(state__in=OPEN)))
    }
    homes = dict(
        Place.objects.filter(level=Level.HOME, valid_to__isnull=True)
        .order_by()
        .values_list("estate_id")
        .annotate(rows=Count("pk"))
    )
    zones = Zone.objects.filter(kind=Zone.Kind.ESTATE, community_code=community, valid_to__isnull=True).order_by(
        "label"
    )
    return [
        Area(
            code=zone.label,
            name=zone.name,
            figure=Figure(counts.get(zone.pk, {}).get("all", 0), list_url(replace(wanted, zone=zone.pk))),
            open=Figure(
                counts.get(zone.pk, {}).get("open_rows", 0), list_url(replace(wanted, zone=zone.pk, group="open"))
            ),
            households=homes.get(zone.pk, 0),
            boundary=zone.boundary if with_boundaries else None,
        )
        for zone in zones
    ]


def outside_areas(actor: Actor, wanted: Wanted) -> Area | None:
    """Return what lies in none of the `areas`, so that their table adds up; None where nothing does."""
    if _communities(actor).count() == 1:
        own, name = replace(wanted, zone=NO_ZONE), _("outside the estates, or not said")
    else:
        own, name = replace(wanted, place=NO_COMMUNITY), _("outside the communities, or not said")
    every, still_open = figure(actor, own), figure(actor, replace(own, group="open"))
    return Area("", name, every, still_open, 0) if every.count else None


def shades(rows: Iterable[Area]) -> dict[str, int]:
    """Return {code: shade 0–4} by requests per household: areas in order, cut into five groups of like size."""
    ordered = sorted(rows, key=lambda area: (area.per_thousand or Fraction(0), area.code))
    return {area.code: index * SHADES // len(ordered) for index, area in enumerate(ordered)}


def weeks(actor: Actor, today: date) -> list[Week]:
    """Return the last twelve weeks, this one included, with what came in and what was closed."""
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    start = datetime.combine(monday, datetime.min.time(), LOCAL)
    rows = rules.visible_to(actor)
    received = _per_week(rows.filter(received_at__gte=start), "received_at")
    closed = _per_week(rows.filter(closed_at__gte=start, state=State.CLOSED), "closed_at")
    days = [monday + timedelta(weeks=number) for number in range(WEEKS)]
    return [Week(day, _raised_in_week(day, received), closed.get(day, 0)) for day in days]


def _raised_in_week(monday: date, counts: Mapping[date, int]) -> Figure:
    week = Wanted(first=monday, last=monday + timedelta(days=6))
    return Figure(counts.get(monday, 0), list_url(week))


def _per_week(rows: QuerySet[Request], column: str) -> dict[date, int]:
    counted = rows.order_by().values_list(TruncWeek(column, tzinfo=LOCAL)).annotate(rows=Count("pk"))
    return {local_day(week): count for week, count in counted}


def oldest_open(actor: Actor) -> Request | None:
    """Return the request that has been open longest."""
    return rules.visible_to(actor).filter(state__in=OPEN).select_related("body").order_by("received_at", "pk").first()


def rates(actor: Actor, wanted: Wanted, schemes: Schemes) -> ThreeRates:
    """Return the three rates of the requests that fit."""
    return report.three_rates(found(actor, wanted), schemes)


def rates_by(actor: Actor, wanted: Wanted, grouping: str, schemes: Schemes) -> list[Group]:
    """Return the three rates of the requests that fit, group by group."""
    return report.rates_by(found(actor, wanted), grouping, schemes)


def classes(actor: Actor, wanted: Wanted, schemes: Schemes) -> list[tuple[Group, TimeToClose | None]]:
    """Return each class of matter in which something was judged or closed, with its rates and its mean time to close."""
    rows = found(actor, wanted)
    took = report.times_to_close(rows.exclude(category=""), report.GROUPINGS["category"].by)
    return [(group, took.get(group.key)) for group in report.rates_by(rows, "category", schemes, besides=took)]


def share(actor: Actor, wanted: Wanted, wanted_share: Share) -> Rate:
    """Return a share of city management over the requests that fit."""
    return report.share_of(found(actor, wanted), wanted_share, now())


def closed_by_level(actor: Actor, wanted: Wanted) -> dict[str, dict[str, Any]]:
    """Return for each level of the ladder what was closed there, the share there or below, and what came through it."""
    return report.closed_by_level(found(actor, wanted))


def final_on_time(actor: Actor, wanted: Wanted) -> Rate:
    """Return how many final answers came in time, of all that are due; open overdue ones count against it."""
    return share(actor, wanted, IN_TIME)
