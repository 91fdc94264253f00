"""Support pairs: what the two of a pair see and do, and what their coordinator sees."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.platform.access import Actor, actor_of
from jinlin.platform.addresses import same_list
from jinlin.platform.doors import for_holders_of
from jinlin.platform.errors import NotFound, Words
from jinlin.platform.forms import KeyedForm, sent
from jinlin.platform.pages import READ_WRITE, step_page
from jinlin.platform.paging import page_of
from jinlin.wishes import actions, rules
from jinlin.wishes.forms import ContactForm, OfferForm, PlanForm, WordsForm
from jinlin.wishes.models import SupportPair
from jinlin.wishes.states import PAIRS, PairState, PairVerb
from jinlin.wishes.views.showing import the_wish

PAGE = 50


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def offer(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Offer to go on helping after a wish has come true."""
    actor = actor_of(request)
    wish = the_wish(actor, wish_id)
    rules.may_offer_support(actor, wish).enforce()
    form = OfferForm(sent(request))

    def act() -> None:
        given = form.cleaned_data
        actions.offer_support(
            actor=actor, wish_id=wish_id, offer=given["offer"], last_day=given["last_day"], door=form.door()
        )

    back = reverse("wishes:mine")
    return step_page(
        request,
        form,
        act,
        template="wishes/offer.html",
        shown={"wish": wish},
        done=_("Your offer is on its way. It begins when it is accepted."),
        back=back,
    )


def _pair(actor: Actor, pair_id: int) -> SupportPair:
    rows = rules.pairs_visible_to(actor).select_related("wish", "helper", "resident")
    pair = rows.filter(pk=pair_id).first()
    if pair is None:
        raise NotFound
    return pair


def _shown(actor: Actor, pair: SupportPair) -> dict[str, Any]:
    verbs = [PairVerb(verb) for verb in PAIRS.verbs_from(pair.state)]
    return {
        "pair": pair,
        "me": actor.person_id,
        "knows": pair.state == PairState.ACCEPTED and actor.person_id in {pair.helper_id, pair.resident_id},
        "verbs": {verb.value for verb in verbs if rules.may_with_pair(actor, verb, pair)},
        "contacts": list(pair.contacts.order_by("-on", "-pk")[:PAGE]),
    }


@login_required
@never_cache
@require_safe
def one(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Show a pair with its plan, its contacts and the next one, to the two of it."""
    actor = actor_of(request)
    return render(request, "wishes/pair.html", _shown(actor, _pair(actor, pair_id)) | {"base": "web/resident.html"})


Act = Callable[[Actor, int, Any], object]


def _plan(actor: Actor, pair_id: int, form: PlanForm) -> None:
    given = form.cleaned_data
    actions.plan_support(actor=actor, pair_id=pair_id, plan=given["plan"], next_on=given["next_on"], door=form.door())


def _log(actor: Actor, pair_id: int, form: ContactForm) -> None:
    actions.log_contact(actor=actor, pair_id=pair_id, new=form.new_contact(), door=form.door())


def _end(actor: Actor, pair_id: int, form: WordsForm) -> None:
    actions.end_support(actor=actor, pair_id=pair_id, words=form.cleaned_data["words"], door=form.door())


def _accept(actor: Actor, pair_id: int, form: KeyedForm) -> None:
    actions.accept_support(actor=actor, pair_id=pair_id, door=form.door())


def _decline(actor: Actor, pair_id: int, form: KeyedForm) -> None:
    actions.decline_support(actor=actor, pair_id=pair_id, door=form.door())


STEPS: dict[str, tuple[type[KeyedForm], Act, Words, Words]] = {
    "accept": (
        KeyedForm,
        _accept,
        gettext_lazy("Accept the help"),
        gettext_lazy("Agreed. You can end it at any time."),
    ),
    "decline": (KeyedForm, _decline, gettext_lazy("Decline the help"), gettext_lazy("Declined.")),
    "plan": (PlanForm, _plan, gettext_lazy("Write the plan down"), gettext_lazy("The plan is written down.")),
    "log": (ContactForm, _log, gettext_lazy("Log a contact"), gettext_lazy("The contact is logged.")),
    "end": (WordsForm, _end, gettext_lazy("End the support pair"), gettext_lazy("The pair has ended.")),
}
"""The steps of a pair by the words of their addresses: form, action, button, what is said afterwards."""


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def step(request: HttpRequest, pair_id: int, name: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    actor = actor_of(request)
    if name not in STEPS:
        raise NotFound
    form_class, act, button, done = STEPS[name]
    pair = _pair(actor, pair_id)
    form = form_class(sent(request), initial={"plan": pair.plan, "next_on": pair.next_on})
    part = actor.person_id in {pair.helper_id, pair.resident_id}
    return step_page(
        request, form, lambda: act(actor, pair_id, form), template="wishes/pair_step.html",
        shown={"pair": pair, "button": button}, done=done,
        back=reverse("wishes:pair" if part else "wishes:desk-pair", args=[pair_id]),
    )  # fmt: skip


@require_safe
@never_cache
@for_holders_of(rules.COORDINATORS)
def desk_pairs(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the support pairs that the actor coordinates; who has gone without a contact comes by its next day."""
    rows = rules.pairs_visible_to(actor).select_related("wish")
    page = page_of(
        rows, "offered_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", "")
    )
    shown = {
        "pairs": page.rows,
        "total": rows.count(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "wishes/desk/pairs.html", shown)


@require_safe
@never_cache
@for_holders_of(rules.COORDINATORS)
def desk_pair(request: HttpRequest, actor: Actor, pair_id: int) -> HttpResponse:
    """Show one pair to its coordinator."""
    return render(request, "wishes/pair.html", _shown(actor, _pair(actor, pair_id)) | {"base": "web/desk.html"})
