"""The roll at the desk: homes and who lives there, cards, claims, and a contact that leaves a line when opened."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jinlin.people import actions, queries, rules
from jinlin.people.forms import IssueCardForm, RefuseClaimForm
from jinlin.people.models import Household, Residence, ResidenceClaim
from jinlin.people.phones import MOBILE
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.territory.models import Place

MOST_CLAIMS = 50


def _reader(request: HttpRequest) -> Actor:
    """Return the actor, who reads the roll; the try of anybody else leaves a line.

    Raises:
        NotAllowed.
    """
    actor = actor_of(request)
    if not actor.grants_as(rules.ROLL_READERS):
        actions.refuse_roll(actor=actor)
    return actor


@login_required
@never_cache
@require_GET
def roll(request: HttpRequest) -> HttpResponse:
    """Show the homes of the actor's scope with who lives there, names masked; search by address or whole number."""
    actor = _reader(request)
    words, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    whole_number = MOBILE.fullmatch(words)
    homes = actions.find_by_phone(actor=actor, phone=words) if whole_number else queries.roll_page(actor, words, after)
    more = len(homes) > queries.ROLL_PAGE
    shown = homes[: queries.ROLL_PAGE]
    next_url = f"?{urlencode({'q': words, 'after': shown[-1].place.code})}" if more else ""
    return render(
        request,
        "people/roll.html",
        {
            "homes": shown,
            "words": words,
            "next_url": next_url,
            "first_url": f"?{urlencode({'q': words})}" if after else "",
            "keeps": bool(actor.grants_as(rules.ROLL_KEEPERS)),
            "waiting": _waiting(actor).count(),
        },
    )


def _waiting(actor: Actor) -> QuerySet[ResidenceClaim]:
    return rules.claims_to_decide(actor).filter(state=ResidenceClaim.State.ASKED)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def home(request: HttpRequest, home_code: str) -> HttpResponse:
    """Show one home of the roll; issue a card for it, whose code is shown this once, to print."""
    actor = _reader(request)
    place = rules.homes_visible_to(actor).filter(code=home_code).first()
    if place is None:
        raise NotFound
    form = IssueCardForm(sent(request))
    if form.is_bound and form.is_valid():
        card, code = actions.issue_card(actor=actor, home_code=home_code, **form.cleaned_data)
        address = request.build_absolute_uri(reverse("people:join"))
        return render(request, "people/card.html", {"card": card, "code": code, "home": place, "address": address})
    shown = {
        "home": queries.with_residents([place])[0],
        "form": form,
        "keeps": rules.may_keep_roll(actor, place),
        **_household(actor, place),
    }
    return render(request, "people/home.html", shown, status=status_of(form))


def _household(actor: Actor, home: Place) -> dict[str, Any]:
    """Return what the page shows of the household of today: its remark, and whether there is a contact to open."""
    household = Household.objects.filter(home_code=home.code, valid_to__isnull=True).first()
    if household is None:
        return {}
    return {
        "remark": household.remark,
        "contact": queries.running_contact(household) is not None,
        "reads_contact": bool(rules.may_read_household_contact(actor, household, home)),
    }


@login_required
@never_cache
@require_POST
def contact(request: HttpRequest, person_id: int) -> HttpResponse:
    """Open a resident's name and number; the look leaves a line that the resident sees."""
    actor = _reader(request)
    person = actions.open_contact(actor=actor, person_id=person_id)
    return render(request, "people/contact.html", {"person": person, "homes": queries.homes_of(person)})


@login_required
@require_http_methods(READ_WRITE)
def move_out(request: HttpRequest, residence_id: int) -> HttpResponse:
    """Ask once more, then write that somebody no longer lives there."""
    actor = _reader(request)
    rows = Residence.objects.filter(household__in=rules.visible_to(actor), valid_to__isnull=True)
    residence = rows.select_related("household").filter(pk=residence_id).first()
    if residence is None:
        raise NotFound
    code = residence.household.home_code
    if request.method == "POST":
        actions.end_residence(actor=actor, residence_id=residence_id)
        messages.success(request, _("Written down: this person no longer lives there."))
        return redirect("people:desk-home", home_code=code)
    address = Place.objects.get(code=code).address
    shown = {
        "act": _("Write that somebody moved out"),
        "consequence": _("From today one person less belongs to %(address)s.") % {"address": address},
        "action_url": reverse("people:desk-move-out", args=[residence_id]),
        "yes": _("Moved out"),
        "no": _("Still lives there"),
        "back_url": reverse("people:desk-home", args=[code]),
        "dangerous": True,
    }
    return render(request, "web/confirmation.html", shown)


@login_required
@never_cache
@require_GET
def claims(request: HttpRequest) -> HttpResponse:
    """Show the claims that wait for a check, the oldest first, each with who already lives there."""
    actor = _reader(request)
    rows = list(_waiting(actor).select_related("person").order_by("asked_at", "pk")[:MOST_CLAIMS])
    places = list(Place.objects.filter(code__in={row.home_code for row in rows}))
    homes = {home.place.code: home for home in queries.with_residents(places)}
    shown = {"claims": [(row, homes.get(row.home_code)) for row in rows], "form": RefuseClaimForm()}
    return render(request, "people/claims.html", shown)


@login_required
@require_POST
def confirm_claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Confirm a claim after a check."""
    actions.confirm_claim(actor=_reader(request), claim_id=claim_id)
    messages.success(request, _("Confirmed. The person is told."))
    return redirect("people:desk-claims")


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def refuse_claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Refuse a claim with a reason."""
    actor = _reader(request)
    claim = _waiting(actor).filter(pk=claim_id).first()
    if claim is None and request.method == "GET":
        raise NotFound
    form = RefuseClaimForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            actions.refuse_claim(actor=actor, claim_id=claim_id, **form.cleaned_data)
            messages.success(request, _("Refused. The person is told why."))
            return redirect("people:desk-claims")
        except Invalid as error:
            show_refusal(form, error)
    address = queries.addresses_of([claim.home_code]).get(claim.home_code, "") if claim else ""
    shown = {"form": form, "claim": claim, "address": address}
    return render(request, "people/refuse_claim.html", shown, status=status_of(form))
