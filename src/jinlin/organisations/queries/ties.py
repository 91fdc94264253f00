"""The ties of units: which run on a day, what each unit pledged and did, and which estates nobody backs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from jinlin.organisations.models import Body, Partnership, Task
from jinlin.organisations.queries.work import board_of
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Zone


@dataclass(frozen=True)
class Pledged:
    """A unit under its tie, with how many of its pledges of the year count as done."""

    tie: Partnership
    total: int
    done: int
    tasks: list[Task]


def running_ties(on: date) -> QuerySet[Partnership]:
    """Return the ties of a day: begun, not run out, with units that are active."""
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    rows = Partnership.objects.filter(not_over, valid_from__lte=on, unit__active=True)
    return rows.select_related("unit", "host", "zone")


def with_pledges(playbook: Playbook, ties: Iterable[Partnership], on: date) -> list[Pledged]:
    """Return the ties with what each unit pledged there in the year of the day; two queries."""
    rows = list(ties)
    hosts = {row.host_id for row in rows} - {None}
    zones = {row.zone_id for row in rows} - {None}
    pledges = Task.objects.filter(Q(host__in=hosts) | Q(zone__in=zones), body__in={row.unit_id for row in rows})
    this_year = pledges.filter(given_by__isnull=True, due_on__year=on.year).select_related("body", "host")
    by_unit: dict[tuple[int, int | None, int | None], list[Task]] = {}
    for task in this_year.order_by("due_on", "pk"):
        for place in ((task.host_id, None), (None, task.zone_id)):
            by_unit.setdefault((task.body_id, *place), []).append(task)
    found = []
    for row in rows:
        own = by_unit.get((row.unit_id, row.host_id, None if row.host_id else row.zone_id), [])
        board = board_of(own, playbook, on)
        found.append(Pledged(row, board.total, board.done, own))
    return found


def estates_without(kind: str, on: date, under: str = "") -> list[Zone]:
    """Return the estates at a place and below to which no unit has a running tie of this kind."""
    tied = running_ties(on).filter(kind=kind).values("zone_id")
    zones = Zone.objects.filter(kind=Zone.Kind.ESTATE, community_code__startswith=under, valid_to__isnull=True)
    return list(zones.exclude(pk__in=tied).order_by("label"))


def units_of(playbook: Playbook, place_code: str = "") -> QuerySet[Body]:
    """Return the bodies that can be tied to others, at a place and below."""
    kinds = {kind for row in playbook.partnership for kind in row.units}
    return Body.objects.filter(kind__in=kinds, active=True, place_code__startswith=place_code).order_by("name")
