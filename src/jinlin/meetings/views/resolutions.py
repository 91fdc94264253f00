"""One resolution at the desk: moved to another day, made into something to work on, reported as carried out or given up."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.meetings import actions, forms, queries, rules
from jinlin.meetings.models import Resolution
from jinlin.meetings.states import RESOLUTIONS, ResolutionState
from jinlin.meetings.views.showing import RESOLUTION_TONES, is_late
from jinlin.platform.access import Actor
from jinlin.platform.errors import NotFound, Words
from jinlin.platform.forms import KeyedForm, sent
from jinlin.platform.pages import READ_WRITE, page_for, step_page
from jinlin.platform.works import kinds_made, matter_of, works_for

Build = Callable[[HttpRequest, Resolution], KeyedForm]
Act = Callable[[dict[str, Any], Any], object]


def _words(request: HttpRequest, row: Resolution) -> KeyedForm:
    return forms.WordsForm(sent(request), seen=str(row.version))


def _day(request: HttpRequest, row: Resolution) -> KeyedForm:
    return forms.DayForm(sent(request), seen=str(row.version), initial={"due_on": row.due_on})


def _make(request: HttpRequest, row: Resolution) -> KeyedForm:
    wanted = queries.forum_of(row.meeting).becomes
    kinds = list(kinds_made().items())
    return forms.MakeForm(sent(request), seen=str(row.version), kinds=kinds, initial={"kind": wanted})


STEPS: dict[str, tuple[Words, Words, Build, Act]] = {
    "finish": (
        _("Report it as carried out"), _("Say what was done; everybody reads it."), _words,
        lambda common, form: actions.finish_resolution(**common, result=form.cleaned_data["words"]),
    ),
    "become": (
        _("Make something to work on of it"), _("The two stay linked."), _make,
        lambda common, form: actions.make_of_resolution(**common, kind=form.cleaned_data["kind"]),
    ),
    "set_day": (
        pgettext_lazy("resolution", "Set the day"), _("A day that moves has a reason, which stays in the history."), _day,
        lambda common, form: actions.set_day_of_resolution(**common, **{n: form.cleaned_data[n] for n in ("due_on", "words")}),
    ),
    "drop": (
        pgettext_lazy("resolution", "Give it up"), _("Say why it is not carried out; everybody reads it."), _words,
        lambda common, form: actions.drop_resolution(**common, result=form.cleaned_data["words"]),
    ),
}  # fmt: skip
"""The steps of a resolution by the words of their addresses: button, what is asked, form, action."""
NAMES = {"result": "words"}


def _the_resolution(actor: Actor, resolution_id: int) -> Resolution:
    """Return a resolution that the actor keeps or carries out, or whose meeting they see. Raises: NotFound."""
    row = Resolution.objects.select_related("meeting__body", "body", "item").filter(pk=resolution_id).first()
    if row is None:
        raise NotFound
    if not rules.may_with_resolution(actor, row) and not rules.visible_to(actor).filter(pk=row.meeting_id).exists():
        raise NotFound
    return row


@require_safe
@page_for(rules.WORKERS)
def one(request: HttpRequest, actor: Actor, resolution_id: int) -> HttpResponse:
    """Show a resolution with its history, what it became and what was done for it."""
    row = _the_resolution(actor, resolution_id)
    possible = RESOLUTIONS.verbs_from(row.state) if rules.may_with_resolution(actor, row) else []
    shown = {
        "resolution": row,
        "tone": RESOLUTION_TONES[ResolutionState(row.state)],
        "late": is_late(row),
        "history": row.steps.order_by("-number"),
        "works": works_for(f"resolution:{row.pk}"),
        "made": _made(actor, row),
        "steps": [(name, STEPS[name][0]) for name in STEPS if name in possible and not (name == "become" and row.made)],
    }
    return render(request, "meetings/desk/resolution.html", shown)


def _made(actor: Actor, row: Resolution) -> Any:
    """Return the matter that a resolution became; None where the actor may not know of it."""
    try:
        return matter_of(actor, row.made) if row.made else None
    except NotFound:
        return None


@require_http_methods(READ_WRITE)
@page_for(rules.WORKERS)
def step(request: HttpRequest, actor: Actor, resolution_id: int, name: str) -> HttpResponse:
    """Ask for what a step of a resolution needs, and take it."""
    row = _the_resolution(actor, resolution_id)
    if name not in STEPS:
        raise NotFound
    button, asks, build, act = STEPS[name]
    rules.may_with_resolution(actor, row).enforce()
    form = build(request, row)
    return step_page(
        request, form, lambda: act({"actor": actor, "resolution_id": resolution_id, "door": form.door()}, form),
        template="meetings/desk/resolution_step.html", shown={"resolution": row, "button": button, "asks": asks},
        done=_("Written down."), back=reverse("meetings:desk-resolution", args=[resolution_id]), names=NAMES,
    )  # fmt: skip
