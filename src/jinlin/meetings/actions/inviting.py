"""Seats a table: the sides or the roll of its forum, departments by the type of problem, guests, and whoever is asked besides."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import ancestors_of
from jinlin.meetings.actions.common import BEFORE_END, at_meeting, audited, the_invitation
from jinlin.meetings.models import Invitation, Meeting
from jinlin.meetings.queries.forums import DEPARTMENTS, GUESTS, composition_of, forum_of, sides_of
from jinlin.organisations.models import Appointment, Body
from jinlin.organisations.queries import running_appointments
from jinlin.organisations.queries.tables import table_at
from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, WrongState
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Forum


def seat_table(meeting: Meeting, forum: Forum) -> None:
    """Invite everybody whom the forum has at its table; the transaction is the caller's.

    Raises:
        Invalid: where the type of problem leads to no department that is there.
    """
    rows = _from_roll(meeting, forum) if forum.roll else _from_sides(meeting, forum)
    rows += _departments(meeting, forum)
    known = {row.person_id for row in rows} - {None}
    rows += [row for row in _guests(meeting, forum) if row.person_id not in known]
    Invitation.objects.bulk_create(_once(rows))


def _once(rows: Iterable[Invitation]) -> list[Invitation]:
    """Leave out whoever would be invited a second time."""
    found: dict[tuple[int | None, int | None], Invitation] = {}
    for row in rows:
        found.setdefault((row.person_id, None if row.person_id else row.body_id), row)
    return list(found.values())


def _from_sides(meeting: Meeting, forum: Forum) -> list[Invitation]:
    table = table_at(
        composition_of(forum), current_playbook(), today(),
        place_code=meeting.place_code, estate=meeting.zone, body=_body_of_table(meeting, forum),
    )  # fmt: skip
    return [
        Invitation(
            meeting=meeting, side=seat.part.key, body_id=holder.body_id, person_id=holder.person_id, name=holder.name,
            votes=forum.votes != "none",
        )
        for seat in table.seats
        for holder in seat.holders
    ]  # fmt: skip


def _body_of_table(meeting: Meeting, forum: Forum) -> Body:
    """Return the body whose table it is: of the kind that the composition names, else the one that calls the meeting."""
    kind = composition_of(forum).body
    if kind is None or kind == meeting.body.kind:
        return meeting.body
    return bodies_near([kind], meeting).first() or meeting.body


def _from_roll(meeting: Meeting, forum: Forum) -> list[Invitation]:
    return [_of_post(meeting, row, votes=forum.votes == "member") for row in holders_near(str(forum.roll), meeting)]


def _guests(meeting: Meeting, forum: Forum) -> list[Invitation]:
    rows = [row for key in forum.guests for row in holders_near(key, meeting)]
    return [_of_post(meeting, row, votes=False, side=GUESTS) for row in rows]


def _of_post(meeting: Meeting, row: Appointment, *, votes: bool, side: str = "") -> Invitation:
    return Invitation(
        meeting=meeting, side=side, body_id=row.body_id, person_id=row.person_id, name=row.post, votes=votes
    )


def holders_near(key: str, meeting: Meeting) -> QuerySet[Appointment]:
    """Return who holds a post in the meeting's estate, or else at its place or below it; nobody stands in for them."""
    rows = running_appointments(today()).filter(key=key, deputises__isnull=True)
    if meeting.zone_id is not None:
        here = Q(zone_id=meeting.zone_id) | Q(body=meeting.body) | Q(body__zone_id=meeting.zone_id)
        return rows.filter(here).order_by("pk")
    return rows.filter(place_code__startswith=meeting.place_code).order_by("pk")


def bodies_near(kinds: Iterable[str], meeting: Meeting) -> QuerySet[Body]:
    """Return the active bodies of these kinds that stand for the meeting's estate or place, or above it."""
    above = [meeting.place_code, *ancestors_of(meeting.place_code)]
    here = Q(zone_id__isnull=True, place_code__in=above) | Q(zone_id=meeting.zone_id, zone_id__isnull=False)
    return Body.objects.filter(here, kind__in=list(kinds), active=True).order_by("-place_code", "pk")


def _departments(meeting: Meeting, forum: Forum) -> list[Invitation]:
    """Return invitations of those named for the type of problem. Raises: Invalid where nobody is, or none is there."""
    if not forum.departments:
        return []
    kinds = forum.departments_for(meeting.category)
    if not kinds:
        raise Invalid(
            fields={"category": _("The work method names no department for this type of problem.")},
            remedy=_("Choose a type that it names, or have one added to the table of departments."),
        )
    found = {body.kind: body for body in reversed(bodies_near(kinds, meeting))}
    if not found:
        raise Invalid(fields={"category": _("Of the departments for this type of problem, none is there yet.")})
    return [
        Invitation(meeting=meeting, side=DEPARTMENTS, body=body, name=body.name, votes=forum.votes != "none")
        for body in found.values()
    ]


def invite(
    *,
    actor: Actor,
    meeting_id: int,
    side: str,
    body: Body | None = None,
    person: Person | None = None,
    name: str = "",
    door: Door = ANY_DOOR,
) -> Invitation:
    """Ask one more body or person to the table, on one of its sides, or as a guest without a vote.

    Raises:
        NotFound, NotAllowed, WrongState, RepeatedSend, KeyReused.
        Invalid: for a side that this table does not have, nobody, or somebody who is on it already.
    """
    who = [side, body.pk if body else None, person.pk if person else None]
    with at_meeting(actor, meeting_id, door, ["invite", *who], states=BEFORE_END) as meeting:
        forum = forum_of(meeting)
        _check(meeting, forum, side, body, person)
        made = Invitation.objects.create(
            meeting=meeting, side=side, body=body, person=person, name=name or (body.name if body else ""),
            votes=forum.votes != "none" and side != GUESTS,
        )  # fmt: skip
        audited(actor, "invite", meeting, side=side, body=who[1], person_id=who[2])
    return made


def _check(meeting: Meeting, forum: Forum, side: str, body: Body | None, person: Person | None) -> None:
    known = {GUESTS} if forum.roll else set(sides_of(forum))
    if side not in known:
        raise Invalid(fields={"side": _("This table has no such side.")})
    if body is None and person is None:
        raise Invalid(fields={"body": _("Say who is invited.")})
    twice = meeting.invitations.filter(person=person) if person else meeting.invitations.filter(person=None, body=body)
    if twice.exists():
        raise Invalid(fields={"person" if person else "body": _("They are at this table already; each has one seat.")})


def take_invitation_back(*, actor: Actor, meeting_id: int, invitation_id: int, door: Door = ANY_DOOR) -> None:
    """Take an invitation back of which nobody has come. Raises: as `invite`, and WrongState once somebody was there."""
    with at_meeting(actor, meeting_id, door, ["uninvite", invitation_id], states=BEFORE_END) as meeting:
        invitation = the_invitation(meeting, invitation_id)
        if invitation.attendances.exists() or invitation.views.exists():
            raise WrongState(_("They were at the table already; that stays written down."))
        audited(actor, "uninvite", meeting, side=invitation.side, body=invitation.body_id)
        invitation.delete()
