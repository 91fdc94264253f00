"""The register of households: a household's own record and who looked at it; moves, members and homes at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jinlin.people import actions, rules
from jinlin.people.forms import AddHomeForm, ChangeHouseholdForm, HouseholdContactForm, MemberForm, RemarkForm
from jinlin.people.models import Household
from jinlin.people.queries import household_at, running_contact
from jinlin.people.readers import looks, reads_about_household
from jinlin.people.views.me import pager_of
from jinlin.platform.access import actor_of
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.paging import page_of
from jinlin.territory.actions.one_home import add_home
from jinlin.territory.rules import may_keep_places

YEAR = timedelta(days=365)
LOOKS_PAGE = 20


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def own_household(request: HttpRequest, home_code: str) -> HttpResponse:
    """Show a household its own record, let it give or change its contact, and say who looked."""
    actor = actor_of(request)
    household, home = household_at(home_code)
    if not rules.belongs_to(actor, household):
        raise NotFound
    contact = running_contact(household)
    initial = {"expires_on": today() + YEAR}
    if contact:
        initial = {"name": contact.name, "phone": contact.phone, "expires_on": contact.expires_on}
    form = HouseholdContactForm(sent(request), initial=initial)

    def act() -> None:
        actions.give_contact(actor=actor, home_code=home_code, **form.cleaned_data)
        messages.success(request, _("The contact is kept until the day you chose."))

    shown = {
        "form": form,
        "remark_form": RemarkForm(initial={"remark": household.remark}),
        "contact": contact,
        "household": household,
        "home": home,
        **_looks(request, household),
    }
    here = reverse("people:household", args=[home_code])
    return _done(form, act, here) or render(request, "people/household.html", shown, status=status_of(form))


def _looks(request: HttpRequest, household: Household) -> dict[str, Any]:
    """Return a page of the looks at the household's contact, with the addresses of those beside it."""
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    page = page_of(reads_about_household(household.pk), "at", size=LOOKS_PAGE, older=older, newer=newer)
    return {"looks": looks(page.rows), **pager_of(page)}


def _done(form: forms.Form, act: Callable[[], None], url: str) -> HttpResponse | None:
    """Act on a form that holds, and lead on; None when the form has to be shown again."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        act()
    except Invalid as error:
        show_refusal(form, error)
        return None
    return redirect(url)


@login_required
@require_POST
def withdraw(request: HttpRequest, home_code: str) -> HttpResponse:
    """End a household's contact at once."""
    actor = actor_of(request)
    actions.withdraw_contact(actor=actor, home_code=home_code)
    messages.success(request, _("The contact is deleted."))
    household, _home = household_at(home_code)
    if rules.belongs_to(actor, household):
        return redirect("people:household", home_code=home_code)
    return redirect("people:desk-home", home_code=home_code)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def remark(request: HttpRequest, home_code: str) -> HttpResponse:
    """Let a household say what is wrong in its record."""
    actor = actor_of(request)
    household, home = household_at(home_code)
    if not rules.belongs_to(actor, household):
        raise NotFound
    form = RemarkForm(sent(request), initial={"remark": household.remark})

    def act() -> None:
        actions.remark_on_household(actor=actor, home_code=home_code, **form.cleaned_data)
        messages.success(request, _("The desk sees it on the roll."))

    here = reverse("people:household", args=[home_code])
    shown = {"form": form, "home": home, "title": _("What is wrong or missing in the record"), "back": here}
    return _done(form, act, here) or _form_page(request, "web/resident.html", shown, form)


def _form_page(request: HttpRequest, base: str, shown: dict[str, Any], form: forms.Form) -> HttpResponse:
    return render(request, "people/household_form.html", shown | {"base": base}, status=status_of(form))


# --- at the desk ---


@login_required
@never_cache
@require_POST
def read_contact(request: HttpRequest, home_code: str) -> HttpResponse:
    """Open the contact of a household; the look leaves a line that the household sees."""
    found = actions.read_household_contact(actor=actor_of(request), home_code=home_code)
    _household, home = household_at(home_code)
    return render(request, "people/household_contact.html", {"contact": found, "home": home})


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def enter_contact(request: HttpRequest, home_code: str) -> HttpResponse:
    """Enter a contact at the desk, on the household's word."""
    form = HouseholdContactForm(sent(request), initial={"expires_on": today() + YEAR})
    act = _at_desk(request, form, actions.give_contact, home_code, _("The contact is kept until the day named."))
    return _desk_form(request, form, act, home_code, _("Enter the household's contact"))


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def change_household(request: HttpRequest, home_code: str) -> HttpResponse:
    """End the household of a home and begin the next."""
    form = ChangeHouseholdForm(sent(request), initial={"day": today()})
    words = _("The former household has ended; the next one has begun without anybody named.")
    act = _at_desk(request, form, actions.change_household, home_code, words)
    return _desk_form(request, form, act, home_code, _("Others have moved in"))


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def note_member(request: HttpRequest, home_code: str) -> HttpResponse:
    """Write that somebody belongs to a household."""
    form = MemberForm(sent(request), initial={"since": today(), "role": "owner"})
    act = _at_desk(request, form, actions.note_member, home_code, _("Written down."))
    return _desk_form(request, form, act, home_code, _("Write down who belongs there"))


def _at_desk(
    request: HttpRequest, form: forms.Form, verb: Callable[..., Any], home_code: str, words: str
) -> Callable[[], None]:
    actor = actor_of(request)

    def act() -> None:
        verb(actor=actor, home_code=home_code, **form.cleaned_data)
        messages.success(request, words)

    return act


def _desk_form(
    request: HttpRequest, form: forms.Form, act: Callable[[], None], home_code: str, title: str
) -> HttpResponse:
    _household, home = household_at(home_code)
    rules.may_keep_roll(actor_of(request), home).enforce()
    back = reverse("people:desk-home", args=[home_code])
    shown = {"form": form, "home": home, "title": title, "back": back}
    return _done(form, act, back) or _form_page(request, "web/desk.html", shown, form)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def new_home(request: HttpRequest) -> HttpResponse:
    """Add a home to a building; an address that is on the register already is refused."""
    actor = actor_of(request)
    may_keep_places(actor).enforce()
    form = AddHomeForm(sent(request), initial={"building_code": request.GET.get("of", "")})
    if form.is_bound and form.is_valid():
        try:
            code = add_home(actor=actor, **form.cleaned_data)
            messages.success(request, _("The home is on the register, with a household that names nobody."))
            return redirect("people:desk-home", home_code=code)
        except Invalid as error:
            show_refusal(form, error)
    shown = {"form": form, "title": _("Add a home"), "back": reverse("people:desk-roll")}
    return _form_page(request, "web/desk.html", shown, form)
