"""The steps of a grid plan: a building moved, handed in, approved, returned, given up."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jinlin.platform.access import actor_of
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.territory import actions, rules
from jinlin.territory.forms.grids import ApproveForm, ReturnForm
from jinlin.territory.models import GridPlan
from jinlin.territory.queries.plan_pages import PlanView
from jinlin.territory.states import PlanState
from jinlin.territory.views.grids.plans import move_form, plan_seen, show_plan


@login_required
@require_POST
def move(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Move a building into a neighbouring grid; a move that cannot be is explained on the page."""
    actor = actor_of(request)
    view = PlanView(plan_seen(actor, plan_id))
    grid = request.GET.get("grid", "")
    form = move_form(view, grid, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.move_in_plan(
                actor=actor,
                plan_id=plan_id,
                building=given["building"],
                grid=given["grid"],
                seen_version=given["version"],
            )
            messages.success(request, _("Moved. The figures below are those after it."))
            return redirect(f"{reverse('territory:grid-plan', args=[plan_id])}?{urlencode({'grid': grid})}#edit")
        except Invalid as error:
            show_refusal(form, error)
    return show_plan(request, actor, view, grid=grid, form=form)


@login_required
@require_POST
def hand_in(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Hand a draft in."""
    actions.hand_in_plan(actor=actor_of(request), plan_id=plan_id, seen_version=_version(request))
    messages.success(request, _("Handed in. The subdistrict or the district approves it."))
    return redirect("territory:grid-plan", plan_id=plan_id)


@login_required
@require_POST
def drop(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Give a draft up."""
    actions.drop_plan(actor=actor_of(request), plan_id=plan_id, seen_version=_version(request))
    messages.success(request, _("Given up. It stays in the list."))
    return redirect("territory:grid-plan", plan_id=plan_id)


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else None


@login_required
@require_http_methods(READ_WRITE)
def approve(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show what a plan will change; approve it for a day, with a successor for each grid that ends."""
    actor = actor_of(request)
    found = plan_seen(actor, plan_id)
    rules.may_approve_plan(actor, found).enforce()
    view = PlanView(found)
    initial = {"effective_from": today(), "version": found.version}
    form = ApproveForm(sent(request), ending=view.ending, rows=view.rows, initial=initial)

    def act() -> None:
        made = actions.approve_plan(
            actor=actor,
            plan_id=plan_id,
            effective_from=form.cleaned_data["effective_from"],
            successors=form.successors,
            seen_version=form.cleaned_data["version"],
        )
        messages.success(request, _approved(made))

    return _done(request, form, act, plan_id) or render(
        request, "territory/grids/approve.html", {"form": form, "view": view, "plan": found}, status=status_of(form)
    )


def _approved(plan: GridPlan) -> str:
    if plan.state == PlanState.IN_FORCE:
        return _("The plan is in force; requests and posts have followed, and the staff concerned have been told.")
    return _("Approved; the plan is in force from %(day)s.") % {"day": plan.effective_from}


@login_required
@require_http_methods(READ_WRITE)
def send_back(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Return a plan to its authors with a reason."""
    actor = actor_of(request)
    found = plan_seen(actor, plan_id)
    rules.may_approve_plan(actor, found).enforce()
    form = ReturnForm(sent(request), initial={"version": found.version})

    def act() -> None:
        given = form.cleaned_data
        actions.return_plan(actor=actor, plan_id=plan_id, reason=given["reason"], seen_version=given["version"])
        messages.success(request, _("Returned; those who made the plan read the reason."))

    return _done(request, form, act, plan_id) or render(
        request, "territory/grids/return.html", {"form": form, "plan": found}, status=status_of(form)
    )


def _done(request: HttpRequest, form: forms.Form, act: Callable[[], None], plan_id: int) -> HttpResponse | None:
    """Act on a form that holds, and lead back to the plan; None when the form has to be shown again."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        act()
    except Invalid as error:
        show_refusal(form, error)
        return None
    return redirect("territory:grid-plan", plan_id=plan_id)
