"""Who acts for a body, and who keeps the bodies of an area."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Appointment, Body
from jinlin.organisations.queries.posts import running_appointments
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.dates import today
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.here import current_playbook

KEEPERS = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.COMMUNITY_WORKER,
        Role.COMMUNITY_SECRETARY,
        Role.SUBDISTRICT_OFFICER,
        Role.DISTRICT_OFFICER,
    }
)
"""They found, change and end the bodies of their area, and keep its sheets."""
SPEAKERS = KEEPERS - {Role.ADMINISTRATOR}
"""They enter what bodies say that do not sign in; an administrator sets up, and speaks for nobody."""


def may_keep_bodies(actor: Actor, place_code: str = "") -> Ruling:
    """Say whether the actor keeps bodies and sheets (at the place, if one is named)."""
    if actor.is_system:
        return YES
    grants = actor.grants_as(KEEPERS)
    if any(grant.zone_id is None and (not place_code or grant.covers(place_code)) for grant in grants):
        return YES
    return no(_("The community, the subdistrict and the district keep the bodies of their own area."))


def bodies_kept_by(actor: Actor) -> QuerySet[Body]:
    """Return the bodies, proposals and ended ones too, of the area that the actor keeps."""
    if actor.is_system:
        return Body.objects.all()
    return Body.objects.filter(in_scope(actor.grants_as(KEEPERS)))


def speaking_appointments() -> QuerySet[Appointment]:
    """Return the appointments of today whose holders act for their body."""
    silent = [post.key for post in current_playbook().post if not post.speaks]
    return running_appointments(today()).exclude(key__in=silent)


def bodies_of(actor: Actor) -> QuerySet[Body]:
    """Return the bodies that the actor acts for: as a member, or because they do not sign in and stand at their place."""
    mine = speaking_appointments().filter(person_id=actor.person_id or 0).values("body_id")
    places = {grant.place_code for grant in actor.grants_as(SPEAKERS) if grant.zone_id is None}
    spoken_for = Q(outside=True, place_code__in=places)
    for place in places:
        if len(place) == Level.COMMUNITY:
            spoken_for |= Q(outside=True, place_code__startswith=place)
    return Body.objects.filter(Q(pk__in=mine) | spoken_for, active=True)


def speaks_for(actor: Actor, body: Body) -> bool:
    """Say whether the actor enters what a body says that does not sign in: an officer of the place where it stands."""
    grants = [grant for grant in actor.grants_as(SPEAKERS) if grant.zone_id is None]
    return body.outside and any(grant.place_code == body.place_code[: Level.COMMUNITY] for grant in grants)


def bodies_visible_at_desk(actor: Actor) -> QuerySet[Body]:
    """Return the bodies whose page at the desk is open to the actor: those of their area, and their own."""
    return Body.objects.filter(Q(pk__in=bodies_kept_by(actor).values("pk")) | Q(pk__in=bodies_of(actor).values("pk")))


def is_member(actor: Actor, body_id: int | None) -> bool:
    """Say whether the actor holds a post at the body today that speaks for it."""
    if body_id is None or actor.person_id is None:
        return False
    if any(grant.body_id == body_id and grant.role != Role.NEIGHBOUR_HEAD for grant in actor.grants):
        return True
    return speaking_appointments().filter(person_id=actor.person_id, body_id=body_id).exists()


def may_act_for(actor: Actor, body: Body) -> Ruling:
    """Say whether the actor speaks for the body: a member does; for one that does not sign in, officers of its place."""
    if actor.is_system or speaks_for(actor, body) or is_member(actor, body.pk):
        return YES
    return no(_("Only somebody with a post at %(body)s acts for it.") % {"body": body.name})
