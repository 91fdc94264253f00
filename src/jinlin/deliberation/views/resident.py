"""What is talked over here, and bringing something forward oneself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinlin.deliberation import actions, queries, rules
from jinlin.deliberation.actions import NewProposal
from jinlin.deliberation.forms import ProposalForm
from jinlin.deliberation.models import Proposal
from jinlin.deliberation.states import OPEN, ProposalState
from jinlin.people.supports import has_supported, subject_of
from jinlin.platform.access import Actor, actor_of
from jinlin.platform.addresses import same_list
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import KeyedForm, sent
from jinlin.platform.pages import READ_WRITE, step_page
from jinlin.platform.paging import page_of
from jinlin.platform.waiting import waiting_for
from jinlin.platform.works import works_for
from jinlin.playbooks.wording import name_of

PAGE = 30
NEWEST = 10


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for somebody, what is being talked over, and the ways to take part."""
    actor = actor_of(request)
    talked = rules.visible_to(actor).filter(state=ProposalState.ROUTED)
    shown = {"waiting": waiting_for(actor), "proposals": talked.order_by("-supports", "-raised_at", "-pk")[:NEWEST]}
    return render(request, "deliberation/home.html", shown)


@require_safe
@never_cache
def proposals(request: HttpRequest) -> HttpResponse:
    """Show the proposals that everybody may see and one's own, the newest first."""
    rows = rules.visible_to(actor_of(request))
    page = page_of(rows, "raised_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    shown = {
        "proposals": [(row, queries.proposer_name(row.proposer)) for row in page.rows],
        "total": rows.count(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "deliberation/proposals.html", shown)


def proposal_form(request: HttpRequest, actor: Actor) -> ProposalForm:
    """Return the form for bringing something forward, with the choices that the actor has."""
    return ProposalForm(
        sent(request), proposers=[(row.key, name_of(row)) for row in rules.kinds_open_to(actor)],
        bodies=[(body.pk, body.name) for body in queries.bodies_speaking(actor)], places=queries.communities_of(actor),
        initial={"title": request.GET.get("title", "")[:80]},
    )  # fmt: skip


@login_required
@require_http_methods(READ_WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Bring something forward."""
    actor = actor_of(request)
    form = proposal_form(request, actor)

    def act() -> None:
        given = form.cleaned_data
        body = next((body for body in queries.bodies_speaking(actor) if body.pk == given["body"]), None)
        wanted = NewProposal(given["proposer"], given["title"], given["place"], given["text"], body)
        actions.raise_proposal(actor=actor, new=wanted, key=given["key"])

    done = _("It is raised; the community screens it and you get an answer.")
    shown = {"nowhere": not form.fields["place"].choices}
    return step_page(
        request,
        form,
        act,
        template="deliberation/new.html",
        shown=shown,
        done=done,
        back=reverse("deliberation:proposals"),
    )


@require_safe
@never_cache
def one(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Show a proposal: who brought it forward, where it is asked about and why, what came out."""
    actor = actor_of(request)
    proposal = _proposal(actor, proposal_id)
    names = queries.forum_names()
    is_open = proposal.state in OPEN
    shown = {
        "proposal": proposal,
        "proposer": queries.proposer_name(proposal.proposer),
        "routes": [(names.get(route.forum, route.forum), route) for route in proposal.routes.order_by("at", "pk")],
        "works": works_for(f"proposal:{proposal.pk}"),
        "joined": proposal.joined.order_by("raised_at", "pk"),
        "is_open": is_open,
        "may_support": is_open and actor.is_signed_in and bool(rules.may_propose(actor, proposal.place_code)),
        "supported": has_supported(actor, subject_of("proposal", proposal.pk)),
        "may_withdraw": is_open and rules.is_proposer(actor, proposal),
        "form": KeyedForm(seen=str(proposal.version)),
    }
    return render(request, "deliberation/one.html", shown)


def _proposal(actor: Actor, proposal_id: int) -> Proposal:
    found = rules.visible_to(actor).select_related("lead").filter(pk=proposal_id).first()
    if found is None:
        raise NotFound
    return found


@login_required
@require_POST
def support(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Say that a proposal is one's household's too, or take that back."""
    form, back = KeyedForm(request.POST), request.POST.get("back") == "on"

    def act() -> None:
        change = actions.take_back if back else actions.support
        change(actor=actor_of(request), proposal_id=proposal_id, door=form.door())

    done = _("Taken back.") if back else _("Your household supports this.")
    return _small_step(request, proposal_id, form, act, done)


@login_required
@require_POST
def withdraw(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Withdraw what one has brought forward."""
    form = KeyedForm(request.POST)

    def act() -> None:
        actions.withdraw(actor=actor_of(request), proposal_id=proposal_id, door=form.door())

    return _small_step(request, proposal_id, form, act, _("It is withdrawn."))


def _small_step(request: HttpRequest, proposal_id: int, form: KeyedForm, act: object, done: str) -> HttpResponse:
    proposal = _proposal(actor_of(request), proposal_id)
    back = reverse("deliberation:one", args=[proposal_id])
    return step_page(
        request, form, act, template="deliberation/refused.html", shown={"proposal": proposal}, done=done, back=back
    )
