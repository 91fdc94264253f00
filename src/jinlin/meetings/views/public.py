"""Meetings as everybody reads them: the calendar, the agenda before, minutes and resolutions after."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jinlin.meetings import queries, rules
from jinlin.meetings.forms import WantedForm
from jinlin.meetings.models import Meeting
from jinlin.meetings.states import MeetingState
from jinlin.meetings.views.showing import (
    TONES,
    forum_choices,
    public_meeting,
    resolutions_of,
    sides_with_names,
    talked_over,
    toned,
    versions_of,
)
from jinlin.platform.access import actor_of
from jinlin.platform.addresses import same_list
from jinlin.platform.dates import now
from jinlin.platform.paging import page_of
from jinlin.playbooks.wording import name_of
from jinlin.territory.codes_to_scan import qr_picture

PAGE = 20


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Show the calendar of meetings, the latest first."""
    form = WantedForm(request.GET, forums=forum_choices())
    rows = queries.narrowed(queries.public_meetings(), form.cleaned_data if form.is_valid() else {})
    page = page_of(rows, "starts_at", size=PAGE, older=request.GET.get("older", ""), newer=request.GET.get("newer", ""))
    shown = {
        "form": form,
        "meetings": toned(page.rows),
        "total": rows.count(),
        "older_url": same_list(request.GET, older=page.older) if page.older else "",
        "newer_url": same_list(request.GET, newer=page.newer) if page.newer else "",
    }
    return render(request, "meetings/meetings.html", shown, status=200 if form.is_valid() else 422)


@require_safe
def one(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show a meeting: the agenda before; after it who was at the table, what each side said, who does what by when."""
    return render(request, "meetings/meeting.html", _shown(request, public_meeting(meeting_id)))


@require_safe
def sheet(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show the same as a sheet to print and put up, with a code that leads to its page."""
    meeting = public_meeting(meeting_id)
    address = request.build_absolute_uri(reverse("meetings:one", args=[meeting_id]))
    more = {"picture": qr_picture(address), "address": address, "printed_at": now()}
    return render(request, "meetings/sheet.html", _shown(request, meeting) | more)


def _shown(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """Return what both show; of what was said only once a person has confirmed it for everybody."""
    forum, published, actor = queries.forum_of(meeting), queries.public_minutes(meeting), actor_of(request)
    shown = {
        "meeting": meeting,
        "tone": TONES[MeetingState(meeting.state)],
        "forum": name_of(forum),
        "items": [{"item": item} for item in meeting.items.order_by("number")],
        "sides": sides_with_names(meeting, forum),
        "published": published,
        "reason": meeting.steps.filter(verb="cancel").values_list("words", flat=True).first() or "",
        "has_seat": bool(rules.seats_for(actor, meeting)),
        "address": request.build_absolute_uri(reverse("meetings:one", args=[meeting.pk])),
    }
    if published is None:
        return shown
    return shown | {
        "items": talked_over(meeting, forum),
        "resolutions": resolutions_of(meeting),
        "objections": published.signatures.exclude(objection="").select_related("invitation").order_by("pk"),
        "turnout": queries.attendance(meeting),
        "speeches": meeting.speeches.select_related("invitation__body").order_by("number"),
    }


@require_safe
def versions(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show every published version of the minutes, each with what changed from the one before."""
    meeting = public_meeting(meeting_id)
    return render(request, "meetings/versions.html", {"meeting": meeting, "versions": versions_of(meeting)})
