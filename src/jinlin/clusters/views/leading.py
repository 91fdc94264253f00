"""The secretary takes a case on in person, or gives it back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinlin.clusters import actions, queries, rules
from jinlin.clusters.forms import GiveBackForm, LeadForm, SeenForm
from jinlin.clusters.views.desk import to_look_at
from jinlin.platform.access import Actor, Role
from jinlin.platform.doors import View, for_holders_of
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE, step_page
from jinlin.requests.models import Request
from jinlin.requests.rules import visible_to


def _the_request(actor: Actor, request_id: int) -> Request:
    found = visible_to(actor).select_related("body").filter(pk=request_id).first()
    if found is None:
        raise NotFound
    rules.may_lead(actor, found).enforce()
    return found


def _step(form_class: type[SeenForm], act: Callable[..., Any], template: str) -> View:
    """Return the page of one step of leading: its form, and what it calls with the form."""

    @require_http_methods(READ_WRITE)
    @never_cache
    @for_holders_of({Role.COMMUNITY_SECRETARY})
    def page(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
        found = _the_request(actor, request_id)
        form = form_class(sent(request), seen=str(found.version))
        running = queries.led().filter(request=found).first()
        context = {
            "found": found,
            "running": running,
            "milestones": queries.milestones_of(running) if running else (),
        }
        if preview := to_look_at(form):
            return render(request, template, {"form": form, "preview": preview, **context})
        back = reverse("requests:desk-request", args=[found.pk])
        return step_page(request, form, lambda: act(actor, found.pk, form), template=template, shown=context, back=back)

    return page


def _take(actor: Actor, request_id: int, form: LeadForm) -> object:
    return actions.take_lead(actor=actor, request_id=request_id, new=form.new_leading(), door=form.door())


def _give_back(actor: Actor, request_id: int, form: GiveBackForm) -> object:
    reason = form.cleaned_data["reason"]
    return actions.give_back(actor=actor, request_id=request_id, reason=reason, door=form.door())


lead = _step(LeadForm, _take, "clusters/desk/lead.html")
give_back = _step(GiveBackForm, _give_back, "clusters/desk/give_back.html")
