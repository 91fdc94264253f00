"""The inbox, the list with its filters, the preview beside them, and the list as a spreadsheet."""

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import Words
from jinlin.platform.paging import page_of
from jinlin.platform.spreadsheets import XLSX_TYPE
from jinlin.platform.wording import in_a_row
from jinlin.requests import exports, rules
from jinlin.requests.forms.listing import FilterForm
from jinlin.requests.models import Request
from jinlin.requests.queries import desk as queries
from jinlin.requests.queries.call_backs import why_left_out
from jinlin.requests.queries.choices import category_names
from jinlin.requests.queries.one import suggested_duties
from jinlin.requests.queries.parts import owed_parts
from jinlin.requests.timeline import photo_address
from jinlin.requests.triage import sureness
from jinlin.requests.views.desk.door import FROM_INBOX, desk_page, draft_done, request_of
from jinlin.requests.views.desk.steps import StepPage, next_step, open_steps

PAGE = 50
LEFT_OUT = "left_out"
"""The set of those whose lines say why they count in no rate."""
WORST = "1970-01-01T00:00:00+00:00~0"
"""A key before every deadline."""
IN_MEMORY = 2 * 1024 * 1024
BULK = [
    ("accept", _("Accept")),
    ("dispatch", _("Dispatch to the suggested body")),
    ("sign", _("Sign for them")),
    ("export-xlsx", _("Export as XLSX")),
    ("export-csv", _("Export as CSV")),
]
"""What can be done with many rows."""
BULK_ROLES = {"accept": rules.RECEPTION_ROLES, "dispatch": rules.RECEPTION_ROLES, "sign": rules.HANDLER_ROLES}
"""Whose posts open a bulk step; the others are for everybody at the desk."""


class Line(NamedTuple):
    """One row of a list: the request, its category's name, and the next step where it is the actor's."""

    request: Request
    category: str
    step: StepPage | None
    why: str = ""


def bulk_of(actor: Actor) -> list[tuple[str, Words]]:
    """Return what the actor's posts can do with many rows."""
    return [(value, word) for value, word in BULK if value not in BULK_ROLES or actor.roles & BULK_ROLES[value]]


def lines_of(actor: Actor, rows: Iterable[Request]) -> list[Line]:
    """Return the rows ready to show."""
    names = category_names()
    return [Line(row, names.get(row.category, ""), next_step(row, rules.parts_by_post(actor, row))) for row in rows]


def _with_reasons(lines: list[Line]) -> list[Line]:
    """Let each line say why it counts in no rate."""
    reasons = why_left_out([line.request for line in lines])
    return [line._replace(why=reasons.get(line.request.pk, "")) for line in lines]


@never_cache
@require_safe
@desk_page
def inbox(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what waits for the actor, the worst first."""
    rows = queries.inbox(actor)
    given = request.GET
    # The worst has the oldest deadline, so that this list runs from the oldest key to the newest.
    page = page_of(rows, "due_key", size=PAGE, newer=given.get("older", WORST))
    context = {
        "lines": lines_of(actor, page.rows[::-1]),
        "parts": owed_parts(actor),
        "counters": queries.counters(actor),
        "older_url": same_list(given, older=page.newer) if page.newer else "",
        "newer_url": same_list(given) if given.get("older") else "",
        "total": queries.total_of(rows),
        "query": "",
        "view": FROM_INBOX,
        "bulk": bulk_of(actor),
        "may_enter": bool(rules.may_enter_for_others(actor, None)),
        "receives": bool(actor.roles & rules.RECEPTION_ROLES),
        "draft_done": draft_done(request),
    }
    return render(request, "requests/desk/inbox.html", context)


@never_cache
@require_safe
@desk_page
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the requests that the actor may see, narrowed by the filters in the address."""
    form = FilterForm(request.GET)
    rows = filtered(actor, form)
    given = request.GET
    keys = {name: given.get(name, "") for name in ("older", "newer")}
    page = page_of(rows, "received_at", size=PAGE, shown=queries.with_names, **keys)
    lines = lines_of(actor, page.rows)
    context = {
        "form": form,
        "lines": _with_reasons(lines) if given.get("among") == LEFT_OUT else lines,
        "chips": [(words, same_list(given, without=name)) for name, words in form.in_force()],
        "older_url": same_list(given, older=page.older) if page.older else "",
        "newer_url": same_list(given, newer=page.newer) if page.newer else "",
        "total": queries.total_of(rows),
        "query": same_list(given).removeprefix("?"),
        "view": "list",
        "bulk": bulk_of(actor),
    }
    return render(request, "requests/desk/list.html", context, status=200 if form.is_valid() else 422)


def filtered(actor: Actor, form: FilterForm) -> QuerySet[Request]:
    """Return what the filters let through; nothing where one of them cannot be read."""
    return queries.found(actor, form.wanted) if form.is_valid() else Request.objects.none()


def listed(actor: Actor, view: str, query: str) -> QuerySet[Request]:
    """Return all rows of a list that was on the screen, by its view and the filters in its address."""
    return queries.inbox(actor) if view == FROM_INBOX else filtered(actor, FilterForm(QueryDict(query)))


@never_cache
@require_safe
@desk_page
def preview(request: HttpRequest, actor: Actor, request_id: int) -> HttpResponse:
    """Show a request in short, for the pane beside the list."""
    found = request_of(actor, request_id)
    return render(request, "requests/desk/preview.html", preview_of(actor, found))


def preview_of(actor: Actor, found: Request) -> dict[str, Any]:
    """Return what the pane shows of a request."""
    duties = suggested_duties(found, suggested_category(found))
    return {
        "found": found,
        "photos": [photo_address(photo.pk) for photo in found.photos.all()],
        "category": category_names().get(found.category, ""),
        "suggestion": suggestion_of(found),
        "duty": duties[0] if duties else None,
        "steps": [step for step in open_steps(found, rules.verbs_by_post(actor, found)) if step.key],
    }


def suggested_category(found: Request) -> str:
    """Return the category that a person has given, or else the one that triage suggests."""
    return found.category or getattr(getattr(found, "suggestion", None), "category", "")


def suggestion_of(found: Request) -> dict[str, Any] | None:
    """Return what triage says of a request, in words, or None where it says nothing."""
    suggestion = getattr(found, "suggestion", None)
    if suggestion is None or not suggestion.category:
        return None
    return {
        "category": category_names().get(suggestion.category, suggestion.category),
        "urgency": suggestion.get_urgency_display(),
        "sureness": sureness(suggestion.confidence),
        "words": in_a_row(suggestion.words[:6]),
    }


@require_safe
@desk_page
def export(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """Give the filtered list as a file."""
    return exported(filtered(actor, FilterForm(request.GET)), kind)


def exported(rows: QuerySet[Request], kind: str) -> HttpResponse:
    """Return requests as `csv`, line by line, or as `xlsx`."""
    name = f"requests-{today():%Y%m%d}.{kind}"
    if kind == "csv":
        answer = StreamingHttpResponse(exports.as_csv(rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    target = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    exports.as_workbook(target, rows)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX_TYPE)
