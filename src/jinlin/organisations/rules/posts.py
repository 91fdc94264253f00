"""Who gives posts and ends them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Appointment, Body
from jinlin.people.rules import may_run_accounts
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.rulings import Ruling, no

GIVERS = {Role.ADMINISTRATOR}


def bodies_visible_to(actor: Actor) -> QuerySet[Body]:
    """Return the bodies at which the actor gives posts."""
    return Body.objects.filter(in_scope(actor.grants_as(GIVERS), zones=("zone_id",)))


def visible_to(actor: Actor) -> QuerySet[Appointment]:
    """Return the appointments, running and past, of the actor's area, and their own."""
    area = in_scope(actor.grants_as(GIVERS), zones=("zone_id",))
    return Appointment.objects.filter(area | Q(person_id=actor.person_id or 0))


def may_appoint(actor: Actor, person_id: int) -> Ruling:
    """Say whether the actor gives posts to this person: nobody gives one to themselves."""
    if person_id == actor.person_id:
        return no(_("You cannot give yourself a post; another administrator does it."))
    return may_run_accounts(actor)


def may_fill(actor: Actor, body: Body, place_code: str) -> Ruling:
    """Say whether posts at this body over this place are the actor's to give and to end: both lie in their area."""
    ruling = may_run_accounts(actor, place_code)
    return may_run_accounts(actor, body.place_code) if ruling else ruling


def may_end(actor: Actor, appointment: Appointment) -> Ruling:
    """Say whether the actor ends this post: not the one by which they are administrator themselves."""
    if appointment.person_id == actor.person_id and appointment.role == Role.ADMINISTRATOR:
        return no(_("You cannot end your own post of administrator; another administrator does it."))
    return may_fill(actor, appointment.body, appointment.place_code)
