"""Who keeps lists, takes items on, checks them and places orders. Lists are open for everybody to read."""

from django.utils.translation import gettext_lazy as _

from jinlin.lists.models import Item, ItemList
from jinlin.lists.states import ItemVerb
from jinlin.organisations.models import Body
from jinlin.organisations.rules import is_member
from jinlin.organisations.rules import may_act_for as may_speak_for
from jinlin.platform.access import Actor, Role
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.territory.providers import own_homes

HOSTS = frozenset({Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER})
"""They keep the lists of their area."""
READERS = HOSTS | {Role.DEPARTMENT_OFFICER, Role.AUDITOR}
"""They see the lists of their whole area at the desk."""
WORKERS = READERS | {Role.PROPERTY_MANAGER, Role.BODY_MEMBER}
"""They work with lists at the desk; of a body's members those that it leads, or on which it has taken something on."""


def keeps(actor: Actor, place_code: str, body_id: int | None) -> bool:
    """Say whether the actor keeps a list: in their area, or because they act for the body that leads it."""
    whole = [grant for grant in actor.grants_as(HOSTS) if grant.zone_id is None]
    return actor.is_system or any(grant.covers(place_code) for grant in whole) or is_member(actor, body_id)


def may_keep(actor: Actor, place_code: str, body_id: int | None) -> Ruling:
    """Say whether the actor opens, fills, links and closes this list."""
    if keeps(actor, place_code, body_id):
        return YES
    return no(_("The community, and the body that leads the list, keep it."))


def may_claim(actor: Actor, item_list: ItemList, body: Body) -> Ruling:
    """Say whether the actor takes an item on for a body: its members do, and whoever keeps the list assigns it."""
    if keeps(actor, item_list.place_code, item_list.body_id):
        return YES
    return may_speak_for(actor, body)


def may(actor: Actor, verb: ItemVerb, item: Item) -> Ruling:
    """Say whether the actor may take this step of an item, whatever the state."""
    kept = keeps(actor, item.list.place_code, item.list.body_id)
    if verb in {ItemVerb.CHECK, ItemVerb.REWORK}:
        return _checking(actor, item, kept=kept)
    if verb in {ItemVerb.RELEASE, ItemVerb.REPORT, ItemVerb.SETTLE} and item.claimer is not None:
        return YES if kept else may_speak_for(actor, item.claimer)
    return YES if kept else no(_("The community, and the body that leads the list, keep it."))


def _checking(actor: Actor, item: Item, *, kept: bool) -> Ruling:
    """Nobody checks what their own body has done; who placed the item may."""
    if actor.is_system:
        return YES
    if is_member(actor, item.claimer_id):
        return no(_("Nobody checks what their own body has done; the community or whoever asked for it does."))
    placed = actor.person_id is not None and actor.person_id == item.person_id
    return YES if kept or placed else no(_("Whoever asked for it, and those who keep the list, check it."))


def may_order(actor: Actor, item_list: ItemList) -> Ruling:
    """Say whether the actor places an order on this list: those who live there do."""
    actor.must_be_signed_in()
    if any(home.startswith(item_list.place_code) for home in own_homes(actor)):
        return YES
    return no(_("Those who live here place orders; prove first where you live."))
