"""Meetings, who sits at them, what is said and voted, and what comes of it."""

from jinlin.meetings.models.meetings import AgendaItem, Meeting, MeetingStep
from jinlin.meetings.models.results import Minutes, Resolution, ResolutionStep, SignOff
from jinlin.meetings.models.seats import Attendance, Invitation, Speech
from jinlin.meetings.models.talk import Motion, View, Vote

__all__ = [
    "AgendaItem",
    "Attendance",
    "Invitation",
    "Meeting",
    "MeetingStep",
    "Minutes",
    "Motion",
    "Resolution",
    "ResolutionStep",
    "SignOff",
    "Speech",
    "View",
    "Vote",
]
