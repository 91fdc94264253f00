"""The look before publication: the original beside what would become public; refusing it; taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinlin.disclosure.models import Disclosure
from jinlin.disclosure.rules import counted_kinds, marked, redacted
from jinlin.people.queries import names_at_home
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, KeyReused, Stale
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.sends import RepeatedSend
from jinlin.requests import actions, rules
from jinlin.requests.actions import Door, Look
from jinlin.requests.forms import show_refusal
from jinlin.requests.forms.publicity import PublishForm
from jinlin.requests.forms.steps import ReasonForm
from jinlin.requests.models import Publicity, Request
from jinlin.requests.publishing import ShownPlace, places_to_show
from jinlin.requests.queries.one import last_answer, public_record
from jinlin.requests.timeline import photo_address
from jinlin.requests.views.desk.door import desk_page, request_of


@never_cache
@require_http_methods(READ_WRITE)
@desk_page
def publish(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Show the original beside the proposal, or publish what the person let through.

    Raises:
        NotAllowed: for a request that was not wished public, or somebody who does not decide here.
    """
    found = request_of(actor, request_id)
    rules.may_publish(actor, found).enforce()
    form = _form(request, found)
    if request.method != "POST" or not form.is_valid():
        return _side_by_side(request, found, form, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    look = Look(**{name: given[name] for name in ("title", "text", "answer", "place", "photo_ids")})
    try:
        actions.publish_request(actor=actor, request_id=found.pk, look=look, door=Door(given["version"], given["key"]))
    except RepeatedSend:
        pass
    except Invalid as error:
        show_refusal(form, error)
        return _side_by_side(request, found, form, status=error.status)
    except (Stale, KeyReused) as error:
        form.renew(request_of(actor, found.pk).version)
        form.add_error(None, str(error))
        return _side_by_side(request, found, form, status=error.status)
    messages.success(request, _("%(number)s is public now.") % {"number": found.number})
    return redirect("requests:desk-request", request_id=found.pk)


def _form(request: HttpRequest, found: Request) -> PublishForm:
    posted = request.POST if request.method == "POST" else None
    form = PublishForm(posted, request=found, initial=_proposal(found) if posted is None else None)
    places = places_to_show(found)
    form.fields["place"].choices = [
        (shown.value, _place_words(shown, place.name or place.code)) for shown, place in places.items()
    ]
    photos = found.photos.all()
    form.fields["photo_ids"].choices = [(photo.pk, _photo_words(photo)) for photo in photos]
    return form


def _place_words(shown: ShownPlace, name: str) -> str:
    words = {
        ShownPlace.BUILDING: _("the building: %(name)s"),
        ShownPlace.ESTATE: _("the estate: %(name)s"),
        ShownPlace.SPOT: _("a point, to about 100 metres, in %(name)s"),
        ShownPlace.COMMUNITY: _("only the community: %(name)s"),
    }
    return words[shown] % {"name": name}


def _photo_words(photo: Any) -> str:
    return _("%(moment)s %(order)s") % {"moment": photo.get_moment_display(), "order": photo.order}


def _proposal(found: Request) -> dict[str, Any]:
    """Return what the form starts from: what is public already, or else the original with everything personal covered."""
    shown, names = public_record(found), _names(found)
    answer = redacted(last_answer(found), names)
    if shown is not None:
        return {"title": shown.title, "text": shown.text, "answer": answer}
    return {
        "title": _covered_title(found, names),
        "text": redacted(found.text, names),
        "answer": answer,
        "place": ShownPlace.ESTATE if ShownPlace.ESTATE in places_to_show(found) else ShownPlace.COMMUNITY,
    }


def _names(found: Request) -> list[str]:
    """Return the names that words about this request may hold: of whoever raised it and of their household."""
    return names_at_home(found.reporter_id) if found.reporter_id is not None else []


def _covered_title(found: Request, names: list[str]) -> str:
    """Return the title covered; one that was cut from the text is cut from the covered text, since half a number is still one."""
    from_text = found.text.startswith(found.title)
    return redacted(found.text, names)[: len(found.title)] if from_text else redacted(found.title, names)


def _side_by_side(request: HttpRequest, found: Request, form: PublishForm, *, status: int) -> HttpResponse:
    answer, names = last_answer(found), _names(found)
    context = {
        "found": found,
        "form": form,
        "original": marked(found.text, names),
        "original_title": marked(found.title, names),
        "original_answer": marked(answer, names),
        "found_kinds": counted_kinds("\n".join([found.title, found.text, answer]), names),
        "photos": [(photo.pk, photo_address(photo.pk), _photo_words(photo)) for photo in found.photos.all()],
        "shown": public_record(found),
        "may_refuse": found.publicity == Publicity.WISHED,
    }
    return render(request, "requests/desk/publish.html", context, status=status)


@never_cache
@require_http_methods(READ_WRITE)
@desk_page
def refuse(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Say why it does not become public, or why it is public no longer; whoever raised it is told."""
    found = request_of(actor, request_id)
    shown: Disclosure | None = public_record(found)
    ruling = rules.may_take_from_public if shown else rules.may_refuse_publication
    ruling(actor, found).enforce()
    form = ReasonForm(request.POST if request.method == "POST" else None, request=found)
    if request.method == "POST" and form.is_valid():
        action = actions.withdraw_publication if shown else actions.refuse_publication
        given = form.cleaned_data
        try:
            action(actor=actor, request_id=found.pk, reason=given["reason"], door=Door(given["version"], given["key"]))
        except RepeatedSend:
            pass
        except Invalid as error:
            show_refusal(form, error)
        if not form.errors:
            messages.success(request, _("%(number)s: whoever raised it was told why.") % {"number": found.number})
            return redirect("requests:desk-request", request_id=found.pk)
    status = 422 if form.is_bound else 200
    return render(request, "requests/desk/refuse.html", {"found": found, "form": form, "shown": shown}, status=status)
