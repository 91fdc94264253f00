"""The notice board as everybody sees it: what is posted, one notice with its versions, its sheet, and objecting to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.disclosure import actions
from jinlin.disclosure.forms import ObjectForm, ShownForm
from jinlin.disclosure.models import EditionPhoto
from jinlin.disclosure.queries import notices as queries
from jinlin.disclosure.queries import place_choices
from jinlin.disclosure.rules.notices import receives_objections
from jinlin.disclosure.states import WORDS_SHOWN
from jinlin.disclosure.views.files import photo_answer
from jinlin.disclosure.views.showing import address_of, kind_choices, shown, the_public_one, toned, with_changes
from jinlin.platform.access import actor_of
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import Gone, NotFound
from jinlin.platform.forms import acted, sent
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.paging import page_of
from jinlin.territory.codes_to_scan import qr_picture

PAGE = 20


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show what is posted now, or what has ended, at a place."""
    form = ShownForm(request.GET, places=place_choices(), kinds=kind_choices())
    given = form.cleaned_data if form.is_valid() else {}
    rows = (queries.archived if given.get("show") else queries.posted)(given.get("place", ""))
    rows = rows.filter(kind=given["kind"]) if given.get("kind") else rows
    page = page_of(rows, "posted_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    context = {
        "form": form,
        "rows": toned(page.rows),
        "ended": bool(given.get("show")),
        "place": given.get("place", ""),
        "total": rows.count(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "disclosure/notices/board.html", context, status=200 if form.is_valid() else 422)


@require_safe
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """Show a notice: its words or why they are gone, its versions, what was objected and answered."""
    found, actor = the_public_one(number), actor_of(request)
    editions = with_changes(queries.editions_shown(found))
    context = shown(found) | {
        "current": editions[0] if editions else None,
        "versions": editions,
        "answered": queries.answered(found) if editions else [],
        "waiting": found.objections.filter(answered_at__isnull=True, taken_back_at__isnull=True).count(),
        "own": [row for row in queries.own_objections(actor, found) if row.is_open] if actor.is_signed_in else [],
        "receives": receives_objections(found),
        "hanging": sum(1 for row in queries.coverage(found) if row.posting),
        "reason": found.steps.filter(verb="take_down").values_list("words", flat=True).first() or "",
        "address": address_of(request, found),
    }
    return render(request, "disclosure/notices/notice.html", context)


@require_safe
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Show the sheet for the notice board in the stairwell: the words, version and code of the page.

    Raises:
        Gone: for a notice whose words are no longer shown.
    """
    found = the_public_one(number)
    editions = with_changes(queries.editions_shown(found)[:1])
    if not editions:
        raise Gone
    address = address_of(request, found)
    context = shown(found) | {"current": editions[0], "address": address, "picture": qr_picture(address)}
    return render(request, "disclosure/notices/sheet.html", context)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def object_to(request: HttpRequest, number: str) -> HttpResponse:
    """Object to a notice within its period."""
    found, actor = the_public_one(number), actor_of(request)
    form = ObjectForm(sent(request))

    def act() -> None:
        text = form.cleaned_data["text"]
        actions.object_to(actor=actor, notice_id=found.pk, text=text, door=form.door())

    status = acted(form, act) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("Your objection is received. You hear of the answer."))
        return redirect("disclosure:notice", number=number)
    context = shown(found) | {"form": form, "receives": receives_objections(found)}
    return render(request, "disclosure/notices/object.html", context, status=status)


@login_required
@require_POST
def take_back(request: HttpRequest, number: str, objection_id: int) -> HttpResponse:
    """Take one's own objection back."""
    found = the_public_one(number)
    if not found.objections.filter(pk=objection_id).exists():
        raise NotFound
    actions.take_objection_back(actor=actor_of(request), objection_id=objection_id)
    messages.success(request, _("Your objection is taken back."))
    return redirect("disclosure:notice", number=number)


@require_safe
def photo(request: HttpRequest, photo_id: int) -> HttpResponse:
    """Give a photo of a version that the public reads."""
    rows = EditionPhoto.objects.filter(edition__posted_at__isnull=False, edition__notice__state__in=sorted(WORDS_SHOWN))
    found = rows.select_related("file").filter(pk=photo_id).first()
    if found is None:
        raise NotFound
    return photo_answer(request, found.file, public=True)
