"""Adopts a version by the vote that was held for it: through the platform, or on paper where no vote was begun there."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.conventions import rules
from jinlin.conventions.actions.steps import STEPS
from jinlin.conventions.models import Edition
from jinlin.conventions.queries import deciding_works
from jinlin.conventions.rules import PaperVote
from jinlin.conventions.states import EditionState, EditionVerb
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import local_day, now, today
from jinlin.platform.errors import Invalid, WrongState
from jinlin.platform.models import StoredFile
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.platform.works import Outcome

V = EditionVerb


def settle_votes() -> Tally:
    """Adopt or reject every version whose vote has ended."""
    waiting = Edition.objects.filter(state=EditionState.VOTING).order_by("put_at", "pk")
    return one_by_one(settle_vote, list(waiting.values_list("pk", flat=True)))


def settle_vote(edition_id: int) -> bool:
    """Adopt or reject a version as the vote held for it has decided; return whether one has. A repeat does nothing."""
    with transaction.atomic():
        edition = STEPS.lock(SYSTEM, edition_id)
        if edition.state != EditionState.VOTING:
            return False
        for work in deciding_works(edition):
            if work.outcome == Outcome.PASSED:
                decided = local_day(work.concluded_at or now())
                STEPS.advance(SYSTEM, edition, V.ADOPT, columns=_adopted(edition, decided) | {"work": work.url})
                return True
            if work.outcome == Outcome.FAILED:
                STEPS.advance(SYSTEM, edition, V.REJECT, columns={"work": work.url})
                return True
    return False


def _adopted(edition: Edition, decided: date) -> dict[str, Any]:
    """Return the columns of an adopted version: in force from its day, never before the vote had decided."""
    return {"adopted_at": now(), "in_force_from": max(edition.from_day or decided, decided)}


def record_paper_vote(
    *, actor: Actor, edition_id: int, on: date, vote: PaperVote, minutes: StoredFile, door: Door = ANY_DOOR
) -> Edition:
    """Enter the result of a vote on paper with a picture of its minutes; it is adopted or rejected by the figures.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused.
        WrongState: where a vote on it was begun through the platform, which alone decides then.
        Invalid: for figures that do not fit each other, or a day on which it was not put to the vote.
    """
    contents = [on.isoformat(), vars(vote), minutes.digest]
    with STEPS.sent(actor, edition_id, V.PAPER, door, contents) as edition:
        rules.may_keep(actor, edition.convention).enforce()
        if edition.state == EditionState.VOTING:
            _check_paper(edition, on, vote)
        kind = rules.kind_of(edition.convention.kind)
        columns = {"voted_on": on, "figures": vars(vote), "minutes": minutes}
        if kind is not None and not rules.passes(kind, vote):
            STEPS.advance(SYSTEM, edition, V.REJECT, columns=columns)
        else:
            STEPS.advance(actor, edition, V.PAPER, columns=columns | _adopted(edition, today()))
    return edition


def _check_paper(edition: Edition, on: date, vote: PaperVote) -> None:
    if deciding_works(edition, begun=True):
        raise WrongState(_("A vote on it was begun here; its result is what counts."))
    kind = rules.kind_of(edition.convention.kind)
    if kind is None:
        raise WrongState(_("The work method of the place has no such convention any more."))
    if fault := rules.figures_fault(kind, vote):
        raise Invalid(fields={"entitled": fault})
    put_on = local_day(edition.put_at) if edition.put_at else today()
    if not put_on <= on <= today():
        raise Invalid(fields={"on": _("The vote was between %(first)s and today.") % {"first": put_on}})
