"""The wall at the desk: wishes to check, each of them with its history, and wishes that are written down for others."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.doors import View, for_holders_of
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE, page_for, step_page
from jinlin.platform.paging import page_of
from jinlin.platform.spreadsheets import rows_answer
from jinlin.wishes import actions, exports, queries, rules
from jinlin.wishes.forms import AT_FIELD, WantedForm, WishForOtherForm
from jinlin.wishes.models import Wish
from jinlin.wishes.states import WishState
from jinlin.wishes.views.resident import wish_step
from jinlin.wishes.views.showing import AT_DESK, TONES, shown

PAGE = 50


desk_page = page_for(rules.LOOKERS)
"""Keeps a page to those who check wishes, and auditors, and out of caches."""


def _wanted(actor: Actor, form: WantedForm) -> QuerySet[Wish]:
    return queries.narrowed(rules.at_desk(actor), form.cleaned_data if form.is_valid() else {})


@require_safe
@desk_page
def wishes(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the wishes; without a filter those that wait for the check."""
    form = WantedForm(request.GET or {"state": WishState.DRAFT})
    rows = _wanted(actor, form)
    page = page_of(rows, "made_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    shown_now = {
        "form": form,
        "wishes": [(row, TONES.get(row.state, "quiet")) for row in page.rows],
        "total": rows.count(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "query": same_list(request.GET),
        "coordinates": bool(actor.grants_as(rules.COORDINATORS)),
    }
    return render(request, "wishes/desk/wishes.html", shown_now, status=200 if form.is_valid() else 422)


@require_safe
@desk_page
def export(request: HttpRequest, actor: Actor, form: str) -> HttpResponse:
    """Give the list with the filters of its page as `csv` or as `xlsx`."""
    rows = exports.wishes(_wanted(actor, WantedForm(request.GET)))
    return rows_answer(form, "wishes", exports.HEADS, rows, sheet=_("Wishes"))


def _the_wish(actor: Actor, wish_id: int) -> Wish:
    wish = rules.at_desk(actor).select_related("body").filter(pk=wish_id).first()
    if wish is None:
        raise NotFound
    return wish


def _shown(actor: Actor, wish: Wish) -> dict[str, Any]:
    found = shown(actor, wish)
    return found | {"steps": [(name, page) for name, page in found["steps"] if name in AT_DESK]}


@require_safe
@desk_page
def one(request: HttpRequest, actor: Actor, wish_id: int) -> HttpResponse:
    """Show a wish with its history, to be checked."""
    return render(request, "wishes/desk/one.html", _shown(actor, _the_wish(actor, wish_id)))


@require_POST
@desk_page
def reach(request: HttpRequest, actor: Actor, wish_id: int) -> HttpResponse:
    """Show how the wisher is reached, on record."""
    wish = _the_wish(actor, wish_id)
    person = actions.reveal_wisher(actor=actor, wish_id=wish_id)
    return render(request, "wishes/desk/one.html", _shown(actor, wish) | {"person": person})


@require_http_methods(READ_WRITE)
@desk_page
def step(request: HttpRequest, actor: Actor, wish_id: int, name: str) -> HttpResponse:
    """Ask for the words of a step of the check, and take it."""
    _the_wish(actor, wish_id)
    if name not in AT_DESK:
        raise NotFound
    return wish_step(request, actor, wish_id, name, base="web/desk.html", back="wishes:desk-one")


def _entering(base: str, back: str) -> View:
    """Return the page on which a wish is written down for somebody, in the shell of a door."""

    @require_http_methods(READ_WRITE)
    @never_cache
    @for_holders_of(rules.WRITERS)
    def page(request: HttpRequest, actor: Actor) -> HttpResponse:
        form = WishForOtherForm(sent(request), places=queries.communities_of_posts(actor))

        def act() -> None:
            made = actions.enter_wish(actor=actor, new=form.new_wish(), wisher=form.wisher(), door=form.door())
            messages.success(request, _("Written down as %(number)s.") % {"number": made.number})

        shown = {"base": base}
        return step_page(
            request, form, act, template="wishes/for_other.html", shown=shown, back=reverse(back), names=AT_FIELD
        )

    return page


enter = _entering("web/desk.html", "wishes:desk-list")
enter_outside = _entering("web/field.html", "requests:field-today")
