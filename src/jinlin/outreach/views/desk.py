"""Rounds at the desk and outside: planned, written down home by home, closed; what was heard leads to where it is now."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.lists.queries import communities_at_desk, lists_at_desk
from jinlin.organisations.models import Body
from jinlin.outreach import actions, exports, queries, rules
from jinlin.outreach.actions import NewRound
from jinlin.outreach.forms import IssueForm, MarksForm, RoundForm, ToldWishForm, WantedForm
from jinlin.outreach.models import Round, Visit
from jinlin.outreach.states import RoundState
from jinlin.platform.access import Actor, Role
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import JinlinError, NotFound
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE, page_for, step_page
from jinlin.platform.paging import page_of
from jinlin.platform.spreadsheets import rows_answer
from jinlin.territory.models import Zone

PAGE = 50


working_page = page_for(rules.WORKERS | rules.FIELD)
"""Keeps a page to those who work with rounds, at the desk or outside, and out of caches."""


def _base(actor: Actor) -> str:
    """Return the shell: that of the field for those who work outside only."""
    return "web/desk.html" if actor.roles & rules.WORKERS else "web/field.html"


def _wanted(request: HttpRequest, actor: Actor) -> tuple[WantedForm, QuerySet[Round]]:
    form = WantedForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    rows = rules.rounds_at_work(actor)
    return form, rows.filter(**{name: value for name, value in given.items() if value})


@require_safe
@working_page
def rounds(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the rounds and sessions, and how often which courtyard was visited."""
    form, rows = _wanted(request, actor)
    page = page_of(
        queries.with_counts(rows), "planned_at", size=PAGE,
        older=request.GET.get("older", ""), newer=request.GET.get("newer", ""),
    )  # fmt: skip
    shown = {
        "base": _base(actor),
        "form": form,
        "rounds": [(row, _percent(row), _is_few(row) and not _is_near(actor, row)) for row in page.rows],
        "total": rows.count(),
        "courtyards": queries.by_courtyard(rules.rounds_at_work(actor)),
        "may_plan": bool(actor.roles & (rules.WORKERS - {Role.AUDITOR})),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "query": same_list(request.GET),
    }
    return render(request, "outreach/desk/rounds.html", shown, status=200 if form.is_valid() else 422)


def _is_near(actor: Actor, row: Round) -> bool:
    """Say whether small numbers are shown: to those who see homes; others could tell from them who it was."""
    return rules.stands_near(actor, row.place_code, row.body_id) or bool(rules.may_go_along(actor, row))


def _is_few(row: Any) -> bool:
    return queries.few_homes(row.visited, row.willing - row.visited)


def _percent(row: Any) -> int | None:
    share = queries.coverage(row.visited, row.willing)
    return None if share is None else int(share * 100)


@require_safe
@working_page
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the rounds with the filters of their page as XLSX."""
    rows = exports.rounds(_wanted(request, actor)[1], actor)
    return rows_answer("xlsx", "rounds", exports.HEADS, rows, sheet=_("Rounds"))


@require_http_methods(READ_WRITE)
@working_page
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Plan a round or a session, and announce it."""
    places = communities_at_desk(actor)
    zones, bodies = queries.zones_for(code for code, _name in places), queries.bodies_for(actor)
    form = RoundForm(
        sent(request), bodies=bodies.values_list("pk", "name"), places=places,
        zones=[(zone.pk, f"{zone.name}（{zone.get_kind_display()}）") for zone in zones],
    )  # fmt: skip
    made: list[Round] = []
    return step_page(
        request, form, lambda: made.append(_planned(actor, form, zones)), template="outreach/desk/new.html",
        shown={"base": _base(actor)}, done=_("It is announced."),
        back=lambda: reverse("outreach:desk-one", args=[made[0].pk]) if made else reverse("outreach:desk-rounds"),
    )  # fmt: skip


def _planned(actor: Actor, form: RoundForm, zones: QuerySet[Zone]) -> Round:
    given = form.cleaned_data
    wanted = NewRound(
        given["kind"], given["title"], Body.objects.get(pk=given["body"]), given["place"], given["on"],
        zones.filter(pk=given["zone"] or 0).first(), given["spot"], given["starts"],
    )  # fmt: skip
    return actions.plan_round(actor=actor, new=wanted, key=given["key"])


def _round(actor: Actor, round_id: int) -> Any:
    found = queries.with_counts(rules.rounds_at_work(actor)).filter(pk=round_id).first()
    if found is None:
        raise NotFound
    return found


@require_safe
@working_page
def one(request: HttpRequest, actor: Actor, round_id: int) -> HttpResponse:
    """Show a round or a session with what was heard; its homes to those who go along, to others their number."""
    found = _round(actor, round_id)
    visits = list(rules.visits_seen(actor, found).order_by("home_code")) if found.kind == Round.Kind.HOMES else []
    addresses = queries.addresses_of(visit.home_code for visit in visits)
    marks = dict(Visit.Mark.choices)
    is_open = found.state == RoundState.PLANNED
    shown = {
        "base": _base(actor),
        "round": found,
        "percent": _percent(found),
        "covered": not _is_near(actor, found),
        "few": not _is_near(actor, found) and _is_few(found),
        "visits": [
            (visit, addresses.get(visit.home_code, visit.home_code), [marks[mark] for mark in visit.marks])
            for visit in visits
        ],
        "findings": [(row, queries.address_of_finding(row)) for row in found.findings.order_by("at", "pk")],
        "may_log": is_open and found.on <= today() and bool(rules.may_go_along(actor, found)),
        "may_close": is_open and bool(rules.may_plan(actor, found.place_code, found.body_id)),
        "has_been": found.on <= today(),
    }
    return render(request, "outreach/desk/one.html", shown)


@require_http_methods(READ_WRITE)
@working_page
def visit(request: HttpRequest, actor: Actor, visit_id: int) -> HttpResponse:
    """Log a visit by ticking its steps, or that nobody was at home."""
    found = Visit.objects.filter(pk=visit_id).select_related("round").first()
    if found is None:
        raise NotFound
    if not rules.visits_seen(actor, _round(actor, found.round_id)).filter(pk=visit_id).exists():
        raise NotFound
    form = MarksForm(sent(request), initial={"marks": found.marks})

    def act() -> None:
        if "nobody" in request.POST:
            actions.miss_visit(actor=actor, visit_id=visit_id)
        else:
            actions.log_visit(actor=actor, visit_id=visit_id, marks=form.cleaned_data["marks"])

    address = queries.addresses_of([found.home_code]).get(found.home_code, "")
    shown = {"visit": found, "address": address, "base": _base(actor)}
    back = reverse("outreach:desk-one", args=[found.round_id])
    return step_page(
        request, form, act, template="outreach/desk/visit.html", shown=shown, done=_("Written down."), back=back
    )


@require_http_methods(READ_WRITE)
@working_page
def issue(request: HttpRequest, actor: Actor, round_id: int) -> HttpResponse:
    """Hand something over that is to be solved: to a list, or as a request."""
    found = _round(actor, round_id)
    lists = lists_at_desk(actor).filter(place_code__startswith=found.place_code, closed_at__isnull=True)
    form = IssueForm(sent(request), lists=lists.values_list("pk", "title")[:200])

    def act() -> None:
        given = form.cleaned_data
        actions.note_issue(
            actor=actor, round_id=round_id, words=given["words"], list_id=given["list"], key=given["key"]
        )

    return _finding_page(request, actor, found, form, act, gettext_lazy("Write an issue down"))


@require_http_methods(READ_WRITE)
@working_page
def wish(request: HttpRequest, actor: Actor, round_id: int) -> HttpResponse:
    """Write a wish down that somebody told."""
    found = _round(actor, round_id)
    form = ToldWishForm(sent(request))

    def act() -> None:
        given = form.cleaned_data
        actions.note_wish(
            actor=actor, round_id=round_id, title=given["title"], text=given["text"], teller=form.teller(),
            key=given["key"],
        )  # fmt: skip

    return _finding_page(request, actor, found, form, act, gettext_lazy("Write a wish down"))


def _finding_page(
    request: HttpRequest, actor: Actor, found: Round, form: Any, act: Callable[[], None], button: Any
) -> HttpResponse:
    shown = {"round": found, "button": button, "base": _base(actor)}
    back = reverse("outreach:desk-one", args=[found.pk])
    return step_page(
        request, form, act, template="outreach/desk/finding.html", shown=shown, done=_("Written down."), back=back
    )


@require_POST
@working_page
def end(request: HttpRequest, actor: Actor, round_id: int, name: str) -> HttpResponse:
    """Close a round that has been, or call one off."""
    acts = {"close": actions.close_round, "cancel": actions.cancel_round}
    if name not in acts:
        raise NotFound
    try:
        acts[name](actor=actor, round_id=round_id)
        messages.success(request, _("Written down."))
    except JinlinError as error:
        if error.status != 409:
            raise
        messages.error(request, str(error))
    return redirect("outreach:desk-one", round_id=round_id)
