"""The desk's pages about sheets: each as a table that is filled in cell by cell, with the history of every cell."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.organisations import actions, exports, rules
from jinlin.organisations.actions import NewLine
from jinlin.organisations.forms import LineForm
from jinlin.organisations.forms.bodies import shown as name_of
from jinlin.organisations.models import Appointment, Body
from jinlin.organisations.queries.sheets import (
    UNITS,
    cells_on,
    embedding_on,
    fits,
    history_of,
    sheet_or_404,
    turns,
    value_words,
)
from jinlin.organisations.rules.founding import PLACE_LEVELS
from jinlin.organisations.rules.sheets import Subject, items_of, subject_key
from jinlin.organisations.views.gate import desk, form_page
from jinlin.organisations.views.tables import area_of
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import today
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import sent
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.paging import text_page_of
from jinlin.platform.spreadsheets import workbook_answer
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Sheet
from jinlin.territory.models import Place, Zone

PAGE = 100
EMBEDDING = "embedding"
ORDER: dict[type[Model], str] = {Body: "place_code", Appointment: "place_code", Place: "code", Zone: "label"}
"""The column by which the subjects of a sheet are in order."""


@never_cache
@require_safe
@desk
def index(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the sheets that this place keeps."""
    rules.may_keep_bodies(actor).enforce()
    rows = [(row, name_of(row)) for row in current_playbook().sheet]
    return render(request, "organisations/desk/sheets.html", {"rows": rows})


def subjects_of(sheet: Sheet, area: str) -> QuerySet[Any]:
    """Return whom a sheet is kept about in an area, in a lasting order."""
    if sheet.bodies:
        rows = Body.objects.filter(kind__in=sheet.bodies, place_code__startswith=area, ended_on__isnull=True)
        return _in_order(rows)
    if sheet.posts:
        posts = Appointment.objects.filter(key__in=sheet.posts, place_code__startswith=area)
        return _in_order(posts.select_related("body"))
    if sheet.level in PLACE_LEVELS:
        places = Place.objects.filter(level=PLACE_LEVELS[sheet.level], code__startswith=area, valid_to__isnull=True)
        return _in_order(places)
    zones = Zone.objects.filter(kind=sheet.level, community_code__startswith=area, valid_to__isnull=True)
    return _in_order(zones)


def _in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by(ORDER[rows.model], "pk")


def subject_name(subject: Subject) -> str:
    """Return how a subject is called: a post by its body, never by its holder."""
    if isinstance(subject, Appointment):
        return f"{subject.body.name} {subject.post}"
    return subject.address if isinstance(subject, Place) else subject.name


@never_cache
@require_safe
@desk
def one(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Show a sheet as it is today: a row for each subject, a column for each item, and what the definitions make of it."""
    playbook, area, day = current_playbook(), area_of(actor), today()
    sheet = sheet_or_404(playbook, key)
    items = items_of(playbook, sheet)
    subjects = subjects_of(sheet, area)
    older, newer = request.GET.get("older", ""), request.GET.get("newer", "")
    page = text_page_of(subjects, ORDER[subjects.model], size=PAGE, older=older, newer=newer)
    cells = cells_on(key, day, area)
    definitions = [row for row in playbook.definition if row.sheet == key]
    rows = []
    for subject in page.rows:
        known = cells.get(subject_key(subject), {})
        values = {name: entry.value for name, entry in known.items()}
        listed = [name_of(row) for row in definitions if fits(row, values)]
        line = [(item, value_words(item, values.get(item.key)), known.get(item.key)) for item in items]
        rows.append((subject, subject_name(subject), line, listed))
    shown = {
        "sheet": sheet,
        "name": name_of(sheet),
        "items": [name_of(item) for item in items],
        "rows": rows,
        "definitions": [(row, name_of(row), _listed(cells, row)) for row in definitions],
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
        "embedding": _embedding(area) if key == EMBEDDING else None,
    }
    return render(request, "organisations/desk/sheet.html", shown)


def _listed(cells: Any, definition: Any) -> int:
    values = ({name: entry.value for name, entry in row.items()} for row in cells.values())
    return sum(fits(definition, row) for row in values)


def _embedding(area: str) -> dict[str, Any]:
    playbook = current_playbook()
    found = embedding_on(playbook, today(), area)
    names = {row.kind: row.short_name for row in playbook.body}
    units = {Zone.Kind.ESTATE: _("estates"), "entrance": _("entrances"), Zone.Kind.COURTYARD: _("courtyards")}
    units[Zone.Kind.GRID] = _("grids and communities")
    return {
        "matrix": found,
        "percent": None if found.rate is None else f"{float(found.rate) * 100:.1f}",
        "units": [units[unit] for unit in UNITS],
        "rows": [(names.get(kind, kind), cells) for kind, cells in found.rows()],
    }


@never_cache
@require_safe
@desk
def export(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Give a sheet as a spreadsheet that the import takes back."""
    playbook, area = current_playbook(), area_of(actor)
    sheet = sheet_or_404(playbook, key)
    given = (sheet, items_of(playbook, sheet), subjects_of(sheet, area), cells_on(key, today(), area))
    return workbook_answer(f"{name_of(sheet)}.xlsx", exports.write_sheet, *given)


def _subject(sheet: Sheet, area: str, number: int) -> Subject:
    subject = subjects_of(sheet, area).filter(pk=number).first()
    if subject is None:
        raise NotFound
    return subject


@never_cache
@require_http_methods(READ_WRITE)
@desk
def write(request: HttpRequest, actor: Actor, key: str, number: int, item: str) -> HttpResponse:
    """Write one line about a subject."""
    playbook = current_playbook()
    sheet = sheet_or_404(playbook, key)
    items = items_of(playbook, sheet)
    column = next((row for row in items if row.key == item), None)
    if column is None:
        raise NotFound
    subject = _subject(sheet, area_of(actor), number)
    form = LineForm(sent(request), items=items, item=column)

    def act() -> object:
        given = form.cleaned_data
        line = NewLine(column.key, subject, form.written, given["holds_from"], given["evidence"])
        return actions.write_sheet(actor=actor, sheet=key, line=line)

    return form_page(
        request,
        form,
        act,
        title=f"{subject_name(subject)}：{name_of(column)}",
        submit=_("Write it down"),
        back_url=reverse("organisations:sheet-history", args=[key, number]),
        done=_("The line is written."),
        names={column.key: "value"},
    )


@never_cache
@require_safe
@desk
def history(request: HttpRequest, actor: Actor, key: str, number: int) -> HttpResponse:
    """Show every line about one subject, the newest first, and when it came onto a list and went off it."""
    playbook = current_playbook()
    sheet = sheet_or_404(playbook, key)
    subject = _subject(sheet, area_of(actor), number)
    items = {item.key: item for item in items_of(playbook, sheet)}
    mine = subject_key(subject)
    lines = [
        (name_of(items[entry.item]), value_words(items[entry.item], entry.value), entry)
        for entry in history_of(key, mine)
        if entry.item in items
    ]
    definitions = [row for row in playbook.definition if row.sheet == key]
    place = subject.community_code if isinstance(subject, Zone) else ""
    shown = {
        "sheet": sheet,
        "number": number,
        "name": name_of(sheet),
        "subject": subject_name(subject),
        "items": [(item, name_of(item)) for item in items.values()],
        "lines": lines,
        "turns": [(name_of(row), turn) for row in definitions for turn in turns(row, place) if turn.key == mine],
    }
    return render(request, "organisations/desk/sheet_history.html", shown)
