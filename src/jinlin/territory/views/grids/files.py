"""A grid plan as a spreadsheet and on the map, and a division that comes as a table."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jinlin.platform.access import actor_of
from jinlin.platform.errors import Invalid
from jinlin.platform.forms import show_refusal
from jinlin.platform.spreadsheets import workbook_answer, write_workbook
from jinlin.territory import actions
from jinlin.territory.forms.grids import TableForm
from jinlin.territory.imports.grid_plans import PLAN_COLUMNS, read_plan
from jinlin.territory.queries import existing_place
from jinlin.territory.queries.plan_pages import PlanView
from jinlin.territory.views.grids.plans import plan_seen

MOST_SHOWN = 50


@login_required
@require_safe
def plan_map(request: HttpRequest, plan_id: int) -> JsonResponse:
    """Answer the grids of a plan as GeoJSON."""
    features = PlanView(plan_seen(actor_of(request), plan_id)).features()
    return JsonResponse(features, content_type="application/geo+json", headers={"Cache-Control": "private, no-store"})


@login_required
@require_safe
def plan_sheet(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Give a plan as a spreadsheet, one row a building; changed by hand it comes in again as a plan of its own."""
    view = PlanView(plan_seen(actor_of(request), plan_id))
    counts = view.ground.city.households.tolist()
    rows = (
        (place.code, place.address, place.estate.name if place.estate else "", households, code)
        for place, households, code in zip(view.ground.buildings, counts, view.codes, strict=True)
    )
    name = _("grid-plan-%(id)s.xlsx") % {"id": plan_id}
    return workbook_answer(name, write_workbook, PLAN_COLUMNS, rows, sheet=_("Grid plan"))


@login_required
@require_POST
def import_plan(request: HttpRequest) -> HttpResponse:
    """Take a division from a table in as a draft, or say which rows cannot be."""
    actor = actor_of(request)
    form = TableForm(request.POST, request.FILES)
    place = existing_place(request.GET.get("of", ""))
    findings = []
    if form.is_valid() and place is not None:
        try:
            table = read_plan(form.cleaned_data["file"])
            findings = table.findings[:MOST_SHOWN]
            if not findings:
                made = actions.propose_assignment(
                    actor=actor,
                    place_code=place.code,
                    target=form.cleaned_data["target"],
                    assignment=table.assignment,
                )
                messages.success(request, _("The plan is ready as a draft; nothing has changed by it."))
                return redirect("territory:grid-plan", plan_id=made.pk)
        except Invalid as error:
            show_refusal(form, error)
    shown = {"table_form": form, "findings": findings, "place": place}
    return render(request, "territory/grids/table.html", shown, status=422)
