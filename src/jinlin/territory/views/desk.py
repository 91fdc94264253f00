"""The desk's pages about places: the tree with its counts, and the import of a register in four steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from jinlin.algorithms.place_codes import Level, fault_in
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.spreadsheets import (
    Staged,
    findings_workbook,
    stage,
    staged_file,
    template_workbook,
    workbook_answer,
)
from jinlin.region.districts import current_district
from jinlin.territory import register
from jinlin.territory.forms.register import MatchForm, RegisterForm
from jinlin.territory.imports import HOME_COLUMNS
from jinlin.territory.models import Place, Zone
from jinlin.territory.queries import find_places
from jinlin.territory.queries.coverage import (
    COLUMN_OF_ZONE,
    LACKS,
    buildings_lacking,
    coverage_below,
    coverage_in_zone,
    coverage_of,
    coverage_of_zones,
)
from jinlin.territory.register import Stage
from jinlin.territory.rules import may_keep_places, may_look_through_places, visible_to
from jinlin.territory.tasks import work_on_register

MOST_LISTED = 200
MOST_SHOWN = 20


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Show a place with what lies directly in it, counted; or what a search finds."""
    actor = actor_of(request)
    may_look_through_places(actor).enforce()
    here = _place_here(actor, request.GET.get("of", ""))
    words = request.GET.get("q", "").strip()
    context = {
        "here": here,
        "words": words,
        "found": find_places(actor, words) if words else [],
        "may_keep": bool(may_keep_places(actor)),
    }
    zone = request.GET.get("zone", "")
    if here is not None and not words:
        context |= _zone(zone) if zone else _counts(actor, here) | _lacking(here, request.GET.get("lacks", ""))
    return render(request, "territory/desk/places.html", context)


def _place_here(actor: Actor, code: str) -> Place | None:
    """Return the place to show: the one asked for, or the widest one that the actor's posts cover."""
    if code:
        place = None if fault_in(code) else visible_to(actor).filter(code=code).first()
        if place is None:
            raise NotFound(_("There is no such place here any more."))
        return place
    widest = min((grant.place_code for grant in actor.grants), key=len, default=current_district().code)
    return Place.objects.filter(code=widest, valid_to__isnull=True).first()


def _counts(actor: Actor, here: Place) -> dict[str, Any]:
    above = visible_to(actor).filter(code__in=[here.code[:length] for length in Level if length < len(here.code)])
    is_community = here.level == Level.COMMUNITY
    rows = coverage_below(here) if here.level < Level.ENTRANCE else []
    return {
        "path": above.order_by("code"),
        "total": coverage_of(here),
        "rows": rows,
        "homes": visible_to(actor).filter(level=Level.HOME, code__startswith=here.code).order_by("code")
        if here.level >= Level.ENTRANCE
        else [],
        "estates": coverage_of_zones(here.code, Zone.Kind.ESTATE) if is_community else [],
        "grids": coverage_of_zones(here.code, Zone.Kind.GRID) if is_community else [],
    }


def _zone(label: str) -> dict[str, Any]:
    """Return an estate or grid with the counts of its buildings."""
    known = Zone.objects.filter(kind__in=COLUMN_OF_ZONE, valid_to__isnull=True)
    zone = known.filter(label=label).first() if label.isalnum() else None
    if zone is None:
        raise NotFound(_("There is no such place here any more."))
    areas = [zone.community_code[:length] for length in Level if length <= Level.COMMUNITY]
    path = Place.objects.filter(code__in=areas, valid_to__isnull=True).order_by("code")
    return {"zone": zone, "path": path, "rows": coverage_in_zone(zone)}


def _lacking(here: Place, what: str) -> dict[str, Any]:
    if what not in LACKS:
        return {}
    rows = buildings_lacking(here.code, what)
    words = {
        "point": _("Buildings without a point on the map"),
        "grid": _("Buildings in no grid"),
        "estate": _("Buildings in no estate"),
    }
    return {"lacking": rows[:MOST_LISTED], "lacking_words": words[what], "lacking_count": rows.count()}


@require_http_methods(["GET", "HEAD", "POST"])
def choose_register(request: HttpRequest) -> HttpResponse:
    """Take a register file, step 1, and try it at once."""
    actor = actor_of(request)
    may_keep_places(actor).enforce()
    form = RegisterForm(request.POST, request.FILES) if request.method == "POST" else RegisterForm()
    if form.is_valid():
        try:
            staged = stage(form.cleaned_data["file"], purpose=register.PURPOSE, account_id=actor.account_id)
        except Invalid as error:
            form.add_error("file", f"{error.why} {error.remedy}")
        else:
            return _work(actor, staged, Stage.CHECKING)
    steps = _steps(0)
    status = 422 if form.errors else 200
    return render(request, "territory/desk/choose_register.html", {"form": form, "steps": steps}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def register_steps(request: HttpRequest, token: str) -> HttpResponse:
    """Show how a register file fares, match its columns, and take it in: steps 2 to 4."""
    actor = actor_of(request)
    may_keep_places(actor).enforce()
    staged = staged_file(token, purpose=register.PURPOSE, account_id=actor.account_id)
    notes = staged.notes
    if request.method == "POST" and request.POST.get("action") == "import":
        return _take_in(request, actor, staged)
    sent = request.POST if request.method == "POST" else None
    match_form = MatchForm(sent, headers=_all_headers(notes), columns=notes.get("columns", {}))
    if match_form.is_valid():
        staged.note(mapping=match_form.mapping)
        return _work(actor, staged, Stage.CHECKING)
    context = {
        "notes": notes,
        "stage": notes["stage"],
        "steps": _steps({Stage.UNREADABLE: 1, Stage.DONE: 4, Stage.IMPORTING: 3}.get(notes["stage"], 2)),
        "form": match_form,
        "findings": register.findings_of(notes)[:MOST_SHOWN],
        "matched": [(str(column.label), notes.get("columns", {}).get(column.name, "")) for column in HOME_COLUMNS],
        "token": token,
    }
    return render(request, "territory/desk/register.html", context)


def _take_in(request: HttpRequest, actor: Actor, staged: Staged) -> HttpResponse:
    if staged.notes["stage"] == Stage.READY:
        return _work(actor, staged, Stage.IMPORTING)
    messages.info(request, _("This file has been worked on already; here is what came of it."))
    return redirect("territory:desk-register", token=staged.token)


def _work(actor: Actor, staged: Staged, begun: Stage) -> HttpResponse:
    """Work on the file now, or where it is long leave it to a background task, and show its page."""
    register.begin(staged, begun)
    if register.is_short(staged):
        register.work_on(staged, actor)
    else:
        work_on_register.enqueue(token=staged.token, account_id=actor.account_id)
    return redirect("territory:desk-register", token=staged.token)


def _all_headers(notes: dict[str, Any]) -> list[str]:
    return list(
        dict.fromkeys([*notes.get("headers", []), *notes.get("columns", {}).values(), *notes.get("unused", [])])
    )


def _steps(now: int) -> list[dict[str, Any]]:
    words = [_("Choose the file"), _("Match the columns"), _("Try it"), _("Take it in")]
    states = ["done" if at < now else "now" if at == now else "to_come" for at in range(len(words))]
    return [{"word": word, "state": state} for word, state in zip(words, states, strict=True)]


@require_GET
def register_findings(request: HttpRequest, token: str) -> HttpResponse:
    """Give the findings of a file as a spreadsheet."""
    actor = actor_of(request)
    staged = staged_file(token, purpose=register.PURPOSE, account_id=actor.account_id)
    return workbook_answer(_("findings.xlsx"), findings_workbook, register.findings_of(staged.notes))


@require_GET
def register_template(request: HttpRequest) -> HttpResponse:
    """Give the spreadsheet to fill in."""
    may_keep_places(actor_of(request)).enforce()
    name = _("register-of-homes.xlsx")
    return workbook_answer(name, template_workbook, HOME_COLUMNS, sheet=_("Register of homes"))
