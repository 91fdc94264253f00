"""Who calls a ballot, who votes in it, who enters papers and sees the roll, and what may be shown of it."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.dates import now
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import BallotKind
from jinlin.voting.models import Ballot
from jinlin.voting.states import BallotState

CLERKS = frozenset({Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER})
"""They run the ballots of their area."""
CALLERS = CLERKS | {Role.BODY_MEMBER}
"""Those among whom a playbook names who calls a kind of ballot, and who see the desk's pages."""
READERS = CALLERS | {Role.AUDITOR}


def kinds_called_by(actor: Actor, place_code: str = "") -> list[BallotKind]:
    """Return the kinds of ballot that the actor calls (at a place, if one is named)."""
    return [kind for kind in current_playbook().ballot if may_call(actor, kind, place_code)]


def may_call(actor: Actor, kind: BallotKind, place_code: str = "") -> Ruling:
    """Say whether the actor calls, announces and calls off ballots of a kind: the roles that the playbook names."""
    grants = [grant for grant in actor.grants_as(map(Role, kind.called_by)) if grant.zone_id is None or not place_code]
    if actor.is_system or any(not place_code or grant.covers(place_code) for grant in grants):
        return YES
    return no(_("The work method says who calls such a ballot, and you are not among them here."))


def may_run(actor: Actor, ballot: Ballot) -> Ruling:
    """Say whether the actor announces and calls off this ballot: whoever calls its kind, and members of its body for it."""
    held = {grant.body_id for grant in actor.grants}
    if actor.is_system or (actor.has(CLERKS, ballot.place_code) and may_call(actor, ballot.by, ballot.place_code)):
        return YES
    if ballot.body_id in held and may_call(actor, ballot.by, ballot.place_code):
        return YES
    return no(_("Those who called the ballot and the community run it."))


def may_clerk(actor: Actor, ballot: Ballot) -> Ruling:
    """Say whether the actor enters papers and looks at the roll: the community's own staff, who answer for it."""
    grants = [grant for grant in actor.grants_as(CLERKS) if grant.zone_id is None]
    if actor.is_system or any(grant.covers(ballot.place_code) for grant in grants):
        return YES
    return no(_("Only the staff of the community enters papers and sees the roll."))


def no_vote() -> Ruling:
    """Return the refusal for somebody who has no vote in a ballot."""
    return no(_("You are not on the roll of this vote, which was closed on the day it was announced."))


def may_cast_now(ballot: Ballot) -> Ruling:
    """Say whether papers are taken at this moment."""
    if ballot.state != BallotState.ANNOUNCED or now() >= ballot.closes_at:
        return no(_("The vote is over; the result stands on this page."))
    if now() < ballot.opens_at:
        return no(_("The vote has not begun yet."))
    return YES


def ballots_at_desk(actor: Actor) -> QuerySet[Ballot]:
    """Return the ballots of the actor's area and those of their bodies."""
    rows = Ballot.objects.select_related("body")
    if actor.is_system:
        return rows
    whole = [grant for grant in actor.grants_as(READERS - {Role.BODY_MEMBER}) if grant.zone_id is None]
    return rows.filter(in_scope(whole) | Q(body_id__in={grant.body_id for grant in actor.grants}))


def public_ballots() -> QuerySet[Ballot]:
    """Return the ballots that everybody sees: those that were announced, also when they were called off since."""
    return Ballot.objects.filter(announced_at__isnull=False).select_related("body")
