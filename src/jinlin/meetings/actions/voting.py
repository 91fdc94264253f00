"""Votes by show of hands, seat by seat: opened with a quorum only, stopped when it is lost, counted exactly."""

from collections.abc import Mapping

from django.db.models import Count
from django.utils.translation import gettext as _

from jinlin.meetings import rules
from jinlin.meetings.actions.common import RUNNING, anybody_signed_in, at_meeting, audited, the_item
from jinlin.meetings.models import Invitation, Meeting, Motion, Vote
from jinlin.meetings.queries.forums import forum_of
from jinlin.meetings.queries.seats import Seat, open_motion, seat_of, seats_of, standing_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, WrongState
from jinlin.platform.events import announce
from jinlin.platform.rulings import Ruling
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.works import Concluded, Outcome
from jinlin.playbooks.schema import Forum

ENDS = {Motion.State.PASSED: Outcome.PASSED, Motion.State.FAILED: Outcome.FAILED}


def put_to_vote(*, actor: Actor, meeting_id: int, item_id: int, words: str, door: Door = ANY_DOOR) -> Motion:
    """Put something about an item to the vote.

    Raises:
        NotFound, NotAllowed, RepeatedSend, KeyReused; Invalid for words that cannot stand, and at a table without votes.
        WrongState: without quorum, while a side is missing that has to be heard, and while another vote is open.
    """
    with at_meeting(actor, meeting_id, door, ["motion", item_id, words], states=RUNNING) as meeting:
        item, forum = the_item(meeting, item_id), forum_of(meeting)
        if forum.votes == "none":
            raise Invalid(_("At this table nothing is voted on."))
        if open_motion(meeting) is not None:
            raise WrongState(_("Another vote is open; count it first."))
        standing = standing_of(meeting, forum, item)
        must_be_able_to_decide(rules.may_decide(forum, standing))
        made = Motion.objects.create(
            meeting=meeting, item=item, number=meeting.motions.count() + 1, opened_at=now(),
            words=rules.clean_for(forum, words, field="words", longest=300, public=True),
            base=standing.base, present=standing.present,
        )  # fmt: skip
        audited(actor, "put_to_vote", meeting, motion=made.pk, present=made.present, base=made.base)
    return made


def must_be_able_to_decide(ruling: Ruling) -> None:
    """Raises: WrongState with the reason, unless the table can decide."""
    if not ruling:
        raise WrongState(ruling.reason, remedy=_("Wait until they are there, or enter what they sent in writing."))


def cast(*, actor: Actor, meeting_id: int, choice: str, door: Door = ANY_DOOR) -> Vote:
    """Raise one's hand on one's own phone, for the seat that one has taken; until the count it may be changed.

    Raises:
        NotSignedIn, NotFound, RepeatedSend, KeyReused.
        NotAllowed: for somebody who has no seat here, or one without a vote; WrongState: while nothing is voted on.
    """
    with at_meeting(actor, meeting_id, door, ["cast", choice], states=RUNNING, may=anybody_signed_in) as meeting:
        taken = meeting.attendances.filter(person_id=actor.person_id, left_at__isnull=True).select_related("invitation")
        attendance = taken.first() if actor.person_id is not None else None
        if attendance is None:
            raise NotAllowed(_("Sign in with the code on the screen first; those who sit at the table vote."))
        vote = _record(actor, meeting, attendance.invitation, choice)
        audited(actor, "cast", meeting, motion=vote.motion_id, seat=vote.seat)
    return vote


def record_votes(*, actor: Actor, meeting_id: int, choices: Mapping[int, str], door: Door = ANY_DOOR) -> list[Vote]:
    """Write down raised hands, {invitation: choice}; all or none.

    Raises:
        NotFound, RepeatedSend, KeyReused; WrongState: while nothing is voted on, or for a seat that is empty.
        NotAllowed: for a seat without a vote; Invalid: for something that cannot be chosen.
    """
    with at_meeting(actor, meeting_id, door, ["votes", sorted(choices.items())], states=RUNNING) as meeting:
        found = {row.pk: row for row in meeting.invitations.filter(pk__in=list(choices))}
        if len(found) != len(choices):
            raise NotFound
        there = set(meeting.attendances.filter(left_at__isnull=True).values_list("invitation_id", flat=True))
        absent = [found[pk].name for pk in choices if pk not in there]
        if absent:
            raise WrongState(_("%(seat)s: nobody is on this seat now.") % {"seat": absent[0]})
        votes = [_record(actor, meeting, found[pk], choice) for pk, choice in choices.items()]
        audited(actor, "record_votes", meeting, rows=len(votes))
    return votes


def _record(actor: Actor, meeting: Meeting, invitation: Invitation, choice: str) -> Vote:
    motion, forum = open_motion(meeting), forum_of(meeting)
    if motion is None:
        raise WrongState(_("Nothing is being voted on."))
    seat = seat_of(forum, invitation)
    if not seat:
        raise NotAllowed(_("%(name)s is at the table without a vote.") % {"name": invitation.name})
    if choice not in Vote.Choice.values:
        raise Invalid(fields={"choice": _("Choose yes, no or abstain.")})
    columns = {"invitation": invitation, "choice": choice, "at": now(), "entered_by_id": actor.account_id}
    return Vote.objects.update_or_create(motion=motion, seat=seat, defaults=columns)[0]


def count_motion(*, actor: Actor, meeting_id: int, motion_id: int, door: Door = ANY_DOOR) -> Motion:
    """Count the vote that is open: it passes, or not; where the quorum was lost it is stopped and decides nothing.

    Raises:
        NotFound, NotAllowed, RepeatedSend, KeyReused; WrongState: for a vote that is over.
    """
    with at_meeting(actor, meeting_id, door, ["count", motion_id], states=RUNNING) as meeting:
        motion = open_motion(meeting)
        if motion is None or motion.pk != motion_id:
            raise WrongState(_("This vote is over already."))
        if stop_without_quorum(actor, meeting) is None:
            _end(actor, meeting, motion, forum_of(meeting))
        motion.refresh_from_db()
    return motion


def _end(actor: Actor, meeting: Meeting, motion: Motion, forum: Forum) -> None:
    seats = seats_of(meeting, forum, motion.item)
    counted = _counted(motion, seats)
    standing = {"base": len(seats), "present": sum(seat.present for seat in seats)}
    passed = rules.passes(forum, yes=counted["yes"], against=counted["no"], **standing)
    state = Motion.State.PASSED if passed else Motion.State.FAILED
    _close(actor, meeting, motion, state, counted | standing)
    announce(Concluded(motion.item.subject or meeting.subject, f"motion:{motion.pk}", ENDS[state]))


def _counted(motion: Motion, seats: list[Seat]) -> dict[str, int]:
    """Count the hands of the seats that are still at the table; whoever left does not count."""
    there = [seat.key for seat in seats if seat.present]
    rows = motion.votes.filter(seat__in=there).order_by().values_list("choice").annotate(rows=Count("pk"))
    return dict.fromkeys(Vote.Choice.values, 0) | dict(rows)


def _close(actor: Actor, meeting: Meeting, motion: Motion, state: str, numbers: Mapping[str, int]) -> None:
    motion.state, motion.ended_at = state, now()
    for name, value in numbers.items():
        setattr(motion, name, value)
    motion.save(update_fields=["state", "ended_at", *numbers])
    audited(actor, "count_motion", meeting, motion=motion.pk, state=state, **numbers)


def stop_without_quorum(actor: Actor, meeting: Meeting) -> Motion | None:
    """Stop the vote that is open where its quorum is no longer there; return it if it was stopped."""
    motion, forum = open_motion(meeting), forum_of(meeting)
    if motion is None:
        return None
    seats = seats_of(meeting, forum, motion.item)
    standing = standing_of(meeting, forum, motion.item)
    if standing.has_quorum(forum):
        return None
    numbers = _counted(motion, seats) | {"base": standing.base, "present": standing.present}
    _close(actor, meeting, motion, Motion.State.STOPPED, numbers)
    return motion
