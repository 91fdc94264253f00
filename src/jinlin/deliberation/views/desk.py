"""Proposals at the desk: screened, sent to forums, joined, answered; counted by proposer and forum."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.deliberation import actions, queries, rules
from jinlin.deliberation.exports import HEADS, rows_of
from jinlin.deliberation.forms import AnswerForm, DeclineForm, JoinForm, RouteForm, WantedForm
from jinlin.deliberation.models import Proposal
from jinlin.deliberation.states import OPEN, PROPOSALS, ProposalState, ProposalVerb
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import KeyedForm, sent
from jinlin.platform.pages import READ_WRITE, page_for, step_page
from jinlin.platform.paging import page_of
from jinlin.platform.spreadsheets.answers import rows_answer
from jinlin.platform.works import Purpose, kinds_made, ways_to, works_for
from jinlin.playbooks.wording import name_of

PAGE = 50
V = ProposalVerb


def _wanted(request: HttpRequest, actor: Actor) -> tuple[WantedForm, QuerySet[Proposal]]:
    form = WantedForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    rows = rules.visible_to(actor)
    if given.get("state"):
        rows = rows.filter(state=given["state"])
    rows = queries.by_route(rows, given.get("proposer", ""), given.get("forum", ""))
    return form, queries.overdue(rows) if given.get("late") else rows


@require_safe
@page_for(rules.READERS)
def proposals(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the proposals with their clocks, and the table of proposers and forums, each number a link to its rows."""
    form, rows = _wanted(request, actor)
    page = page_of(rows, "raised_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    shown = {
        "form": form,
        "proposals": [(row, queries.proposer_name(row.proposer), _due(row)) for row in page.rows],
        "total": rows.count(),
        "table": queries.table_of(rules.visible_to(actor)),
        "late": queries.overdue(rules.visible_to(actor)).count(),
        "query": same_list(request.GET),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "deliberation/desk/proposals.html", shown, status=200 if form.is_valid() else 422)


def _due(row: Proposal) -> Any:
    if row.state == ProposalState.RAISED:
        return row.screen_by
    return row.answer_by if row.state in OPEN else None


@require_safe
@page_for(rules.READERS)
def one(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """Show a proposal at the desk with its history and the steps that are open."""
    proposal = _proposal(actor, proposal_id)
    names = queries.forum_names()
    verbs = [
        verb for verb in PROPOSALS.verbs_from(proposal.state) if verb in STEPS and rules.may(actor, V(verb), proposal)
    ]
    shown = {
        "proposal": proposal,
        "proposer": queries.proposer_name(proposal.proposer),
        "due_at": _due(proposal),
        "routes": [(names.get(route.forum, route.forum), route) for route in proposal.routes.order_by("at", "pk")],
        "works": works_for(f"proposal:{proposal.pk}"),
        "joined": proposal.joined.order_by("raised_at", "pk"),
        "steps": proposal.steps.order_by("number"),
        "verbs": [(verb, WORDS[V(verb)]()) for verb in verbs],
        "ways": ways_to(Purpose.DISCUSS) if proposal.state == ProposalState.ROUTED else [],
        "subject": f"proposal:{proposal.pk}",
    }
    return render(request, "deliberation/desk/one.html", shown)


def _proposal(actor: Actor, proposal_id: int) -> Proposal:
    found = rules.visible_to(actor).select_related("lead").filter(pk=proposal_id).first()
    if found is None:
        raise NotFound
    return found


WORDS: dict[ProposalVerb, Callable[[], str]] = {
    V.ROUTE: lambda: pgettext("proposal", "Send to a forum"),
    V.ANSWER: lambda: pgettext("proposal", "Answer"),
    V.DECLINE: lambda: pgettext("proposal", "Do not take up"),
    V.MERGE: lambda: pgettext("proposal", "Join to another"),
    V.SEPARATE: lambda: pgettext("proposal", "Take out again"),
}
"""What the button of each step says."""


def _route(request: HttpRequest, actor: Actor, proposal: Proposal) -> tuple[KeyedForm, Callable[[], object]]:
    done = set(proposal.routes.values_list("forum", flat=True))
    left = [(row.key, name_of(row)) for row in rules.forums() if row.key not in done]
    form = RouteForm(sent(request), forums=left, seen=str(proposal.version))

    def act() -> None:
        given = form.cleaned_data
        actions.route(
            actor=actor, proposal_id=proposal.pk, forums=given["forums"], reason=given["reason"], door=form.door()
        )

    return form, act


def _decline(request: HttpRequest, actor: Actor, proposal: Proposal) -> tuple[KeyedForm, Callable[[], object]]:
    form = DeclineForm(sent(request), seen=str(proposal.version))

    def act() -> None:
        actions.decline(actor=actor, proposal_id=proposal.pk, answer=form.cleaned_data["answer"], door=form.door())

    return form, act


def _answer(request: HttpRequest, actor: Actor, proposal: Proposal) -> tuple[KeyedForm, Callable[[], object]]:
    bodies = Body.objects.filter(active=True, place_code__startswith=proposal.place_code).order_by("name")
    form = AnswerForm(
        sent(request), kinds=kinds_made().items(), bodies=bodies.values_list("pk", "name"), seen=str(proposal.version)
    )

    def act() -> None:
        given = form.cleaned_data
        actions.answer(
            actor=actor, proposal_id=proposal.pk, answer=given["answer"], becomes=given["becomes"],
            body=bodies.filter(pk=given["body"] or 0).first(), door=form.door(),
        )  # fmt: skip

    return form, act


def _join(request: HttpRequest, actor: Actor, proposal: Proposal) -> tuple[KeyedForm, Callable[[], object]]:
    leads = [(row.pk, f"{row.number} {row.title}") for row in queries.like(proposal, rules.visible_to(actor))]
    form = JoinForm(sent(request), leads=leads, seen=str(proposal.version))

    def act() -> None:
        actions.join(actor=actor, proposal_id=proposal.pk, lead_id=form.cleaned_data["lead"], door=form.door())

    return form, act


def _separate(request: HttpRequest, actor: Actor, proposal: Proposal) -> tuple[KeyedForm, Callable[[], object]]:
    form = KeyedForm(sent(request), seen=str(proposal.version))
    return form, lambda: actions.separate(actor=actor, proposal_id=proposal.pk, door=form.door())


STEPS = {V.ROUTE: _route, V.DECLINE: _decline, V.ANSWER: _answer, V.MERGE: _join, V.SEPARATE: _separate}


@require_http_methods(READ_WRITE)
@page_for(rules.READERS)
def step(request: HttpRequest, actor: Actor, proposal_id: int, verb: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    proposal = _proposal(actor, proposal_id)
    if verb not in STEPS:
        raise NotFound
    rules.may(actor, V(verb), proposal).enforce()
    form, act = STEPS[V(verb)](request, actor, proposal)
    shown = {"proposal": proposal, "heading": WORDS[V(verb)]()}
    back = reverse("deliberation:desk-one", args=[proposal_id])
    return step_page(
        request, form, act, template="deliberation/desk/step.html", shown=shown, done=_("Written down."), back=back
    )


@require_safe
@page_for(rules.READERS)
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the proposals with the filters of their page as XLSX, without persons."""
    return rows_answer("xlsx", "proposals", HEADS, rows_of(_wanted(request, actor)[1]), sheet=_("Proposals"))
