"""Who calls and keeps meetings, and which of them somebody sees at the desk."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.meetings.models import Invitation, Meeting, Resolution
from jinlin.meetings.states import MeetingVerb
from jinlin.organisations.models import Body
from jinlin.organisations.queries import running_appointments
from jinlin.organisations.rules import bodies_of, is_member
from jinlin.organisations.rules import may_act_for as may_speak_for
from jinlin.platform.access import Actor, Role, in_scope
from jinlin.platform.dates import today
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.schema import Forum

HOSTS = frozenset({Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER})
"""They keep the meetings of their area for the bodies that call them: lists, minutes, resolutions."""
READERS = HOSTS | {Role.AUDITOR}
"""They see the meetings of their whole area at the desk."""
WORKERS = READERS | {Role.DEPARTMENT_OFFICER, Role.PROPERTY_MANAGER, Role.BODY_MEMBER, Role.GRID_MEMBER}
"""They work with meetings at the desk: of a body's members those that it calls or is invited to."""
NOT_YOURS = _("The body that calls the meeting, and the community, keep it.")


def keeps(actor: Actor, place_code: str, body_id: int) -> bool:
    """Say whether the actor keeps a meeting: in their area, or because they act for the body that calls it."""
    whole = [grant for grant in actor.grants_as(HOSTS) if grant.zone_id is None]
    return actor.is_system or any(grant.covers(place_code) for grant in whole) or is_member(actor, body_id)


def may_keep(actor: Actor, meeting: Meeting) -> Ruling:
    """Say whether the actor keeps this meeting: invites, marks who is there, writes minutes, puts to the vote."""
    return YES if keeps(actor, meeting.place_code, meeting.body_id) else no(NOT_YOURS)


def may(actor: Actor, _verb: MeetingVerb, meeting: Meeting) -> Ruling:
    """Say whether the actor may take this step of a meeting, whatever the state."""
    return may_keep(actor, meeting)


def may_call(actor: Actor, forum: Forum, body: Body, place_code: str) -> Ruling:
    """Say whether the actor calls a meeting of this forum for a body."""
    if body.kind not in forum.convened_by:
        return no(_("%(body)s does not call meetings of this kind.") % {"body": body.name})
    return YES if keeps(actor, place_code, body.pk) else no(NOT_YOURS)


def may_with_resolution(actor: Actor, resolution: Resolution) -> Ruling:
    """Say whether the actor reports on a resolution: for the body that carries it out, or who keeps the meeting."""
    if keeps(actor, resolution.meeting.place_code, resolution.meeting.body_id):
        return YES
    return may_speak_for(actor, resolution.body)


def seats_for(actor: Actor, meeting: Meeting) -> list[Invitation]:
    """Return the places at the table that the actor may take: their own, else those of the bodies where they have a post."""
    if actor.person_id is None:
        return []
    own = list(meeting.invitations.filter(person_id=actor.person_id).select_related("body"))
    if own:
        return own
    mine = running_appointments(today()).filter(person_id=actor.person_id).values("body_id")
    return list(meeting.invitations.filter(person__isnull=True, body__in=mine).select_related("body").order_by("pk"))


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings that somebody sees at the desk: those of their area, called by their bodies, or to which they go."""
    rows = Meeting.objects.all()
    if actor.is_system:
        return rows
    whole = [grant for grant in actor.grants_as(READERS) if grant.zone_id is None]
    mine = bodies_of(actor).values("pk")
    posts = running_appointments(today()).filter(person_id=actor.person_id or 0).values("body_id")
    invited = Invitation.objects.filter(Q(person_id=actor.person_id or 0) | Q(person__isnull=True, body__in=posts))
    return rows.filter(in_scope(whole) | Q(body__in=mine) | Q(pk__in=invited.values("meeting_id")))
