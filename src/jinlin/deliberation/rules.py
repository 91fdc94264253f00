"""Who brings proposals forward, who screens and answers them, and who sees which."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.deliberation.models import Proposal
from jinlin.deliberation.states import HIDDEN, ProposalVerb
from jinlin.organisations.rules import bodies_of
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Forum, Proposer
from jinlin.territory.providers import own_homes

SCREENERS = frozenset(
    {Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER}
)
"""They screen, route and answer the proposals of their area."""
READERS = SCREENERS | {Role.AUDITOR, Role.BODY_MEMBER}
OWN = frozenset({ProposalVerb.WITHDRAW})


def forums() -> list[Forum]:
    """Return the forums in which proposals are asked about: those that the playbook names, or else all it has."""
    playbook = current_playbook()
    named = playbook.proposals.forums
    return [row for row in playbook.forum if not named or row.key in named]


def screens(actor: Actor, place_code: str) -> bool:
    """Say whether the actor screens and answers the proposals of this place."""
    grants = [grant for grant in actor.grants_as(SCREENERS) if grant.zone_id is None]
    return actor.is_system or any(grant.covers(place_code) for grant in grants)


def speaks_as(actor: Actor, kind: Proposer, body_id: int | None) -> Ruling:
    """Say whether the actor proposes as this kind: for a body of its kinds that they act for, or for themselves."""
    if not kind.bodies:
        return YES if body_id is None else no(_("Such a proposer speaks for nobody else."))
    if bodies_of(actor).filter(pk=body_id or 0, kind__in=kind.bodies).exists():
        return YES
    return no(_("Only those who act for such a body propose for it."))


def kinds_open_to(actor: Actor) -> list[Proposer]:
    """Return the kinds of proposer as which the actor can speak."""
    own = set(bodies_of(actor).values_list("kind", flat=True)) if actor.is_signed_in else set()
    return [kind for kind in current_playbook().proposer if not kind.bodies or own & set(kind.bodies)]


def may_propose(actor: Actor, place_code: str) -> Ruling:
    """Say whether the actor brings something forward in a community: who lives there, acts for a body there or screens there."""
    here = place_code[: Level.COMMUNITY]
    lives = any(code.startswith(here) for code in own_homes(actor))
    acts = bodies_of(actor).filter(place_code__startswith=here).exists() if actor.is_signed_in else False
    if actor.is_system or lives or acts or screens(actor, place_code):
        return YES
    return no(_("Those who live or work in a community make proposals there."))


def is_proposer(actor: Actor, proposal: Proposal) -> bool:
    """Say whether the actor brought this forward, or acts for the body that did."""
    if actor.person_id is not None and actor.person_id == proposal.person_id:
        return True
    return proposal.body_id is not None and bodies_of(actor).filter(pk=proposal.body_id).exists()


def may(actor: Actor, verb: ProposalVerb, proposal: Proposal) -> Ruling:
    """Say whether the actor takes this step: proposers withdraw what is theirs, the community does the rest."""
    if verb in OWN and is_proposer(actor, proposal):
        return YES
    if verb not in OWN and screens(actor, proposal.place_code):
        return YES
    if verb in OWN:
        return no(_("Only whoever proposed it withdraws it."))
    return no(_("The community screens and answers proposals."))


def visible_to(actor: Actor) -> QuerySet[Proposal]:
    """Return the proposals that the actor sees: the screened ones, one's own, and all of one's area for those who screen."""
    rows = Proposal.objects.select_related("body")
    if actor.is_system:
        return rows
    everybody = ~Q(state__in=sorted(HIDDEN))
    own = Q(person_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])
    whole = [grant for grant in actor.grants_as(SCREENERS | {Role.AUDITOR}) if grant.zone_id is None]
    bodies = bodies_of(actor).values("pk") if actor.grants else []
    return rows.filter(everybody | own | in_scope(whole) | Q(body__in=bodies))
