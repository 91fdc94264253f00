"""Who may act for whom, who may see what about persons and households, and who may close which doors."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.people.models import Account, Household, Mandate, Person, Residence, ResidenceClaim
from jinlin.people.posts import terms_of
from jinlin.platform.access import Actor, Grant, Role, in_scope
from jinlin.platform.dates import today
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


def running_mandates(on: date) -> QuerySet[Mandate]:
    """Return the mandates that were granted and whose last day has not passed."""
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Mandate.objects.filter(not_over, state=Mandate.State.GRANTED)


def principals_of(actor: Actor) -> QuerySet:
    """Return the persons for whom the actor may act today, as a subquery of their ids."""
    return running_mandates(today()).filter(agent_id=actor.person_id).values("principal_id")


def may_act_for(actor: Actor, person_id: int) -> Ruling:
    """Say whether the actor is this person, or holds their consent to act for them today."""
    if actor.person_id == person_id:
        return YES
    held = running_mandates(today()).filter(principal_id=person_id, agent_id=actor.person_id)
    if actor.is_signed_in and held.exists():
        return YES
    return no(_("This person has not given you the right to act for them."))


def is_staff(actor: Actor) -> bool:
    """Say whether the actor holds a post other than neighbour head, and so needs a second factor to sign in."""
    return bool(actor.roles - {Role.NEIGHBOUR_HEAD})


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


def lives_there(actor: Actor, household: Household) -> bool:
    """Say whether the actor belongs to the household today; a landlord does not."""
    if actor.person_id is None:
        return False
    own = household.residences.filter(person_id=actor.person_id, valid_to__isnull=True)
    return own.exclude(role=Residence.Role.LANDLORD).exists()


def may_read_household_contact(actor: Actor, household: Household, home: Place) -> Ruling:
    """Say whether the actor reads how the household wants to be reached: its own people, and who looks after its area."""
    zones = (home.grid_id, home.estate_id, home.neighbours_id)
    if lives_there(actor, household) or actor.has(CONTACT_READERS, home.code, zones):
        return YES
    return no(_("Only the household itself and those who look after its area read its contact."))


def may_keep_household_contact(actor: Actor, household: Household, home: Place) -> Ruling:
    """Say whether the actor enters or ends the contact: the household, or the desk on the household's word."""
    return YES if lives_there(actor, household) else may_keep_roll(actor, home)


def may_see_contact(actor: Actor, homes: Iterable[Place]) -> Ruling:
    """Say whether the actor may open name and telephone number of somebody who lives in `homes`; it is logged."""
    if any(may_keep_roll(actor, home) for home in homes):
        return YES
    return no(_("Only the community's staff may open a resident's contact, each for their own area."))


def may_run_accounts(actor: Actor, place_code: str = "") -> Ruling:
    """Say whether the actor may create staff accounts and give posts (over the place, if one is named)."""
    grants = actor.grants_as({Role.ADMINISTRATOR})
    if actor.is_system or any(not place_code or grant.covers(place_code) for grant in grants):
        return YES
    return no(_("Only an administrator gives accounts and posts, each for their own area."))


def is_staff_account(account: Account) -> bool:
    """Say whether administrators keep this account: they made it, or its owner holds or held a post."""
    return not account.is_owners or bool(terms_of([account.person_id]))


def may_keep_account(actor: Actor, account: Account) -> Ruling:
    """Say whether the actor may reset, close and open this account: every post of its owner lies in their area.

    Posts that are over count only where there is no other; an account without any waits for its first post.
    """
    terms = terms_of([account.person_id])
    counted = [term for term in terms if term.until is None or term.until >= today()] or terms
    rulings = [may_run_accounts(actor), *(may_run_accounts(actor, term.place_code) for term in counted)]
    if all(rulings):
        return YES
    return no(_("The owner of this account holds a post outside your area; an administrator of that area does it."))


def may_reset(actor: Actor, account: Account) -> Ruling:
    """Say whether the actor may let the account start anew with a password."""
    if account.is_owners:
        return no(
            _("The owner opened this account by telephone and signs in with a code; nobody else sets its password.")
        )
    return may_keep_account(actor, account)


def may_read_trail(actor: Actor) -> Ruling:
    """Say whether the actor may read the audit trail of their area."""
    if actor.roles & {Role.AUDITOR}:
        return YES
    return no(_("Only an auditor reads the trail."))


def may_leave(actor: Actor) -> Ruling:
    """Say whether the actor may delete their account: not while they hold a post."""
    held = any(term.includes(today()) for term in terms_of([actor.person_id or 0]))
    if actor.grants or held:
        return no(_("You hold a post. Leave it, or ask whoever gave it to end it; then you can delete the account."))
    return YES
