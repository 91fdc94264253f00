"""Reads of the parts of requests that bodies were asked to do."""

from django.db.models import F, Q

from jinlin.platform.access import Actor, Grant
from jinlin.requests.models import Request, RequestPart
from jinlin.requests.rules import HANDLER_ROLES
from jinlin.requests.states import HELPING, OWED

MOST_SHOWN = 30


def owed_parts(actor: Actor) -> list[RequestPart]:
    """Return what the actor's bodies are asked for and still owe, the soonest due first."""
    asked = Q(pk__in=[])
    for grant in actor.grants_as(HANDLER_ROLES):
        asked |= _asked(grant)
    owed = RequestPart.objects.filter(asked, state__in=OWED).select_related("request", "body")
    return list(owed.order_by(F("due_at").asc(nulls_last=True), "pk")[:MOST_SHOWN])


def _asked(grant: Grant) -> Q:
    """Select the parts of the grant's body: all, or those of requests in the grant's zone or in none at all."""
    own = Q(body_id=grant.body_id)
    if grant.zone_id is None:
        return own
    nowhere = Q(request__grid_id__isnull=True, request__estate_id__isnull=True)
    return own & (Q(request__grid_id=grant.zone_id) | Q(request__estate_id=grant.zone_id) | nowhere)


def parts_of(request: Request) -> list[RequestPart]:
    """Return all parts of a request, in the order in which they were asked."""
    return list(request.parts.select_related("body").order_by("pk")) if request.parts_given else []


def helping_bodies(request: Request) -> list[str]:
    """Return the names of the bodies that help with a request, as its reporter reads them."""
    return [part.body.name for part in parts_of(request) if part.state in HELPING]
