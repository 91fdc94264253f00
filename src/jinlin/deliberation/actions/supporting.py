"""Lets households say that a proposal is theirs too, and take that back."""

from datetime import timedelta

from django.utils.translation import gettext as _

from jinlin.deliberation import rules
from jinlin.deliberation.models import Proposal
from jinlin.deliberation.states import OPEN
from jinlin.people import actions as people
from jinlin.people.supports import recount, subject_of, supports_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import WrongState
from jinlin.platform.limits import count_towards
from jinlin.platform.sends import ANY_DOOR, Door, sent_once
from jinlin.platform.stepping import locked_row

KIND = "proposal"
MOST_AN_HOUR = 60


def support(*, actor: Actor, proposal_id: int, door: Door = ANY_DOOR) -> Proposal:
    """Support a proposal for one's household.

    Raises:
        NotSignedIn, NotFound, NotAllowed, TooMany, RepeatedSend, KeyReused.
        WrongState: it has its answer, or the household supports it already.
    """
    with sent_once(f"account:{actor.account_id}", door.key, [proposal_id, "support"]) as send:
        proposal = _open(actor, proposal_id)
        count_towards("proposal support", f"account:{actor.account_id}", most=MOST_AN_HOUR, window=timedelta(hours=1))
        if not people.give_support(actor=actor, subject=subject_of(KIND, proposal.pk)):
            raise WrongState(_("Your household supports this already; each household counts once."))
        _counted(actor, proposal, "deliberation.support")
        send.keep(proposal)
    return proposal


def take_back(*, actor: Actor, proposal_id: int, door: Door = ANY_DOOR) -> Proposal:
    """Take the support of one's household back. Raises: as `support`."""
    with sent_once(f"account:{actor.account_id}", door.key, [proposal_id, "take back"]) as send:
        proposal = _open(actor, proposal_id)
        if not people.take_back_support(actor=actor, subject=subject_of(KIND, proposal.pk)):
            raise WrongState(_("Your household does not support this."))
        _counted(actor, proposal, "deliberation.take_back")
        send.keep(proposal)
    return proposal


def _open(actor: Actor, proposal_id: int) -> Proposal:
    actor.must_be_signed_in()
    proposal = locked_row(Proposal, proposal_id, visible=rules.visible_to(actor))
    rules.may_propose(actor, proposal.place_code).enforce()
    if proposal.state not in OPEN:
        raise WrongState(_("It has its answer already."))
    return proposal


def _counted(actor: Actor, proposal: Proposal, verb: str) -> None:
    count_supports([proposal.pk])
    record_change(actor, verb, proposal, place_code=proposal.place_code)
    proposal.refresh_from_db(fields=["supports"])


@recount(KIND)
def count_supports(ids: list[int]) -> None:
    """Count the supports of proposals anew."""
    for proposal_id in ids:
        Proposal.objects.filter(pk=proposal_id).update(supports=supports_of([subject_of(KIND, proposal_id)]))
