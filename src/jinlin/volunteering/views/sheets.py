"""The lists as files: out with the filters of the page, in with a template, each fault at its row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, NotFound, Words
from jinlin.platform.forms import show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.spreadsheets import Column, Finding, rows_answer, template_workbook, workbook_answer
from jinlin.volunteering import exports, imports
from jinlin.volunteering.actions import SheetReport, take_postings, take_reports, take_services
from jinlin.volunteering.forms import KINDS, ReportsForm, ServicesForm, SheetForm
from jinlin.volunteering.models import Posting
from jinlin.volunteering.views.desk import desk_page, reports_wanted
from jinlin.volunteering.views.lists import postings_wanted, wanted_form
from jinlin.volunteering.views.pairings import services_wanted

MOST_SHOWN = 50
Table = tuple[Sequence[Words], Iterable[Sequence[Any]]]


@dataclass(frozen=True)
class Sheet:
    """One list as a spreadsheet: its heading, the columns that come in, how they are taken, and what goes out."""

    title: Words
    page: str
    columns: Sequence[Column]
    take: Callable[[Actor, IO[bytes]], SheetReport]
    out: Callable[[HttpRequest, Actor], Table]


def _sheet(word: str) -> Sheet:
    """Return the sheet that an address names. Raises: NotFound."""
    if word in KINDS:
        return _sheet_of(KINDS[word], word)
    if word not in OTHERS:
        raise NotFound
    return OTHERS[word]


def _sheet_of(kind: Posting.Kind, word: str) -> Sheet:
    def take(actor: Actor, file: IO[bytes]) -> SheetReport:
        return take_postings(actor=actor, kind=kind, lines=imports.read_postings(file, kind))

    def out(request: HttpRequest, actor: Actor) -> Table:
        rows = postings_wanted(actor, kind, wanted_form(request, kind))
        return exports.posting_heads(kind), exports.postings(rows, kind)

    return Sheet(kind.label, f"/desk/volunteering/{word}/", imports.posting_columns(kind), take, out)


OTHERS = {
    "reports": Sheet(
        _("Reports of units"),
        "/desk/volunteering/reports/",
        imports.REPORT_COLUMNS,
        lambda actor, file: take_reports(actor=actor, lines=imports.read_reports(file)),
        lambda request, actor: (
            exports.REPORT_HEADS,
            exports.reports(reports_wanted(actor, ReportsForm(request.GET))),
        ),
    ),
    "services": Sheet(
        _("Services with hours"),
        "/desk/volunteering/services/?state=confirmed",
        imports.SERVICE_COLUMNS,
        lambda actor, file: take_services(actor=actor, lines=imports.read_services(file)),
        lambda request, actor: (
            exports.SERVICE_HEADS,
            exports.services(services_wanted(actor, ServicesForm(request.GET))),
        ),
    ),
}


@require_safe
@desk_page
def export(request: HttpRequest, actor: Actor, word: str, form: str) -> HttpResponse:
    """Give a list with the filters of its page as `csv`, line by line, or as `xlsx`."""
    sheet = _sheet(word)
    heads, rows = sheet.out(request, actor)
    return rows_answer(form, word, heads, rows, sheet=sheet.title)


@require_http_methods(READ_WRITE)
@desk_page
def take_in(request: HttpRequest, actor: Actor, word: str) -> HttpResponse:
    """Take a sheet in, all rows or none, with what is wrong row by row; or give the template."""
    sheet = _sheet(word)
    if request.GET.get("as") == "template":
        return workbook_answer(f"{word}-template.xlsx", template_workbook, sheet.columns, sheet=sheet.title)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    findings: Sequence[Finding] = []
    if form.is_bound and form.is_valid():
        try:
            report = sheet.take(actor, form.cleaned_data["file"])
            findings = report.findings
            if not findings:
                words = gettext("%(taken)s rows were taken in, %(known)s were there already.")
                messages.success(request, words % {"taken": report.taken, "known": report.known})
                return redirect(sheet.page)
        except Invalid as error:
            show_refusal(form, error)
    shown = {"form": form, "sheet": sheet, "findings": findings[:MOST_SHOWN], "more": len(findings) - MOST_SHOWN}
    status = 422 if findings else status_of(form)
    return render(request, "volunteering/desk/take_in.html", shown, status=status)
