"""Calls and published reports for everybody, and what holders of posts and residents write to them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.organisations import actions
from jinlin.organisations.forms import OwnFilingForm, WordsForm
from jinlin.organisations.forms.bodies import shown as name_of
from jinlin.organisations.models import Appointment, Filing
from jinlin.organisations.queries.filings import calls
from jinlin.organisations.queries.published import published_page
from jinlin.organisations.views.asking import number
from jinlin.organisations.views.gate import form_page
from jinlin.platform.access import actor_of
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.playbooks.here import current_playbook

MOST = 50
RESIDENT = "web/resident.html"


@require_safe
def all_calls(request: HttpRequest) -> HttpResponse:
    """Show the calls, those that are open first, and what became of the others."""
    rows, at = list(calls(current_playbook())[:MOST]), now()
    shown = {"open": [row for row in rows if row.due_at > at], "over": [row for row in rows if row.due_at <= at]}
    return render(request, "organisations/public/calls.html", shown)


@never_cache
@require_http_methods(READ_WRITE)
def one(request: HttpRequest, filing_id: int) -> HttpResponse:
    """Show a published matter to everybody, and take in what a resident says about it."""
    actor = actor_of(request)
    page = published_page(current_playbook(), filing_id, actor)
    if page is None:
        raise NotFound
    form = WordsForm(sent(request), initial={"words": page.mine})
    if form.is_bound and form.is_valid():
        try:
            actions.comment_on(actor=actor, filing_id=filing_id, words=form.cleaned_data["words"])
            return redirect("organisations:published", filing_id=filing_id)
        except Invalid as error:
            show_refusal(form, error)
    words = [(name_of(row), page.filing.words.get(row.key, "")) for row in page.kind.headings]
    shown = {"page": page, "words": words, "kind": name_of(page.kind), "form": form}
    return render(request, "organisations/public/published.html", shown, status=status_of(form))


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def file(request: HttpRequest, appointment_id: int, kind: str) -> HttpResponse:
    """File a matter about oneself, as the holder of a post."""
    held = (
        Appointment.objects.filter(pk=appointment_id, person_id=request.user.person_id).select_related("body").first()
    )
    known = next((row for row in current_playbook().filing if row.key == kind and row.holders), None)
    if held is None or known is None:
        raise NotFound
    call_id = number(request.GET.get("call", "")) or None
    call = Filing.objects.filter(pk=call_id, kind=known.follows or "").first() if call_id else None
    form, actor = OwnFilingForm(sent(request), kind=known, by=held.body), actor_of(request)
    return form_page(
        request,
        form,
        lambda: actions.file_as_holder(
            actor=actor, appointment_id=appointment_id, kind=kind, words=form.words, call_id=call_id
        ),
        title=call.title if call else name_of(known),
        submit=_("File it"),
        back_url=reverse("organisations:my-posts"),
        done=_("The matter is filed."),
        names=form.field_names,
        lead=_("As %(post)s at %(body)s. An answer is due within %(days)s working days.")
        % {"post": held.post, "body": held.body.name, "days": known.days},
        base=RESIDENT,
    )


@login_required
@never_cache
@require_http_methods(READ_WRITE)
def appeal(request: HttpRequest, filing_id: int) -> HttpResponse:
    """Appeal against a returned matter about oneself."""
    actor, form = actor_of(request), WordsForm(sent(request))
    if not Filing.objects.filter(pk=filing_id, person_id=actor.person_id or 0).exists():
        raise NotFound
    return form_page(
        request,
        form,
        lambda: actions.appeal_filing(actor=actor, filing_id=filing_id, words=form.cleaned_data["words"]),
        title=_("Appeal"),
        submit=_("Send the appeal"),
        back_url=reverse("organisations:my-posts"),
        done=_("The appeal is before those who did not let it pass."),
        lead=_("Say what speaks against the answer. It goes once more to those who answered “not passed”."),
        base=RESIDENT,
    )
