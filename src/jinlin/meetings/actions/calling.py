"""Calls a meeting, changes it, announces it to those invited and to those who raised its matters, calls it off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.disclosure.rules import redacted
from jinlin.meetings import rules
from jinlin.meetings.actions.carrying import carry_tasks
from jinlin.meetings.actions.common import LONGEST, LONGEST_ITEM, LONGEST_TITLE, STEPS, about
from jinlin.meetings.actions.inviting import seat_table
from jinlin.meetings.models import AgendaItem, Meeting
from jinlin.meetings.queries.forums import forum_of
from jinlin.meetings.states import MeetingVerb
from jinlin.organisations.models import Body
from jinlin.organisations.queries import members_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import LOCAL, now, today
from jinlin.platform.errors import Invalid, NotAllowed, WrongState
from jinlin.platform.messages import notify
from jinlin.platform.sends import ANY_DOOR, Door, sent_once
from jinlin.platform.stepping import write_line
from jinlin.platform.works import Matter, matter_of
from jinlin.playbooks.schema import Forum
from jinlin.territory.models import Zone

MOST_MATTERS = 200
INVITED = gettext_lazy("You are invited: %(title)s, %(when)s, %(room)s.")
BECAUSE = gettext_lazy("Because you reported “%(matter)s”: %(title)s, %(when)s, %(room)s. You are welcome.")
CALLED_OFF = gettext_lazy("Called off: %(title)s, %(when)s. %(words)s")
CHANGED = gettext_lazy("Changed: %(title)s is now %(when)s, %(room)s.")


@dataclass(frozen=True)
class NewMeeting:
    """A meeting to call: of which forum, by which body, when and where, about which matters (`subjects`).

    `subject` is the one that it is held for; `category` the type of problem where the forum asks departments by it. Without
    a zone or a place it is held for where the body stands.
    """

    forum: str
    title: str
    body: Body
    starts_at: datetime
    room: str
    ends_at: datetime | None = None
    words: str = ""
    zone: Zone | None = None
    place_code: str = ""
    category: str = ""
    subject: str = ""
    subjects: Sequence[str] = ()

    @property
    def where(self) -> tuple[Zone | None, str]:
        """The zone and the place that it is held for."""
        zone = self.zone or (None if self.place_code else self.body.zone)
        return zone, self.place_code or (zone.community_code if zone else self.body.place_code)

    @property
    def matters(self) -> list[str]:
        """Every subject that it is about, once each."""
        return [subject for subject in dict.fromkeys([self.subject, *self.subjects]) if subject]


@dataclass(frozen=True)
class ChangedMeeting:
    """What can still change of a meeting before it is held."""

    title: str
    starts_at: datetime
    room: str
    ends_at: datetime | None = None
    words: str = ""


def call_meeting(*, actor: Actor, new: NewMeeting, door: Door = ANY_DOOR) -> Meeting:
    """Prepare a meeting: its table is seated by the forum, and its matters and what was left from before are on the agenda.

    Raises:
        NotFound: for a matter that is not there; NotAllowed: for a body that does not call such meetings, somebody who does
            not keep them, or a matter that the actor does not work on; RepeatedSend, KeyReused.
        Invalid: for an unknown forum, words that cannot stand, an estate that is missing, times that do not fit, no matter
            where one is needed, and a type of problem without a department.
    """
    forum, (zone, place_code) = forum_of(new.forum), new.where
    columns = _checked(forum, ChangedMeeting(new.title, new.starts_at, new.room, new.ends_at, new.words))
    contents = [new.forum, new.title, new.starts_at, new.body.pk, new.matters]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        rules.may_call(actor, forum, new.body, place_code).enforce()
        matters = _matters(actor, forum, new)
        if forum.level == "estate" and zone is None:
            raise Invalid(fields={"zone": _("Say for which estate it is held.")})
        made = Meeting.objects.create(
            forum=forum.key, body=new.body, zone=zone, place_code=place_code, subject=new.subject,
            category=new.category, made_at=now(), **columns,
        )  # fmt: skip
        seat_table(made, forum)
        _put_on_agenda(made, matters)
        carry_tasks(made, forum)
        write_line(actor, made, MeetingVerb.CALL)
        record_change(actor, "meetings.call", made, **about(made), forum=forum.key)
        send.keep(made)
    return made


def _checked(forum: Forum, new: ChangedMeeting) -> dict[str, Any]:
    """Return the columns that a meeting gets from what was entered. Raises: Invalid."""
    if new.ends_at is not None and new.ends_at <= new.starts_at:
        raise Invalid(fields={"ends_at": _("It ends before it begins.")})
    return {
        "title": rules.clean_for(forum, new.title, field="title", longest=LONGEST_TITLE, public=True),
        "room": rules.clean(new.room, field="room", longest=120),
        "words": rules.clean_for(forum, new.words, field="words", longest=LONGEST, needed=False, public=True),
        "starts_at": new.starts_at,
        "ends_at": new.ends_at,
    }


def _matters(actor: Actor, forum: Forum, new: NewMeeting) -> list[Matter]:
    if forum.from_requests and not new.matters:
        raise Invalid(
            fields={"subjects": _("This meeting is held about what people raised; choose at least one matter.")}
        )
    if len(new.matters) > MOST_MATTERS:
        raise Invalid(fields={"subjects": _("At most %(most)s matters fit on one agenda.") % {"most": MOST_MATTERS}})
    found = [matter_of(actor, subject) for subject in new.matters]
    if not all(matter.may_work for matter in found):
        raise NotAllowed(_("A meeting about a matter is called by those who work on it."))
    return found


def _put_on_agenda(meeting: Meeting, matters: Sequence[Matter]) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, number=number, subject=matter.subject, title=redacted(matter.title)[:LONGEST_ITEM])
        for number, matter in enumerate(matters, start=1)
    )


def change_meeting(*, actor: Actor, meeting_id: int, changed: ChangedMeeting, door: Door = ANY_DOOR) -> Meeting:
    """Change words, time or place of a meeting to come; those invited hear of it once it is announced.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused, Invalid.
    """
    said = [changed.title, changed.starts_at, changed.ends_at, changed.room, changed.words]
    with STEPS.sent(actor, meeting_id, MeetingVerb.CHANGE, door, said) as meeting:
        columns = _checked(forum_of(meeting), changed)
        announced = meeting.state == "announced"
        if announced and changed.starts_at <= now():
            raise Invalid(fields={"starts_at": _("Choose a day and time to come.")})
        STEPS.advance(actor, meeting, MeetingVerb.CHANGE, columns=columns)
        if announced:
            notify(_invited(meeting), CHANGED, _told(meeting), link=f"/meetings/{meeting.pk}/")
    return meeting


def announce_meeting(*, actor: Actor, meeting_id: int, door: Door = ANY_DOOR) -> Meeting:
    """Tell those invited, and whoever raised its matters why; from then on it is in the public calendar.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused.
        WrongState: without an agenda, or for a time that is over.
    """
    with STEPS.sent(actor, meeting_id, MeetingVerb.ANNOUNCE, door, []) as meeting:
        if meeting.starts_at <= now():
            raise WrongState(_("Its time is over; open it to enter what was said, or change its day first."))
        if not meeting.items.exists() and not forum_of(meeting).speakers:
            raise WrongState(_("There is nothing on the agenda yet; those invited read there what it is about."))
        STEPS.advance(actor, meeting, MeetingVerb.ANNOUNCE)
        _tell(actor, meeting)
    return meeting


def cancel_meeting(*, actor: Actor, meeting_id: int, words: str, door: Door = ANY_DOOR) -> Meeting:
    """Call a meeting off, with the reason, which everybody reads.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused, Invalid.
    """
    with STEPS.sent(actor, meeting_id, MeetingVerb.CANCEL, door, [words]) as meeting:
        reason = rules.clean_for(forum_of(meeting), words, field="words", longest=200, public=True)
        announced = meeting.state == "announced"
        STEPS.advance(actor, meeting, MeetingVerb.CANCEL, words=reason)
        if announced:
            told = {**_told(meeting), "words": reason}
            notify(_invited(meeting), CALLED_OFF, told, link=f"/meetings/{meeting.pk}/")
    return meeting


def _told(meeting: Meeting) -> Mapping[str, str]:
    when = f"{meeting.starts_at.astimezone(LOCAL):%Y-%m-%d %H:%M}"
    return {"title": meeting.title, "when": when, "room": meeting.room}


def _invited(meeting: Meeting) -> set[int]:
    """Return the persons who are invited, for a body those with a post at it."""
    rows = list(meeting.invitations.values_list("person_id", "body_id"))
    people = {person for person, _body in rows if person}
    return people.union(*(members_of(body, today()) for person, body in rows if person is None and body))


def _tell(actor: Actor, meeting: Meeting) -> None:
    told, link = _told(meeting), f"/meetings/{meeting.pk}/"
    notify(_invited(meeting), INVITED, told, link=link)
    for item in meeting.items.exclude(subject=""):
        followers = matter_of(actor, item.subject).followers()
        notify(followers, BECAUSE, {**told, "matter": item.title}, link=link)
