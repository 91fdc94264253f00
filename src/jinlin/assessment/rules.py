"""Who may look over a whole place in the cockpit."""

from django.utils.translation import gettext_lazy as _

from jinlin.platform.access import Actor, Role
from jinlin.platform.errors import NotSignedIn
from jinlin.platform.rulings import YES, Ruling, no

COCKPIT_ROLES = {Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER, Role.AUDITOR}


def may_open_cockpit(actor: Actor) -> Ruling:
    """Say whether the actor answers for a whole place, or audits it; a post for an estate or grid looks over none.

    Raises:
        NotSignedIn.
    """
    if not actor.is_signed_in:
        raise NotSignedIn
    if any(grant.zone_id is None for grant in actor.grants_as(COCKPIT_ROLES)):
        return YES
    return no(_("The cockpit is for secretaries, subdistrict and district officers, and auditors."))
