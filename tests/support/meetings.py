"""Meetings for tests: called for a place whose bodies and posts are there, with everybody at the table or not."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from jinlin.meetings import actions
from jinlin.meetings.actions import NewMeeting
from jinlin.meetings.models import AgendaItem, Invitation, Meeting
from jinlin.organisations.models import Appointment, Body, Partnership
from jinlin.people.models import Person
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import now
from jinlin.territory.models import Zone
from tests.support.bodies import FOUNDED
from tests.support.community import COMMUNITY
from tests.support.pages import send
from tests.support.posts import new_body, new_persons


def call(forum: str, body: Body, *items: str, actor: Actor = SYSTEM, **more: Any) -> Meeting:
    """Call a meeting that begins in half an hour, with these items on its agenda."""
    more.setdefault("starts_at", now() + timedelta(minutes=30))
    new = NewMeeting(forum, more.pop("title", "议事"), body, room="议事室", **more)
    made = actions.call_meeting(actor=actor, new=new)
    for title in items:
        actions.add_item(actor=actor, meeting_id=made.pk, title=title)
    return made


def opened(forum: str, body: Body, *items: str, **more: Any) -> Meeting:
    """Call a meeting and open it."""
    made = call(forum, body, *items, **more)
    return actions.open_meeting(actor=SYSTEM, meeting_id=made.pk)


def first_item(meeting: Meeting) -> AgendaItem:
    """Return what is first on the agenda."""
    return meeting.items.order_by("number")[0]


def invitations(meeting: Meeting, side: str = "") -> list[Invitation]:
    """Return the places at a table, of one side if it is named, in their order."""
    rows = meeting.invitations.order_by("pk")
    return list(rows.filter(side=side) if side else rows)


def arrive(meeting: Meeting, seats: Iterable[Invitation]) -> None:
    """Mark these seats as taken."""
    for seat in seats:
        actions.mark_present(actor=SYSTEM, meeting_id=meeting.pk, invitation_id=seat.pk)


def side_by_side(meeting: Meeting, *sides: str) -> None:
    """Let one seat of each of these sides be taken."""
    arrive(meeting, [invitations(meeting, side)[0] for side in sides])


def representatives(count: int, body: Body, key: str = "residents_representative", **more: Any) -> list[Person]:
    """Give so many new persons a post at a body."""
    persons = new_persons(count)
    given = {"place_code": body.place_code, "zone": body.zone, "post": key} | more
    Appointment.objects.bulk_create(
        Appointment(person=person, body=body, key=key, term_from=FOUNDED, accepted_on=FOUNDED, **given)
        for person in persons
    )
    return persons


def big_committee(units: int) -> Body:
    """Found the big committee with so many member units."""
    committee = new_body("big_committee", "大党委")
    for number in range(units):
        unit = new_body("member_unit", f"成员单位{number + 1}")
        Partnership.objects.create(
            kind="member_unit", unit=unit, host=committee, place_code=COMMUNITY, valid_from=FOUNDED
        )
    return committee


def four_sides(estate: Zone, residents_committee: Body) -> Body:
    """Let the estate have what hongshan's four sides need besides its firm, and return who calls its meetings."""
    new_body("property_management_committee", "物委会", zone=estate)
    representatives(2, residents_committee)
    return residents_committee


def vote(meeting: Meeting, words: str, choices: Sequence[str], item: AgendaItem | None = None) -> Any:
    """Put something to the vote, let the seats that are there choose in their order, and count."""
    about = item or first_item(meeting)
    motion = actions.put_to_vote(actor=SYSTEM, meeting_id=meeting.pk, item_id=about.pk, words=words)
    there = list(meeting.invitations.filter(attendances__left_at__isnull=True, attendances__isnull=False, votes=True))
    pairs = {seat.pk: choice for seat, choice in zip(there, choices, strict=False)}
    actions.record_votes(actor=SYSTEM, meeting_id=meeting.pk, choices=pairs)
    return actions.count_motion(actor=SYSTEM, meeting_id=meeting.pk, motion_id=motion.pk)


def finish(meeting: Meeting, words: str = "到会各方发言。", ended_at: datetime | None = None) -> Meeting:
    """Write minutes and close a meeting."""
    actions.write_minutes(actor=SYSTEM, meeting_id=meeting.pk, words=words)
    return actions.close_meeting(actor=SYSTEM, meeting_id=meeting.pk, ended_at=ended_at)


def publish(client: Client, meeting: Meeting) -> int:
    """Publish the newest minutes as the page proposes them, and return the status of the answer."""
    path = f"/desk/meetings/{meeting.pk}/publish/"
    proposed = client.get(path).context["form"]["public_words"].value()
    return send(client, path, public_words=proposed, confirmed="on").status_code
