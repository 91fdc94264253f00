"""In whose name somebody takes a step of a request: the body of the post by which they act."""

from jinlin.platform.access import Actor, Grant
from jinlin.requests.models import Request
from jinlin.requests.rules import approvals as approving
from jinlin.requests.rules.parts import handles_by, is_raised_by
from jinlin.requests.rules.verbs import WHO_MAY, Part
from jinlin.requests.states import Verb

DECISIONS = frozenset({Verb.GRANT, Verb.REFUSE})


def acting_body(actor: Actor, verb: Verb, request: Request) -> int | None:
    """Return the body for which the actor takes a step, before it is taken; None for residents and for the platform.

    That is the body that has the request, where the actor works there; else, and for a decision about what that body asked,
    the body of their closest post over the place. Asks no database.
    """
    if not actor.grants or (is_raised_by(actor, request) and Part.REPORTER in WHO_MAY.get(verb, {Part.REPORTER})):
        return None
    closest = max(_held(actor, verb, request), key=lambda grant: len(grant.place_code), default=None)
    return closest.body_id if closest else None


def _held(actor: Actor, verb: Verb, request: Request) -> list[Grant]:
    if verb in DECISIONS:
        held = actor.grants_as(approving.deciding_roles())
    elif own := handles_by(actor, request):
        return own
    else:
        held = list(actor.grants)
    return [grant for grant in held if grant.covers(request.place_code, (request.grid_id, request.estate_id))]
