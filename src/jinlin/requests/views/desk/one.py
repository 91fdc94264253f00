"""One request at the desk: what is known of it, and the form of the step that comes next."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, JinlinError, KeyReused, NotFound, Stale, WrongState
from jinlin.platform.sends import RepeatedSend
from jinlin.platform.works import Purpose, ways_to
from jinlin.requests import actions, rules
from jinlin.requests.actions import Contact, Door
from jinlin.requests.forms import show_refusal
from jinlin.requests.forms.place import WithPlace
from jinlin.requests.forms.steps import StepForm
from jinlin.requests.merged import members_below, root_of
from jinlin.requests.models import Publicity, Request, RequestPhoto, Step
from jinlin.requests.queries import ties
from jinlin.requests.queries.approvals import Told, approvals_of, told
from jinlin.requests.queries.choices import category_names
from jinlin.requests.queries.ladder import way_up
from jinlin.requests.queries.one import clocks_of, suggested_duties
from jinlin.requests.queries.parts import parts_of
from jinlin.requests.queries.resident import history_of, photos_by_step
from jinlin.requests.rules.parts import Part, parts_by_post
from jinlin.requests.states import Verb
from jinlin.requests.timeline import photo_address
from jinlin.requests.views.desk.door import FROM_INBOX, desk_page, draft_done, request_of
from jinlin.requests.views.desk.history import officer_entries
from jinlin.requests.views.desk.listing import suggested_category, suggestion_of
from jinlin.requests.views.desk.steps import BY_SLUG, StepPage, main_step, open_steps
from jinlin.requests.views.desk.texts import ready_texts
from jinlin.requests.views.sending import checked

MOVED = (Stale, WrongState, KeyReused)
"""Errors after which the same words may be sent again, once the person has seen how things stand now."""


@never_cache
@require_safe
@desk_page
def detail(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Show a request with the form of its next step."""
    found = request_of(actor, request_id)
    steps = open_steps(found, rules.verbs_by_post(actor, found))
    return _shown(request, actor, found, step=main_step(found, steps))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def step(request: HttpRequest, actor: Actor, request_id: int, slug: str) -> HttpResponse:
    """Show the form of one step, or take the step.

    Raises:
        NotFound: for a step that there is none of; NotAllowed and others that the form cannot answer.
    """
    chosen = BY_SLUG.get(slug)
    found = request_of(actor, request_id)
    if chosen is None:
        raise NotFound
    if request.method != "POST":
        return _shown(request, actor, found, step=chosen, chosen=True)
    form = chosen.form(request.POST, request.FILES, request=found)
    _offer_places(form, actor)
    sendable = checked(form)
    if "use_text" in request.POST:
        form = _with_text(form, chosen, request.POST["use_text"])
    elif sendable:
        return _take(request, actor, found, chosen, form)
    status = 422 if form.is_bound and form.errors else 200
    return _shown(request, actor, found, step=chosen, form=form, chosen=True, status=status)


def _works_on(actor: Actor, found: Request) -> bool:
    """Say whether the actor may begin a talk about a request: who receives or handles it."""
    return bool(parts_by_post(actor, found) & {Part.RECEPTION, Part.HANDLER})


def _offer_places(form: StepForm, actor: Actor) -> None:
    if isinstance(form, WithPlace):
        form.offer_places(actor, [form.request.place_code])


def _take(request: HttpRequest, actor: Actor, found: Request, chosen: StepPage, form: StepForm) -> HttpResponse:
    door = Door(seen_version=form.cleaned_data["version"], key=form.cleaned_data["key"])
    try:
        chosen.act(actor=actor, request_id=found.pk, door=door, **form.arguments())
    except RepeatedSend:
        pass
    except MOVED as error:
        return _moved(request, actor, found.pk, chosen, form, error)
    except Invalid as error:
        show_refusal(form, error)
        return _shown(request, actor, found, step=chosen, form=form, chosen=True, status=error.status)
    messages.success(request, _("%(step)s: done for %(number)s.") % {"number": found.number, "step": chosen.word})
    here = reverse("requests:desk-request", args=[found.pk])
    goal = reverse("requests:desk-inbox") if request.POST.get("back") == FROM_INBOX else here
    return redirect(f"{goal}?done={found.pk}-{chosen.slug}")


def _moved(
    request: HttpRequest, actor: Actor, request_id: int, chosen: StepPage, form: StepForm, error: JinlinError
) -> HttpResponse:
    """Show how things stand now, with the words that were typed; sending them again is a send of its own."""
    found = request_of(actor, request_id)
    form.renew(found.version)
    return _shown(request, actor, found, step=chosen, form=form, chosen=True, conflict=error, status=error.status)


def _new_form(request: HttpRequest, step: StepPage, actor: Actor, found: Request) -> StepForm:
    given = {"into": request.GET["into"]} if "into" in request.GET else {}
    form = step.form(request=found, initial=given)
    _offer_places(form, actor)
    return form


def _with_text(form: StepForm, chosen: StepPage, key: str) -> StepForm:
    """Return the form as it was filled in, with a ready text below what was typed, and nothing marked as wrong."""
    text = next((text for text in ready_texts(form.request, chosen.verb) if text.key == key), None)
    typed = {name: form.data.get(name, "") for name in form.fields if name != "photos"}
    typed[form.written] = "\n".join(part for part in (typed[form.written], text.words if text else "") if part)
    again = type(form)(initial=typed, request=form.request)
    again.kept = getattr(form, "kept", [])
    return again


def _shown(
    request: HttpRequest,
    actor: Actor,
    found: Request,
    *,
    step: StepPage | None,
    form: StepForm | None = None,
    chosen: bool = False,
    conflict: JinlinError | None = None,
    revealed: Contact | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a request; `chosen` says that the person asked for this very step, so that its first control takes the focus."""
    verbs = rules.verbs_by_post(actor, found)
    kinds = rules.kinds_by_post(actor, found) if Verb.ASK in verbs else set()
    possible = step is not None and step.is_open(found, verbs, kinds)
    form = form or (_new_form(request, step, actor, found) if step and possible else None)
    if form and chosen:
        form.take_focus()
    context = about(actor, found) | {
        "step": step,
        "form": form,
        "possible": possible,
        "chosen": chosen,
        "conflict": conflict,
        "revealed": revealed,
        "steps": [other for other in open_steps(found, verbs) if other != step],
        "asking": [other for other in open_steps(found, verbs, kinds) if other.kind and other != step],
        "back": (request.POST or request.GET).get("back", ""),
        "draft_done": draft_done(request),
        "texts": ready_texts(found, step.verb) if step and possible and step.form.written else [],
    }
    return render(request, "requests/desk/one.html", context, status=status)


def about(actor: Actor, found: Request) -> dict[str, Any]:
    """Return what every page about one request shows."""
    photos, steps = photos_by_step(found), list(history_of(found))
    every = [photo for taken in photos.values() for photo in taken]
    duties = suggested_duties(found, suggested_category(found))
    return {
        "found": found,
        "category": category_names().get(found.category, ""),
        "before": [photo_address(one.pk) for one in every if one.moment == RequestPhoto.Moment.BEFORE],
        "after": [photo_address(one.pk) for one in every if one.moment == RequestPhoto.Moment.AFTER],
        "entries": officer_entries(steps, photos),
        "clocks": clocks_of(found),
        "approvals": approvals_told(actor, found, steps),
        "suggestion": suggestion_of(found),
        "duties": duties,
        "way": way_up(found) if found.is_open else [],
        "lead": ties.as_seen(root_of(found), actor) if found.lead_id else None,
        "members": [ties.as_seen(member, actor) for member in members_below(found)],
        "relations": ties.relations_of(found, actor),
        "parts": parts_of(found),
        "may_untie": bool(rules.may_note_internally(actor, found)),
        "ways": ways_to(Purpose.DISCUSS) if found.is_open and _works_on(actor, found) else [],
        "leads": Verb.LEAD in rules.verbs_by_post(actor, found),
        "contact": masked_contact(actor, found),
        "may_reveal": found.reporter_id is not None and bool(rules.may_see_reporter(actor, found)),
        "may_publish": bool(rules.may_publish(actor, found)),
        "is_public": found.publicity == Publicity.PUBLIC,
    }


def approvals_told(actor: Actor, found: Request, steps: list[Step]) -> list[Told]:
    """Return what was asked for, in words for the actor; the history says whether there is anything to look for."""
    if not any(step.verb == Verb.ASK for step in steps):
        return []
    return [told(one, actor) for one in approvals_of(found)]


def masked_contact(actor: Actor, found: Request) -> str:
    """Return the reporter's name and number with all but a trace covered; empty where the actor may not even see that."""
    person = found.reporter
    if person is None or not rules.may_see_reporter(actor, found):
        return ""
    name = f"{person.name[:1]}{'*' * (len(person.name) - 1)}"
    phone = f"{'*' * max(len(person.phone) - 4, 0)}{person.phone[-4:]}" if person.phone else ""
    return " ".join(part for part in (name, phone) if part)


@never_cache
@require_POST
@desk_page
def reveal(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Show once who raised it; the read is on record."""
    contact = actions.reveal_reporter(actor=actor, request_id=request_id)
    found = request_of(actor, request_id)
    steps = open_steps(found, rules.verbs_by_post(actor, found))
    return _shown(request, actor, found, step=main_step(found, steps), revealed=contact)


@never_cache
@require_POST
@desk_page
def untie(request: HttpRequest, actor: Actor, request_id: int, relation_id: int) -> HttpResponse:
    """Take the tie to another request away."""
    actions.unrelate_request(actor=actor, request_id=request_id, relation_id=relation_id)
    messages.success(request, _("The two are no longer related."))
    return redirect("requests:desk-request", request_id=request_id)
