"""The desk's pages about filings: the queue with its due dates, one matter with its answers, and a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.organisations import actions, rules
from jinlin.organisations.forms import AnswerForm, ChoiceForm, FilingFilter, FilingForm
from jinlin.organisations.forms.bodies import shown as name_of
from jinlin.organisations.models import Body, Filing
from jinlin.organisations.queries.filings import filings, kinds_filed_by
from jinlin.organisations.states import FilingState
from jinlin.organisations.views.asking import number
from jinlin.organisations.views.gate import body_or_404, desk, form_page
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.forms import sent, show_refusal, status_of
from jinlin.platform.pages import READ_WRITE
from jinlin.platform.paging import page_of
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Filing as FilingKind

PAGE = 50
TONES = {
    FilingState.PENDING: "working",
    FilingState.ACCEPTED: "done",
    FilingState.RETURNED: "overdue",
    FilingState.WITHDRAWN: "quiet",
}


@never_cache
@require_safe
@desk
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the filings that are the actor's business, the newest first."""
    playbook = current_playbook()
    form = FilingFilter(request.GET, kinds=playbook.filing)
    given = request.GET
    page = page_of(
        filings(actor, form.wanted), "filed_at", size=PAGE, older=given.get("older", ""), newer=given.get("newer", "")
    )
    kinds = {kind.key: name_of(kind) for kind in playbook.filing}
    shown = {
        "form": form,
        "rows": [(row, kinds.get(row.kind, row.kind), TONES[FilingState(row.state)]) for row in page.rows],
        "older_url": same_list(given, older=page.older) if page.older else "",
        "newer_url": same_list(given, newer=page.newer) if page.newer else "",
        "files": _may_file(actor),
    }
    return render(request, "organisations/desk/filings.html", shown)


def _may_file(actor: Actor) -> list[tuple[Body, str, str]]:
    """Return for each of the actor's bodies the kinds of matter that it files, with their names."""
    playbook = current_playbook()
    mine = rules.bodies_of(actor).order_by("name")[:PAGE]
    return [(body, kind.key, name_of(kind)) for body in mine for kind in kinds_filed_by(playbook, body.kind)]


@never_cache
@require_http_methods(READ_WRITE)
@desk
def new(request: HttpRequest, actor: Actor, body_id: int, kind: str) -> HttpResponse:
    """File a matter in the name of a body."""
    by = body_or_404(actor, body_id)
    known = next((row for row in kinds_filed_by(current_playbook(), by.kind) if row.key == kind), None)
    if known is None:
        raise NotFound
    rules.may_file(actor, by, known).enforce()
    posts = rules.posts_about(current_playbook(), known)
    given = {"kind": known, "by": by}
    form = ChoiceForm(sent(request), posts=posts, **given) if posts else FilingForm(sent(request), **given)
    return form_page(
        request,
        form,
        lambda: _file(actor, form),
        title=_("File: %(kind)s") % {"kind": name_of(known)},
        submit=_("File it"),
        back_url=reverse("organisations:body", args=[by.pk]),
        done=_("The matter is filed."),
        names=form.field_names,
        lead=_("In the name of %(body)s. An answer is due within %(days)s working days.")
        % {"body": by.name, "days": known.days},
        next_url=lambda made: reverse("organisations:filing", args=[made.pk]),
    )


def _file(actor: Actor, form: FilingForm) -> Filing:
    if isinstance(form, ChoiceForm):
        return actions.file_choice(actor=actor, new=form.new, **form.who)
    return actions.file_matter(actor=actor, new=form.new)


@never_cache
@require_safe
@desk
def one(request: HttpRequest, actor: Actor, filing_id: int) -> HttpResponse:
    """Show a matter, what each body answered, and the form of the answer that waits for the actor."""
    return _shown(request, actor, actions.open_filing(actor=actor, filing_id=filing_id))


def _shown(request: HttpRequest, actor: Actor, filing: Filing, form: AnswerForm | None = None) -> HttpResponse:
    known = next((row for row in current_playbook().filing if row.key == filing.kind), None)
    mine = _mine_to_answer(actor, filing)
    if form is None and mine:
        bodies, about_person = Body.objects.filter(pk__in=[row.pk for row in mine]), filing.person_id is not None
        form = AnswerForm(initial={"body": mine[0].pk}, bodies=bodies, about_person=about_person)
    shown = {
        "filing": filing,
        "kind": name_of(known) if known else filing.kind,
        "words": [(name, filing.words[key]) for key, name in _headings(known) if key in filing.words],
        "tone": TONES[FilingState(filing.state)],
        "answers": filing.answers.all(),
        "may_read": bool(rules.may_read_verdicts(actor, filing, {row.body_id for row in filing.answers.all()})),
        "form": form,
        "answering": mine[0] if mine else None,
        "may_withdraw": bool(rules.may_withdraw(actor, filing)),
    }
    return render(request, "organisations/desk/filing.html", shown, status=status_of(form) if form else 200)


def _headings(kind: FilingKind | None) -> list[tuple[str, str]]:
    own = [(row.key, name_of(row)) for row in kind.headings] if kind else []
    return [*own, (rules.APPEAL, _("Appeal"))]


def _mine_to_answer(actor: Actor, filing: Filing) -> list[Body]:
    if filing.state != FilingState.PENDING:
        return []
    asked = {row.body_id for row in filing.answers.all()}
    waiting = [row.body for row in filing.answers.all() if not row.verdict]
    return [body for body in waiting if rules.may_answer(actor, filing, body, asked)]


@require_POST
@desk
def answer(request: HttpRequest, actor: Actor, filing_id: int) -> HttpResponse:
    """Answer a matter in the name of one body.

    Raises:
        NotAllowed: for a body that was not asked, or of somebody else.
    """
    body_id = number(request.POST.get("body", ""))
    given = {"verdict": request.POST.get("verdict", ""), "ground": request.POST.get("ground", "")}
    try:
        actions.answer_filing(actor=actor, filing_id=filing_id, body_id=body_id, **given)
    except Invalid as error:
        filing = actions.open_filing(actor=actor, filing_id=filing_id)
        about_person = filing.person_id is not None
        form = AnswerForm(request.POST, bodies=Body.objects.filter(pk=body_id), about_person=about_person)
        form.is_valid()
        show_refusal(form, error)
        return _shown(request, actor, filing, form)
    messages.success(request, _("The answer is entered."))
    return redirect("organisations:filing", filing_id=filing_id)


@require_POST
@desk
def withdraw(request: HttpRequest, actor: Actor, filing_id: int) -> HttpResponse:
    """Take a matter back."""
    try:
        actions.withdraw_filing(actor=actor, filing_id=filing_id)
        messages.success(request, _("The matter is withdrawn."))
    except WrongState as error:
        messages.error(request, str(error))
    return redirect("organisations:filing", filing_id=filing_id)
