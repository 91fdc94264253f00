"""The JSON API of meetings: the public calendar and results, and the seat of somebody at the table."""

from contextlib import suppress
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router

from jinlin.meetings import actions, queries, schemas
from jinlin.meetings.models import Attendance, Meeting, Resolution, Vote
from jinlin.platform.access import Actor
from jinlin.platform.answers import json_answer
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.paging import page_of
from jinlin.platform.sends import Door, RepeatedSend

PAGE = 50
IdempotencyKey = Annotated[str, Header("", alias="Idempotency-Key", max_length=100)]
RowId = Annotated[int, Path(ge=1, lt=2**63)]

router = Router()


@router.get("", response=schemas.MeetingPage, operation_id="list_meetings")
def list_meetings(
    request: HttpRequest,
    forum: str = Query("", max_length=32),
    place: str = Query("", max_length=22, pattern=r"^[0-9]*$"),
    older: str = Query("", max_length=60),
) -> HttpResponse:
    """List the meetings that everybody may know of, the latest first; public."""
    rows = queries.narrowed(queries.public_meetings(), {"forum": forum, "place": place})
    page = page_of(rows, "starts_at", size=PAGE, older=older)
    return json_answer({"rows": [_meeting(row) for row in page.rows], "older": page.older})


@router.get("/figures", response=schemas.MeetingFigures, operation_id="meeting_figures")
def meeting_figures(request: HttpRequest, forum: str = Query("", max_length=32)) -> HttpResponse:
    """Count the meetings of a forum that were held and what they solved; public."""
    held, solved, share = queries.round_table_figures(queries.narrowed(queries.public_meetings(), {"forum": forum}))
    ratio = None if share is None else round(float(share), 2)
    return json_answer({"held": held, "solved": solved, "solved_per_meeting": ratio})


@router.get("/{meeting_id}", response=schemas.MeetingDetails, operation_id="get_meeting")
def get_meeting(request: HttpRequest, meeting_id: RowId) -> HttpResponse:
    """Give a meeting with its agenda, and what came of it once the minutes are published; public."""
    meeting = queries.public_meetings().filter(pk=meeting_id).first()
    if meeting is None:
        raise NotFound
    published, came = queries.public_minutes(meeting), queries.attendance(meeting)
    rows = meeting.resolutions.select_related("body").order_by("number") if published else []
    more = {
        "agenda": list(meeting.items.order_by("number").values_list("title", flat=True)),
        "invited": came.invited,
        "came": came.came,
        "minutes": published.public_words if published else "",
        "version": published.number if published else 0,
        "resolutions": [_resolution(row) for row in rows],
    }
    return json_answer(_meeting(meeting) | more)


@router.post("/{meeting_id}/sign-in", response=schemas.SeatOut, operation_id="sign_in_to_meeting")
def sign_in(
    request: HttpRequest, meeting_id: RowId, entered: schemas.SignInIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Take one's seat with the code that the screen of the room shows."""
    actor, door = _actor(request), Door(key=idempotency_key)
    seat = int(entered.seat) if entered.seat else None
    with suppress(RepeatedSend):
        actions.sign_in(actor=actor, meeting_id=meeting_id, code=entered.code, invitation_id=seat, door=door)
    rows = Attendance.objects.filter(meeting_id=meeting_id, person_id=actor.person_id).select_related("invitation")
    taken = rows.get().invitation
    return json_answer({"meeting_id": str(meeting_id), "seat": str(taken.pk), "votes": taken.votes})


@router.post("/{meeting_id}/vote", response=schemas.HandOut, operation_id="raise_hand")
def raise_hand(
    request: HttpRequest, meeting_id: RowId, entered: schemas.HandIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Raise one's hand for the seat that one has taken; until the count it may be changed."""
    actor, door = _actor(request), Door(key=idempotency_key)
    with suppress(RepeatedSend):
        actions.cast(actor=actor, meeting_id=meeting_id, choice=entered.choice, door=door)
    vote = Vote.objects.filter(motion__meeting_id=meeting_id, entered_by_id=actor.account_id).latest("at")
    return json_answer({"motion_id": str(vote.motion_id), "choice": vote.choice})


@router.post("/{meeting_id}/votes", response=schemas.HandsOut, operation_id="record_hands")
def record_hands(
    request: HttpRequest, meeting_id: RowId, entered: schemas.HandsIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Write down the hands that were raised in the room, all or none."""
    if not all(key.isdecimal() and len(key) < 19 for key in entered.choices):
        raise Invalid(fields={"choices": "id"})
    choices = {int(key): str(choice) for key, choice in entered.choices.items()}
    with suppress(RepeatedSend):
        actions.record_votes(
            actor=_actor(request), meeting_id=meeting_id, choices=choices, door=Door(key=idempotency_key)
        )
    return json_answer({"written": len(choices)})


def _actor(request: HttpRequest) -> Actor:
    """Return the caller, where that must be somebody. Raises: NotSignedIn."""
    actor: Actor = request.auth
    actor.must_be_signed_in()
    return actor


def _meeting(row: Meeting) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "forum": row.forum,
        "title": row.title,
        "place": row.place_code,
        "estate": row.zone.name if row.zone else "",
        "called_by": row.body.name,
        "starts_at": row.starts_at,
        "room": row.room,
        "state": row.state,
    }


def _resolution(row: Resolution) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "number": row.number,
        "words": row.words,
        "carried_out_by": row.body.name,
        "due_on": row.due_on,
        "sites": row.sites,
        "state": row.state,
        "result": row.result,
        "made": row.made,
    }
