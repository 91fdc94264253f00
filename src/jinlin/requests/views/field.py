"""Pages of the field door: today, entering what was seen or said, work on the spot."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import NotAllowed, NotFound
from jinlin.platform.limits import address_of
from jinlin.platform.pages import READ_WRITE
from jinlin.requests import actions, rules
from jinlin.requests.actions import Contact, Door, Receipt
from jinlin.requests.following import request_behind
from jinlin.requests.forms import SentOnceForm
from jinlin.requests.forms.field import ForOtherForm, HandleForm, MatterForm, OpinionForm, ReasonForm, SnapForm
from jinlin.requests.models import Function, Request
from jinlin.requests.queries import field as queries
from jinlin.requests.queries.resident import history_of, photos_by_step, with_place
from jinlin.requests.states import State, Verb
from jinlin.requests.timeline import photos_before, timeline_entries
from jinlin.requests.triage import danger_words, emergency_words
from jinlin.requests.views.sending import sent, step_taken

LEAD_TO_HANDLING = {Verb.SIGN, Verb.START, Verb.HANDLE}
DRAFTS = {Function.SNAP: "report", Function.MATTER: "report_matter", Function.OPINION: "report_opinion"}
"""Under which key the form of an entry keeps its draft, together with the account's id."""
View = Callable[..., HttpResponse]


def field_page(view: View) -> View:
    """Let only those in whose post is work outside; the view gets the actor after the request.

    Raises:
        NotSignedIn, NotAllowed.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = actor_of(request)
        actor.must_hold(rules.FIELD_ROLES)
        return view(request, actor, *args, **kwargs)

    return page


@require_GET
@field_page
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what waits for me, overdue first; `?show=overdue` only those."""
    only_overdue = request.GET.get("show") == "overdue"
    shown = {
        "today": queries.today_of(actor, only_overdue=only_overdue),
        "only_overdue": only_overdue,
        "entered": queries.entered_counts(actor),
        "may_enter": bool(actor.grants_as(rules.ENTRY_ROLES)),
        "coordinates": bool(actor.grants_as(rules.COORDINATOR_ROLES)),
    }
    return render(request, "requests/field/today.html", shown)


@require_GET
@field_page
def register(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Offer what can be entered."""
    coordinates = bool(actor.grants_as(rules.COORDINATOR_ROLES))
    return render(request, "requests/field/register.html", {"coordinates": coordinates})


@require_GET
@field_page
def entered(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List what I entered; `?function=` and `?state=` narrow it."""
    function, state = request.GET.get("function", ""), request.GET.get("state", "")
    page = queries.entered_page(actor, function=function, state=state, older=request.GET.get("older", ""))
    return render(request, "requests/field/entered.html", {"page": page, "function": function, "state": state})


# --- entering ---


def _entering(form_class: type[SentOnceForm], template: str, enter: Callable[[Actor, Any], Receipt]) -> View:
    """Return the page of one kind of entry: its form, and what `enter` makes of it."""

    @never_cache
    @require_http_methods(READ_WRITE)
    @field_page
    def page(request: HttpRequest, actor: Actor) -> HttpResponse:
        if not actor.grants_as(rules.ENTRY_ROLES):
            raise NotAllowed
        form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
        form.offer_places(actor, queries.recent_places(actor))
        made, status = sent(form, lambda: enter(actor, form)) if form.is_bound else (None, 200)
        if made is not None:
            return redirect("requests:field-receipt", number=made.request.number, code=made.code)
        shown = {"form": form, "danger_list": " ".join(emergency_words())}
        return render(request, template, shown, status=status)

    return page


def _enter_snap(actor: Actor, form: SnapForm) -> Receipt:
    return actions.enter_request(actor=actor, report=form.report(), contact=Contact(), key=form.cleaned_data["key"])


def _enter_for_other(actor: Actor, form: ForOtherForm) -> Receipt:
    return actions.enter_request(
        actor=actor, report=form.report(), contact=form.contact(), key=form.cleaned_data["key"]
    )


def _enter_matter(actor: Actor, form: MatterForm) -> Receipt:
    return actions.enter_matter(actor=actor, report=form.report(), contact=form.contact(), key=form.cleaned_data["key"])


def _enter_opinion(actor: Actor, form: OpinionForm) -> Receipt:
    given = form.cleaned_data
    return actions.enter_opinion(
        actor=actor, note=given["text"], topic=given["category"], where=form.where(), key=given["key"]
    )


report = _entering(SnapForm, "requests/field/report.html", _enter_snap)
report_for_other = _entering(ForOtherForm, "requests/field/report_for_other.html", _enter_for_other)
report_matter = _entering(MatterForm, "requests/field/report_matter.html", _enter_matter)
report_opinion = _entering(OpinionForm, "requests/field/report_opinion.html", _enter_opinion)


@never_cache
@require_GET
@field_page
def receipt(request: HttpRequest, actor: Actor, number: str, code: str) -> HttpResponse:
    """Show number and code to hand over; it opens nothing to whoever entered it."""
    behind = request_behind(number=number, code=code, sender=address_of(request))
    if not rules.is_entered_by(actor, behind):
        raise NotFound
    found = with_place(Request.objects.filter(pk=behind.pk)).get()
    shown = {
        "found": found,
        "code": code,
        "danger": bool(danger_words(found.text)),
        "draft": f"{DRAFTS.get(found.function, 'report_for_other')}-{request.user.pk}",
    }
    return render(request, "requests/field/receipt.html", shown)


# --- what the phone keeps until there is a network ---


@never_cache
@require_GET
@field_page
def queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what this phone keeps; a script fills the page in and sends what waits."""
    return render(request, "requests/field/queue.html")


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps the field door's forms at hand without a network; it rules over `/field/` alone."""
    path = finders.find("jinlin/worker.js")
    if path is None:
        raise NotFound
    response = HttpResponse(Path(path).read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


# --- one request ---


@never_cache
@require_GET
@field_page
def one(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Show a request with its photos, what the dispatcher said, and what I can do with it."""
    found = queries.seen_request(actor, request_id)
    return render(request, "requests/field/one.html", _shown(actor, found) | {"sent": request.GET.get("sent", "")})


def _shown(actor: Actor, found: Request) -> dict[str, Any]:
    steps, photos = history_of(found), photos_by_step(found)
    verbs = rules.verbs_by_post(actor, found)
    told = [step.internal_note for step in steps if step.verb in {Verb.DISPATCH, Verb.TRANSFER}]
    return {
        "found": found,
        "entries": timeline_entries(steps, photos),
        "told": told[0] if told else "",
        "may_handle": found.state != State.ACCEPTED and not verbs.isdisjoint(LEAD_TO_HANDLING),
        "may_sign": Verb.SIGN in verbs,
        "may_send_back": Verb.SEND_BACK in verbs,
        "may_settle": Verb.SETTLE in verbs,
        "sign_form": SentOnceForm(version=found.version),
    }


def _acting(
    form_class: type[SentOnceForm], draft: str, act: Callable[[Actor, int, Any, Door], object], done: Any
) -> View:
    """Return the page of one step: its form, and what `act` does with it; `draft` names its page and its draft."""
    template = f"requests/field/{draft}.html"

    @never_cache
    @require_http_methods(READ_WRITE)
    @field_page
    def page(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
        found = queries.seen_request(actor, request_id)
        shown = {"found": found, "before": photos_before(photos_by_step(found))}
        if request.method != "POST":
            return render(request, template, shown | {"form": form_class(version=found.version)})
        form = form_class(request.POST, request.FILES)
        status = step_taken(form, lambda door: act(actor, request_id, form, door))
        if status == 200:
            messages.success(request, done)
            return redirect(reverse("requests:field-one", args=[request_id]) + f"?sent={draft}")
        shown["found"] = queries.seen_request(actor, request_id)
        form.renew(shown["found"].version)
        return render(request, template, shown | {"form": form}, status=status)

    return page


def _handle(actor: Actor, request_id: int, form: HandleForm, door: Door) -> object:
    return actions.handle_on_the_spot(
        actor=actor, request_id=request_id, answer=form.cleaned_data["answer"], photos=form.kept_photos, door=door
    )


def _sign(actor: Actor, request_id: int, form: SentOnceForm, door: Door) -> object:
    return actions.sign_for_request(actor=actor, request_id=request_id, door=door)


def _send_back(actor: Actor, request_id: int, form: ReasonForm, door: Door) -> object:
    reason = form.cleaned_data["reason"]
    return actions.send_back_request(actor=actor, request_id=request_id, reason=reason, door=door)


def _settle(actor: Actor, request_id: int, form: ReasonForm, door: Door) -> object:
    reason = form.cleaned_data["reason"]
    return actions.settle_matter(actor=actor, request_id=request_id, reason=reason, door=door)


handle = _acting(HandleForm, "handle", _handle, _("Done. Whoever raised it is asked whether it is solved."))
sign = _acting(SentOnceForm, "sign", _sign, _("Signed for."))
send_back = _acting(ReasonForm, "send_back", _send_back, _("Sent back to the dispatcher."))
settle = _acting(ReasonForm, "settle", _settle, _("Closed."))
