"""What is coming where somebody lives, and how a home says that it wants no visit."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jinlin.outreach import actions, queries
from jinlin.platform.access import actor_of

PAGE = 50


@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    """Show when and where the next sessions and rounds are; to those who live there, the visits at their own home."""
    actor = actor_of(request)
    households = list(queries.own_households(actor)) if actor.is_signed_in else []
    addresses = queries.addresses_of(row.home_code for row in households)
    shown = {
        "rounds": queries.coming(actor)[:PAGE],
        "visits": queries.own_visits(actor) if households else [],
        "homes": [(row.home_code, addresses.get(row.home_code, ""), hasattr(row, "no_visits")) for row in households],
    }
    return render(request, "outreach/coming.html", shown)


@login_required
@require_POST
def decline(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Say that a team is not welcome this time."""
    actions.decline_visit(actor=actor_of(request), visit_id=visit_id)
    messages.success(request, _("The team will not come to you."))
    return redirect("outreach:coming")


@login_required
@require_POST
def no_visits(request: HttpRequest, home_code: str) -> HttpResponse:
    """Say that one's home wants no visits at all, or wants them again."""
    wanted = request.POST.get("wanted") == "on"
    actions.set_no_visits(actor=actor_of(request), home_code=home_code, wanted=wanted)
    words = _("No team will come to you any more.") if wanted else _("Teams may come to you again.")
    messages.success(request, words)
    return redirect("outreach:coming")
