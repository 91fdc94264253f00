"""One's own page and what belongs to it: data, notices, who looked, keys, leaving."""

import csv
import json
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jinlin.people import actions, queries, rules
from jinlin.people.exports import Section, everything_about
from jinlin.people.forms import DigestForm, EraseForm, OwnDataForm, TokenForm
from jinlin.people.models import ApiToken, DigestChoice, Mandate, Person, ResidenceClaim
from jinlin.people.readers import looks, reads_about
from jinlin.platform.access import actor_of
from jinlin.platform.dates import LOCAL, now, today
from jinlin.platform.errors import Invalid
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.paging import page_of

NOTICES_PAGE = 30
LOOKS_PAGE = 50
TOKEN_DAYS = 90
FORMULA_STARTS = tuple("=+-@\t\r")


@login_required
@never_cache
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Show who I am, where I live, what waits for me, and the ways to my data."""
    actor = actor_of(request)
    residences = list(queries.current_residences(actor.person_id))
    claims = list(ResidenceClaim.objects.filter(person_id=actor.person_id).order_by("-asked_at", "-pk")[:5])
    addresses = queries.addresses_of(
        [row.household.home_code for row in residences] + [row.home_code for row in claims]
    )
    asked = Mandate.objects.filter(principal_id=actor.person_id, state=Mandate.State.ASKED)
    shown = {
        "person": Person.objects.get(pk=actor.person_id),
        "residences": [(row, addresses.get(row.household.home_code, "")) for row in residences],
        "claims": [(row, addresses.get(row.home_code, "")) for row in claims],
        "mandates_asked": asked.count(),
        "unread": queries.unread_count(actor.person_id),
        "digest": DigestChoice.objects.filter(person_id=actor.person_id).first(),
        "looks": reads_about(actor.person_id)[: queries.MOST_UNREAD].count(),
        "has_post": bool(actor.grants),
    }
    return render(request, "people/me.html", shown)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def own_data(request: HttpRequest) -> HttpResponse:
    """Correct one's own name and e-mail address."""
    person = Person.objects.get(pk=request.user.person_id)
    form = OwnDataForm(sent(request), initial={"name": person.name, "email": person.email})
    if form.is_bound and form.is_valid():
        try:
            actions.correct_own_data(actor=actor_of(request), **form.cleaned_data)
            messages.success(request, _("Your data are saved."))
            return redirect("people:me")
        except Invalid as error:
            show_refusal(form, error)
    return render(request, "people/own_data.html", {"form": form, "person": person}, status=status_of(form))


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices, the newest first; sending the form notes that they were seen."""
    actor = actor_of(request)
    if request.method == "POST":
        actions.see_notices(actor=actor)
        return redirect("people:notices")
    page = page_of(
        queries.notices_of(actor.person_id),
        "at",
        size=NOTICES_PAGE,
        older=request.GET.get("older", ""),
        newer=request.GET.get("newer", ""),
    )
    unread = queries.unread_count(actor.person_id)
    return render(request, "people/notices.html", {"page": page, "unread": unread, **pager_of(page)})


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def digest(request: HttpRequest) -> HttpResponse:
    """Choose whether and how the daily digest comes."""
    chosen = DigestChoice.objects.filter(person_id=request.user.person_id).first()
    form = DigestForm(sent(request), initial={"by": chosen.by if chosen else ""})
    if form.is_bound and form.is_valid():
        try:
            actions.choose_digest(actor=actor_of(request), by=form.cleaned_data["by"])
            messages.success(request, _("Your choice is saved."))
            return redirect("people:me")
        except Invalid as error:
            show_refusal(form, error)
    return render(request, "people/digest.html", {"form": form}, status=status_of(form))


def pager_of(page: Any) -> dict[str, str]:
    """Return the addresses of the pages beside this one."""
    older, newer = (f"?{name}={key}" if key else "" for name, key in (("older", page.older), ("newer", page.newer)))
    return {"older_url": older.replace("+", "%2B"), "newer_url": newer.replace("+", "%2B")}


@login_required
@never_cache
@require_GET
def who_looked(request: HttpRequest) -> HttpResponse:
    """Show who looked at my protected data: when, which body, what."""
    page = page_of(
        reads_about(request.user.person_id),
        "at",
        size=LOOKS_PAGE,
        older=request.GET.get("older", ""),
        newer=request.GET.get("newer", ""),
    )
    return render(request, "people/looks.html", {"looks": looks(page.rows), **pager_of(page)})


# --- taking one's data along ---


@login_required
@never_cache
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Show everything that the platform knows about me, with the ways to take it along."""
    return render(request, "people/export.html", {"sections": everything_about(request.user.person_id)})


@login_required
@never_cache
@require_GET
def export_json(request: HttpRequest) -> HttpResponse:
    """Give everything about me as one JSON file."""
    sections = everything_about(request.user.person_id)
    data = {section.name: {"title": str(section.title), "rows": section.rows} for section in sections}
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return _file(text, "application/json", "jinlin-my-data.json")


@login_required
@never_cache
@require_GET
def export_csv(request: HttpRequest) -> HttpResponse:
    """Give everything about me as one CSV file that spreadsheets open, section by section."""
    text = StringIO()
    writer = csv.writer(text)
    for section in everything_about(request.user.person_id):
        writer.writerows(_csv_rows(section))
    return _file("\ufeff" + text.getvalue(), "text/csv", "jinlin-my-data.csv")


def _csv_rows(section: Section) -> list[list[str]]:
    cells = [[_plain(cell) for cell in row] for row in section.table]
    return [[str(section.title)], section.columns, *cells, []]


def _plain(value: Any) -> str:
    """Write a cell so that no spreadsheet takes it for a formula, times in local time."""
    if isinstance(value, datetime):
        return f"{value.astimezone(LOCAL):%Y-%m-%d %H:%M}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _file(text: str, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- leaving ---


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def erase(request: HttpRequest) -> HttpResponse:
    """Ask once more, then delete the account and everything that says who its owner is."""
    actor = actor_of(request)
    ruling = rules.may_leave(actor)
    form = EraseForm(sent(request))
    if form.is_bound and form.is_valid():
        actions.erase_own_data(actor=actor)
        logout(request)
        messages.success(request, _("Your account and your data are deleted."))
        return redirect("/")
    return render(request, "people/erase.html", {"form": form, "ruling": ruling}, status=status_of(form))


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End the sessions on all other devices; this one stays."""
    account = actions.sign_out_everywhere(actor=actor_of(request))
    update_session_auth_hash(request, account)
    messages.success(request, _("You are signed out on all other devices."))
    return redirect("people:me")


# --- keys for programs ---


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def tokens(request: HttpRequest) -> HttpResponse:
    """Show my keys for programs; make a new one, which is shown this once."""
    form = TokenForm(sent(request), initial={"last_day": _in_three_months()})
    raw = ""
    if form.is_bound and form.is_valid():
        try:
            _token, raw = actions.create_token(actor=actor_of(request), **form.cleaned_data)
            form = TokenForm(initial={"last_day": _in_three_months()})
        except Invalid as error:
            show_refusal(form, error)
    rows = ApiToken.objects.filter(account_id=request.user.pk).order_by("-created_at", "-pk")
    shown = {"form": form, "raw": raw, "tokens": rows, "now": now()}
    return render(request, "people/tokens.html", shown, status=status_of(form))


def _in_three_months() -> date:
    return today() + timedelta(days=TOKEN_DAYS)


@login_required
@require_POST
def delete_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Delete a key; what uses it stops at once."""
    actions.delete_token(actor=actor_of(request), token_id=token_id)
    messages.success(request, _("The key is deleted."))
    return redirect("people:tokens")
