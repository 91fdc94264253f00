"""Who acts for a body, and who keeps the bodies of an area."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Body
from jinlin.organisations.queries.posts import running_appointments
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.dates import today
from jinlin.platform.rulings import YES, Ruling, no

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
    whole = [grant for grant in actor.grants_as(KEEPERS) if grant.zone_id is None]
    return Body.objects.filter(in_scope(whole))


def bodies_of(actor: Actor) -> QuerySet[Body]:
    """Return the bodies that the actor acts for: as a member, or because they do not sign in and are kept by them."""
    mine = running_appointments(today()).filter(person_id=actor.person_id or 0).values("body_id")
    outside = Q(outside=True, pk__in=bodies_kept_by(actor).values("pk"))
    return Body.objects.filter(Q(pk__in=mine) | outside, active=True)


def bodies_visible_at_desk(actor: Actor) -> QuerySet[Body]:
    """Return the bodies whose page at the desk is open to the actor: those of their area, and their own."""
    return Body.objects.filter(Q(pk__in=bodies_kept_by(actor).values("pk")) | Q(pk__in=bodies_of(actor).values("pk")))


def is_member(actor: Actor, body_id: int | None) -> bool:
    """Say whether the actor holds a post at the body today."""
    if body_id is None or actor.person_id is None:
        return False
    if any(grant.body_id == body_id for grant in actor.grants):
        return True
    return running_appointments(today()).filter(person_id=actor.person_id, body_id=body_id).exists()


def may_act_for(actor: Actor, body: Body) -> Ruling:
    """Say whether the actor speaks for the body: a member does; for one that does not sign in, those who keep it."""
    if actor.is_system or is_member(actor, body.pk):
        return YES
    if body.outside and may_keep_bodies(actor, body.place_code):
        return YES
    return no(_("Only somebody with a post at %(body)s acts for it.") % {"body": body.name})
