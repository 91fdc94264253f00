"""Pages of the resident door: the first page, raising, following, one's own requests."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jinlin.platform.access import Actor, actor_of, open_for
from jinlin.platform.errors import NotFound
from jinlin.platform.limits import address_of
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.waiting import waiting_for
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.here import current_playbook
from jinlin.requests import actions, following, rules
from jinlin.requests.actions import Door, Receipt
from jinlin.requests.forms import SentOnceForm
from jinlin.requests.forms.resident import (
    AddForm,
    AgainForm,
    FollowForm,
    RaiseForm,
    RateForm,
    ReopenForm,
    UnpublishForm,
    WithdrawForm,
)
from jinlin.requests.merged import root_of, shared_steps
from jinlin.requests.models import Function, Request
from jinlin.requests.queries import resident as queries
from jinlin.requests.queries.parts import helping_bodies
from jinlin.requests.states import WAITING_FOR_RATING, Verb
from jinlin.requests.timeline import timeline_entries
from jinlin.requests.triage import danger_words, emergency_words
from jinlin.requests.views.sending import sent, step_taken
from jinlin.territory.queries import step_at

LONGEST_PLACE = 22


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what to do next: raise, my open requests, where to call; the newest public ones to those not signed in."""
    actor = actor_of(request)
    known = actor.is_signed_in or bool(actor.opened)
    shown = {
        "waiting": waiting_for(actor),
        "rows": queries.open_of(actor) if known else [],
        "to_rate": WAITING_FOR_RATING,
        "public": [] if actor.is_signed_in else queries.newest_public(),
    }
    return render(request, "requests/resident/home.html", shown)


# --- raise ---


@never_cache
@require_http_methods(READ_WRITE)
def raise_(request: HttpRequest) -> HttpResponse:
    """Take in a request; `?function=` chooses the entrance. A small wish goes on to the wish wall, its words with it."""
    actor = actor_of(request)
    if actor.is_signed_in and Function.WISH in {request.GET.get("function"), request.POST.get("function")}:
        # 307: the browser sends the same form there.
        return HttpResponse(status=307, headers={"Location": reverse("wishes:new")})
    form = RaiseForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        playbook=current_playbook(),
        mandates=queries.principals(actor),
        signed_in=actor.is_signed_in,
        initial={"function": request.GET.get("function", ""), "place": _scanned_place(actor, request)},
    )
    form.offer_places(actor, queries.offered_places(actor))
    if request.method != "POST":
        return render(request, "requests/resident/raise.html", _raise_page(form))
    made, status = sent(form, lambda: _raised(request, actor, form))
    if made is not None:
        return _to_receipt(request, made)
    return render(request, "requests/resident/raise.html", _raise_page(form), status=status)


def _scanned_place(actor: Actor, request: HttpRequest) -> str:
    """Return the place of `?place=`, as the codes to scan at buildings and estates carry it; nothing for an unknown one."""
    token = request.GET.get("place", "")[:LONGEST_PLACE]
    return token if token and step_at(actor, token) else ""


def _raise_page(form: RaiseForm) -> dict[str, Any]:
    danger = form.is_bound and bool(danger_words(form.data.get("text", "")))
    return {"form": form, "danger": danger, "danger_list": " ".join(emergency_words())}


def _raised(request: HttpRequest, actor: Actor, form: RaiseForm) -> Receipt:
    return actions.raise_request(
        actor=actor,
        report=form.report(),
        for_person_id=form.cleaned_data.get("for_person"),
        sender=address_of(request),
        key=form.cleaned_data["key"],
    )


def _to_receipt(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    open_for(request, following.key_of(receipt.request.pk))
    return redirect("requests:receipt", number=receipt.request.number, code=receipt.code)


@never_cache
@require_GET
def receipt(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Show number and code in large type, what happens next, and by when."""
    found = _opened(request, number, code)
    shown = {
        "found": queries.own_request(actor_of(request), found.pk),
        "code": code,
        "link": request.build_absolute_uri(reverse("requests:follow-link", args=[number, code])),
        "danger": bool(danger_words(found.text)),
    }
    return render(request, "requests/resident/receipt.html", shown)


# --- follow ---


def _opened(request: HttpRequest, number: str, code: str) -> Request:
    """Return the request behind number and code, and let this browser see it from now on."""
    found = following.request_behind(number=number, code=code, sender=address_of(request))
    open_for(request, following.key_of(found.pk))
    return found


@never_cache
@require_http_methods(READ_WRITE)
def follow(request: HttpRequest, number: str = "") -> HttpResponse:
    """Ask for number and code, and lead to the request."""
    form = FollowForm(request.POST if request.method == "POST" else None, initial={"number": number})
    status = 200
    if form.is_bound and form.is_valid():
        try:
            return redirect("requests:mine-one", request_id=_opened(request, **form.cleaned_data).pk)
        except NotFound as error:
            form.add_error("code", str(error.why))
            status = error.status
    elif form.is_bound:
        status = 422
    return render(request, "requests/resident/follow.html", {"form": form}, status=status)


@never_cache
@require_GET
def follow_link(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Open a request by its secret link and leave the code out of the address from then on."""
    return redirect("requests:mine-one", request_id=_opened(request, number, code).pk)


# --- my requests ---


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """List one's own requests and those of the people one acts for; `?state=open` or `closed`."""
    actor = actor_of(request)
    if not actor.is_signed_in and not actor.opened:
        return redirect("requests:follow")
    state = request.GET.get("state", "")
    page = queries.own_page(actor, state=state, older=request.GET.get("older", ""))
    return render(request, "requests/resident/mine.html", {"page": page, "state": state, "to_rate": WAITING_FOR_RATING})


@never_cache
@require_GET
def mine_one(request: HttpRequest, request_id: int) -> HttpResponse:
    """Show who has a request, until when, and all that happened."""
    try:
        found = queries.own_request(actor_of(request), request_id)
    except NotFound:
        if request.user.is_authenticated:
            raise
        return redirect("requests:follow")
    return render(request, "requests/resident/one.html", _shown(found) | {"sent": request.GET.get("sent", "")})


def _shown(found: Request) -> dict[str, Any]:
    verbs = rules.verbs_of_reporter(found)
    return {
        "found": found,
        "helpers": in_a_row(helping_bodies(found)),
        "lead": root_of(found) if found.lead_id else None,
        "shared": timeline_entries(shared_steps(found), {}),
        "entries": timeline_entries(queries.history_of(found), queries.photos_by_step(found)),
        "may_add": Verb.ADD in verbs,
        "may_withdraw": Verb.WITHDRAW in verbs,
        "may_reopen": Verb.REOPEN in verbs,
        "may_resubmit": Verb.RESUBMIT in verbs,
        "may_rate": found.state in WAITING_FOR_RATING,
    }


@require_http_methods(READ_WRITE)
def add(request: HttpRequest, request_id: int) -> HttpResponse:
    """Add words or photos to a request."""

    def act(actor: Actor, form: AddForm, door: Door) -> None:
        actions.add_to_request(
            actor=actor, request_id=request_id, note=form.cleaned_data["note"], photos=form.kept_photos, door=door
        )

    return _step(request, request_id, AddForm, "add", act, _("Added. Those who handle it see it now."))


@require_http_methods(READ_WRITE)
def withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    """Ask once more, then take the request back."""

    def act(actor: Actor, form: WithdrawForm, door: Door) -> None:
        actions.withdraw_request(actor=actor, request_id=request_id, reason=form.cleaned_data["reason"], door=door)

    return _step(request, request_id, WithdrawForm, "withdraw", act, _("It is withdrawn."))


@require_http_methods(READ_WRITE)
def unpublish(request: HttpRequest, request_id: int) -> HttpResponse:
    """Ask once more, then take one's own public request out of view."""

    def act(actor: Actor, form: UnpublishForm, door: Door) -> None:
        reason = form.cleaned_data["reason"] or _("Its sender does not wish it to be public any more.")
        actions.withdraw_publication(actor=actor, request_id=request_id, reason=reason, door=door)

    return _step(request, request_id, UnpublishForm, "unpublish", act, _("It is not public any more."))


@require_http_methods(READ_WRITE)
def reopen(request: HttpRequest, request_id: int) -> HttpResponse:
    """Take one's closed request up again, with what is still wrong."""

    def act(actor: Actor, form: ReopenForm, door: Door) -> None:
        actions.reopen_request(actor=actor, request_id=request_id, reason=form.cleaned_data["reason"], door=door)

    return _step(request, request_id, ReopenForm, "reopen", act, _("It is taken up again; the body has been told."))


@require_http_methods(READ_WRITE)
def resubmit(request: HttpRequest, request_id: int) -> HttpResponse:
    """Submit one's declined request again, under another category."""

    def act(actor: Actor, form: AgainForm, door: Door) -> None:
        given = {name: form.cleaned_data[name] for name in ("category", "reason")}
        actions.resubmit_request(actor=actor, request_id=request_id, door=door, **given)

    return _step(request, request_id, AgainForm, "resubmit", act, _("Submitted again; it is looked at anew."))


@require_http_methods(READ_WRITE)
def rate(request: HttpRequest, request_id: int) -> HttpResponse:
    """Take the judgement: solved closes the request, not solved sends it back unless it is left at that."""

    def act(actor: Actor, form: RateForm, door: Door) -> None:
        ask_again = form.cleaned_data["ask_again"] != "no"
        actions.rate_request(
            actor=actor, request_id=request_id, judgement=form.judgement(), ask_again=ask_again, door=door
        )

    return _step(request, request_id, RateForm, "rate", act, _("Thank you. Your judgement counts."))


def _step(
    request: HttpRequest,
    request_id: int,
    form_class: type[SentOnceForm],
    draft: str,
    act: Callable[[Actor, Any, Door], None],
    done: str,
) -> HttpResponse:
    """Show the form of one step of one's own request, or take the step; `draft` names its page and its draft."""
    template = f"requests/resident/{draft}.html"
    actor = actor_of(request)
    found = queries.own_request(actor, request_id)
    if request.method != "POST":
        return render(request, template, {"found": found, "form": form_class(version=found.version)})
    form = form_class(request.POST, request.FILES)
    status = step_taken(form, lambda door: act(actor, form, door))
    if status == 200:
        messages.success(request, done)
        return redirect(reverse("requests:mine-one", args=[request_id]) + f"?sent={draft}")
    found = queries.own_request(actor, request_id)
    form.renew(found.version)
    return render(request, template, {"found": found, "form": form}, status=status)
