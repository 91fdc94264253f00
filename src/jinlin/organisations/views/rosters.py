"""A roster as a spreadsheet at the desk: the template, the trial with its findings, and taking it in as a whole."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jinlin.organisations import rules
from jinlin.organisations.forms import RosterForm
from jinlin.organisations.rosters import COLUMNS, PURPOSE, Roster, read_roster, take_in
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import Invalid
from jinlin.platform.forms import show_refusal
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.spreadsheets import (
    Finding,
    Staged,
    findings_workbook,
    stage,
    staged_file,
    template_workbook,
    workbook_answer,
)

MOST_SHOWN = 20


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def choose(request: HttpRequest) -> HttpResponse:
    """Take a roster file and try it."""
    actor = actor_of(request)
    rules.may_keep_rosters(actor).enforce()
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    if form.is_valid():
        try:
            staged = stage(form.cleaned_data["file"], purpose=PURPOSE, account_id=actor.account_id)
            _note(staged, read_roster(actor, staged.path), done=False)
            return redirect("organisations:desk-roster", token=staged.token)
        except Invalid as error:
            show_refusal(form, error)
    return render(request, "organisations/desk/choose_roster.html", {"form": form}, status=422 if form.errors else 200)


def _note(staged: Staged, roster: Roster, *, done: bool) -> None:
    findings = [finding.as_dict() for finding in roster.findings]
    staged.note(counts=roster.counts, findings=findings, done=done)


def _staged(actor: Actor, token: str) -> Staged:
    rules.may_keep_rosters(actor).enforce()
    return staged_file(token, purpose=PURPOSE, account_id=actor.account_id)


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def steps(request: HttpRequest, token: str) -> HttpResponse:
    """Show what came of the trial of a roster; take it in, all of it or nothing."""
    actor = actor_of(request)
    staged = _staged(actor, token)
    if request.method == "POST" and not staged.notes["done"]:
        roster = take_in(actor=actor, source=staged.path)
        _note(staged, roster, done=not roster.findings)
        if not roster.findings:
            messages.success(request, _("Posts that were given: %(count)s") % {"count": roster.counts["new"]})
        return redirect("organisations:desk-roster", token=token)
    notes = staged.notes
    shown = {"notes": notes, "findings": [Finding(**row) for row in notes["findings"]][:MOST_SHOWN], "token": token}
    return render(request, "organisations/desk/roster.html", shown)


@login_required
@require_GET
def findings(request: HttpRequest, token: str) -> HttpResponse:
    """Give what is wrong in a roster as a spreadsheet."""
    staged = _staged(actor_of(request), token)
    findings = [Finding(**row) for row in staged.notes["findings"]]
    return workbook_answer(_("findings.xlsx"), findings_workbook, findings)


@login_required
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Give the spreadsheet to fill in."""
    rules.may_keep_rosters(actor_of(request)).enforce()
    return workbook_answer(_("roster.xlsx"), template_workbook, COLUMNS, sheet=_("Posts"))
