"""Procedures at the desk and in the cockpit: what is next, who has to act by when, what counts and what is still missing."""

import io
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jinlin.platform.access import Actor, Role
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import JinlinError, NotFound
from jinlin.platform.pages import page_for
from jinlin.platform.paging import page_of
from jinlin.platform.photos import file_path
from jinlin.platform.spreadsheets import XLSX_TYPE, write_workbook
from jinlin.platform.works import matter_of
from jinlin.playbooks.wording import name_of
from jinlin.procedures import exports, queries, rules
from jinlin.procedures.forms import WantedForm
from jinlin.procedures.models import Procedure, Proof, Step
from jinlin.procedures.queries import the_procedure
from jinlin.procedures.states import ProcedureState, Verb
from jinlin.procedures.views.resident import card_of
from jinlin.procedures.views.showing import kind_choices, percent, shown, ways_for

PAGE = 50
COCKPIT = frozenset({Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER, Role.AUDITOR})


def _wanted(request: HttpRequest, actor: Actor) -> tuple[WantedForm, QuerySet[Procedure]]:
    form = WantedForm(request.GET, kinds=kind_choices())
    given = form.cleaned_data if form.is_valid() else {}
    return form, queries.narrowed(rules.procedures_at_desk(actor), given.get("kind", ""), given.get("state", ""))


@require_safe
@page_for(rules.WORKERS)
def procedures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the procedures of the area, the newest first."""
    form, rows = _wanted(request, actor)
    page = page_of(
        rows.prefetch_related("visits"), "begun_at", size=PAGE,
        older=request.GET.get("older", ""), newer=request.GET.get("newer", ""),
    )  # fmt: skip
    shown_page = {
        "form": form,
        "rows": [card_of(row) | {"due": _due(row)} for row in page.rows],
        "total": rows.count(),
        "today": today(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "query": same_list(request.GET),
    }
    return render(request, "procedures/desk/procedures.html", shown_page, status=200 if form.is_valid() else 422)


def _due(row: Procedure) -> Any:
    return next((visit.due_on for visit in row.visits.all() if visit.state == "open"), None)


@require_safe
@page_for(rules.WORKERS)
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the procedures with the filters of their page as XLSX."""
    buffer = io.BytesIO()
    write_workbook(buffer, exports.HEADS, exports.procedures(_wanted(request, actor)[1]), sheet=_("Procedures"))
    answer = HttpResponse(buffer.getvalue(), content_type=XLSX_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, f"procedures-{today():%Y%m%d}.xlsx")
    return answer


@require_safe
@page_for(rules.WORKERS)
def one(request: HttpRequest, actor: Actor, procedure_id: int) -> HttpResponse:
    """Show a procedure with its open step: who takes it until when, what can be begun, what counts and what is missing."""
    if not rules.procedures_at_desk(actor).filter(pk=procedure_id).exists():
        raise NotFound
    procedure = the_procedure(procedure_id)
    page = shown(actor, procedure)
    step = queries.open_step(procedure)
    page |= {"history": _history(procedure), "matter_link": _matter_link(actor, procedure), "today": today()}
    if step is not None:
        page |= _open(actor, procedure, step)
    return render(request, "procedures/desk/one.html", page)


def _open(actor: Actor, procedure: Procedure, step: Step) -> dict[str, Any]:
    """What the page says of the open step, and what the actor may do."""
    wanted = step.rules
    found = rules.candidates(step)
    takes = bool(rules.may_take(actor, procedure, wanted))
    waits_for_choice = rules.concluding(step, found) is not None
    return {
        "open": step,
        "candidates": found,
        "missing": rules.missing_proofs(step),
        "ways": ways_for(step) if takes or rules.hosts(actor, procedure) else [],
        "may_conclude": takes and (wanted.by_hand or waits_for_choice),
        "may_skip": bool(rules.may_skip(actor, procedure, wanted)),
        "may_prove": bool(rules.may(actor, Verb.PROVE, procedure)),
        "may_take_part": takes and wanted.by.residents and wanted.by_hand,
        "may_withdraw": bool(rules.may(actor, Verb.WITHDRAW, procedure)),
    }


def _history(procedure: Procedure) -> list[dict[str, Any]]:
    kind = procedure.definition.rules
    names = {step.key: name_of(step) for step in kind.steps}
    rows = procedure.steps.order_by("-number")
    return [{"line": row, "step": names.get(row.key, "")} for row in rows]


def _matter_link(actor: Actor, procedure: Procedure) -> dict[str, str] | None:
    """The matter that a procedure was begun for, for those who may know of it."""
    try:
        matter = matter_of(actor, procedure.subject)
    except JinlinError:
        return None
    return {"title": matter.title, "url": matter.url}


@require_safe
@page_for(rules.WORKERS)
def picture(request: HttpRequest, actor: Actor, proof_id: int) -> FileResponse:
    """Show the picture of a proof to those who work with its procedure."""
    proof = Proof.objects.select_related("file").filter(pk=proof_id, file__isnull=False).first()
    mine = rules.procedures_at_desk(actor)
    if proof is None or not mine.filter(visits__proofs=proof).exists():
        raise NotFound
    try:
        answer = FileResponse(file_path(proof.file.digest).open("rb"), content_type=proof.file.media_type)
    except FileNotFoundError:
        raise NotFound from None
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@require_safe
@page_for(COCKPIT)
def cockpit(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show for each kind how many procedures there are, run, are complete and late; each number leads to its rows."""
    rows = rules.procedures_at_desk(actor)
    counts = {str(row["definition__key"]): row for row in queries.counts_by_kind(rows)}
    names = dict(kind_choices())
    found = [
        {
            "key": key,
            "name": names.get(key, key),
            **counts[key],
            "share": percent(queries.share_complete(rows.filter(definition__key=key))),
        }
        for key in [*names, *(key for key in counts if key not in names)]
        if key in counts
    ]
    return render(request, "procedures/cockpit.html", {"rows": found, "states": ProcedureState})
