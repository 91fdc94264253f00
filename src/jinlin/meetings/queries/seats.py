"""Reads of the table itself: which seats vote, who sits on them, whether it can decide."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from jinlin.meetings.models import AgendaItem, Invitation, Meeting, Motion, View
from jinlin.meetings.queries.forums import DEPARTMENTS, parts_of, sides_of
from jinlin.meetings.rules.deciding import Standing
from jinlin.playbooks.schema import Forum


@dataclass
class Seat:
    """One seat that has a vote: a side, a body or a member, with the invitations that fill it."""

    key: str
    name: str
    invitations: list[Invitation] = field(default_factory=list)
    present: bool = False
    written: bool = False
    needed: bool = True


def seat_of(forum: Forum, invitation: Invitation) -> str:
    """Return the key of the seat that an invitation fills; empty for one without a vote."""
    if not invitation.votes or forum.votes == "none":
        return ""
    return f"side:{invitation.side}" if forum.votes == "side" else f"seat:{invitation.pk}"


def seats_of(meeting: Meeting, forum: Forum, item: AgendaItem | None = None) -> list[Seat]:
    """Return the seats with a vote, in the order of the table; a side that this place lacks is a seat without invitations."""
    names, there = sides_of(forum), present_ids(meeting)
    wrote = _written_by(meeting, item)
    seats = _empty_sides(forum) if forum.votes == "side" else {}
    for invitation in meeting.invitations.order_by("pk"):
        key = seat_of(forum, invitation)
        if not key:
            continue
        name = names.get(invitation.side, invitation.name) if forum.votes == "side" else invitation.name
        seat = seats.setdefault(key, Seat(key, name, needed=False))
        seat.invitations.append(invitation)
        seat.present |= invitation.pk in there
        seat.written |= invitation.pk in wrote
    return [seat for seat in seats.values() if seat.invitations or seat.needed]


def _empty_sides(forum: Forum) -> dict[str, Seat]:
    """Return the seats of a table before anybody is on them, those that are needed and those that may stay empty."""
    names = sides_of(forum)
    seats = {
        f"side:{part.key}": Seat(f"side:{part.key}", names[part.key], needed=part.least > 0) for part in parts_of(forum)
    }
    return seats | {f"side:{DEPARTMENTS}": Seat(f"side:{DEPARTMENTS}", names[DEPARTMENTS], needed=False)}


def present_ids(meeting: Meeting) -> set[int]:
    """Return the invitations of which somebody is there now."""
    return set(meeting.attendances.filter(left_at__isnull=True).values_list("invitation_id", flat=True))


def _written_by(meeting: Meeting, item: AgendaItem | None) -> set[int]:
    written = View.objects.filter(item__meeting=meeting, written=True)
    if item is not None:
        written = written.filter(item=item)
    return set(written.values_list("invitation_id", flat=True))


def standing_of(meeting: Meeting, forum: Forum, item: AgendaItem | None = None) -> Standing:
    """Return how the table stands: for an item, whose written views count, or as a whole."""
    return standing_among(seats_of(meeting, forum, item))


def standing_among(seats: Iterable[Seat]) -> Standing:
    """Return how these seats stand."""
    rows = list(seats)
    return Standing(
        base=len(rows),
        present=sum(seat.present for seat in rows),
        silent=tuple(seat.name for seat in rows if seat.invitations and not (seat.present or seat.written)),
        nowhere=tuple(seat.name for seat in rows if not seat.invitations),
    )


def open_motion(meeting: Meeting) -> Motion | None:
    """Return what is being voted on; there is one at most."""
    return meeting.motions.filter(state=Motion.State.OPEN).select_related("item").first()
