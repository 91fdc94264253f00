"""Raising a request: a photo sent ahead, the request itself, and its receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import File, UploadedFile

from jinlin.platform.answers import json_answer
from jinlin.platform.limits import address_of
from jinlin.platform.photos import keep_photo, photo_of_ticket, photo_ticket
from jinlin.requests import actions, schemas
from jinlin.requests.api.calling import IdempotencyKey, router
from jinlin.requests.triage import danger_words


@router.post("/photos", response={201: schemas.PhotoOut}, operation_id="send_photo")
def send_photo(request: HttpRequest, photo: File[UploadedFile]) -> HttpResponse:
    """Send a photo ahead; everything but the picture is removed from it. The ticket is handed in with a request."""
    file = keep_photo(photo)
    return json_answer({"ticket": photo_ticket(file), "width": file.width, "height": file.height}, status=201)


@router.post("", response={201: schemas.ReceiptOut}, operation_id="raise_request")
def raise_request(
    request: HttpRequest, entered: schemas.RequestIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Raise a request, for oneself or (with `contact`) for somebody else; the receipt comes at once.

    The same key with the same contents gives the same request, however often it is sent.
    """
    report = _report(entered)
    if entered.contact is not None:
        contact = actions.Contact(name=entered.contact.name, phone=entered.contact.phone)
        made = actions.enter_request(actor=request.auth, report=report, contact=contact, key=idempotency_key)
    else:
        sender = address_of(request)
        made = actions.raise_request(actor=request.auth, report=report, sender=sender, key=idempotency_key)
    return json_answer(_receipt(made), status=201)


def _report(entered: schemas.RequestIn) -> actions.Report:
    where = actions.Where(
        place_code=entered.where.place,
        words=entered.where.words,
        longitude=entered.where.longitude,
        latitude=entered.where.latitude,
        system=entered.where.system,
    )
    return actions.Report(
        text=entered.text,
        title=entered.title,
        function=entered.function,
        kind=entered.kind or "",
        channel=entered.channel,
        where=where,
        anonymous=entered.anonymous,
        wished_public=entered.public,
        photos=[photo_of_ticket(ticket) for ticket in entered.photos],
    )


def _receipt(made: actions.Receipt) -> dict[str, Any]:
    row = made.request
    return {
        "id": str(row.pk),
        "number": row.number,
        "state": row.state,
        "received_at": row.received_at,
        "due_at": row.due_at,
        "follow_code": made.code,
        "follow_path": reverse("requests:follow-link", args=[row.number, made.code]),
        "danger": bool(danger_words(row.text)),
    }
