"""The ballots that everybody reads, and the paper of whoever is on the roll."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinlin.platform.access import Actor, actor_of
from jinlin.platform.errors import NotFound
from jinlin.platform.forms import acted
from jinlin.voting import actions, queries, rules
from jinlin.voting.electorates import entries_for
from jinlin.voting.forms import PaperForm
from jinlin.voting.models import Ballot, RollEntry
from jinlin.voting.states import BallotState

PAGE = 30


@require_safe
@never_cache
def ballots(request: HttpRequest) -> HttpResponse:
    """Show the votes that are open, one's own first, and the results of those that are over."""
    actor = actor_of(request)
    waiting = queries.waiting_for(actor)
    own = {ballot.pk for ballot in waiting}
    shown = {
        "waiting": waiting,
        "others": [ballot for ballot in queries.open_ballots()[:PAGE] if ballot.pk not in own],
        "ended": queries.ended_ballots()[:PAGE],
    }
    return render(request, "voting/ballots.html", shown)


def _ballot(ballot_id: int) -> Ballot:
    found = queries.with_turnout(rules.public_ballots()).filter(pk=ballot_id).first()
    if found is None:
        raise NotFound
    return found


@require_safe
@never_cache
def one(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Show a ballot: what it is about, the turnout while it runs, the result afterwards; to voters, how they stand."""
    ballot, actor = _ballot(ballot_id), actor_of(request)
    entries = entries_for(ballot, actor.person_id)
    shown = {
        "ballot": ballot,
        "rule": ballot.by,
        "bars": queries.bars_in_words(ballot),
        "open": rules.may_cast_now(ballot),
        "entries": [(entry, _said(ballot, entry)) for entry in entries],
        "may_vote": bool(rules.may_cast_now(ballot)) and any(_usable(ballot, entry) for entry in entries),
        "turnout": queries.percent(ballot.used, ballot.heads),
        "results": queries.results(ballot) if ballot.state == BallotState.COUNTED else [],
    }
    return render(request, "voting/one.html", shown)


def _usable(ballot: Ballot, entry: RollEntry) -> bool:
    replaceable = ballot.by.secrecy == "signed" and entry.channel != RollEntry.Channel.PAPER
    return entry.used_on is None or replaceable


def _said(ballot: Ballot, entry: RollEntry) -> list[tuple[str, list[str]]]:
    """Return what somebody chose in a signed paper of their own."""
    paper = queries.own_paper(entry)
    if paper is None:
        return []
    questions = ballot.questions.prefetch_related("options")
    return [(one.title, queries.chosen_titles(one, paper.marks.get(str(one.pk), ()))) for one in questions]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Fill in one's paper, look at it once more, and cast it."""
    ballot, actor = _ballot(ballot_id), actor_of(request)
    actor.must_be_signed_in()
    usable = [entry for entry in entries_for(ballot, actor.person_id) if _usable(ballot, entry)]
    if not usable or not rules.may_cast_now(ballot):
        return redirect("voting:one", ballot_id=ballot_id)
    form = PaperForm(request.POST or None, ballot=ballot, entries=_named(usable))
    if form.is_bound and "cast" in request.POST:
        return _cast(request, actor, ballot, form)
    if form.is_bound and form.is_valid():
        return render(request, "voting/check.html", _checked(ballot, form))
    return render(request, "voting/paper.html", _paper(ballot, form), status=422 if form.is_bound else 200)


def _paper(ballot: Ballot, form: PaperForm) -> dict[str, Any]:
    return {"ballot": ballot, "rule": ballot.by, "form": form}


def _named(entries: list[RollEntry]) -> list[tuple[int, str]]:
    addresses = queries.addresses_of(entry.home_code for entry in entries)
    return [(entry.pk, addresses.get(entry.home_code, "") or _("my vote")) for entry in entries]


def _checked(ballot: Ballot, form: PaperForm) -> dict[str, Any]:
    marks = form.marks()
    questions = ballot.questions.prefetch_related("options")
    return {
        **_paper(ballot, form),
        "chosen": [(one.title, queries.chosen_titles(one, marks[one.pk])) for one in questions],
        "hidden": [(name, value) for name in form.fields for value in form.data.getlist(name)],
    }


def _cast(request: HttpRequest, actor: Actor, ballot: Ballot, form: PaperForm) -> HttpResponse:
    def act() -> None:
        actions.cast(
            actor=actor, ballot_id=ballot.pk, entry_id=form.entry_id(), marks=form.marks(), key=form.cleaned_data["key"]
        )

    status = acted(form, act)
    if status == 200:
        messages.success(request, _("Your vote is in the box."))
        return redirect("voting:one", ballot_id=ballot.pk)
    return render(request, "voting/paper.html", _paper(ballot, form), status=status)
