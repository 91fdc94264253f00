"""Reads of the API: a page of requests and one request, as plain values."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import NotFound
from jinlin.platform.paging import after_key, key_of
from jinlin.requests import rules
from jinlin.requests.merged import root_of
from jinlin.requests.models import Clock, Request, RequestPart, RequestPhoto
from jinlin.requests.models.requests import light_of
from jinlin.requests.queries.approvals import approvals_of, as_row
from jinlin.requests.queries.parts import parts_of
from jinlin.requests.states import Verb
from jinlin.requests.timeline import HIDDEN

PAGE = 50
COLUMNS = {
    "id": "id",
    "number": "number",
    "title": "title",
    "state": "state",
    "category": "category",
    "urgency": "urgency",
    "channel": "channel",
    "kind": "kind",
    "place": "place_code",
    "place_words": "place_text",
    "body": "body__name",
    "received_at": "received_at",
    "due_at": "due_at",
    "warns_at": "warns_at",
    "stopped_at": "stopped_at",
    "suspended_until": "suspended_until",
    "supervised": "supervised",
    "asked": "asked",
    "version": "version",
}
"""What a row of the API is called, and the column that it comes from."""
STEP_COLUMNS = ("number", "at", "verb", "state", "due_at", "note")


def page(actor: Actor, *, state: str = "", category: str = "", older: str = "") -> dict[str, Any]:
    """Return fifty of the requests in which the actor plays a part, newest first, and the key of the next page.

    Raises:
        Invalid: for a key that is none.
    """
    rows = rules.visible_to(actor)
    if state:
        rows = rows.filter(state=state)
    if category:
        rows = rows.filter(category__startswith=category)
    found = list(after_key(rows, older, "received_at").values_list(*COLUMNS.values())[: PAGE + 1])
    at = now()
    shown = [_row(values, at) for values in found[:PAGE]]
    next_key = key_of(shown[-1]["received_at"], int(shown[-1]["id"])) if len(found) > PAGE else ""
    return {"rows": shown, "older": next_key}


def _row(values: Iterable[Any], at: datetime) -> dict[str, Any]:
    row = dict(zip(COLUMNS, values, strict=True))
    row["id"] = str(row["id"])
    row["light"] = light_of(row["due_at"], row["warns_at"], at)
    return row


def one(actor: Actor, request_id: int) -> Request:
    """Return a request that the actor may see, with its body.

    Raises:
        NotFound: also for one that exists but not for this actor.
    """
    found = rules.visible_to(actor).select_related("body").filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def whole(actor: Actor, request: Request, photos_url: str) -> dict[str, Any]:
    """Return a request with its history; whoever is not at work on it reads nothing that officers tell one another.

    Its photos lie at their ids below `photos_url`.
    """
    is_staff = bool(rules.parts_played(actor, request, {*rules.PARTS_BY_POST, rules.Part.HELPER}))
    row = _row((_value(request, column) for column in COLUMNS.values()), now())
    return row | {
        "text": request.text,
        "longitude": request.longitude,
        "latitude": request.latitude,
        "transfers": request.transfers,
        "outcome": request.outcome,
        "reopened": request.reopened,
        "lead": root_of(request).number if request.lead_id else "",
        "members": request.members,
        "supports": request.supports,
        "possible": rules.possible_verbs(actor, request),
        "steps": history(request, among_officers=is_staff),
        "approvals": [as_row(one) for one in approvals_of(request)] if is_staff else [],
        "clocks": [_clock(clock) for clock in request.clocks.order_by("started_at", "pk")] if is_staff else [],
        "parts": [_part(part, among_officers=is_staff) for part in parts_of(request)],
        "photos": [_photo(photo, photos_url) for photo in request.photos.all()],
    }


def _clock(clock: Clock) -> dict[str, Any]:
    names = ("milestone", "started_at", "due_at", "ended_at", "met", "cause")
    light = "" if clock.ended_at else light_of(clock.due_at, clock.warns_at, now())
    return {name: getattr(clock, name) for name in names} | {"light": light}


def _value(request: Request, column: str) -> Any:
    return request.body.name if column == "body__name" else getattr(request, column)


def _part(part: RequestPart, *, among_officers: bool) -> dict[str, Any]:
    words = {name: getattr(part, name) if among_officers else "" for name in ("words", "result")}
    plain = {"role": part.role, "state": part.state, "due_at": part.due_at}
    return {"id": str(part.pk), "body": part.body.name, **plain, **words}


def _photo(photo: RequestPhoto, base: str) -> dict[str, Any]:
    return {"id": str(photo.pk), "step": photo.step_number, "moment": photo.moment, "url": f"{base}{photo.pk}"}


def history(request: Request, *, among_officers: bool) -> list[dict[str, Any]]:
    """Return the steps of a request, oldest first; steps and words among officers only where told so."""
    steps = request.steps.select_related("body", "acting").order_by("number")
    if not among_officers:
        steps = steps.exclude(verb__in=HIDDEN).exclude(verb=Verb.GRANT, note="")
    return [
        {name: getattr(step, name) for name in STEP_COLUMNS}
        | {
            "body": step.body.name,
            "acting": step.acting.name if step.acting else "",
            "internal_note": step.internal_note if among_officers else "",
        }
        for step in steps
    ]
