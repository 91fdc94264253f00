"""Where one lives: joining by card, claiming a home, moving out; and who may act for whom."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jinlin.people import actions, queries
from jinlin.people.forms import AskMandateForm, CardForm, ClaimForm, GrantMandateForm
from jinlin.people.models import Mandate, Person, Residence
from jinlin.people.rules import running_mandates
from jinlin.platform.access import actor_of
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound, TooMany
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE

YEAR_DAYS = 365


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def join(request: HttpRequest) -> HttpResponse:
    """Join the household whose card one holds; `?code=` fills the code in."""
    form = CardForm(sent(request), initial={"code": request.GET.get("code", "")})
    if form.is_bound and form.is_valid():
        try:
            actions.join_household(actor=actor_of(request), **form.cleaned_data)
            messages.success(request, _("You now belong to this household."))
            return redirect("people:me")
        except (Invalid, TooMany) as error:
            show_refusal(form, error)
    return render(request, "people/join.html", {"form": form}, status=status_of(form))


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def claim(request: HttpRequest) -> HttpResponse:
    """Say where one lives; the desk checks it."""
    actor = actor_of(request)
    form = ClaimForm(sent(request))
    form.fields["place"].use(actor)
    if form.is_bound and form.is_valid():
        try:
            wanted = form.cleaned_data
            home = queries.home_behind(wanted["place"].code, wanted["door"])
            actions.claim_home(actor=actor, home_code=home, role=wanted["role"])
            messages.success(request, _("The desk checks it and leaves you a notice."))
            return redirect("people:me")
        except Invalid as error:
            show_refusal(form, error)
    return render(request, "people/claim.html", {"form": form}, status=status_of(form))


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def leave(request: HttpRequest, residence_id: int) -> HttpResponse:
    """Ask once more, then write that one no longer lives there."""
    actor = actor_of(request)
    residence = Residence.objects.filter(pk=residence_id, person_id=actor.person_id, valid_to__isnull=True)
    row = residence.select_related("household").first()
    if row is None:
        raise NotFound
    if request.method == "POST":
        actions.end_residence(actor=actor, residence_id=residence_id)
        messages.success(request, _("You no longer belong to this household."))
        return redirect("people:me")
    address = queries.addresses_of([row.household.home_code]).get(row.household.home_code, "")
    shown = {
        "base": "web/resident.html",
        "act": _("Leave the household"),
        "consequence": _("You will no longer belong to %(address)s. To come back you need a card or the desk.")
        % {"address": address},
        "action_url": reverse("people:leave", args=[residence_id]),
        "yes": _("Leave the household"),
        "no": _("Stay"),
        "back_url": reverse("people:me"),
        "dangerous": True,
    }
    return render(request, "web/confirmation.html", shown)


# --- acting for each other ---


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def mandates(request: HttpRequest) -> HttpResponse:
    """Show who acts for whom; ask to act for somebody."""
    actor = actor_of(request)
    form = AskMandateForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            actions.ask_mandate(actor=actor, phone=form.cleaned_data["phone"])
            messages.success(request, _("If this number has an account, its owner sees your question now."))
            return redirect("people:mandates")
        except (Invalid, TooMany) as error:
            show_refusal(form, error)
    shown = {"form": form, "person": Person.objects.get(pk=actor.person_id), **_mandates_of(actor.person_id)}
    return render(request, "people/mandates.html", shown, status=status_of(form))


def _mandates_of(person_id: int) -> dict[str, Any]:
    running = running_mandates(today())
    asked = Mandate.objects.filter(principal_id=person_id, state=Mandate.State.ASKED)
    return {
        "asked": asked.select_related("agent").order_by("asked_at", "pk"),
        "given": running.filter(principal_id=person_id).select_related("agent").order_by("decided_at", "pk"),
        "held": running.filter(agent_id=person_id).select_related("principal").order_by("decided_at", "pk"),
    }


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def grant_mandate(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Show who asks and what a consent means; consent until a last day."""
    actor = actor_of(request)
    asked = Mandate.objects.filter(pk=mandate_id, principal_id=actor.person_id, state=Mandate.State.ASKED)
    mandate = asked.select_related("agent").first()
    if mandate is None:
        raise NotFound
    form = GrantMandateForm(sent(request), initial={"last_day": today() + timedelta(days=YEAR_DAYS)})
    if form.is_bound and form.is_valid():
        try:
            actions.grant_mandate(actor=actor, mandate_id=mandate_id, **form.cleaned_data)
            messages.success(request, _("The other person may act for you now. You can end it at any time."))
            return redirect("people:mandates")
        except Invalid as error:
            show_refusal(form, error)
    return render(request, "people/grant_mandate.html", {"form": form, "mandate": mandate}, status=status_of(form))


@login_required
@require_POST
def refuse_mandate(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Decline that somebody acts for oneself."""
    actions.refuse_mandate(actor=actor_of(request), mandate_id=mandate_id)
    messages.success(request, _("You have declined. The other person is told."))
    return redirect("people:mandates")


@login_required
@require_POST
def end_mandate(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """End a mandate at once, from either side."""
    actions.end_mandate(actor=actor_of(request), mandate_id=mandate_id)
    messages.success(request, _("It has ended. The other person is told."))
    return redirect("people:mandates")
