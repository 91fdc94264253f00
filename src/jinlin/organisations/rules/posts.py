"""Who gives posts, who answers an offer, and who ends what."""

from collections.abc import Set

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Appointment, Body
from jinlin.organisations.rules.acting import KEEPERS
from jinlin.people.rules import may_run_accounts
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.rulings import YES, Ruling, no

GIVERS = {Role.ADMINISTRATOR}
"""They give every post in their area; all KEEPERS of bodies keep its rosters, and give the posts that bring no rights."""


def bodies_visible_to(actor: Actor) -> QuerySet[Body]:
    """Return the bodies at which the actor gives every post."""
    return Body.objects.filter(in_scope(actor.grants_as(GIVERS), zones=("zone_id",)))


def visible_to(actor: Actor) -> QuerySet[Appointment]:
    """Return the appointments, running and past, of the area in which the actor gives every post, and their own."""
    return _of_area(actor, GIVERS)


def rosters_visible_to(actor: Actor) -> QuerySet[Appointment]:
    """Return the appointments, running and past, of the area whose rosters the actor keeps, and their own."""
    return _of_area(actor, KEEPERS)


def _of_area(actor: Actor, roles: Set[Role]) -> QuerySet[Appointment]:
    if actor.is_system:
        return Appointment.objects.all()
    area = in_scope(actor.grants_as(roles), zones=("zone_id",))
    return Appointment.objects.filter(area | Q(person_id=actor.person_id or 0))


def may_keep_rosters(actor: Actor) -> Ruling:
    """Say whether the actor keeps rosters anywhere."""
    if actor.is_system or actor.grants_as(KEEPERS):
        return YES
    return no(
        _("Posts are kept by administrators and by the offices of the community, the subdistrict and the district.")
    )


def may_appoint(actor: Actor, person_id: int) -> Ruling:
    """Say whether the actor gives posts that bring rights to this person: nobody gives one to themselves."""
    ruling = may_give_to(actor, person_id)
    return may_run_accounts(actor) if ruling else ruling


def may_give_to(actor: Actor, person_id: int) -> Ruling:
    """Say whether this person is somebody else: nobody gives a post to themselves."""
    if person_id == actor.person_id:
        return no(_("You cannot give yourself a post; somebody else who may do so gives it."))
    return YES


def may_fill(actor: Actor, body: Body, place_code: str, role: str) -> Ruling:
    """Say whether posts at this body over this place are the actor's to give and to end: both lie in their area.

    A post with a `role` brings rights and is an administrator's to give.
    """
    if role:
        ruling = may_run_accounts(actor, place_code)
        return may_run_accounts(actor, body.place_code) if ruling else ruling
    zones = (body.zone_id,)
    if actor.is_system or (actor.has(KEEPERS, place_code, zones) and actor.has(KEEPERS, body.place_code, zones)):
        return YES
    return no(_("This post belongs to another area; its own office gives it."))


def may_end(actor: Actor, appointment: Appointment) -> Ruling:
    """Say whether the actor ends this post: not the one by which they are administrator themselves."""
    if appointment.person_id == actor.person_id and appointment.role == Role.ADMINISTRATOR:
        return no(_("You cannot end your own post of administrator; another administrator does it."))
    return may_fill(actor, appointment.body, appointment.place_code, appointment.role)


def may_answer_offer(actor: Actor, appointment: Appointment) -> Ruling:
    """Say whether the actor answers for the holder: only the person themselves accepts, declines or leaves."""
    if actor.person_id is not None and actor.person_id == appointment.person_id:
        return YES
    return no(_("Only the person who was asked answers; nobody else can do it for them."))
