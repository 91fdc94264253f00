"""Notices at the desk: drafted, looked through and posted, changed, proved, objected to, answered, ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.disclosure import actions, exports, rules
from jinlin.disclosure.actions import NewNotice
from jinlin.disclosure.forms import DoorForm, NoticeForm, RedraftForm, SortForm, WordsForm
from jinlin.disclosure.models import EditionPhoto, Posting, PublicNotice
from jinlin.disclosure.queries import notices as queries
from jinlin.disclosure.queries.choices import bodies_for, communities_for, estates_in
from jinlin.disclosure.rules.notices import may_see_objections, still_missing
from jinlin.disclosure.states import NoticeState
from jinlin.disclosure.views.files import photo_answer
from jinlin.disclosure.views.showing import at_desk, kind_choices, shown, toned, with_changes
from jinlin.organisations.rules import bodies_of
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import acted, sent
from jinlin.platform.pages import READ_WRITE, page_for
from jinlin.platform.paging import page_of
from jinlin.platform.photos import keep_photo
from jinlin.platform.spreadsheets import rows_answer
from jinlin.platform.works import Matter, matter_of

PAGE = 50


desk_page = page_for(rules.WORKERS)
"""Keeps a page to those who work with notices, and out of caches."""


def _wanted(request: HttpRequest, actor: Actor) -> tuple[SortForm, QuerySet[PublicNotice]]:
    form = SortForm(request.GET, kinds=kind_choices())
    return form, queries.narrowed(queries.of_area(actor), form.cleaned_data if form.is_valid() else {})


@require_safe
@desk_page
def notices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the notices of the area, the newest first."""
    form, rows = _wanted(request, actor)
    page = page_of(rows, "made_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    context = {
        "form": form,
        "rows": toned(page.rows),
        "total": rows.count(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "query": same_list(request.GET),
    }
    return render(request, "disclosure/desk/notices.html", context, status=200 if form.is_valid() else 422)


@require_safe
@desk_page
def export(request: HttpRequest, actor: Actor, form: str) -> HttpResponse:
    """Give the list with the filters of its page as `csv` or `xlsx`."""
    rows = exports.notices(_wanted(request, actor)[1])
    return rows_answer(form, "notices", exports.HEADS, rows, sheet=pgettext("public notices", "Notices"))


@require_http_methods(READ_WRITE)
@desk_page
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Draft a notice, for a matter where the address names one."""
    subject = request.GET.get("for", "")
    matter = matter_of(actor, subject) if subject else None
    form = _new_form(request, actor, matter)
    made: list[PublicNotice] = []

    def act() -> None:
        made.append(actions.draft_notice(actor=actor, new=_new_notice(request, actor, form, subject), door=form.door()))

    status = acted(form, act) if form.is_bound else 200
    if made:
        return redirect("disclosure:desk-post", notice_id=made[0].pk)
    return render(request, "disclosure/desk/new.html", {"form": form, "matter": matter}, status=status)


def _new_form(request: HttpRequest, actor: Actor, matter: Matter | None) -> NoticeForm:
    places = communities_for(actor)
    initial: dict[str, Any] = {"body": bodies_of(actor).filter(zone=None).values_list("pk", flat=True).first()}
    if matter:
        initial |= {"title": matter.title, "text": matter.text, "place": matter.place_code}
    return NoticeForm(
        sent(request),
        request.FILES or None,
        initial=initial,
        kinds=kind_choices(),
        places=places,
        zones=estates_in(code for code, _name in places).values_list("pk", "name"),
        bodies=bodies_for(actor).values_list("pk", "name"),
    )


def _new_notice(request: HttpRequest, actor: Actor, form: NoticeForm, subject: str) -> NewNotice:
    given = form.cleaned_data
    return NewNotice(
        kind=given["kind"],
        title=given["title"],
        text=given["text"],
        place_code=given["place"],
        body=bodies_for(actor).get(pk=given["body"]),
        zone=estates_in([given["place"]]).filter(pk=given["zone"] or 0).first(),
        days=given["days"],
        subject=subject,
        photos=[keep_photo(upload) for upload in request.FILES.getlist("photos")],
    )


@require_safe
@desk_page
def one(request: HttpRequest, actor: Actor, notice_id: int) -> HttpResponse:
    """Show a notice with its versions, where the paper hangs, the objections, and what can be done."""
    found = at_desk(actor, notice_id)
    editions = list(found.editions.prefetch_related("photos__file").order_by("-number"))
    may_read = may_see_objections(actor, found)
    context = shown(found) | {
        "versions": with_changes(editions),
        "verbs": queries.verbs_of(actor, found),
        "missing": still_missing(found) if found.state == NoticeState.POSTED else [],
        "coverage": queries.coverage(found),
        "postings": queries.postings_of(found),
        "objections": found.objections.order_by("number") if may_read else [],
        "history": found.steps.order_by("-number"),
        "matter": _matter(actor, found),
    }
    return render(request, "disclosure/desk/notice.html", context)


def _matter(actor: Actor, notice: PublicNotice) -> Matter | None:
    try:
        return matter_of(actor, notice.subject) if notice.subject else None
    except NotFound:
        return None


@require_http_methods(READ_WRITE)
@desk_page
def redraft(request: HttpRequest, actor: Actor, notice_id: int) -> HttpResponse:
    """Change a draft."""
    found = at_desk(actor, notice_id)
    edition = found.editions.get(number=found.edition)
    before = {"title": edition.title, "text": edition.text, "days": edition.days}
    form = RedraftForm(sent(request), initial=before, seen=str(found.version))

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in ("title", "text", "days")}
        actions.redraft_notice(actor=actor, notice_id=notice_id, **given, door=form.door())

    status = acted(form, act) if form.is_bound else 200
    if form.is_bound and status == 200:
        return redirect("disclosure:desk-post", notice_id=notice_id)
    return render(request, "disclosure/desk/redraft.html", shown(found) | {"form": form}, status=status)


Step = tuple[Callable[..., PublicNotice], type[DoorForm], Any, Any, Any]
STEPS: dict[str, Step] = {
    "end": (
        actions.end_notice,
        DoorForm,
        gettext_lazy("End the notice"),
        gettext_lazy("The period is over and everything is answered. It stays in the archive."),
        gettext_lazy("The notice has ended."),
    ),
    "drop": (
        actions.drop_notice,
        DoorForm,
        gettext_lazy("Drop the draft"),
        gettext_lazy("Its words are deleted. Nobody outside has seen them."),
        gettext_lazy("The draft is dropped."),
    ),
    "take-down": (
        actions.take_notice_down,
        WordsForm,
        gettext_lazy("Take it down early"),
        gettext_lazy("Its words are no longer shown; everybody reads when and why it was taken down."),
        gettext_lazy("The notice is taken down."),
    ),
}
"""The steps by the words of their addresses: action, form, button, what it means, what is said afterwards."""


@require_http_methods(READ_WRITE)
@desk_page
def step(request: HttpRequest, actor: Actor, notice_id: int, name: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    if name not in STEPS:
        raise NotFound
    act_step, form_class, button, asks, done = STEPS[name]
    found = at_desk(actor, notice_id)
    form = form_class(sent(request), seen=str(found.version))

    def act() -> None:
        said = {"reason": form.cleaned_data["reason"]} if "reason" in form.cleaned_data else {}
        act_step(actor=actor, notice_id=notice_id, door=form.door(), **said)

    status = acted(form, act) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, done)
        return redirect("disclosure:desk-notice", notice_id=notice_id)
    context = shown(found) | {"form": form, "button": button, "asks": asks}
    return render(request, "disclosure/desk/step.html", context, status=status)


@require_safe
@desk_page
def photo(request: HttpRequest, actor: Actor, photo_id: int) -> HttpResponse:
    """Give a photo of a draft, before it is posted."""
    rows = EditionPhoto.objects.filter(edition__notice__in=queries.of_area(actor)).select_related("file")
    return _photo(request, rows.filter(pk=photo_id).first())


@require_safe
@desk_page
def proof(request: HttpRequest, actor: Actor, posting_id: int) -> HttpResponse:
    """Give the photo of a proof, to staff only: people may stand in it."""
    rows = Posting.objects.filter(edition__notice__in=queries.of_area(actor)).select_related("photo")
    found = rows.filter(pk=posting_id).first()
    if found is None:
        raise NotFound
    return photo_answer(request, found.photo, public=False)


def _photo(request: HttpRequest, found: EditionPhoto | None) -> HttpResponse:
    if found is None:
        raise NotFound
    return photo_answer(request, found.file, public=False)
