"""Reads of many meetings: the public calendar, and the list at the desk."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from jinlin.meetings.models import Meeting
from jinlin.meetings.states import AHEAD, PUBLIC, MeetingState, ResolutionState
from jinlin.platform.dates import today


def public_meetings() -> QuerySet[Meeting]:
    """Return the meetings that everybody may know of."""
    return Meeting.objects.filter(state__in=sorted(PUBLIC)).select_related("zone", "body")


def narrowed(meetings: QuerySet[Meeting], wanted: Mapping[str, Any]) -> QuerySet[Meeting]:
    """Keep the meetings of a forum, of a place, to come or held, and those of a title."""
    if wanted.get("forum"):
        meetings = meetings.filter(forum=wanted["forum"])
    if wanted.get("place"):
        meetings = meetings.filter(place_code__startswith=wanted["place"])
    if wanted.get("q"):
        meetings = meetings.filter(title__icontains=wanted["q"])
    if wanted.get("state") == "ahead":
        ahead = Q(state__in=sorted(AHEAD)) | Q(state=MeetingState.OPEN)
        meetings = meetings.filter(ahead)
    elif wanted.get("state") == "held":
        meetings = meetings.filter(state=MeetingState.CLOSED)
    elif wanted.get("state") == "late":
        late = Q(resolutions__state=ResolutionState.RUNNING, resolutions__due_on__lt=today())
        meetings = meetings.filter(late).distinct()
    return meetings


def with_counts(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Add to each meeting how many resolutions it has and how many of them are carried out."""
    done = Q(resolutions__state=ResolutionState.DONE)
    return meetings.annotate(
        resolved=Count("resolutions", distinct=True), carried_out=Count("resolutions", filter=done, distinct=True)
    )
