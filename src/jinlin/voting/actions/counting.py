"""Counts ballots whose period is over, keeps the result, and tells whoever waits for it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.counting import Bar, Base, Measure, Paper, Standing, Tally, Weight, fill_seats, standing, tally
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import WrongState
from jinlin.platform.events import announce
from jinlin.platform.works import Concluded
from jinlin.playbooks.schema import BallotBar, BallotKind
from jinlin.voting.fixed import DECISIVE
from jinlin.voting.models import Ballot, Question
from jinlin.voting.outcomes import outcome_of
from jinlin.voting.states import BALLOTS, BallotState, BallotVerb

Given = tuple[dict[str, list[str]], Weight]
"""The marks of one paper by question, and what its voter weighs."""
GRACE = timedelta(seconds=30)
"""So long after the end the count waits for papers that are on their way into the box."""


def count_due() -> int:
    """Count every ballot whose period is over; return how many."""
    due = Ballot.objects.filter(state=BallotState.ANNOUNCED, closes_at__lte=now() - GRACE).order_by("closes_at", "pk")
    ids = list(due.values_list("pk", flat=True))
    for ballot_id in ids:
        count_ballot(actor=SYSTEM, ballot_id=ballot_id)
    return len(ids)


@transaction.atomic
def count_ballot(*, actor: Actor, ballot_id: int) -> Ballot:
    """Count the papers of a ballot that is over, and say how it ended.

    Raises:
        WrongState: it is still open, or was counted or called off.
    """
    ballot = Ballot.objects.select_for_update().get(pk=ballot_id)
    ballot.state = BALLOTS.after(BallotVerb.COUNT, ballot.state)
    if now() < ballot.closes_at:
        raise WrongState(_("The vote is still open."))
    rule = ballot.by
    papers = list(_papers(ballot))
    counted = [_counted(ballot, rule, question, papers) for question in ballot.questions.prefetch_related("options")]
    ballot.result = {"questions": counted, "cast": _plain(_cast(papers))}
    ballot.passed = _passed(rule, counted, ballot.result["cast"][0])
    ballot.counted_at = now()
    ballot.save(update_fields=["state", "result", "passed", "counted_at"])
    record_change(actor, "voting.count", ballot, place_code=ballot.place_code, passed=ballot.passed)
    if ballot.subject:
        announce(Concluded(ballot.subject, f"ballot:{ballot.pk}", outcome_of(ballot)))
    return ballot


def _papers(ballot: Ballot) -> Iterator[Given]:
    rows = ballot.papers.filter(counted=True).values_list("marks", "entry__area")
    for marks, area in rows.iterator(chunk_size=5_000):
        yield marks, Weight(1, area or 0)


def _cast(papers: Iterable[Given]) -> Weight:
    return sum((weight for _marks, weight in papers), Weight())


def _counted(
    ballot: Ballot, rule: BallotKind, question: Question, papers: list[tuple[dict[str, list[str]], Weight]]
) -> dict[str, Any]:
    """Return what came of one question, as whole numbers that JSON can hold."""
    options = [option.key for option in question.options.all()]
    own = (Paper(tuple(marks.get(str(question.pk), ())), weight) for marks, weight in papers)
    found = tally(own, options, question.most)
    roll = Weight(ballot.heads, ballot.area)
    participation = [standing(bar_of(bar), found.cast, roll=roll, cast=found.cast) for bar in rule.participation]
    valid = all(one.met for one in participation)
    counted = {
        "question": question.pk,
        "options": {key: _plain(weight) for key, weight in found.options.items()},
        "blank": _plain(found.blank),
        "void": _plain(found.void),
        "participation": [_standing(one) for one in participation],
        "valid": valid,
    }
    return counted | (
        _chosen(rule, question, found, roll) if rule.method == "choose" else _decided(rule, found, roll, valid)
    )


def _decided(rule: BallotKind, found: Tally, roll: Weight, valid: bool) -> dict[str, Any]:
    part = found.options[DECISIVE[rule.method]]
    agreement = [standing(bar_of(bar), part, roll=roll, cast=found.cast) for bar in rule.agreement]
    return {"agreement": [_standing(one) for one in agreement], "reached": valid and all(one.met for one in agreement)}


def _chosen(rule: BallotKind, question: Question, found: Tally, roll: Weight) -> dict[str, Any]:
    def passes(weight: Weight) -> bool:
        return all(standing(bar_of(bar), weight, roll=roll, cast=found.cast).met for bar in rule.agreement)

    able = [key for key, weight in found.options.items() if passes(weight)]
    seating = fill_seats(found.options, question.seats, able)
    return {"taken": list(seating.taken), "tied": list(seating.tied), "empty": seating.empty}


def _passed(rule: BallotKind, counted: list[dict[str, Any]], cast: int) -> bool | None:
    """Say whether all of it ended well: every question consented to, every seat filled, nothing appraised as not solved.

    An appraisal with fewer papers than may be shown says nothing.
    """
    if rule.method == "consent":
        return all(one["reached"] for one in counted)
    if rule.method == "appraise":
        return None if cast < rule.least_shown else not any(one["reached"] for one in counted)
    return all(one["valid"] and not one["tied"] and not one["empty"] for one in counted)


def bar_of(row: BallotBar) -> Bar:
    """Return a bar of the playbook as one that can be counted with."""
    share = row.at_least if row.more_than is None else row.more_than
    return Bar(share, row.more_than is not None, Base(row.of), Measure(row.measure))


def _plain(weight: Weight) -> list[int]:
    return [weight.heads, weight.area]


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "measure": one.bar.measure, "of": one.bar.base, "share": str(one.bar.share), "strict": one.bar.strict,
        "part": one.part, "whole": one.whole, "lacking": one.lacking,
    }  # fmt: skip
