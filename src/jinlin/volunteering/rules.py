"""Who sees reports, postings and pairings, and who may post, claim, agree and confirm."""

from collections.abc import Collection

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Body
from jinlin.platform.access import Actor, Grant, Role, in_scope
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.volunteering.models import Pairing, Posting, Report
from jinlin.volunteering.states import TAKES_A_PLACE, Verb

HOSTS = frozenset({Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER})
"""Those who keep a community's lists, open posts, and confirm what was served there."""
LOOKERS = HOSTS | {Role.AUDITOR}
"""Those who read them; an auditor changes nothing."""


def reading(actor: Actor, roles: Collection[Role] = LOOKERS) -> list[Grant]:
    """Return the actor's grants over whole places; a post for one estate or grid opens no list of the community."""
    return [grant for grant in actor.grants_as(roles) if grant.zone_id is None]


def hosts(actor: Actor, place_code: str) -> bool:
    """Say whether the actor keeps the lists of this place."""
    return actor.is_system or actor.has(HOSTS, place_code)


def acts_for(actor: Actor, body: Body | None) -> bool:
    """Say whether the actor has a post at the body, or keeps the lists where it sits and it does not sign in itself."""
    if body is None:
        return False
    if any(grant.body_id == body.pk for grant in actor.grants):
        return True
    return body.outside and hosts(actor, body.place_code)


def may_host(actor: Actor, place_code: str) -> Ruling:
    """Say whether the actor opens posts, lists needs, proposes pairs and confirms services at this place."""
    if hosts(actor, place_code):
        return YES
    return no(_("The community that is served keeps these lists and confirms what was done."))


def may_post(actor: Actor, *, kind: str, body: Body | None, person_id: int | None, place_code: str) -> Ruling:
    """Say whether the actor puts this up: hosts what their place needs, units and persons what they offer."""
    if kind != Posting.Kind.OFFER or actor.is_system:
        return may_host(actor, place_code)
    if person_id is not None and person_id == actor.person_id:
        return YES
    if acts_for(actor, body) or (body is not None and hosts(actor, place_code)):
        return YES
    return no(_("An offer is put up by the one who makes it."))


def serves(actor: Actor, pairing: Pairing) -> bool:
    """Say whether it is the actor who serves, in person or for the unit that made the offer."""
    if pairing.person_id is not None:
        return pairing.person_id == actor.person_id
    offer = pairing.offer
    if offer is None:
        return False
    return (offer.person_id is not None and offer.person_id == actor.person_id) or acts_for(actor, offer.body)


def _own_service(actor: Actor, pairing: Pairing) -> bool:
    """Say whether a confirmation would be the word of the one who served: also through a post at the unit itself."""
    offer = pairing.offer
    own_unit = offer is not None and any(grant.body_id == offer.body_id for grant in actor.grants)
    in_person = actor.person_id is not None and actor.person_id in {
        pairing.person_id,
        offer.person_id if offer else None,
    }
    return in_person or own_unit


def may(actor: Actor, verb: Verb, pairing: Pairing) -> Ruling:
    """Say whether the actor may take this step, whatever the state."""
    host = hosts(actor, pairing.posting.place_code)
    if verb in {Verb.CONFIRM, Verb.CONTEST}:
        if _own_service(actor, pairing):
            return no(_("Nobody confirms their own service; the community that was served does."))
        return may_host(actor, pairing.posting.place_code)
    if verb == Verb.MOVE_UP:
        return may_host(actor, pairing.posting.place_code)
    if host or serves(actor, pairing):
        return YES
    return no(_("This is agreed between the community and the one who serves."))


def may_claim(actor: Actor) -> Ruling:
    """Say whether the actor can claim posts: a person can, whatever their posts."""
    actor.must_be_signed_in()
    return YES if actor.person_id is not None else no(_("Only a person can claim a post."))


def reports_visible_to(actor: Actor) -> QuerySet[Report]:
    """Return the reports to the actor's communities, those of their units, and their own."""
    if actor.is_system:
        return Report.objects.all()
    here = in_scope(reading(actor))
    units = [grant.body_id for grant in actor.grants]
    return Report.objects.filter(here | Q(track="unit", unit_id__in=units) | Q(person_id=actor.person_id or 0))


def postings_visible_to(actor: Actor) -> QuerySet[Posting]:
    """Return what the actor may look at: posts are public; offers and needs are for hosts and for who made them."""
    rows = Posting.objects.all()
    if actor.is_system:
        return rows
    here = in_scope(reading(actor))
    units = [grant.body_id for grant in actor.grants]
    own = Q(body_id__in=units) | Q(person_id=actor.person_id or 0)
    return rows.filter(Q(kind=Posting.Kind.POST) | here | own)


def pairings_visible_to(actor: Actor) -> QuerySet[Pairing]:
    """Return the pairings at the actor's places, and those in which they or their unit serve."""
    rows = Pairing.objects.all()
    if actor.is_system:
        return rows
    return rows.filter(in_scope(reading(actor), place="posting__place_code") | serving(actor))


def serving(actor: Actor) -> Q:
    """Return the filter for pairings in which the actor, or a unit at which they have a post, serves."""
    units = [grant.body_id for grant in actor.grants]
    person = actor.person_id or 0
    return Q(person_id=person) | Q(offer__person_id=person) | Q(offer__body_id__in=units)


def places_taken(posting: Posting) -> int:
    """Return how many places of a posting are agreed or served."""
    taken = posting.pairings.filter(state__in=TAKES_A_PLACE).aggregate(places=Sum("places"))
    return taken["places"] or 0


def free_places(posting: Posting) -> int:
    """Return how many places of a posting nobody has taken."""
    return posting.places - places_taken(posting)
