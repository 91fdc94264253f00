"""The community's view of volunteering: the board of numbers, units that have reported, and reports."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE, page_for
from jinlin.platform.paging import Page, page_of
from jinlin.playbooks.here import current_playbook
from jinlin.volunteering import actions, queries, rules
from jinlin.volunteering.forms import KINDS, ReportsForm, UnitReportForm
from jinlin.volunteering.models import Report
from jinlin.volunteering.states import State

PAGE = 50
ON_BOARD = (State.PROPOSED, State.WAITING, State.ACCEPTED, State.SERVED, State.CONFIRMED)


desk_page = page_for(rules.LOOKERS)
"""Keeps a page to those who keep a community's lists, and auditors, and out of caches."""


def page_here(request: HttpRequest, rows: QuerySet[Any], column: str) -> tuple[Page[Any], dict[str, Any]]:
    """Return the page of a list that the address asks for, and what its template needs to lead to the others."""
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    page = page_of(rows, column, size=PAGE, older=older, newer=newer)
    shown = {
        "total": rows.count(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "query": same_list(request.GET),
    }
    return page, shown


def may_write(actor: Actor) -> bool:
    """Say whether the pages offer steps: to hosts, not to auditors."""
    return bool(rules.reading(actor, rules.HOSTS))


@require_safe
@desk_page
def board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show how far reporting has come and what the lists hold, each number with a link to its rows."""
    reports, units = rules.reports_visible_to(actor), queries.units_of(actor, current_playbook())
    postings = queries.open_on(rules.postings_visible_to(actor), today())
    pairings = rules.pairings_visible_to(actor)
    by_kind, by_state = queries.counts(postings, "kind"), queries.counts(pairings, "state")
    shown = {
        "units": queries.unit_reports(units),
        "members": queries.member_reports(reports, units),
        "lists": [(word, kind.label, by_kind.get(kind, 0)) for word, kind in KINDS.items()],
        "states": [(state, state.label, by_state.get(state, 0)) for state in ON_BOARD],
        "minutes": queries.minutes_of(pairings),
        "solved": queries.solved(pairings).count(),
        "may_write": may_write(actor),
    }
    return render(request, "volunteering/desk/board.html", shown)


@require_safe
@desk_page
def units(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the units that sit here, and since when each has a community: all, those that have, or those that have not."""
    rows = queries.with_first_report(queries.units_of(actor, current_playbook()))
    wanted = request.GET.get("reported", "")
    if wanted in {"yes", "no"}:
        rows = rows.filter(reported_on__isnull=wanted == "no")
    after = request.GET.get("after", "")
    following = rows.filter(pk__gt=int(after)) if after.isdecimal() and len(after) < 19 else rows
    found = list(following.order_by("pk")[: PAGE + 1])
    shown = {
        "units": found[:PAGE],
        "total": rows.count(),
        "reported": wanted,
        "more": same_list(request.GET, without="after", after=str(found[PAGE - 1].pk)) if len(found) > PAGE else "",
    }
    return render(request, "volunteering/desk/units.html", shown)


@require_safe
@desk_page
def reports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the reports of units, or how many members reported; who they are stays with themselves."""
    form = ReportsForm(request.GET)
    page, shown = page_here(request, reports_wanted(actor, form), "written_at")
    names = queries.names_of(row.place_code for row in page.rows)
    shown |= {
        "form": form,
        "reports": [(row, names.get(row.place_code, row.place_code)) for row in page.rows],
        "may_write": may_write(actor),
    }
    return render(request, "volunteering/desk/reports.html", shown, status=200 if form.is_valid() else 422)


def reports_wanted(actor: Actor, form: ReportsForm) -> QuerySet[Report]:
    """Return the reports that the filters ask for: those of units, unless the members' track is asked for."""
    given = form.cleaned_data if form.is_valid() else {}
    rows = rules.reports_visible_to(actor).filter(track=given.get("track") or Report.Track.UNIT)
    if given.get("stage"):
        rows = rows.filter(stage=given["stage"])
    if given.get("q"):
        rows = rows.filter(unit__name__icontains=given["q"])
    return rows.select_related("unit")


@require_http_methods(READ_WRITE)
@desk_page
def new_report(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write a unit's report down."""
    units = queries.units(current_playbook()).order_by("name").values_list("pk", "name")
    form = UnitReportForm(sent(request), places=queries.hosted_communities(actor), units=units)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        new = actions.NewReport(
            given["place"], unit=Body.objects.get(pk=given["unit"]), stage=Report.Stage(given["stage"]),
            reported_on=given["day"], words=given["words"],
        )  # fmt: skip
        try:
            actions.report(actor=actor, new=new)
            messages.success(request, _("The unit's report is written down."))
            return redirect("volunteering:desk-reports")
        except Invalid as error:
            show_refusal(form, error, {"place_code": "place", "reported_on": "day"})
    return render(request, "volunteering/desk/new_report.html", {"form": form}, status=status_of(form))
