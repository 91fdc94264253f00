"""Rounds of call-backs: drawn, looked through, and each call written down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.doors import for_holders_of
from jinlin.platform.errors import NotFound
from jinlin.platform.paging import page_of
from jinlin.playbooks.here import current_playbook
from jinlin.requests import actions, rules
from jinlin.requests.actions import Contact, Door
from jinlin.requests.forms.call_backs import DrawForm, Drawn, DrawnCallForm, DrawnUnreachedForm
from jinlin.requests.models import CallBack, CallBackRound
from jinlin.requests.queries import call_backs as reads
from jinlin.requests.queries.one import last_answer
from jinlin.requests.rules import call_backs as calling
from jinlin.requests.states import Verb
from jinlin.requests.views.desk.door import request_of
from jinlin.requests.views.desk.one import masked_contact
from jinlin.requests.views.sending import RepeatedSend, sent

PAGE = 50
FORMS: dict[str, tuple[type[Drawn], Any]] = {
    "reached": (DrawnCallForm, actions.record_drawn_call),
    "unreached": (DrawnUnreachedForm, actions.record_unreached),
}
"""{what came of a call: its form, its action}."""
SHOWN = [
    ("", gettext_lazy("all")),
    ("open", gettext_lazy("to be called")),
    ("reached", gettext_lazy("reached")),
    ("unreached", gettext_lazy("not reached")),
]
call_back_page = for_holders_of(calling.ROUND_READERS)
"""For those who receive requests, and those who audit."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@call_back_page
def rounds(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the rounds and how far each is, or draw one."""
    places = reads.places_to_draw(actor)
    form = DrawForm(request.POST or None, places=places)
    status = 200
    if request.method == "POST":
        made, status = _drawn(actor, form)
        if status == 200:
            messages.success(request, _("The round is drawn."))
            return redirect("requests:desk-call-back-round", round_id=made) if made else redirect(request.path)
    given = request.GET
    page = page_of(
        reads.rounds_at_desk(actor), "drawn_at", size=PAGE, older=given.get("older", ""), newer=given.get("newer", "")
    )
    context = {
        "form": form if places else None,
        "rounds": page.rows,
        "names": dict(places),
        "older_url": same_list(given, older=page.older) if page.older else "",
        "newer_url": same_list(given, newer=page.newer) if page.newer else "",
    }
    return render(request, "requests/desk/call_back_rounds.html", context, status=status)


def _drawn(actor: Actor, form: DrawForm) -> tuple[int | None, int]:
    """Return the round that was drawn, also when it was before, and the status."""
    try:
        made, status = sent(
            form,
            lambda: actions.draw_call_backs(actor=actor, door=Door(key=form.cleaned_data["key"]), **form.arguments()),
        )
    except RepeatedSend as before:
        return int(before.subject_id), 200
    return made and made.pk, status


@never_cache
@require_safe
@call_back_page
def one_round(request: HttpRequest, actor: Actor, round_id: int) -> HttpResponse:
    """Show the list to call, with the state and the result of each."""
    found = _round(actor, round_id)
    given = request.GET
    shown = given.get("show", "")
    page = page_of(
        reads.call_backs_in(found, shown).annotate(came_at=reads.CAME_AT), "came_at", size=PAGE,
        older=given.get("older", ""), newer=given.get("newer", ""),
    )  # fmt: skip
    context = {
        "round": found,
        "calls": page.rows,
        "shown": shown,
        "choices": SHOWN,
        "older_url": same_list(given, older=page.older) if page.older else "",
        "newer_url": same_list(given, newer=page.newer) if page.newer else "",
    }
    return render(request, "requests/desk/call_back_round.html", context)


def _round(actor: Actor, round_id: int) -> CallBackRound:
    found = reads.rounds_at_desk(actor).filter(pk=round_id).first()
    if found is None:
        raise NotFound
    return found


def _call(actor: Actor, round_id: int, call_id: int) -> CallBack:
    found = reads.call_backs_in(_round(actor, round_id)).filter(pk=call_id).first()
    if found is None:
        raise NotFound
    found.request = request_of(actor, found.request_id)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@call_back_page
def call(request: HttpRequest, actor: Actor, round_id: int, call_id: int) -> HttpResponse:
    """Show a call with both its forms, or write down what came of it.

    Raises:
        NotFound, NotAllowed.
    """
    found = _call(actor, round_id, call_id)
    result = request.POST.get("result", "")
    if request.method != "POST" or result not in FORMS:
        return _shown(request, actor, found)
    form = _form(found, result, request.POST)
    status = _written(actor, found, form, FORMS[result][1])
    if status != 200:
        found = _call(actor, round_id, call_id)
        if status == 409:
            form.data = form.data.copy()
            form.renew(found.request.version)
            form.data[form.add_prefix("attempts")] = found.attempts
        return _shown(request, actor, found, {result: form}, status=status)
    messages.success(request, _("The call about %(number)s is written down.") % {"number": found.request.number})
    return redirect("requests:desk-call-back-round", round_id=round_id)


def _written(actor: Actor, found: CallBack, form: Drawn, act: Any) -> int:
    def write() -> Any:
        given = form.cleaned_data
        door = Door(given["version"], given["key"])
        seen = given["attempts"]
        return act(actor=actor, call_back_id=found.pk, seen_attempts=seen, door=door, **form.arguments())

    try:
        return sent(form, write)[1]
    except RepeatedSend:
        return 200


def _form(found: CallBack, result: str, data: Any = None) -> Drawn:
    return FORMS[result][0](data, request=found.request, prefix=result, initial={"attempts": found.attempts})


def _shown(
    request: HttpRequest,
    actor: Actor,
    found: CallBack,
    given: dict[str, Drawn] | None = None,
    *,
    revealed: Contact | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = {result: _form(found, result) for result in FORMS} | (given or {})
    may_call = calling.may_call(actor, found.request)
    context = {
        "call": found,
        "found": found.request,
        "answer": last_answer(found.request),
        "forms": forms,
        "sent_form": next(iter((given or {}).values()), None),
        "possible": may_call and calling.can_be_called(found, found.request),
        "may_reopen": found.unsolved and Verb.REOPEN in rules.verbs_by_post(actor, found.request),
        "days": current_playbook().norms.call_back_attempts,
        "contact": masked_contact(actor, found.request),
        "revealed": revealed,
        "may_reveal": bool(may_call) and bool(rules.may_see_reporter(actor, found.request)),
    }
    return render(request, "requests/desk/call_back.html", context, status=status)


@never_cache
@require_POST
@call_back_page
def reveal(request: HttpRequest, actor: Actor, round_id: int, call_id: int) -> HttpResponse:
    """Show once whom to call; the read is on record."""
    found = _call(actor, round_id, call_id)
    contact = actions.reveal_reporter(actor=actor, request_id=found.request_id)
    return _shown(request, actor, found, revealed=contact)
