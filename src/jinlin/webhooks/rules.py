"""Who registers addresses, for which places, and what an address is told of."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jinlin.platform.access import Actor, Grant, Role, in_scope
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.requests.models import Step
from jinlin.requests.states import FINAL, Verb
from jinlin.webhooks.models import Event, Webhook

HOOK_KEEPERS = frozenset(
    {Role.ADMINISTRATOR, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER}
)
OFFERED = (Event.RECEIVED, Event.CHANGED, Event.CLOSED)


def kept_places(actor: Actor) -> list[Grant]:
    """Return the posts by which the actor registers addresses, one for each place."""
    grants = [grant for grant in actor.grants_as(HOOK_KEEPERS) if grant.zone_id is None]
    return list({grant.place_code: grant for grant in grants}.values())


def may_register(actor: Actor, place_code: str) -> Ruling:
    """Say whether the actor may let an address be told of the requests of a place."""
    if any(grant.covers(place_code) for grant in kept_places(actor)):
        return YES
    return no(_("Addresses are registered by the administrator or the head of the place, for their own place."))


def visible_to(actor: Actor) -> QuerySet[Webhook]:
    """Return the addresses that the actor keeps."""
    return Webhook.objects.filter(in_scope(kept_places(actor)))


def event_of(step: Step) -> Event:
    """Return which event a step of a request is."""
    if step.verb == Verb.RECEIVE:
        return Event.RECEIVED
    return Event.CLOSED if step.state in FINAL else Event.CHANGED


RECEIVING, ENDED = Q(verb=Verb.RECEIVE), Q(state__in=FINAL)
SELECTED_BY = {
    Event.RECEIVED: RECEIVING,
    Event.CHANGED: ~RECEIVING & ~ENDED,
    Event.CLOSED: ~RECEIVING & ENDED,
}
"""How the steps of each event are found; `event_of` for rows."""


def telling(events: Iterable[str]) -> Q:
    """Select the steps that are these events; what was imported as history and words among officers are none."""
    found = Q(pk__in=[])
    for event in events:
        found |= SELECTED_BY[Event(event)]
    return found & ~Q(verb=Verb.IMPORT) & ~Q(verb=Verb.ADD, note="")
