"""Who is there: signed in on their own phone, marked on the list, or entered from paper; and who left."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from jinlin.meetings import rules
from jinlin.meetings.actions.common import (
    HELD,
    RUNNING,
    anybody_signed_in,
    at_meeting,
    audited,
    own_or_kept,
    the_invitation,
)
from jinlin.meetings.actions.voting import stop_without_quorum
from jinlin.meetings.codes import is_current
from jinlin.meetings.models import Attendance, Invitation, Meeting
from jinlin.meetings.states import AHEAD, MeetingState
from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import Gone, Invalid, NotAllowed, WrongState
from jinlin.platform.sends import ANY_DOOR, Door

EARLY = timedelta(hours=1)
"""So long before a meeting begins people can sign in and it can be opened."""
How = Attendance.How


def reply_to_invitation(
    *, actor: Actor, meeting_id: int, invitation_id: int, comes: bool, door: Door = ANY_DOOR
) -> Invitation:
    """Say whether one comes, for oneself or for one's body, or enter it for somebody who answered by telephone.

    Raises:
        NotFound, NotAllowed, WrongState, RepeatedSend, KeyReused.
    """
    with at_meeting(
        actor, meeting_id, door, ["reply", invitation_id, comes], states=AHEAD, may=anybody_signed_in
    ) as meeting:
        invitation = the_invitation(meeting, invitation_id)
        own_or_kept(actor, meeting, invitation).enforce()
        invitation.reply = Invitation.Reply.COMES if comes else Invitation.Reply.CANNOT
        invitation.replied_at = now()
        invitation.save(update_fields=["reply", "replied_at"])
        audited(actor, "reply", meeting, side=invitation.side, reply=invitation.reply)
    return invitation


def sign_in(
    *, actor: Actor, meeting_id: int, code: str, invitation_id: int | None = None, door: Door = ANY_DOOR
) -> Attendance:
    """Take one's seat with the code that the room's screen shows; signing in again changes nothing.

    Raises:
        NotSignedIn, NotFound, RepeatedSend, KeyReused; Gone: for a code that has run out; NotAllowed: for somebody who is not
            invited; WrongState: too early or too late; Invalid: where somebody sits on another seat already, or has two
            to choose from.
    """
    with at_meeting(
        actor, meeting_id, door, ["sign-in", invitation_id], states=_now_or_soon(), may=anybody_signed_in
    ) as meeting:
        if not is_current(meeting, code):
            raise Gone(
                _("The code on the screen changes every minute."), remedy=_("Scan the code on the screen again.")
            )
        _must_be_near(meeting)
        seat = _own_seat(actor, meeting, invitation_id)
        return _seat(actor, meeting, seat, actor.person_id, How.PHONE)


def _now_or_soon() -> Collection[str]:
    return RUNNING | {MeetingState.ANNOUNCED}


def _must_be_near(meeting: Meeting) -> None:
    if meeting.state != MeetingState.OPEN and meeting.starts_at > now() + EARLY:
        raise WrongState(_("It is too early; signing in begins an hour before the meeting."))


def _own_seat(actor: Actor, meeting: Meeting, invitation_id: int | None) -> Invitation:
    seats = rules.seats_for(actor, meeting)
    if invitation_id is not None:
        seats = [seat for seat in seats if seat.pk == invitation_id]
    if not seats:
        raise NotAllowed(_("You are not invited to this table; the talk is open to listen to."))
    if len(seats) > 1:
        names = "、".join(seat.name for seat in seats)
        raise Invalid(fields={"seat": _("Choose one seat: %(seats)s.") % {"seats": names}})
    return seats[0]


def sign_out(*, actor: Actor, meeting_id: int, door: Door = ANY_DOOR) -> Attendance:
    """Leave one's seat before the end. Raises: NotSignedIn, NotFound, WrongState, RepeatedSend, KeyReused."""
    with at_meeting(actor, meeting_id, door, ["sign-out"], states=RUNNING, may=anybody_signed_in) as meeting:
        found = meeting.attendances.filter(person_id=actor.person_id, left_at__isnull=True).first()
        if actor.person_id is None or found is None:
            raise WrongState(_("You have not taken a seat at this meeting."))
        return _leave(actor, meeting, found, now())


def mark_present(
    *,
    actor: Actor,
    meeting_id: int,
    invitation_id: int,
    person: Person | None = None,
    how: str = How.LIST,
    door: Door = ANY_DOOR,
) -> Attendance:
    """Write down that a seat is taken; on paper also after the meeting. Without a person the list says the body only.

    Raises:
        NotFound, NotAllowed, RepeatedSend, KeyReused; WrongState: before the meeting, and after it unless from paper.
        Invalid: for somebody who sits on another seat already.
    """
    states = HELD if how == How.PAPER else RUNNING
    contents = ["present", invitation_id, person.pk if person else None, how]
    with at_meeting(actor, meeting_id, door, contents, states=states) as meeting:
        invitation = the_invitation(meeting, invitation_id)
        return _seat(actor, meeting, invitation, person.pk if person else invitation.person_id, How(how))


def mark_left(*, actor: Actor, meeting_id: int, invitation_id: int, door: Door = ANY_DOOR) -> list[Attendance]:
    """Write down that nobody is on a seat any more; a vote that loses its quorum by that is stopped.

    Raises:
        NotFound, NotAllowed, WrongState, RepeatedSend, KeyReused.
    """
    with at_meeting(actor, meeting_id, door, ["left", invitation_id, str(now())], states=RUNNING) as meeting:
        invitation = the_invitation(meeting, invitation_id)
        at = now()
        return [_leave(actor, meeting, row, at) for row in invitation.attendances.filter(left_at__isnull=True)]


def _seat(actor: Actor, meeting: Meeting, invitation: Invitation, person_id: int | None, how: How) -> Attendance:
    """Take a seat, or take it again after having left."""
    before = (
        meeting.attendances.filter(person_id=person_id) if person_id else invitation.attendances.filter(person=None)
    )
    known = before.first()
    if known is not None and known.invitation_id != invitation.pk:
        raise Invalid(fields={"seat": _("They sit on another seat of this table already; nobody takes two.")})
    if known is None:
        known = Attendance.objects.create(
            meeting=meeting, invitation=invitation, person_id=person_id, how=how, came_at=now(),
            entered_by_id=actor.account_id,
        )  # fmt: skip
        audited(actor, "attend", meeting, side=invitation.side, how=how)
    elif known.left_at is not None:
        known.left_at = None
        known.save(update_fields=["left_at"])
        audited(actor, "return", meeting, side=invitation.side)
    return known


def _leave(actor: Actor, meeting: Meeting, found: Attendance, at: datetime) -> Attendance:
    found.left_at = at
    found.save(update_fields=["left_at"])
    audited(actor, "leave", meeting, side=found.invitation.side)
    stop_without_quorum(actor, meeting)
    return found
