"""Notices: what is posted or has ended, one notice with its versions and answers, and objecting to it."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Header, Query, Router

from jinlin.disclosure import actions, schemas
from jinlin.disclosure.models import Edition, PublicNotice
from jinlin.disclosure.queries import notices as queries
from jinlin.platform.answers import json_answer
from jinlin.platform.errors import NotFound
from jinlin.platform.paging import page_of
from jinlin.platform.sends import Door

PAGE = 50
IdempotencyKey = Annotated[str, Header("", alias="Idempotency-Key", max_length=100)]

router = Router()


@router.get("", response=schemas.NoticePage, operation_id="list_notices")
def list_notices(
    request: HttpRequest,
    place: str = Query("", max_length=22, pattern=r"^[0-9]*$", description="Code of a place; what is posted there."),
    kind: str = Query("", max_length=32),
    show: Literal["posted", "ended"] = "posted",
    older: str = Query("", max_length=60),
) -> HttpResponse:
    """List the notices that are posted now, or those whose time is over, the newest first; public."""
    rows = (queries.archived if show == "ended" else queries.posted)(place)
    page = page_of(rows.filter(kind=kind) if kind else rows, "posted_at", size=PAGE, older=older)
    return json_answer({"rows": [_row(row) for row in page.rows], "older": page.older})


@router.get("/{number}", response=schemas.NoticeOut, operation_id="read_notice")
def read_notice(request: HttpRequest, number: str) -> HttpResponse:
    """Read a notice with every version of its words and the answers to objections; public."""
    notice = queries.public_notice(number)
    if notice is None:
        raise NotFound
    editions = queries.editions_shown(notice)
    answers = [
        {"version": row.edition, "summary": row.summary, "finding": row.finding, "answer": row.answer}
        for row in (queries.answered(notice) if editions else [])
    ]
    return json_answer(_row(notice) | {"versions": [_version(row) for row in editions], "answers": answers})


@router.post("/{number}/objections", response={201: schemas.ObjectionOut}, operation_id="object_to_notice")
def object_to_notice(
    request: HttpRequest, number: str, entered: schemas.ObjectionIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Object to a notice within its period; sent again with the same key it is received once."""
    actor = request.auth
    actor.must_be_signed_in()
    notice = queries.public_notice(number)
    if notice is None:
        raise NotFound
    door = Door(key=idempotency_key)
    made = actions.object_to(actor=actor, notice_id=notice.pk, text=entered.text, door=door)
    return json_answer({"number": made.number, "version": made.edition, "received_on": made.received_on}, status=201)


def _row(notice: PublicNotice) -> dict[str, Any]:
    shown = notice.state != "taken_down"
    return {
        "number": notice.number,
        "kind": notice.kind,
        "title": notice.title if shown else "",
        "state": notice.state,
        "place": notice.place_code,
        "estate": notice.zone.name if notice.zone else "",
        "body": notice.body.name,
        "version": notice.edition,
        "posted_at": notice.posted_at,
        "last_day": notice.last_day,
        "provisional": notice.provisional,
        "url": f"/public/notices/{notice.number}/",
    }


def _version(edition: Edition) -> dict[str, Any]:
    names = ("title", "text", "reason", "digest", "posted_at", "last_day", "put_off")
    return {"version": edition.number} | {name: getattr(edition, name) for name in names}
