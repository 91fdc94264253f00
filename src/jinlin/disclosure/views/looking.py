"""The look before words become public: posting a draft, changing a running notice, answering an objection."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jinlin.disclosure import actions
from jinlin.disclosure.forms import AnswerForm, ChangeForm, LookForm, PaperForm
from jinlin.disclosure.models import Edition, Objection, PublicNotice
from jinlin.disclosure.queries import notices as queries
from jinlin.disclosure.rules import counted_kinds, marked, proposed, redacted, to_confirm
from jinlin.disclosure.rules.notices import may, may_answer, may_draft, may_see_objections
from jinlin.disclosure.states import NoticeVerb
from jinlin.disclosure.views.desk import desk_page
from jinlin.disclosure.views.showing import at_desk, shown
from jinlin.people.queries import names_at_home
from jinlin.platform.access import Actor
from jinlin.platform.errors import NotAllowed, NotFound
from jinlin.platform.forms import acted, sent
from jinlin.platform.pages import READ_WRITE


@require_http_methods(READ_WRITE)
@desk_page
def post(request: HttpRequest, actor: Actor, notice_id: int) -> HttpResponse:
    """Show the draft beside what would be posted, with everything personal covered, and post what a person lets through."""
    found = at_desk(actor, notice_id)
    may(actor, NoticeVerb.POST, found).enforce()
    edition = found.editions.get(number=found.edition)
    kind = queries.kinds().get(found.kind)
    keep = kind is not None and kind.names
    initial = {"title": proposed(edition.title, keep), "text": proposed(edition.text, keep)}
    form = LookForm(
        sent(request),
        initial=initial,
        seen=str(found.version),
        stretches=_stretches(request, edition.title, edition.text),
    )

    def act() -> None:
        actions.post_notice(actor=actor, notice_id=notice_id, look=form.look(), door=form.door())

    status = acted(form, act) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("It is posted. Print the sheet and put it up."))
        return redirect("disclosure:desk-notice", notice_id=notice_id)
    context = shown(found) | _original(edition) | {"form": form, "edition": edition}
    return render(request, "disclosure/desk/post.html", context, status=status)


def _stretches(request: HttpRequest, *words: str, names: Sequence[str] = ()) -> list[str]:
    """Return what looks personal in the original and in what was sent, to be confirmed piece by piece."""
    posted = [request.POST.get(name, "") for name in ("title", "text", "reason", "summary", "answer")]
    return to_confirm([*words, *posted], names)


def _original(edition: Edition) -> dict[str, Any]:
    photos = [reverse("disclosure:desk-photo", args=[photo.pk]) for photo in edition.photos.all()]
    return {
        "original_title": marked(edition.title),
        "original": marked(edition.text),
        "found_kinds": counted_kinds(f"{edition.title}\n{edition.text}"),
        "photos": photos,
    }


@require_http_methods(READ_WRITE)
@desk_page
def change(request: HttpRequest, actor: Actor, notice_id: int) -> HttpResponse:
    """Change a running notice: a new version whose period starts anew."""
    found = at_desk(actor, notice_id)
    may(actor, NoticeVerb.CHANGE, found).enforce()
    edition = found.editions.get(number=found.edition)
    form = ChangeForm(
        sent(request),
        initial={"title": edition.title, "text": edition.text, "allowed": edition.allowed},
        seen=str(found.version),
        stretches=_stretches(request, edition.title, edition.text),
    )

    def act() -> None:
        reason = form.cleaned_data["reason"]
        actions.change_notice(actor=actor, notice_id=notice_id, look=form.look(), reason=reason, door=form.door())

    status = acted(form, act) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(
            request, _("The new version is posted, and its period starts anew. Print its sheet and put it up.")
        )
        return redirect("disclosure:desk-notice", notice_id=notice_id)
    return render(request, "disclosure/desk/change.html", shown(found) | {"form": form}, status=status)


@require_http_methods(READ_WRITE)
@desk_page
def enter(request: HttpRequest, actor: Actor, notice_id: int) -> HttpResponse:
    """Enter an objection that came on paper."""
    found = at_desk(actor, notice_id)
    may_draft(actor, found.place_code, found.body_id).enforce()
    form = PaperForm(sent(request))

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in ("text", "received_on")}
        actions.enter_objection(actor=actor, notice_id=notice_id, **given, objector=form.objector(), door=form.door())

    status = acted(form, act) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("The objection is entered."))
        return redirect("disclosure:desk-notice", notice_id=notice_id)
    return render(request, "disclosure/desk/enter.html", shown(found) | {"form": form}, status=status)


@require_http_methods(READ_WRITE)
@desk_page
def answer(request: HttpRequest, actor: Actor, objection_id: int) -> HttpResponse:
    """Show an objection as it was written, and answer it with words that everybody reads."""
    objection = Objection.objects.select_related("notice").filter(pk=objection_id).first()
    if objection is None:
        raise NotFound
    found = at_desk(actor, objection.notice_id)
    if not may_see_objections(actor, found):
        raise NotAllowed
    names = names_at_home(objection.person_id) if objection.person_id else []
    form = AnswerForm(
        sent(request),
        initial={"summary": redacted(objection.text, names)[:300]},
        seen=str(found.version),
        stretches=_stretches(request, objection.text, names=names),
    )

    def act() -> None:
        actions.answer_objection(actor=actor, objection_id=objection_id, answer=form.given(), door=form.door())

    status = acted(form, act) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("The objection is answered; whoever objected is told."))
        return redirect("disclosure:desk-notice", notice_id=found.pk)
    context = shown(found) | _of(objection, found, actor) | {"form": form, "original": marked(objection.text, names)}
    return render(request, "disclosure/desk/answer.html", context, status=status)


def _of(objection: Objection, found: PublicNotice, actor: Actor) -> dict[str, Any]:
    return {"objection": objection, "may_answer": objection.is_open and bool(may_answer(actor, objection))}
