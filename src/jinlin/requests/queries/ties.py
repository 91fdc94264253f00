"""Reads of what ties requests together."""

from typing import NamedTuple

from django.db.models import Q

from jinlin.platform.access import Actor
from jinlin.requests import rules
from jinlin.requests.models import Relation, Request


def relations_of(request: Request, actor: Actor) -> list[tuple[Relation, Request]]:
    """Return the ties of a request that the actor may follow, each with the request at the other end."""
    ties = Relation.objects.filter(Q(request=request) | Q(other=request)).order_by("at", "pk")
    ends = [
        (tie, tie.other if tie.request_id == request.pk else tie.request)
        for tie in ties.select_related("request__body", "other__body")
    ]
    return [(tie, end) for tie, end in ends if rules.parts_by_post(actor, end)]


class Tied(NamedTuple):
    """A request that is answered together with another, and whether the one who looks may open it.

    Whoever may not open it reads its number, state and body, never the words in which it was raised.
    """

    request: Request
    may_open: bool


def as_seen(request: Request, actor: Actor) -> Tied:
    """Return a request of the same merge as the actor's posts let them see it."""
    return Tied(request, bool(rules.parts_by_post(actor, request)))
