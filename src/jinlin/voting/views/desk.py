"""Ballots at the desk: prepared, announced, papers entered, the roll, results to print."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.organisations.models import Body
from jinlin.organisations.rules import bodies_of
from jinlin.platform.access import Actor
from jinlin.platform.addresses import same_list
from jinlin.platform.audit import record_read
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import KeyedForm, acted, sent
from jinlin.platform.pages import READ_WRITE, page_for
from jinlin.platform.paging import page_of, text_page_of
from jinlin.platform.sends import Door
from jinlin.platform.works import Matter, matter_of
from jinlin.playbooks.wording import name_of
from jinlin.voting import actions, queries, rules
from jinlin.voting.actions import NewBallot
from jinlin.voting.forms import BallotForm, PaperForm, ReasonForm
from jinlin.voting.models import Ballot
from jinlin.voting.states import BallotState

PAGE = 50


working_page = page_for(rules.READERS)
"""Keeps a page to those who work with ballots, and out of caches."""


@require_safe
@working_page
def ballots(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the ballots of the actor's area with their turnout."""
    rows = queries.with_turnout(rules.ballots_at_desk(actor))
    page = page_of(rows, "made_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    shown = {
        "ballots": [(row, queries.percent(row.used, row.heads)) for row in page.rows],
        "total": rows.count(),
        "may_call": bool(rules.kinds_called_by(actor)),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "voting/desk/ballots.html", shown)


@require_http_methods(READ_WRITE)
@working_page
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Prepare a ballot, for the matter that `for` names if it comes from one."""
    subject = request.GET.get("for", "")
    matter = matter_of(actor, subject) if subject else None
    places = queries.communities_of(actor)
    kinds = [kind for kind in rules.kinds_called_by(actor) if subject or kind.electorate != "followers"]
    form = BallotForm(
        sent(request), kinds=[(kind.key, name_of(kind)) for kind in kinds], places=places,
        bodies=queries.bodies_calling(actor).values_list("pk", "name"), scopes=queries.scopes_in(code for code, _n in places),
        initial=_suggested(actor, matter),
    )  # fmt: skip
    made: list[Ballot] = []
    status = acted(form, lambda: made.append(_prepared(actor, form, subject)), NAMES) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("It is prepared; look at it, then announce it."))
        return redirect("voting:desk-one", ballot_id=made[0].pk) if made else redirect("voting:desk")
    return render(request, "voting/desk/new.html", {"form": form, "matter": matter}, status=status)


def _suggested(actor: Actor, matter: Matter | None) -> dict[str, Any]:
    """Return what the form begins with: the words of the matter, and the body that the actor speaks for."""
    own = bodies_of(actor).order_by("pk").values_list("pk", flat=True).first()
    given = {"title": matter.title[:80], "text": matter.text} if matter else {}
    return {"body": own, **given}


NAMES = {"closes_at": "closes_on", "opens_at": "opens_on"}


def _prepared(actor: Actor, form: BallotForm, subject: str) -> Ballot:
    given = form.cleaned_data
    wanted = NewBallot(
        kind=given["kind"], title=given["title"], text=given["text"], body=Body.objects.get(pk=given["body"]),
        place_code=given["place"], scope=tuple(given["scope"]), scope_name=form.scope_name(), opens_at=form.opens_at(),
        closes_at=form.closes_at(), questions=form.asked(), subject=subject,
    )  # fmt: skip
    return actions.prepare_ballot(actor=actor, new=wanted, key=given["key"])


def _ballot(actor: Actor, ballot_id: int) -> Any:
    found = queries.with_turnout(rules.ballots_at_desk(actor)).filter(pk=ballot_id).first()
    if found is None:
        raise NotFound
    return found


@require_safe
@working_page
def one(request: HttpRequest, actor: Actor, ballot_id: int) -> HttpResponse:
    """Show a ballot at the desk: its paper, its period and turnout, what can be done now."""
    ballot = _ballot(actor, ballot_id)
    announced = ballot.state == BallotState.ANNOUNCED
    shown = {
        "ballot": ballot,
        "rule": ballot.by,
        "bars": queries.bars_in_words(ballot),
        "questions": ballot.questions.prefetch_related("options"),
        "turnout": queries.percent(ballot.used, ballot.heads),
        "results": queries.results(ballot) if ballot.state == BallotState.COUNTED else [],
        "may_announce": ballot.state == BallotState.DRAFT and bool(rules.may_run(actor, ballot)),
        "may_cancel": (announced or ballot.state == BallotState.DRAFT) and bool(rules.may_run(actor, ballot)),
        "may_enter": announced and bool(rules.may_clerk(actor, ballot)) and bool(rules.may_cast_now(ballot)),
        "may_see_roll": ballot.announced_at is not None and bool(rules.may_clerk(actor, ballot)),
    }
    return render(request, "voting/desk/one.html", shown)


def _step(
    request: HttpRequest, actor: Actor, ballot: Ballot, form: KeyedForm, act: Callable[[], object], **shown: Any
) -> HttpResponse:
    status = acted(form, act) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("Written down."))
        return redirect("voting:desk-one", ballot_id=ballot.pk)
    return render(request, "voting/desk/step.html", {"form": form, "ballot": ballot, **shown}, status=status)


def _door(form: KeyedForm) -> Door:
    return Door(seen=form.cleaned_data["seen"], key=form.cleaned_data["key"])


@require_http_methods(READ_WRITE)
@working_page
def announce(request: HttpRequest, actor: Actor, ballot_id: int) -> HttpResponse:
    """Look once more at what everybody will read, then freeze the roll and announce it."""
    ballot = _ballot(actor, ballot_id)
    form = KeyedForm(sent(request), seen=ballot.state)
    act = lambda: actions.announce_ballot(actor=actor, ballot_id=ballot_id, door=_door(form))  # noqa: E731
    return _step(request, actor, ballot, form, act, announcing=True, heading=_("Announce it"))


@require_http_methods(READ_WRITE)
@working_page
def cancel(request: HttpRequest, actor: Actor, ballot_id: int) -> HttpResponse:
    """Call a ballot off with a reason that everybody reads."""
    ballot = _ballot(actor, ballot_id)
    form = ReasonForm(sent(request), seen=ballot.state)

    def act() -> None:
        actions.cancel_ballot(actor=actor, ballot_id=ballot_id, reason=form.cleaned_data["reason"], door=_door(form))

    return _step(request, actor, ballot, form, act, heading=pgettext("ballot", "Call it off"))


@require_http_methods(READ_WRITE)
@working_page
def enter(request: HttpRequest, actor: Actor, ballot_id: int) -> HttpResponse:
    """Enter a paper that was handed in; every look at the roll is written down."""
    ballot = _ballot(actor, ballot_id)
    rules.may_clerk(actor, ballot).enforce()
    record_read(actor, "voting.roll", ballot, person_id=None, place_code=ballot.place_code)
    waiting = list(queries.roll_of(ballot).filter(used_on__isnull=True))
    addresses = queries.addresses_of(entry.home_code for entry in waiting)
    form = PaperForm(
        sent(request), ballot=ballot, on_paper=True,
        entries=[(entry.pk, addresses.get(entry.home_code, entry.voter)) for entry in waiting],
    )  # fmt: skip

    def act() -> None:
        actions.enter_paper(
            actor=actor, ballot_id=ballot_id, entry_id=form.entry_id(), marks=form.marks(), key=form.cleaned_data["key"]
        )

    return _step(request, actor, ballot, form, act, heading=_("Enter a paper"))


@require_safe
@working_page
def roll(request: HttpRequest, actor: Actor, ballot_id: int) -> HttpResponse:
    """Show who is on the roll by home, and who has voted; every look is written down."""
    ballot = _ballot(actor, ballot_id)
    rules.may_clerk(actor, ballot).enforce()
    record_read(actor, "voting.roll", ballot, person_id=None, place_code=ballot.place_code)
    page = text_page_of(
        queries.roll_of(ballot),
        "home_code",
        size=200,
        older=request.GET.get("older", ""),
        newer=request.GET.get("newer", ""),
    )
    addresses = queries.addresses_of(entry.home_code for entry in page.rows)
    shown = {
        "ballot": ballot,
        "entries": [(entry, addresses.get(entry.home_code, "")) for entry in page.rows],
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "voting/desk/roll.html", shown)


@require_safe
@working_page
def sheet(request: HttpRequest, actor: Actor, ballot_id: int) -> HttpResponse:
    """Give the result as a sheet for the notice board."""
    ballot = _ballot(actor, ballot_id)
    if ballot.state != BallotState.COUNTED:
        raise NotFound
    shown = {"ballot": ballot, "bars": queries.bars_in_words(ballot), "results": queries.results(ballot)}
    return render(request, "voting/desk/sheet.html", shown)
