"""Who sees which places, and who may change them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.territory.models import GridPlan, Place
from jinlin.territory.providers import own_homes

PLACE_KEEPERS = frozenset(
    {
        Role.COMMUNITY_WORKER,
        Role.COMMUNITY_SECRETARY,
        Role.SUBDISTRICT_OFFICER,
        Role.DISTRICT_OFFICER,
        Role.ADMINISTRATOR,
    }
)
PLAN_APPROVERS = frozenset({Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER})
HOME_ZONES = ("grid_id", "estate_id", "neighbours_id")


def visible_to(actor: Actor) -> QuerySet[Place]:
    """Return the places that exist and that the actor may see: all but homes are public.

    A home is seen by those who live in it and by those who hold a post over its place.
    """
    rows = Place.objects.filter(valid_to__isnull=True)
    if actor.is_system:
        return rows
    seen = Q(level__lt=Level.HOME)
    if actor.is_signed_in:
        seen |= in_scope(actor.grants, place="code", zones=HOME_ZONES) | Q(code__in=own_homes(actor))
    return rows.filter(seen)


def may_keep_places(actor: Actor, place_code: str = "") -> Ruling:
    """Say whether the actor keeps the places here: adds, imports, ends and draws them."""
    if actor.is_system:
        return YES
    grants = actor.grants_as(PLACE_KEEPERS)
    if any(not place_code or grant.covers(place_code) for grant in grants):
        return YES
    return no(_("Places are kept by the community, the subdistrict and the district they lie in."))


def may_look_through_places(actor: Actor) -> Ruling:
    """Say whether the actor may open the desk's pages about places: everybody with a post."""
    return YES if actor.is_system or actor.grants else no(_("The register of places is for those with a post."))


def may_load_divisions(actor: Actor) -> Ruling:
    """Say whether the actor may load the table of division codes, which all districts share."""
    if actor.is_system or Role.ADMINISTRATOR in actor.roles:
        return YES
    return no(_("The table of division codes is loaded by an administrator."))


def plans_visible_to(actor: Actor) -> QuerySet[GridPlan]:
    """Return the grid plans for places that the actor keeps, or of which their place is a part."""
    if actor.is_system:
        return GridPlan.objects.all()
    grants = [grant for grant in actor.grants_as(PLACE_KEEPERS) if grant.zone_id is None]
    above = {grant.place_code[:length] for grant in grants for length in Level if length < len(grant.place_code)}
    return GridPlan.objects.filter(in_scope(grants) | Q(place_code__in=above))


def may_plan_grids(actor: Actor, place_code: str) -> Ruling:
    """Say whether the actor divides this place into grids: the community for itself, the subdistrict for all of its own."""
    return may_keep_places(actor, place_code)


def may_approve_plan(actor: Actor, plan: GridPlan) -> Ruling:
    """Say whether the actor approves this plan: the subdistrict or the district, and none of its authors."""
    if actor.person_id in plan.authors:
        return no(_("Whoever proposed or edited a plan does not approve it; a colleague does."))
    if actor.has(PLAN_APPROVERS, plan.place_code):
        return YES
    return no(_("Grid plans are approved by the subdistrict or the district."))
