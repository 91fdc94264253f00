"""Claims and pairs at the desk: proposals with their reasons, services to confirm, and each step of one."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.platform.access import Actor
from jinlin.platform.errors import NotFound, Words
from jinlin.platform.forms import sent, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.playbooks.here import current_playbook
from jinlin.volunteering import actions, queries, rules
from jinlin.volunteering.forms import NoteForm, ServicesForm
from jinlin.volunteering.models import Pairing
from jinlin.volunteering.states import State
from jinlin.volunteering.views.desk import desk_page, may_write, page_here
from jinlin.volunteering.words import REFUSALS, reasons_of

STEPS: dict[str, tuple[Callable[..., Pairing], Words]] = {
    "agree": (actions.agree, _("Agreed.")),
    "decline": (actions.decline, _("Declined. It will not be proposed again.")),
    "confirm": (actions.confirm, _("The service is confirmed.")),
    "move-up": (actions.move_up, _("The place is given.")),
    "withdraw": (actions.withdraw, _("Taken back. Whoever waits has been told.")),
}
"""The words of addresses for the steps that need nothing more than a tap, with what is said afterwards."""


@require_http_methods(READ_WRITE)
@desk_page
def matching(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Propose pairs between needs and offers of a community, and show why each, and why not the others."""
    places, playbook = queries.hosted_communities(actor), current_playbook()
    code = request.POST.get("place") or request.GET.get("place") or (places[0][0] if places else "")
    if code not in dict(places):
        raise NotFound
    found = None
    if request.method == "POST":
        found = actions.propose_pairs(actor=actor, place_code=code)
    proposed = rules.pairings_visible_to(actor).filter(state=State.PROPOSED, posting__place_code__startswith=code)
    rows = proposed.select_related("posting", "offer__body").order_by("posting_id", "pk")
    shown = {
        "places": places,
        "place": code,
        "proposals": [(pair, reasons_of(pair.why, playbook)) for pair in rows],
        "refusals": [(row.need, row.missing, REFUSALS[row.why]) for row in found.refusals] if found else [],
        "idle": found.idle_offers if found else [],
        "done": found is not None,
    }
    return render(request, "volunteering/desk/matching.html", shown)


def services_wanted(actor: Actor, form: ServicesForm) -> QuerySet[Pairing]:
    """Return the claims and pairs that the filters ask for."""
    given = form.cleaned_data if form.is_valid() else {}
    rows = rules.pairings_visible_to(actor)
    if given.get("state"):
        rows = rows.filter(state=given["state"])
    if given.get("solved"):
        rows = queries.solved(rows)
    if words := given.get("q"):
        rows = rows.filter(Q(posting__title__icontains=words) | Q(solved__icontains=words))
    return rows


@require_safe
@desk_page
def services(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show claims and pairs; without a filter those that were served and wait for a confirmation."""
    form = ServicesForm(request.GET or {"state": State.SERVED})
    rows = services_wanted(actor, form).select_related("posting", "offer__body", "person")
    page, shown = page_here(request, rows, "at")
    shown |= {"form": form, "pairings": page.rows, "may_write": may_write(actor)}
    return render(request, "volunteering/desk/services.html", shown, status=200 if form.is_valid() else 422)


@require_POST
@desk_page
def step(request: HttpRequest, actor: Actor, pairing_id: int, name: str) -> HttpResponse:
    """Take a step of a claim or pair, and go back to the page from which it was taken."""
    if name not in STEPS:
        raise NotFound
    action, words = STEPS[name]
    action(actor=actor, pairing_id=pairing_id)
    messages.success(request, words)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, None):
        return redirect(back)
    return redirect("volunteering:desk-services")


@require_http_methods(READ_WRITE)
@desk_page
def contest(request: HttpRequest, actor: Actor, pairing_id: int) -> HttpResponse:
    """Say what is still missing of a service."""
    pairing = rules.pairings_visible_to(actor).select_related("posting").filter(pk=pairing_id).first()
    if pairing is None:
        raise NotFound
    form = NoteForm(sent(request))
    if form.is_bound and form.is_valid():
        actions.contest(actor=actor, pairing_id=pairing_id, **form.cleaned_data)
        messages.success(request, _("Written down; it is open again."))
        return redirect("volunteering:desk-services")
    return render(request, "volunteering/desk/contest.html", {"form": form, "pairing": pairing}, status=status_of(form))
