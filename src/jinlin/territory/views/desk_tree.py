"""The tree at the desk: what is uncovered, units in, boundaries in and out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.algorithms.coordinates import System
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.spreadsheets import template_workbook, workbook_answer, write_workbook
from jinlin.region.districts import current_district
from jinlin.territory import actions
from jinlin.territory.actions.units import take_unit, take_units
from jinlin.territory.exports import write_counts, write_register
from jinlin.territory.forms.units import SYSTEMS, BoundaryForm, UnitForm, UnitTableForm
from jinlin.territory.imports.units import UNIT_COLUMNS, read_units
from jinlin.territory.models import Place
from jinlin.territory.queries import existing_place
from jinlin.territory.queries.tree_map import boundaries_in
from jinlin.territory.queries.uncovered import (
    BY_KEY,
    LISTED_LEVELS,
    named,
    uncovered,
    uncovered_counts,
    uncovered_rows,
)
from jinlin.territory.rules import may_keep_places, may_look_through_places

PAGE = 100
MOST_SHOWN = 50


def _here(actor: Actor, code: str) -> Place:
    """Return the place asked for, or the widest one that the actor's posts cover."""
    widest = min((grant.place_code for grant in actor.grants), key=len, default=current_district().code)
    place = existing_place(code or widest)
    if place is None:
        raise NotFound(_("There is no such place here any more."))
    return place


@login_required
@require_safe
def uncovered_units(request: HttpRequest) -> HttpResponse:
    """Show how many units have a blank, kind by kind, and those of one kind; or give all as a spreadsheet."""
    actor = actor_of(request)
    may_look_through_places(actor).enforce()
    here = _here(actor, request.GET.get("of", ""))
    if request.GET.get("as") == "xlsx":
        return _sheet(here)
    shown: dict[str, Any] = {"here": here, "counts": uncovered_counts(here.code), "listed_levels": LISTED_LEVELS}
    gap = BY_KEY.get(request.GET.get("gap", ""))
    if gap is not None and gap.level in LISTED_LEVELS:
        after = request.GET.get("after", "")
        rows = uncovered(here.code, gap)
        key = "code" if rows.model is Place else "label"
        found = [named(unit) for unit in rows.filter(**{f"{key}__gt": after})[: PAGE + 1]]
        more = f"?of={here.code}&gap={gap.key}&after={found[PAGE - 1][0]}" if len(found) > PAGE else ""
        first = f"?of={here.code}&gap={gap.key}" if after else ""
        shown |= {"gap": gap, "rows": found[:PAGE], "next_url": more, "first_url": first}
    return render(request, "territory/desk/uncovered.html", shown)


def _sheet(here: Place) -> HttpResponse:
    heads = [_("What is missing"), _("Place code"), _("Name of the place")]
    rows = uncovered_rows(here.code)
    return workbook_answer(_("uncovered.xlsx"), write_workbook, heads, rows, sheet=_("Uncovered units"))


@login_required
@require_http_methods(READ_WRITE)
def units(request: HttpRequest) -> HttpResponse:
    """Take one unit in, or a table of them; what does not fit into the tree is said at its field or row."""
    actor = actor_of(request)
    may_keep_places(actor).enforce()
    if request.GET.get("as") == "template":
        sheet = pgettext("territory", "Units")
        return workbook_answer(_("units.xlsx"), template_workbook, UNIT_COLUMNS, sheet=sheet)
    is_table = request.method == "POST" and "file" in request.FILES
    form = UnitForm(None if is_table else sent(request), initial={"parent": request.GET.get("of", "")})
    table_form = UnitTableForm(request.POST, request.FILES) if is_table else UnitTableForm()
    findings: Sequence[Any] = []
    if is_table and table_form.is_valid():
        try:
            report = take_units(actor=actor, lines=read_units(table_form.cleaned_data["file"]))
            findings = report.findings
            if not findings:
                words = _("%(founded)s units were taken in, %(moved)s buildings moved.")
                messages.success(request, words % {"founded": report.founded, "moved": report.moved})
                return redirect("territory:desk-units")
        except Invalid as error:
            show_refusal(table_form, error)
    if form.is_bound and form.is_valid():
        try:
            take_unit(actor=actor, **form.cleaned_data)
            messages.success(request, _("%(name)s is in the tree.") % {"name": form.cleaned_data["name"]})
            return redirect("territory:desk-units")
        except Invalid as error:
            show_refusal(form, error)
    status = 422 if findings or table_form.errors else status_of(form)
    shown = {"form": form, "table_form": table_form, "findings": findings[:MOST_SHOWN]}
    return render(request, "territory/desk/units.html", shown, status=status)


@login_required
@require_http_methods(READ_WRITE)
def boundary_file(request: HttpRequest) -> HttpResponse:
    """Take boundaries in from GeoJSON, in one of three coordinate systems; all features or none."""
    actor = actor_of(request)
    may_keep_places(actor).enforce()
    form = BoundaryForm(request.POST, request.FILES) if request.method == "POST" else BoundaryForm()
    findings: Sequence[Any] = []
    if form.is_bound and form.is_valid():
        try:
            document = actions.read_geojson(form.cleaned_data["file"].read())
            system = System(form.cleaned_data["system"])
            report = actions.set_boundaries(actor=actor, document=document, system=system)
            findings = report.findings
            if not findings:
                messages.success(request, _("%(count)s boundaries were set.") % {"count": report.set})
                return redirect("territory:desk-boundaries")
        except Invalid as error:
            show_refusal(form, error)
    status = 422 if findings else status_of(form)
    here = _here(actor, "")
    shown = {"form": form, "findings": findings[:MOST_SHOWN], "here": here, "systems": SYSTEMS}
    return render(request, "territory/desk/boundaries.html", shown, status=status)


@login_required
@require_safe
def boundaries_out(request: HttpRequest) -> HttpResponse:
    """Give the boundaries of a place and of all in it as GeoJSON, in the coordinate system asked for."""
    actor = actor_of(request)
    may_look_through_places(actor).enforce()
    here = _here(actor, request.GET.get("of", ""))
    try:
        system = System(request.GET.get("system", System.WGS84))
    except ValueError:
        raise Invalid(fields={"system": _("Coordinates come as WGS84, CGCS2000, GCJ02 or BD09.")}) from None
    answer = JsonResponse(boundaries_in(here.code, system), content_type="application/geo+json")
    answer["Content-Disposition"] = content_disposition_header(True, f"{here.code}-{system}.geojson")
    return answer


@login_required
@require_safe
def register_out(request: HttpRequest) -> HttpResponse:
    """Give the register of homes of a place as a spreadsheet that comes in again, or the counts of households by building."""
    actor = actor_of(request)
    here = _here(actor, request.GET.get("of", ""))
    may_keep_places(actor, here.code).enforce()
    if request.GET.get("as") == "counts":
        return workbook_answer(_("households.xlsx"), write_counts, here.code)
    return workbook_answer(_("register-of-homes.xlsx"), write_register, here.code)
