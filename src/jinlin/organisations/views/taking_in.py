"""Taking in spreadsheets of bodies and sheets: all rows or none, with a report row by row and a template to fill in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.organisations import actions
from jinlin.organisations.forms import FileForm
from jinlin.organisations.forms.bodies import shown as name_of
from jinlin.organisations.imports.bodies import COLUMNS, read_bodies
from jinlin.organisations.imports.sheets import columns_of, read_sheet
from jinlin.organisations.queries.sheets import cells_on, sheet_or_404
from jinlin.organisations.rules.sheets import items_of
from jinlin.organisations.views.gate import desk
from jinlin.organisations.views.sheets import subjects_of
from jinlin.organisations.views.tables import area_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, Words
from jinlin.platform.forms import sent, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.spreadsheets import (
    Column,
    Finding,
    findings_workbook,
    stage,
    staged_file,
    template_workbook,
    workbook_answer,
)
from jinlin.playbooks.here import current_playbook

MOST_SHOWN = 50


@dataclass(frozen=True)
class Trial:
    """A file that was read and judged: how many rows, what is wrong, and what takes it in."""

    rows: int
    findings: list[Finding]
    take_in: Callable[[], object]


@dataclass(frozen=True)
class Purpose:
    """What a page takes in: its name, its columns, how a file is tried, and where its pages are."""

    key: str
    title: str
    columns: Sequence[Column]
    attempt: Callable[[Path], Trial]
    back_url: str
    template_url: str
    findings_url: Callable[[str], str]


def _bodies(actor: Actor) -> Purpose:
    area = area_of(actor)

    def attempt(path: Path) -> Trial:
        lines = read_bodies(path, current_playbook(), [area])
        new = [body for _row, body in lines.bodies]
        faults = actions.read_draft(new=new).faults
        found = [*lines.findings, *_findings([row for row, _body in lines.bodies], faults, lines.headers)]
        return Trial(
            lines.rows, sorted(found, key=lambda one: one.row), lambda: actions.found_bodies(actor=actor, new=new)
        )

    return Purpose(
        "bodies",
        _("Take in bodies"),
        COLUMNS,
        attempt,
        reverse("organisations:desk-bodies"),
        reverse("organisations:bodies-template"),
        lambda token: reverse("organisations:bodies-findings", args=[token]),
    )


def _sheet(actor: Actor, key: str) -> Purpose:
    playbook, area = current_playbook(), area_of(actor)
    sheet = sheet_or_404(playbook, key)
    items = items_of(playbook, sheet)

    def attempt(path: Path) -> Trial:
        read = read_sheet(path, items, subjects_of(sheet, area), cells_on(key, today(), area))
        lines = [line for _row, line in read.lines]
        faults = actions.read_line_faults(sheet=key, lines=lines)
        found = [*read.findings, *_findings([row for row, _line in read.lines], faults, read.headers)]
        return Trial(
            read.rows, found, lambda: actions.write_sheets(actor=actor, sheet=key, lines=lines) if lines else None
        )

    return Purpose(
        f"sheet-{key}",
        _("Take in: %(sheet)s") % {"sheet": name_of(sheet)},
        columns_of(items),
        attempt,
        reverse("organisations:sheet", args=[key]),
        reverse("organisations:sheet-export", args=[key]),
        lambda token: reverse("organisations:sheet-findings", args=[key, token]),
    )


def _findings(rows: list[int], faults: dict[int, dict[str, Words]], headers: dict[str, str]) -> list[Finding]:
    return [
        Finding(rows[at], headers.get(name, name), str(words))
        for at, wrong in faults.items()
        for name, words in wrong.items()
    ]


def _taken_in(request: HttpRequest, actor: Actor, purpose: Purpose) -> HttpResponse:
    form = FileForm(sent(request), request.FILES or None)
    shown = {"form": form, "purpose": purpose}
    if form.is_bound and form.is_valid():
        try:
            staged = stage(form.cleaned_data["file"], purpose=purpose.key, account_id=actor.account_id)
            trial = purpose.attempt(staged.path)
            if not trial.findings:
                trial.take_in()
                count = trial.rows
                words = ngettext("%(count)s row was taken in.", "%(count)s rows were taken in.", count)
                messages.success(request, words % {"count": count})
                return redirect(purpose.back_url)
            shown |= {
                "trial": trial,
                "findings": trial.findings[:MOST_SHOWN],
                "findings_url": purpose.findings_url(staged.token),
            }
            return render(request, "organisations/desk/take_in.html", shown, status=422)
        except Invalid as error:
            form.add_error("file", f"{error.why} {error.remedy}")
    return render(request, "organisations/desk/take_in.html", shown, status=status_of(form))


def _report(actor: Actor, purpose: Purpose, token: str) -> HttpResponse:
    staged = staged_file(token, purpose=purpose.key, account_id=actor.account_id)
    return workbook_answer(_("findings.xlsx"), findings_workbook, purpose.attempt(staged.path).findings)


@never_cache
@require_http_methods(READ_WRITE)
@desk
def bodies(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take in a spreadsheet of bodies."""
    return _taken_in(request, actor, _bodies(actor))


@never_cache
@require_safe
@desk
def bodies_findings(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Give the findings of a file of bodies as a spreadsheet."""
    return _report(actor, _bodies(actor), token)


@never_cache
@require_safe
@desk
def bodies_template(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the spreadsheet of bodies to fill in."""
    area_of(actor)
    return workbook_answer(_("bodies.xlsx"), template_workbook, COLUMNS, sheet=_("Bodies"))


@never_cache
@require_http_methods(READ_WRITE)
@desk
def sheet(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Take in a spreadsheet of a sheet."""
    return _taken_in(request, actor, _sheet(actor, key))


@never_cache
@require_safe
@desk
def sheet_findings(request: HttpRequest, actor: Actor, key: str, token: str) -> HttpResponse:
    """Give the findings of a sheet's file as a spreadsheet."""
    return _report(actor, _sheet(actor, key), token)
