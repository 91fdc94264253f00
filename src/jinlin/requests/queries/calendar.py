"""Reads of the calendar: what the bodies of somebody's posts owe, and by when."""

from django.db.models import Q, QuerySet

from jinlin.platform.access import Actor
from jinlin.requests.models import Request
from jinlin.requests.rules import HANDLER_ROLES, lies_with
from jinlin.requests.states import FINAL

MOST = 1_000


def owed_by(actor: Actor) -> QuerySet[Request]:
    """Return the open requests with a deadline that lie with the actor's bodies, in their part of the area, the next first."""
    mine = Q(pk__in=[])
    for grant in actor.grants_as(HANDLER_ROLES):
        mine |= lies_with(grant)
    rows = Request.objects.filter(mine, due_at__isnull=False).exclude(state__in=FINAL)
    return rows.only("number", "version", "state", "category", "due_at").order_by("due_at", "pk")[:MOST]
