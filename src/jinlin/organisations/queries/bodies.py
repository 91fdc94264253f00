"""Bodies as lists and pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from jinlin.organisations import rules
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.territory.models import Place


@dataclass(frozen=True)
class Wanted:
    """Which bodies a list shows."""

    q: str = ""
    kind: str = ""
    state: str = ""
    place: str = ""


STATES = {
    "active": Q(active=True),
    "proposal": Q(founded_on__isnull=True, ended_on__isnull=True, active=False),
    "ended": Q(ended_on__isnull=False),
}


def bodies(actor: Actor, wanted: Wanted) -> QuerySet[Body]:
    """Return the bodies of the actor's area and their own, by place, those that ended last of all left out unless asked."""
    rows = rules.bodies_visible_at_desk(actor)
    rows = rows.filter(STATES[wanted.state]) if wanted.state in STATES else rows.filter(ended_on__isnull=True)
    if wanted.q:
        rows = rows.filter(name__icontains=wanted.q)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.place:
        rows = rows.filter(place_code__startswith=wanted.place)
    return rows.select_related("zone", "parent").order_by("place_code", "pk")


def place_names(bodies: Iterable[Body]) -> dict[str, str]:
    """Return the address of each place at which one of the bodies stands; one query."""
    codes = {body.place_code for body in bodies if body.zone_id is None}
    return dict(Place.objects.filter(code__in=codes).values_list("code", "address"))


def state_of(body: Body) -> str:
    """Return in which part of its life a body is."""
    if body.ended_on is not None:
        return "ended"
    return "active" if body.active else "proposal"


def body_visible_to(actor: Actor, body_id: int) -> Body | None:
    """Return a body whose page at the desk is open to the actor."""
    rows = rules.bodies_visible_at_desk(actor).select_related("zone", "parent")
    return rows.filter(pk=body_id).first()
