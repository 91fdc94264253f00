"""How a ballot ended, in the words that all apps share."""

from jinlin.platform.works import Outcome, Purpose
from jinlin.voting.models import Ballot
from jinlin.voting.states import BallotState

PURPOSES = {"consent": Purpose.DECIDE, "choose": Purpose.DECIDE, "appraise": Purpose.EVALUATE}


def purpose_of(ballot: Ballot) -> Purpose:
    """Return what a ballot is held for."""
    return PURPOSES[ballot.by.method]


def outcome_of(ballot: Ballot) -> Outcome | None:
    """Return how a ballot ended; None while it runs. An appraisal is done unless too many found that nothing was solved."""
    if ballot.state == BallotState.CANCELLED:
        return Outcome.FAILED
    if ballot.state != BallotState.COUNTED:
        return None
    if purpose_of(ballot) == Purpose.EVALUATE:
        return Outcome.FAILED if ballot.passed is False else Outcome.DONE
    return Outcome.PASSED if ballot.passed else Outcome.FAILED
