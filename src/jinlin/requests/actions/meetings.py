"""A joint meeting about one request (联席会议): called with those whom the work method invites, closed with what was decided."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.organisations.queries import members_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import LOCAL, now, today
from jinlin.platform.errors import Invalid, WrongState
from jinlin.platform.messages import notify
from jinlin.platform.sends import sent_once
from jinlin.playbooks.here import current_playbook
from jinlin.requests import rules
from jinlin.requests.actions.handling import LONGEST_NOTE, NO_DOOR
from jinlin.requests.actions.steps import Change, Door, advance, locked
from jinlin.requests.models import JointMeeting, Request
from jinlin.requests.queries.ladder import invited_to, meeting_begun, meeting_called, rung_index
from jinlin.requests.states import Verb

INVITED = gettext_lazy("Joint meeting about %(number)s %(title)s: %(when)s, %(place)s.")


def call_meeting(
    *, actor: Actor, request_id: int, meets_at: datetime, place: str, words: str = "", door: Door = NO_DOOR
) -> Request:
    """Call the joint meeting of the rung on which a request stands; the bodies of its composition are invited.

    Raises:
        Invalid: for a day that is over, without a place, or with nobody to invite; WrongState: where no meeting stands on
            the rung, or one is called already; and what `take_step` raises.
    """
    where = rules.clean_words(place, longest=120, field="place")
    said = rules.clean_words(words, longest=LONGEST_NOTE, field="words", needed=False)
    if meets_at <= now():
        raise Invalid(fields={"meets_at": _("Choose a day and time to come.")})
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.CONVENE, str(meets_at), where]) as send:
        request = locked(actor, request_id, door.seen_version)
        rules.may(actor, Verb.CONVENE, request).enforce()
        meeting = _called(request, meets_at, where)
        when = f"{meets_at.astimezone(LOCAL):%Y-%m-%d %H:%M}"
        line = "\n".join(part for part in (f"{when} {where}", _names(meeting), said) if part)
        advance(actor, request, Verb.CONVENE, Change(internal_note=line), send)
        _invite(meeting, request, when)
    return request


def _called(request: Request, meets_at: datetime, place: str) -> JointMeeting:
    if meeting_called(request) is not None:
        raise WrongState(_("A meeting is called already; write down what it decided first."))
    invited = invited_to(current_playbook().ladder[rung_index(request)], request)
    if not invited:
        raise Invalid(_("Of those whom the work method invites, nobody is there yet."))
    meeting = JointMeeting.objects.create(request=request, body=request.body, meets_at=meets_at, place=place)
    meeting.invited.set(invited)
    return meeting


def _names(meeting: JointMeeting) -> str:
    return "、".join(meeting.invited.order_by("pk").values_list("name", flat=True))


def _invite(meeting: JointMeeting, request: Request, when: str) -> None:
    people = {person for body in meeting.invited.all() for person in members_of(body, today())}
    values = {"number": request.number, "title": request.title, "when": when, "place": meeting.place}
    notify(people, INVITED, values)


def record_meeting(
    *, actor: Actor, request_id: int, minutes: str, decision: str, due_on: date, door: Door = NO_DOOR
) -> Request:
    """Close the meeting with its minutes, what was decided and by when; the reporter reads the decision.

    Raises:
        Invalid: without minutes or a decision, or for a day that is over; WrongState: when none is called, or it has not
            begun yet; and what `take_step` raises.
    """
    kept = rules.clean_words(minutes, longest=rules.LONGEST_TEXT, field="minutes")
    decided = rules.clean_words(decision, longest=LONGEST_NOTE, field="decision")
    if due_on < today():
        raise Invalid(fields={"due_on": _("Choose a day to come.")})
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.MEET, decided, str(due_on)]) as send:
        request = locked(actor, request_id, door.seen_version)
        rules.may(actor, Verb.MEET, request).enforce()
        meeting = meeting_begun(request)
        if meeting is None:
            raise WrongState(_("No meeting is called, or it has not begun yet."))
        meeting.held_at, meeting.minutes, meeting.decision, meeting.due_on = now(), kept, decided, due_on
        meeting.save(update_fields=["held_at", "minutes", "decision", "due_on"])
        told = _("%(decision)s To be done by %(day)s.") % {"decision": decided, "day": due_on}
        advance(actor, request, Verb.MEET, Change(note=told, internal_note=kept), send)
    return request
