"""Joins like proposals, so that one talk and one answer serve them all, and takes one out again."""

from django.utils.translation import gettext as _

from jinlin.deliberation import rules
from jinlin.deliberation.actions.steps import STEPS
from jinlin.deliberation.models import Proposal
from jinlin.deliberation.states import OPEN, ProposalVerb
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.stepping import locked_row, refuse_stale

V = ProposalVerb


def join(*, actor: Actor, proposal_id: int, lead_id: int, door: Door = ANY_DOOR) -> Proposal:
    """Let `lead_id` answer for this proposal too; whoever raised either hears of it. Both lie in one community.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused.
        Invalid: into itself, into one that is not open, or into one elsewhere.
    """
    if lead_id == proposal_id:
        raise Invalid(fields={"lead": _("A proposal cannot be joined to itself.")})
    # Always in the order of their ids, so that two who join the same two crosswise wait for each other instead of for ever.
    with STEPS.sent(actor, min(proposal_id, lead_id), V.MERGE, Door(key=door.key), [proposal_id, lead_id]) as first:
        second = locked_row(Proposal, max(proposal_id, lead_id), visible=rules.visible_to(actor))
        proposal, lead = (first, second) if first.pk == proposal_id else (second, first)
        refuse_stale(proposal, door)
        if lead.state not in OPEN or lead.place_code != proposal.place_code:
            raise Invalid(fields={"lead": _("Join it to one of this community that has no answer yet.")})
        STEPS.may(actor, V.MERGE, lead).enforce()
        proposal.joined.update(lead=lead)
        STEPS.advance(actor, proposal, V.MERGE, words=lead.number, columns={"lead_id": lead.pk})
    return proposal


def separate(*, actor: Actor, proposal_id: int, door: Door = ANY_DOOR) -> Proposal:
    """Take a proposal out again; it waits for its own screening. Raises: as `join`."""
    return STEPS.take(actor, proposal_id, V.SEPARATE, door, columns={"lead_id": None})
