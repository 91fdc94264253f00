"""Reads of what meetings came to: who attended, what is still to do, what was solved, what everybody reads."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from jinlin.meetings.models import Invitation, Meeting, Minutes, Resolution
from jinlin.meetings.queries.forums import GUESTS
from jinlin.meetings.states import MeetingState, ResolutionState


@dataclass(frozen=True)
class Turnout:
    """How many of those invited came."""

    invited: int
    came: int

    @property
    def share(self) -> Fraction | None:
        """The share that came; None where nobody was invited."""
        return Fraction(self.came, self.invited) if self.invited else None

    @property
    def percent(self) -> str:
        """The share in a hundred with one decimal; empty where nobody was invited."""
        return f"{float(self.share * 100):.1f}" if self.share is not None else ""


def attendance(meeting: Meeting) -> Turnout:
    """Return how many of the places at a table were taken at any time, guests left out."""
    return _turnout(meeting.invitations.exclude(side=GUESTS))


def guest_attendance(meetings: QuerySet[Meeting]) -> Turnout:
    """Return how often those came who are invited without a vote, over the closed ones of some meetings."""
    closed = meetings.filter(state=MeetingState.CLOSED)
    return _turnout(Invitation.objects.filter(meeting__in=closed, side=GUESTS))


def _turnout(invitations: QuerySet[Invitation]) -> Turnout:
    counts = invitations.aggregate(
        invited=Count("pk", distinct=True), came=Count("pk", filter=Q(attendances__isnull=False), distinct=True)
    )
    return Turnout(counts["invited"], counts["came"])


def open_tasks_before(meeting: Meeting) -> QuerySet[Resolution]:
    """Return what earlier meetings of the same forum and body resolved and nobody has carried out yet, oldest first."""
    earlier = Meeting.objects.filter(forum=meeting.forum, body=meeting.body, state=MeetingState.CLOSED)
    rows = Resolution.objects.filter(meeting__in=earlier, state=ResolutionState.RUNNING).exclude(meeting=meeting)
    return rows.select_related("body").order_by("made_at", "pk")


def solved_by(meetings: QuerySet[Meeting]) -> int:
    """Return how many resolutions of these meetings are carried out."""
    return Resolution.objects.filter(meeting__in=meetings, state=ResolutionState.DONE).count()


def round_table_figures(meetings: QuerySet[Meeting]) -> tuple[int, int, Fraction | None]:
    """Return sessions held, problems solved, and problems solved for each session."""
    sessions = meetings.filter(state=MeetingState.CLOSED)
    held, solved = sessions.count(), solved_by(sessions)
    return held, solved, Fraction(solved, held) if held else None


def public_minutes(meeting: Meeting) -> Minutes | None:
    """Return the newest version that everybody reads."""
    return meeting.minutes.filter(published_at__isnull=False).order_by("-number").first()
