"""Who sees which homes, households and persons, and who keeps what is written of them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.people.models import Household, Person, Residence, ResidenceClaim
from jinlin.platform.access import Actor, Grant, Role, in_scope
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.territory.models import Place

ROLL_KEEPERS = {
    Role.COMMUNITY_WORKER,
    Role.COMMUNITY_SECRETARY,
    Role.SUBDISTRICT_OFFICER,
    Role.DISTRICT_OFFICER,
}
"""They keep the roll: cards, claims, and a contact where it is needed."""
ROLL_READERS = ROLL_KEEPERS | {Role.GRID_MEMBER, Role.NEIGHBOUR_HEAD}
"""They see who lives where, names masked."""
CONTACT_READERS = {Role.NEIGHBOUR_HEAD, Role.GRID_MEMBER, Role.COMMUNITY_WORKER}
"""They read the contact that a household has given, each for their own area; every look is written down."""
ZONES = ("grid_id", "estate_id", "neighbours_id")


def homes_visible_to(actor: Actor) -> QuerySet[Place]:
    """Return the homes on the part of the roll that the actor's posts open."""
    homes = Place.objects.filter(level=Level.HOME, valid_to__isnull=True)
    return homes.filter(in_scope(actor.grants_as(ROLL_READERS), place="code", zones=ZONES))


def visible_to(actor: Actor, households: QuerySet[Household] | None = None) -> QuerySet[Household]:
    """Return the households that the actor's posts open, and those they belong to."""
    rows = Household.objects.all() if households is None else households
    if actor.is_system:
        return rows
    return rows.filter(_at_home(actor.grants_as(ROLL_READERS)) | _own(actor))


def _at_home(grants: Iterable[Grant]) -> Q:
    """Return the filter for rows whose `home_code` lies in one of the grants, zones included."""
    whole = [grant for grant in grants if grant.zone_id is None]
    parts = [grant for grant in grants if grant.zone_id is not None]
    found = in_scope(whole, place="home_code")
    if parts:
        homes = Place.objects.filter(in_scope(parts, place="code", zones=ZONES), level=Level.HOME)
        found |= Q(home_code__in=homes.values("code"))
    return found


def _own(actor: Actor) -> Q:
    if actor.person_id is None:
        return Q(pk__in=[])
    mine = Household.objects.filter(residences__person_id=actor.person_id, residences__valid_to__isnull=True)
    return Q(pk__in=mine.values("pk"))


def persons_visible_to(actor: Actor) -> QuerySet[Person]:
    """Return the persons who belong to a household that the actor sees, and the actor."""
    there = Q(residences__household__in=visible_to(actor), residences__valid_to__isnull=True)
    return Person.objects.filter(there | Q(pk=actor.person_id)).distinct()


def claims_to_decide(actor: Actor) -> QuerySet[ResidenceClaim]:
    """Return the claims for homes whose roll the actor keeps; nobody decides their own."""
    kept = ResidenceClaim.objects.filter(_at_home(actor.grants_as(ROLL_KEEPERS)))
    return kept.exclude(person_id=actor.person_id)


def may_keep_roll(actor: Actor, home: Place) -> Ruling:
    """Say whether the actor may issue cards and decide claims for this home."""
    if actor.is_system or actor.has(ROLL_KEEPERS, home.code, (home.grid_id, home.estate_id)):
        return YES
    return no(_("Only the community's staff keep the roll, each for their own area."))


def belongs_to(actor: Actor, household: Household) -> bool:
    """Say whether the actor belongs to the household today; a landlord does not."""
    if actor.person_id is None:
        return False
    own = household.residences.filter(person_id=actor.person_id, valid_to__isnull=True)
    return own.exclude(role=Residence.Role.LANDLORD).exists()


def may_read_household_contact(actor: Actor, household: Household, home: Place) -> Ruling:
    """Say whether the actor reads how the household wants to be reached: its own people, and who looks after its area."""
    zones = (home.grid_id, home.estate_id, home.neighbours_id)
    if belongs_to(actor, household) or actor.has(CONTACT_READERS, home.code, zones):
        return YES
    return no(_("Only the household itself and those who look after its area read its contact."))


def may_keep_household_contact(actor: Actor, household: Household, home: Place) -> Ruling:
    """Say whether the actor enters or ends the contact: the household, or the desk on the household's word."""
    return YES if belongs_to(actor, household) else may_keep_roll(actor, home)


def may_see_contact(actor: Actor, homes: Iterable[Place]) -> Ruling:
    """Say whether the actor may open name and telephone number of somebody who lives in `homes`; it is logged."""
    if any(may_keep_roll(actor, home) for home in homes):
        return YES
    return no(_("Only the community's staff may open a resident's contact, each for their own area."))
