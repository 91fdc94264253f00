"""What the pages of meetings show, whoever looks."""

from collections import defaultdict
from typing import Any

from jinlin.meetings import queries, rules
from jinlin.meetings.models import AgendaItem, Invitation, Meeting, Minutes, Resolution
from jinlin.meetings.queries.seats import present_ids, standing_among
from jinlin.meetings.queries.versions import changes, text_of
from jinlin.meetings.states import MeetingState, ResolutionState
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import NotFound
from jinlin.playbooks.schema import Forum
from jinlin.playbooks.wording import name_of

TONES = {
    MeetingState.DRAFT: "quiet",
    MeetingState.ANNOUNCED: "brand",
    MeetingState.OPEN: "working",
    MeetingState.CLOSED: "done",
    MeetingState.CANCELLED: "quiet",
}
RESOLUTION_TONES = {ResolutionState.RUNNING: "working", ResolutionState.DONE: "done", ResolutionState.DROPPED: "quiet"}
MOTION_TONES = {"open": "brand", "passed": "done", "failed": "quiet", "stopped": "soon"}


def forum_choices(level: str = "") -> list[tuple[str, str]]:
    """Return the forums as choices."""
    return [(row.key, name_of(row)) for row in queries.forums_at(level)]


def forum_names() -> dict[str, str]:
    """Return {key: name} of the forums."""
    return dict(forum_choices())


def toned(meetings: Any) -> list[tuple[Meeting, str, str]]:
    """Return meetings with the tone of their state and the name of their forum."""
    names = forum_names()
    return [(row, TONES.get(MeetingState(row.state), "quiet"), names.get(row.forum, row.forum)) for row in meetings]


def public_meeting(meeting_id: int) -> Meeting:
    """Return a meeting that everybody may know of. Raises: NotFound."""
    found = queries.public_meetings().filter(pk=meeting_id).first()
    if found is None:
        raise NotFound
    return found


def desk_meeting(actor: Actor, meeting_id: int) -> Meeting:
    """Return a meeting that the actor sees at the desk. Raises: NotFound."""
    found = rules.visible_to(actor).select_related("zone", "body", "previous").filter(pk=meeting_id).first()
    if found is None:
        raise NotFound
    return found


def sides_with_names(meeting: Meeting, forum: Forum) -> list[tuple[str, list[Invitation], int]]:
    """Return the sides of a table with those invited to each, and of how many somebody came."""
    names, came = queries.sides_of(forum), set(meeting.attendances.values_list("invitation_id", flat=True))
    found: dict[str, list[Invitation]] = defaultdict(list)
    for row in meeting.invitations.select_related("body").order_by("pk"):
        found[row.side].append(row)
    return [(names.get(side, ""), rows, sum(row.pk in came for row in rows)) for side, rows in found.items()]


def resolutions_of(meeting: Meeting) -> list[tuple[Resolution, str, bool]]:
    """Return the resolutions of a meeting with their tone, and whether they are past their day."""
    rows = meeting.resolutions.select_related("body", "item").order_by("number")
    return [(row, RESOLUTION_TONES[ResolutionState(row.state)], is_late(row)) for row in rows]


def is_late(row: Resolution) -> bool:
    """Say whether a resolution is past its day and not carried out."""
    return row.state == ResolutionState.RUNNING and row.due_on is not None and row.due_on < today()


def talked_over(meeting: Meeting, forum: Forum) -> list[dict[str, Any]]:
    """Return each item of the agenda with the views of the sides, side by side, and its votes."""
    names = queries.sides_of(forum)
    items = meeting.items.prefetch_related("views__invitation", "motions").order_by("number")
    return [{"item": item, "views": _views(item, names), "motions": _motions(item)} for item in items]


def _views(item: AgendaItem, names: dict[str, str]) -> list[tuple[str, Any]]:
    """Return the views of an item under the name of their side, so that nobody is named who only speaks for one."""
    order = list(names)
    rows = sorted(item.views.all(), key=lambda view: (_place(order, view.invitation.side), view.pk))
    return [(names.get(view.invitation.side) or view.invitation.name, view) for view in rows]


def _place(order: list[str], side: str) -> int:
    return order.index(side) if side in order else len(order)


def _motions(item: AgendaItem) -> list[tuple[Any, str]]:
    return [(row, MOTION_TONES[row.state]) for row in sorted(item.motions.all(), key=lambda row: row.number)]


def the_table(meeting: Meeting, forum: Forum) -> dict[str, Any]:
    """Return the seats that vote and whether the table can decide, for the room and for whoever keeps the minutes."""
    seats = queries.seats_of(meeting, forum)
    standing = standing_among(seats)
    return {
        "seats": seats,
        "standing": standing,
        "ruling": rules.may_decide(forum, standing),
        "there": len(present_ids(meeting)),
        "motion": queries.open_motion(meeting),
    }


def titles_of(meeting: Meeting) -> dict[str, str]:
    """Return {number: title} of the items of the agenda."""
    return {str(number): f"{number}. {title}" for number, title in meeting.items.values_list("number", "title")}


def versions_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Return the published versions of the minutes, the newest first, each with what changed from the one before."""
    rows = list(meeting.minutes.filter(published_at__isnull=False).order_by("number"))
    before = ""
    found: list[dict[str, Any]] = []
    for row in rows:
        lines = changes(before, row.public_words) if before else []
        found.append({"minutes": row, "lines": lines, "changed": any(sign != " " for sign, _line in lines)})
        before = row.public_words
    return found[::-1]


def draft_versions(meeting: Meeting) -> list[dict[str, Any]]:
    """Return every version of the minutes for those who keep them, newest first, with signatures and what changed."""
    titles, before = titles_of(meeting), ""
    found: list[dict[str, Any]] = []
    for row in meeting.minutes.prefetch_related("signatures__invitation").order_by("number"):
        text = text_of(row, titles)
        lines = changes(before, text) if before else []
        found.append({"minutes": row, "text": text, "lines": [line for line in lines if line[0] != " "]})
        before = text
    return found[::-1]


def whole_text(meeting: Meeting, minutes: Minutes) -> str:
    """Return the whole text of a version."""
    return text_of(minutes, titles_of(meeting))
