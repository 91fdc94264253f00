"""Which part somebody plays in a request; rights follow from it."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from django.db.models import Q

from jinlin.people.rules import may_act_for
from jinlin.platform.access import Actor, Grant, Role
from jinlin.requests.models import Function, Passage, Request, RequestPart
from jinlin.requests.rules import approvals as approving
from jinlin.requests.states import HELPING


class Part(StrEnum):
    """The part that somebody plays in a request; rights follow from it."""

    REPORTER = "reporter"
    RECEPTION = "reception"
    HANDLER = "handler"
    ENTERED = "entered"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    HELPER = "helper"
    AUDITOR = "auditor"
    DECIDER = "decider"
    PASSED = "passed"
    SYSTEM = "system"


PARTS_BY_POST = (Part.RECEPTION, Part.HANDLER, Part.COORDINATOR, Part.LEADER, Part.AUDITOR, Part.DECIDER)
RECEPTION_ROLES = {
    Role.COMMUNITY_WORKER,
    Role.COMMUNITY_SECRETARY,
    Role.SUBDISTRICT_OFFICER,
    Role.DISTRICT_OFFICER,
}
HANDLER_ROLES = RECEPTION_ROLES | {
    Role.PROPERTY_MANAGER,
    Role.DEPARTMENT_OFFICER,
    Role.BODY_MEMBER,
    Role.GRID_MEMBER,
}
COORDINATOR_ROLES = {Role.GRID_MEMBER, Role.NEIGHBOUR_HEAD}
ENTRY_ROLES = RECEPTION_ROLES | COORDINATOR_ROLES
FIELD_ROLES = HANDLER_ROLES | ENTRY_ROLES


def parts_played(actor: Actor, request: Request, among: Iterable[Part] = tuple(Part)) -> set[Part]:
    """Return which of the parts `among` the actor plays in `request`; none at all means that it is invisible to them."""
    return {part for part in among if PLAYS[part](actor, request)}


def plays_a_part(actor: Actor, request: Request) -> bool:
    """Say whether the request is visible to the actor; `visible_to` for one row."""
    return any(plays(actor, request) for plays in PLAYS.values())


def parts_by_post(actor: Actor, request: Request) -> set[Part]:
    """Return the parts that follow from the actor's posts, without a look into the database."""
    return parts_played(actor, request, PARTS_BY_POST)


def receives(actor: Actor, request: Request) -> bool:
    """Say whether the actor receives what is raised at the request's place."""
    return actor.has(RECEPTION_ROLES, request.place_code, (request.grid_id, request.estate_id))


def handles(actor: Actor, request: Request) -> bool:
    """Say whether the request lies with the actor's body, and in their part of its area.

    For a body that does not sign in, the reception acts: it enters what the body answers.
    """
    return bool(handles_by(actor, request)) or (receives(actor, request) and request.body.outside)


def handles_by(actor: Actor, request: Request) -> list[Grant]:
    """Return the posts by which the actor works on the request, because it lies with their body."""
    return [grant for grant in actor.grants_as(HANDLER_ROLES) if _lies_with(grant, request)]


def _lies_with(grant: Grant, request: Request) -> bool:
    return grant.body_id == request.body_id and _looks_after(grant, request)


def _looks_after(grant: Grant, request: Request) -> bool:
    """Say whether the request lies in the zone of the grant, or in none, which is everybody's at the body."""
    zones = {request.grid_id, request.estate_id} - {None}
    return grant.zone_id is None or not zones or grant.zone_id in zones


def lies_with(grant: Grant) -> Q:
    """Select what lies with the grant's body: all of it, or what is in the grant's zone or in none at all."""
    return Q(body_id=grant.body_id) & _in_zone(grant)


def _in_zone(grant: Grant) -> Q:
    if grant.zone_id is None:
        return Q()
    nowhere = Q(grid_id__isnull=True, estate_id__isnull=True)
    return Q(grid_id=grant.zone_id) | Q(estate_id=grant.zone_id) | nowhere


def area_of(actor: Actor, request: Request) -> str:
    """Return the code of the area from which the actor acts in a request: of the body that has it, else of the reception."""
    held = handles_by(actor, request)
    if not held:
        zones = (request.grid_id, request.estate_id)
        held = [grant for grant in actor.grants_as(RECEPTION_ROLES) if grant.covers(request.place_code, zones)]
    return min((grant.place_code for grant in held), key=len, default=request.place_code)


def leads(actor: Actor, request: Request) -> bool:
    """Say whether the actor is the secretary of the request's community, who may take it on in person (M047)."""
    return actor.has({Role.COMMUNITY_SECRETARY}, request.place_code, (request.grid_id, request.estate_id))


def helps(actor: Actor, request: Request) -> bool:
    """Say whether the actor's body was asked to do a part of the request and has not returned it."""
    if not request.parts_given:
        return False
    bodies = [grant.body_id for grant in actor.grants_as(HANDLER_ROLES) if _looks_after(grant, request)]
    return bool(bodies) and request.parts.filter(body_id__in=bodies, state__in=HELPING).exists()


def helped_by(grant: Grant) -> Q:
    """Select what the grant's body helps with; the list form of `helps`."""
    parts = RequestPart.objects.filter(body_id=grant.body_id, state__in=HELPING)
    return Q(parts_given__gt=0, pk__in=parts.values("request_id")) & _in_zone(grant)


def audits(actor: Actor, request: Request) -> bool:
    """Say whether the request lies in the area that the actor audits."""
    return actor.has({Role.AUDITOR}, request.place_code, (request.grid_id, request.estate_id))


def is_reporter(actor: Actor, request: Request) -> bool:
    """Say whether the actor raised it, acts for the one who did, or holds its secret link.

    Whoever entered it for somebody else knows the link too, and is not the one to judge the handling.
    """
    entered_by_actor = actor.is_signed_in and request.entered_by_id == actor.account_id
    if f"request:{request.pk}" in actor.opened and not entered_by_actor:
        return True
    return request.reporter_id is not None and bool(may_act_for(actor, request.reporter_id))


def is_raised_by(actor: Actor, request: Request) -> bool:
    """Say whether the actor raised it in person, whatever posts they hold; asks no database."""
    return actor.person_id is not None and request.reporter_id == actor.person_id


def is_entered_by(actor: Actor, request: Request) -> bool:
    """Say whether the actor entered it for somebody else, wherever it lies: also where its place was only told in words."""
    return actor.is_signed_in and request.entered_by_id == actor.account_id


def has_entered(actor: Actor, request: Request) -> bool:
    """Say whether the actor entered it for somebody else, and still holds a post there that does."""
    zones = (request.grid_id, request.estate_id)
    return is_entered_by(actor, request) and actor.has(ENTRY_ROLES, request.place_code, zones)


def coordinates(actor: Actor, request: Request) -> bool:
    """Say whether it is a service matter that the actor, a neighbour head or grid member there, brings about (M057)."""
    if request.function != Function.MATTER or not has_entered(actor, request):
        return False
    return actor.has(COORDINATOR_ROLES, request.place_code, (request.grid_id, request.estate_id))


def decides(actor: Actor, request: Request) -> bool:
    """Say whether the actor holds a post there that decides about side procedures."""
    return actor.has(approving.deciding_roles(), request.place_code, (request.grid_id, request.estate_id))


def has_passed(actor: Actor, request: Request) -> bool:
    """Say whether it came through the actor's body on its way up the ladder; that body goes on seeing it."""
    bodies = {grant.body_id for grant in actor.grants_as(HANDLER_ROLES)} - {None}
    return bool(request.rung and bodies) and Passage.objects.filter(request=request, body_id__in=bodies).exists()


PLAYS: dict[Part, Callable[[Actor, Request], bool]] = {
    Part.SYSTEM: lambda actor, request: actor.is_system,
    Part.RECEPTION: receives,
    Part.HANDLER: handles,
    Part.ENTERED: has_entered,
    Part.COORDINATOR: coordinates,
    Part.LEADER: leads,
    Part.AUDITOR: audits,
    Part.DECIDER: decides,
    Part.HELPER: helps,
    Part.REPORTER: is_reporter,
    Part.PASSED: has_passed,
}
"""How to tell who plays which part; those that need no look into the database come first."""
