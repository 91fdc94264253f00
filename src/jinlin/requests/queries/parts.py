"""Reads of the parts of requests that bodies were asked to do."""

from django.db.models import F

from jinlin.platform.access import Actor
from jinlin.requests.models import Request, RequestPart
from jinlin.requests.rules import HANDLER_ROLES
from jinlin.requests.states import HELPING, OWED

MOST_SHOWN = 30


def owed_parts(actor: Actor) -> list[RequestPart]:
    """Return what the actor's bodies are asked for and still owe, the soonest due first."""
    bodies = {grant.body_id for grant in actor.grants_as(HANDLER_ROLES)}
    owed = RequestPart.objects.filter(body_id__in=bodies, state__in=OWED).select_related("request", "body")
    return list(owed.order_by(F("due_at").asc(nulls_last=True), "pk")[:MOST_SHOWN])


def parts_of(request: Request) -> list[RequestPart]:
    """Return all parts of a request, in the order in which they were asked."""
    return list(request.parts.select_related("body").order_by("pk")) if request.parts_given else []


def helping_bodies(request: Request) -> list[str]:
    """Return the names of the bodies that help with a request, as its reporter reads them."""
    return [part.body.name for part in parts_of(request) if part.state in HELPING]
