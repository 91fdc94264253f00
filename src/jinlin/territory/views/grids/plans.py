"""Pages that show grid plans: the list, a proposal to make, one plan, two side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.paging import page_of
from jinlin.playbooks.here import current_playbook
from jinlin.territory import actions, rules
from jinlin.territory.forms.grids import MoveForm, ProposeForm, TableForm
from jinlin.territory.models import GridPlan, Place
from jinlin.territory.providers import households_in
from jinlin.territory.queries import existing_place
from jinlin.territory.queries.ground import communities_of
from jinlin.territory.queries.plan_pages import PlanView, compared, places_to_plan
from jinlin.territory.states import PLANS, PlanState, PlanVerb

PAGE = 30
TONES = {
    PlanState.DRAFT: "quiet",
    PlanState.REVIEW: "working",
    PlanState.APPROVED: "brand",
    PlanState.IN_FORCE: "done",
    PlanState.REPLACED: "quiet",
    PlanState.DROPPED: "quiet",
}


@login_required
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Show the plans of the actor's area, the newest first, two of which can be compared."""
    actor = actor_of(request)
    rules.may_keep_places(actor).enforce()
    rows = rules.plans_visible_to(actor).defer("assignment")
    page = page_of(
        rows, "proposed_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", "")
    )
    names = names_of(page.rows)
    shown = {
        "plans": [(row, names.get(row.place_code, row.place_code), TONES[row.state]) for row in page.rows],
        "older_url": f"?older={page.older}" if page.older else "",
        "newer_url": f"?newer={page.newer}" if page.newer else "",
    }
    return render(request, "territory/grids/plans.html", shown)


def names_of(rows: list[GridPlan]) -> dict[str, str]:
    """Return the names of the places that plans are for, by code."""
    return dict(Place.objects.filter(code__in={row.place_code for row in rows}).values_list("code", "name"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Choose a place, then what its division shall be like; the plan comes at once."""
    actor = actor_of(request)
    rules.may_keep_places(actor).enforce()
    areas = [grant.place_code for grant in actor.grants_as(rules.PLACE_KEEPERS)]
    choices = places_to_plan(areas)
    place = _chosen(actor, request.GET.get("of", ""), choices)
    if place is None:
        return render(request, "territory/grids/choose_place.html", {"places": choices})
    communities = communities_of(place.code)
    size = current_playbook().grid_size.households
    initial = {"target": size, "mode": GridPlan.Mode.KEEP, "seed": 0}
    form = ProposeForm(sent(request), communities=communities, initial=initial)
    if form.is_bound and form.is_valid():
        wanted = actions.Wanted(
            form.cleaned_data["target"], form.cleaned_data["mode"], form.cleaned_data["seed"], form.numbers
        )
        try:
            made = actions.propose_grids(actor=actor, place_code=place.code, wanted=wanted)
            messages.success(request, _("The plan is ready as a draft; nothing has changed by it."))
            return redirect("territory:grid-plan", plan_id=made.pk)
        except Invalid as error:
            show_refusal(form, error)
    households = sum(households_in(place.code).values())
    shown = {
        "form": form,
        "place": place,
        "households": households,
        "guess": max(1, round(households / size)),
        "several": len(communities) > 1,
        "table_form": TableForm(initial={"target": size}),
        "choices": choices,
    }
    return render(request, "territory/grids/propose.html", shown, status=status_of(form))


def _chosen(actor: Actor, code: str, choices: list[Place]) -> Place | None:
    if not code and len(choices) == 1:
        return choices[0]
    return next((place for place in choices if place.code == code), None)


def plan_seen(actor: Actor, plan_id: int) -> GridPlan:
    """Return a plan that the actor may see.

    Raises:
        NotFound.
    """
    found = rules.plans_visible_to(actor).filter(pk=plan_id).first()
    if found is None:
        raise NotFound(_("There is no such plan here."))
    return found


@login_required
@require_safe
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show a plan with its figures, its grids and what may be done with it."""
    actor = actor_of(request)
    found = plan_seen(actor, plan_id)
    return show_plan(request, actor, PlanView(found), grid=request.GET.get("grid", ""))


def show_plan(
    request: HttpRequest, actor: Actor, view: PlanView, *, grid: str = "", form: MoveForm | None = None
) -> HttpResponse:
    """Render the page of a plan, with one grid opened for editing where that is possible."""
    found = view.plan
    open_verbs = set(PLANS.verbs_from(found.state))
    may_edit = bool(rules.may_plan_grids(actor, found.place_code))
    ruling = rules.may_approve_plan(actor, found)
    context: dict[str, Any] = {
        "view": view,
        "plan": found,
        "place": existing_place(found.place_code),
        "tone": TONES[found.state],
        "may_edit": may_edit and PlanVerb.EDIT in open_verbs,
        "may_hand_in": may_edit and PlanVerb.HAND_IN in open_verbs,
        "may_approve": bool(ruling) and PlanVerb.APPROVE in open_verbs,
        "may_return": bool(ruling) and PlanVerb.RETURN in open_verbs,
        "why_not": "" if ruling or PlanVerb.APPROVE not in open_verbs else ruling.reason,
        "others": _others(actor, found),
        "several": found.place_code not in {row.community for row in view.rows},
    }
    if context["may_edit"] and any(row.code == grid for row in view.rows):
        context |= {"grid": grid, "form": form or move_form(view, grid)}
    status = 422 if form is not None and form.errors else 200
    return render(request, "territory/grids/plan.html", context, status=status)


def _others(actor: Actor, found: GridPlan) -> list[GridPlan]:
    rows = rules.plans_visible_to(actor).filter(place_code=found.place_code).exclude(pk=found.pk)
    return list(rows.defer("assignment").order_by("-proposed_at", "-id")[:5])


def move_form(view: PlanView, grid: str, data: Any = None) -> MoveForm:
    """Return the form that moves a building of a grid into a neighbouring one."""
    words = _("%(address)s: %(count)s households")
    buildings = [
        (row.place.code, words % {"address": row.place.address, "count": row.households})
        for row in view.buildings_of(grid)
    ]
    grids = [(row.code, f"{row.name}（{row.households}，{row.percent:+d}%）") for row in view.beside(grid)]
    return MoveForm(data, buildings=buildings, grids=grids, initial={"version": view.plan.version})


@login_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show two plans side by side, on the map and in figures."""
    actor = actor_of(request)
    wanted = [int(text) for text in request.GET.getlist("plan") if text.isascii() and text.isdigit()][:2]
    if len(set(wanted)) < 2:
        messages.warning(request, _("Tick two plans to compare them."))
        return redirect("territory:grid-plans")
    views = compared(*(plan_seen(actor, plan_id) for plan_id in wanted))
    names = names_of([view.plan for view in views])
    shown = {"pairs": [(view, names.get(view.plan.place_code, ""), TONES[view.plan.state]) for view in views]}
    return render(request, "territory/grids/compare.html", shown)
