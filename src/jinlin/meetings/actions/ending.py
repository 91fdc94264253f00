"""Opens a meeting, and closes it: nothing is left without an answer, an owner or a day, and what recurs is called again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from jinlin.meetings.actions.attending import EARLY
from jinlin.meetings.actions.carrying import carry_tasks
from jinlin.meetings.actions.common import STEPS, about
from jinlin.meetings.actions.inviting import seat_table
from jinlin.meetings.actions.resolving import tell_owner
from jinlin.meetings.models import Meeting
from jinlin.meetings.queries.forums import forum_of
from jinlin.meetings.queries.seats import open_motion
from jinlin.meetings.states import MeetingState, MeetingVerb
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, Words, WrongState
from jinlin.platform.events import announce
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.stepping import write_line
from jinlin.platform.wording import in_a_row
from jinlin.platform.works import Answered, Concluded, Outcome
from jinlin.playbooks.schema import Forum


def open_meeting(*, actor: Actor, meeting_id: int, door: Door = ANY_DOOR) -> Meeting:
    """Open a meeting, an hour before its time at the earliest; what was left from before is on its agenda then.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused; WrongState: too early, or from a state that does not allow it.
    """
    with STEPS.sent(actor, meeting_id, MeetingVerb.OPEN, door, []) as meeting:
        if meeting.starts_at > now() + EARLY:
            raise WrongState(_("It is too early; a meeting is opened an hour before its time at the earliest."))
        STEPS.advance(actor, meeting, MeetingVerb.OPEN, columns={"opened_at": now()})
        carry_tasks(meeting, forum_of(meeting))
    return meeting


def close_meeting(*, actor: Actor, meeting_id: int, ended_at: datetime | None = None, door: Door = ANY_DOOR) -> Meeting:
    """Close a meeting; `ended_at` is when it ended, for one that is entered afterwards.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused.
        Invalid: for an end in the future, or before it began.
        WrongState: with a vote open, without minutes, with a matter without an answer, a resolution without a day, or a
            round table without a solved or named problem; the words name what is missing.
    """
    end = ended_at or now()
    with STEPS.sent(actor, meeting_id, MeetingVerb.CLOSE, door, [str(ended_at)]) as meeting:
        forum = forum_of(meeting)
        _check_end(meeting, end)
        for missing in CONDITIONS:
            if words := missing(meeting, forum):
                raise WrongState(words, remedy=_("Complete it, then close the meeting."))
        columns = {"closed_at": now(), "ends_at": end if end > meeting.starts_at else meeting.ends_at}
        STEPS.advance(actor, meeting, MeetingVerb.CLOSE, columns=columns)
        _hand_on(actor, meeting)
        if forum.every_days is not None:
            _call_again(actor, meeting, forum)
    return meeting


def _check_end(meeting: Meeting, end: datetime) -> None:
    if end > now():
        raise Invalid(fields={"ended_at": _("This lies in the future; a meeting is closed once it is over.")})
    if end < meeting.starts_at and end < (meeting.opened_at or end):
        raise Invalid(fields={"ended_at": _("It ends before it begins.")})


def _open_vote(meeting: Meeting, _forum: Forum) -> Words:
    return _("A vote is open; count it first.") if open_motion(meeting) is not None else ""


def _unanswered(meeting: Meeting, forum: Forum) -> Words:
    if not forum.from_requests:
        return ""
    titles = list(
        meeting.items.exclude(subject="").filter(answer="").order_by("number").values_list("title", flat=True)
    )
    return _("Without an answer: %(matters)s.") % {"matters": in_a_row(titles)} if titles else ""


def _without_day(meeting: Meeting, _forum: Forum) -> Words:
    rows = list(meeting.resolutions.filter(due_on__isnull=True).order_by("number").values_list("words", flat=True))
    return _("Without a day by which it is done: %(tasks)s.") % {"tasks": in_a_row(rows)} if rows else ""


def _without_problem(meeting: Meeting, forum: Forum) -> Words:
    if forum.speakers and not meeting.resolutions.exists():
        return _("A round table names at least one problem and who solves it.")
    return ""


def _without_minutes(meeting: Meeting, _forum: Forum) -> Words:
    return "" if meeting.minutes.exists() else _("There are no minutes yet.")


CONDITIONS: tuple[Callable[[Meeting, Forum], Words], ...] = (
    _open_vote,
    _unanswered,
    _without_day,
    _without_problem,
    _without_minutes,
)
"""What a meeting still lacks before it can be closed, in words; empty where nothing is missing."""


def _hand_on(actor: Actor, meeting: Meeting) -> None:
    """Tell owners of resolutions, whoever raised a matter, and every app whose matter this was."""
    for resolution in meeting.resolutions.select_related("meeting", "body"):
        tell_owner(resolution)
    work = f"meeting:{meeting.pk}"
    for item in meeting.items.exclude(subject="").exclude(answer=""):
        announce(Answered(item.subject, work, item.answer, actor.account_id))
    subjects = [meeting.subject, *meeting.items.exclude(subject="").values_list("subject", flat=True)]
    for subject in dict.fromkeys(subjects):
        if subject:
            announce(Concluded(subject, work, Outcome.DONE))


def _call_again(actor: Actor, meeting: Meeting, forum: Forum) -> None:
    """Prepare the next of a row of meetings, unless one is prepared already."""
    if Meeting.objects.filter(previous=meeting).exists():
        return
    gap = timedelta(days=forum.every_days or 0)
    after = Meeting.objects.create(
        forum=meeting.forum, title=meeting.title, body=meeting.body, zone=meeting.zone, place_code=meeting.place_code,
        starts_at=meeting.starts_at + gap, room=meeting.room, category=meeting.category, previous=meeting,
        state=MeetingState.DRAFT, made_at=now(),
    )  # fmt: skip
    seat_table(after, forum)
    carry_tasks(after, forum)
    write_line(actor, after, MeetingVerb.CALL)
    record_change(actor, "meetings.call", after, **about(after), previous=meeting.pk)
