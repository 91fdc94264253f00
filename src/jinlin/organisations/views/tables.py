"""The desk's overviews: who is missing at which table, what is looked after by whom, and the work list of a grid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinlin.algorithms.place_codes import Level
from jinlin.organisations import rules
from jinlin.organisations.forms.bodies import kind_name
from jinlin.organisations.forms.bodies import shown as name_of
from jinlin.organisations.queries.chains import ratios_below
from jinlin.organisations.queries.coverage import coverage_of_kind
from jinlin.organisations.queries.grids import functions_of, work_list
from jinlin.organisations.queries.tables import Table, composition_named, tables_of_estates, tables_of_places
from jinlin.organisations.rules.acting import KEEPERS
from jinlin.organisations.views.gate import desk
from jinlin.platform.access import Actor, Role
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import NotAllowed, NotFound
from jinlin.platform.paging import sorted_page_of
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Place, Zone

PAGE = 100
SEES_GRIDS = KEEPERS | {Role.GRID_MEMBER, Role.DEPARTMENT_OFFICER, Role.BODY_MEMBER}


def area_of(actor: Actor) -> str:
    """Return the code of the widest place whose bodies the actor keeps.

    Raises:
        NotAllowed: for somebody who keeps none.
    """
    rules.may_keep_bodies(actor).enforce()
    return min((grant.place_code for grant in actor.grants_as(KEEPERS)), key=len)


@never_cache
@require_safe
@desk
def tables(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Show for each estate or community who sits at a table and who is missing, the least complete first."""
    playbook, area, day = current_playbook(), area_of(actor), today()
    composition = composition_named(playbook, key)
    if composition is None or composition.level is None:
        raise NotFound
    rows: list[tuple[Place | Zone, Table]]
    if composition.level == "community":
        places = Place.objects.filter(level=Level.COMMUNITY, code__startswith=area, valid_to__isnull=True)
        found = tables_of_places(playbook, key, places.values_list("code", flat=True), day)
        rows = [(place, found[place.code]) for place in places.order_by("code")]
    else:
        zones = list(
            Zone.objects.filter(kind=composition.level, community_code__startswith=area, valid_to__isnull=True)
        )
        by_zone = tables_of_estates(playbook, key, zones, day)
        rows = [(zone, by_zone[zone.pk]) for zone in zones]
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    page = sorted_page_of(rows, _completeness, size=PAGE, older=older, newer=newer)
    shown = {
        "composition": composition,
        "name": name_of(composition),
        "complete": sum(table.is_complete for _row, table in rows),
        "total": len(rows),
        "rows": page.rows,
        "is_community": composition.level == "community",
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "organisations/desk/tables.html", shown)


def _completeness(row: tuple[Place | Zone, Table]) -> str:
    """Return a key that puts the least complete first, those alike by their number."""
    place, table = row
    return f"{table.filled:03d}~{place.code if isinstance(place, Place) else place.label}"


@never_cache
@require_safe
@desk
def coverage(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """Show how many places of the actor's area are in the care of a kind of body, and which are not."""
    playbook, area = current_playbook(), area_of(actor)
    row = next((row for row in playbook.body if row.kind == kind and row.covers), None)
    if row is None:
        raise NotFound
    total, ratios = ratios_below(playbook, kind, area)
    shown = {
        "kind": row,
        "name": kind_name(row),
        "covered": coverage_of_kind(playbook, kind, today(), area),
        "total": total,
        "ratios": ratios,
    }
    return render(request, "organisations/desk/coverage.html", shown)


@never_cache
@require_safe
@desk
def grid(request: HttpRequest, actor: Actor, label: str) -> HttpResponse:
    """Show the one work list of a grid, merged from the duties of all departments."""
    zone = Zone.objects.filter(kind=Zone.Kind.GRID, label=label, valid_to__isnull=True).first()
    if zone is None:
        raise NotFound
    if not actor.has(SEES_GRIDS, zone.community_code, [zone.pk]):
        raise NotAllowed
    lines = work_list(current_playbook(), zone, today())
    shown = {"grid": zone, "lines": lines, "functions": functions_of(lines)}
    return render(request, "organisations/desk/grid.html", shown)
