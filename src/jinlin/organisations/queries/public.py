"""What everybody may read of an estate or a community: its bodies with their offices, who is at the table, what is done.

No member of a body is named unless they agreed to be listed, and nothing says where a person lives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from jinlin.organisations.models import Appointment, Body, Filing, Partnership, Task
from jinlin.organisations.queries.coverage import bodies_looking_after
from jinlin.organisations.queries.grids import GRID_DUTY
from jinlin.organisations.queries.posts import running_appointments
from jinlin.organisations.queries.sheets import Turn, definition_named, fits, key_of, lines_of, turns
from jinlin.organisations.queries.tables import Holder, Seat, Table, tables_of_estates, tables_of_places
from jinlin.organisations.queries.ties import Pledged, running_ties, with_pledges
from jinlin.organisations.queries.work import Board, board_counted
from jinlin.organisations.states import FilingState, TaskState
from jinlin.playbooks.schema import Definition, Playbook
from jinlin.territory.models import Place, Zone

MOST = 200
MOST_DECIDED = 20
HOME_LEVEL = "home"
PUBLIC_GROUPS = {"leadership", "branch", "self_government", "owners", "property", "team", "social", "service"}


@dataclass(frozen=True)
class Tile:
    """One part of a table as a tile: who fills it, and how many of their tasks are open here."""

    seat: Seat
    holders: list[Holder]
    count: int
    open_tasks: int


@dataclass(frozen=True)
class Laid:
    """A table with its tiles."""

    table: Table
    tiles: list[Tile]


@dataclass(frozen=True)
class ListedAs:
    """A definition under which the estate is listed or was: which items are missing, and every entry and exit."""

    definition: Definition
    is_listed: bool
    missing: list[str]
    turns: list[Turn]


@dataclass(frozen=True)
class EstatePage:
    """Everything that the page of an estate shows."""

    estate: Zone
    branches: list[Body]
    tables: list[Laid]
    bodies: list[Body]
    contact_points: list[tuple[Appointment, str]]
    backing: list[Pledged]
    listed: list[ListedAs]
    board: Board


def estate_page(playbook: Playbook, estate: Zone, on: date) -> EstatePage:
    """Return what the page of an estate shows."""
    tasks = tasks_here(on, zone=estate)
    keys = [row.key for row in playbook.composition if row.level == Zone.Kind.ESTATE]
    tables = [
        table for key in keys for table in [tables_of_estates(playbook, key, [estate], on).get(estate.pk)] if table
    ]
    known = {row.kind: row for row in playbook.body}
    around = list(bodies_looking_after(estate, on))
    open_to_all = [body for body in around if body.kind in known and known[body.kind].level != HOME_LEVEL]
    branches = [body for body in open_to_all if known[body.kind].group == "branch"]
    seated = {holder.body_id for table in tables for seat in table.seats for holder in seat.holders}
    ties = running_ties(on).filter(zone=estate).order_by("unit__name")
    return EstatePage(
        estate,
        branches,
        _laid(tables, tasks),
        [body for body in open_to_all if body not in branches and body.pk not in seated],
        _contact_points(playbook, estate, on),
        with_pledges(playbook, ties, on),
        _listed(playbook, estate),
        board_counted(tasks, playbook, on, most=MOST),
    )


def tasks_here(on: date, *, zone: Zone | None = None, place_code: str = "") -> QuerySet[Task]:
    """Return the tasks of the year that concern a zone, or a community and what lies in it, without the grids' own rounds."""
    here = Q(zone=zone) if zone is not None else Q(place_code__startswith=place_code)
    rows = Task.objects.filter(here, due_on__year=on.year).exclude(kind=GRID_DUTY).exclude(state=TaskState.DROPPED)
    return rows.select_related("body", "given_by", "host").order_by("due_on", "pk")


def _laid(tables: list[Table], tasks: QuerySet[Task]) -> list[Laid]:
    open_tasks = tasks.filter(state=TaskState.OPEN).order_by()
    still_open = dict(open_tasks.values_list("body_id").annotate(Count("pk"))) if tables else {}
    return [Laid(table, _tiles(table, still_open)) for table in tables]


def _tiles(table: Table, still_open: Mapping[int, int]) -> list[Tile]:
    listed = [h.appointment_id for seat in table.seats for h in seat.holders if h.appointment_id and h.listed]
    named = {post.pk: post.person.name for post in Appointment.objects.filter(pk__in=listed).select_related("person")}
    tiles = []
    for seat in table.seats:
        ids = {holder.body_id for holder in seat.holders if holder.appointment_id is None}
        holders = [
            Holder(f"{holder.name} {named[holder.appointment_id]}", holder.phone, holder.office)
            if holder.appointment_id in named
            else holder
            for holder in seat.holders
            if holder.appointment_id is None or holder.appointment_id in named
        ]
        tiles.append(Tile(seat, holders, len(seat.holders), sum(still_open.get(body, 0) for body in ids)))
    return tiles


def _contact_points(playbook: Playbook, estate: Zone, on: date) -> list[tuple[Appointment, str]]:
    """Return the contact points of the buildings whose keepers agreed to be listed, with the building's name."""
    kinds = [row.kind for row in playbook.body if row.level == HOME_LEVEL]
    if not kinds:
        return []
    buildings = dict(Place.objects.filter(estate=estate, level=16, valid_to__isnull=True).values_list("code", "name"))
    posts = running_appointments(on).filter(body__kind__in=kinds, listed=True).select_related("body", "person")
    posts = posts.filter(body__place_code__startswith=estate.community_code).order_by("body__place_code")
    return [(post, buildings[post.body.place_code[:16]]) for post in posts if post.body.place_code[:16] in buildings]


def _listed(playbook: Playbook, estate: Zone) -> list[ListedAs]:
    found = []
    for row in playbook.definition:
        sheet = next((sheet for sheet in playbook.sheet if sheet.key == row.sheet), None)
        if sheet is None or sheet.level != Zone.Kind.ESTATE:
            continue
        definition = definition_named(playbook, row.key)
        values = {
            entry.item: entry.value
            for entry in lines_of(sheet.key, estate.community_code)
            if key_of(entry) == ("zone", estate.pk)
        }
        names = {item.key: item.name for item in sheet.items}
        missing = [names[key] for key in definition.absent if values.get(key) is False]
        past = [turn for turn in turns(definition, estate.community_code) if turn.key == ("zone", estate.pk)]
        if values:
            found.append(ListedAs(definition, fits(definition, values), missing, past))
    return found


@dataclass(frozen=True)
class CommunityPage:
    """Everything that the page of a community shows."""

    place: Place
    bodies: list[Body]
    tables: list[Laid]
    members: list[Pledged]
    decided: list[Filing]
    estates: list[Zone]
    board: Board


def community_page(playbook: Playbook, place: Place, on: date) -> CommunityPage:
    """Return what the page of a community shows."""
    known = {row.kind: row for row in playbook.body}
    rows = Body.objects.filter(place_code=place.code, zone__isnull=True, active=True).order_by("pk")
    bodies = [body for body in rows if body.kind in known and known[body.kind].group in PUBLIC_GROUPS]
    tasks = tasks_here(on, place_code=place.code)
    keys = [row.key for row in playbook.composition if row.level == "community"]
    tables = [
        table for key in keys for table in [tables_of_places(playbook, key, [place.code], on).get(place.code)] if table
    ]
    decided = Filing.objects.filter(place_code=place.code, state=FilingState.ACCEPTED, person__isnull=True)
    estates = Zone.objects.filter(kind=Zone.Kind.ESTATE, community_code=place.code, valid_to__isnull=True)
    return CommunityPage(
        place,
        bodies,
        _laid(tables, tasks),
        with_pledges(playbook, _members(place, on), on),
        list(decided.select_related("by").order_by("-decided_at")[:MOST_DECIDED]),
        list(estates.order_by("label")),
        board_counted(tasks, playbook, on, most=MOST),
    )


def _members(place: Place, on: date) -> QuerySet[Partnership]:
    return running_ties(on).filter(place_code=place.code, host__isnull=False).order_by("kind", "unit__name")


def open_estates(words: str = "") -> QuerySet[Zone]:
    """Return the estates whose name has these words in it, by name."""
    rows = Zone.objects.filter(kind=Zone.Kind.ESTATE, valid_to__isnull=True, name__icontains=words)
    return rows.order_by("name", "label")
