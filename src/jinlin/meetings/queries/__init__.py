"""Reads of meetings that more than one screen needs."""

from jinlin.meetings.queries.forums import DEPARTMENTS, GUESTS, composition_of, forum_of, forums_at, sides_of
from jinlin.meetings.queries.listing import narrowed, public_meetings, with_counts
from jinlin.meetings.queries.results import (
    attendance,
    guest_attendance,
    open_tasks_before,
    public_minutes,
    round_table_figures,
    solved_by,
)
from jinlin.meetings.queries.seats import Seat, open_motion, seat_of, seats_of, standing_of

__all__ = [
    "DEPARTMENTS",
    "GUESTS",
    "Seat",
    "attendance",
    "composition_of",
    "forum_of",
    "forums_at",
    "guest_attendance",
    "narrowed",
    "open_motion",
    "open_tasks_before",
    "public_meetings",
    "public_minutes",
    "round_table_figures",
    "seat_of",
    "seats_of",
    "sides_of",
    "solved_by",
    "standing_of",
    "with_counts",
]
