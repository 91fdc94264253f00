"""Who looks at, answers and settles common troubles, who leads a case, and what may be told in public."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.clusters.models import Cluster
from jinlin.organisations.models import Appointment
from jinlin.organisations.queries import serving
from jinlin.platform.access import Actor, Role
from jinlin.platform.dates import today
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.requests.models import Request

ANSWERERS = {
    Role.COMMUNITY_WORKER,
    Role.COMMUNITY_SECRETARY,
    Role.SUBDISTRICT_OFFICER,
    Role.DISTRICT_OFFICER,
}
LOOKERS = ANSWERERS | {Role.AUDITOR}
FEWEST_IN_PUBLIC = 5
"""Households below which a common trouble is not published: they could be told apart (M049)."""


def visible_to(actor: Actor) -> QuerySet[Cluster]:
    """Return the common troubles of the places for which the actor answers or which they audit."""
    found = Q(pk__in=[])
    for grant in actor.grants_as(LOOKERS):
        here = Q(place_code__startswith=grant.place_code)
        found |= here & Q(zone_id=grant.zone_id) if grant.zone_id else here
    return Cluster.objects.filter(found)


def may_answer(actor: Actor, cluster: Cluster) -> Ruling:
    """Say whether the actor answers for the place of a common trouble."""
    if actor.is_system or actor.has(ANSWERERS, cluster.place_code, (cluster.zone_id,)):
        return YES
    return no(_("Only those who answer for this place answer what is common there."))


def may_be_public(households: int) -> Ruling:
    """Say whether so many households are enough to be told in public."""
    if households >= FEWEST_IN_PUBLIC:
        return YES
    return no(_("Fewer than five households have it; in public they could be told apart."))


def leading_post(actor: Actor, request: Request) -> Appointment | None:
    """Return the actor's own post as secretary over the request's place, or None."""
    if not actor.has({Role.COMMUNITY_SECRETARY}, request.place_code, (request.grid_id, request.estate_id)):
        return None
    held: Iterable[Appointment] = (
        serving(today()).filter(person_id=actor.person_id, role=Role.COMMUNITY_SECRETARY).select_related("body")
    )
    return next((one for one in held if request.place_code.startswith(one.place_code or one.body.place_code)), None)


def may_lead(actor: Actor, request: Request) -> Ruling:
    """Say whether the actor is the secretary of the request's community."""
    if leading_post(actor, request) is not None:
        return YES
    return no(_("Only the secretary of this community takes a case on in person."))
