"""What the verbs of meetings have in common: a meeting is locked, its keeper asked, its state looked at."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from jinlin.meetings import rules
from jinlin.meetings.models import AgendaItem, Invitation, Meeting
from jinlin.meetings.states import AHEAD, MEETINGS, MeetingState
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import NotFound, WrongState
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.platform.sends import Door, sent_once
from jinlin.platform.stepping import Steps, locked_row

RUNNING = frozenset({MeetingState.OPEN})
BEFORE_END = AHEAD | RUNNING
HELD = frozenset({MeetingState.OPEN, MeetingState.CLOSED})
LONGEST_TITLE, LONGEST_ITEM, LONGEST, LONGEST_VIEW, LONGEST_MINUTES = 80, 120, 500, 1_000, 20_000


def locked_meeting(_actor: Actor, meeting_id: int) -> Meeting:
    """Return a meeting, locked. Raises: NotFound."""
    return locked_row(Meeting, meeting_id, "body", "zone")


@contextmanager
def at_meeting(
    actor: Actor,
    meeting_id: int,
    door: Door,
    contents: object,
    *,
    states: Collection[str],
    may: Callable[[Actor, Meeting], Ruling] = rules.may_keep,
) -> Iterator[Meeting]:
    """Open one send about a meeting, which is locked and in one of these states; by default for whoever keeps it.

    Raises:
        NotFound, NotAllowed, WrongState, RepeatedSend, KeyReused.
    """
    with sent_once(f"account:{actor.account_id}", door.key, [meeting_id, contents]) as send:
        meeting = locked_meeting(actor, meeting_id)
        may(actor, meeting).enforce()
        if meeting.state not in states:
            raise WrongState(_("The meeting is %(state)s.") % {"state": meeting.get_state_display()})
        yield meeting
        send.keep(meeting)


def about(meeting: Meeting) -> Mapping[str, Any]:
    """Return what a line of the audit trail says of a meeting."""
    return {"place_code": meeting.place_code}


def audited(actor: Actor, verb: str, meeting: Meeting, **detail: Any) -> None:
    """Add the line of a change that moves no state of the meeting."""
    record_change(actor, f"meetings.{verb}", meeting, **about(meeting), **detail)


STEPS = Steps(audited="meetings.{verb}", table=MEETINGS, lock=locked_meeting, may=rules.may, about=about)
"""How a meeting takes its steps."""


def the_item(meeting: Meeting, item_id: int) -> AgendaItem:
    """Return an item of the meeting's agenda. Raises: NotFound."""
    found = meeting.items.filter(pk=item_id).first()
    if found is None:
        raise NotFound
    return found


def the_invitation(meeting: Meeting, invitation_id: int) -> Invitation:
    """Return a place at the meeting's table. Raises: NotFound."""
    found = meeting.invitations.select_related("body").filter(pk=invitation_id).first()
    if found is None:
        raise NotFound
    return found


def anybody_signed_in(actor: Actor, _meeting: Meeting) -> Ruling:
    """Stand for the rule of a meeting where a later one asks more of the actor. Raises: NotSignedIn."""
    if not actor.is_system:
        actor.must_be_signed_in()
    return YES


def own_or_kept(actor: Actor, meeting: Meeting, invitation: Invitation) -> Ruling:
    """Say whether the actor speaks for a seat: it is theirs, or they keep the meeting and enter what was said or sent in."""
    if rules.may_keep(actor, meeting) or invitation in rules.seats_for(actor, meeting):
        return YES
    return no(_("This seat is somebody else's."))
