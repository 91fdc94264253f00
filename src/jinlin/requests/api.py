"""The JSON API of requests: raise, list, read, follow, and every step."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import File, Header, Path, Query, Router, UploadedFile

from jinlin.platform.access import Actor
from jinlin.platform.answers import describe, json_answer
from jinlin.platform.errors import NotFound
from jinlin.platform.limits import address_of
from jinlin.platform.photos import file_path, keep_photo, photo_of_ticket, photo_ticket
from jinlin.platform.sends import RepeatedSend
from jinlin.playbooks.here import current_playbook
from jinlin.requests import actions, schemas
from jinlin.requests.actions import Door
from jinlin.requests.following import key_of, request_behind
from jinlin.requests.models import Request
from jinlin.requests.queries import api as queries
from jinlin.requests.queries import desk, resident
from jinlin.requests.report import GROUPINGS, Schemes, figures_for, raised_between, report
from jinlin.requests.states import State
from jinlin.requests.triage import danger_words

IdempotencyKey = Annotated[str, Header("", alias="Idempotency-Key", max_length=100)]
RequestId = Annotated[int, Path(ge=1, lt=2**63)]
Number = Annotated[str, Path(max_length=40)]
FollowCode = Annotated[str, Path(max_length=40)]
JPEG = describe("image/jpeg", {"type": "string", "format": "binary"})

router = Router()
following = Router()
categories = Router()
figures = Router()


def _actor(request: HttpRequest) -> Actor:
    """Return the caller, where that must be somebody.

    Raises:
        NotSignedIn.
    """
    actor: Actor = request.auth
    actor.must_be_signed_in()
    return actor


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


@router.get("", response=schemas.RequestPage, operation_id="list_requests")
def list_requests(
    request: HttpRequest,
    state: State | None = None,
    category: str = Query("", max_length=6),
    older: str = Query("", max_length=60),
) -> HttpResponse:
    """List the requests in which the caller plays a part, newest first."""
    return json_answer(queries.page(_actor(request), state=state or "", category=category, older=older))


@router.get("/{request_id}", response=schemas.RequestOut, operation_id="read_request")
def read_request(request: HttpRequest, request_id: RequestId) -> HttpResponse:
    """Read one request with its history."""
    actor = _actor(request)
    found = queries.one(actor, request_id)
    return json_answer(queries.whole(actor, found, f"{request.path}/photos/"))


@router.get("/{request_id}/photos/{photo_id}", operation_id="read_photo", openapi_extra=JPEG)
def read_photo(request: HttpRequest, request_id: RequestId, photo_id: RequestId) -> FileResponse:
    """Read a photo of a request, as JPEG."""
    return _photo(_actor(request), request_id, photo_id)


def _photo(actor: Actor, request_id: int, photo_id: int) -> FileResponse:
    photo = resident.photo_for(actor, photo_id)
    if photo.request_id != request_id:
        raise NotFound
    try:
        return FileResponse(file_path(photo.file.digest).open("rb"), content_type=photo.file.media_type)
    except FileNotFoundError:
        raise NotFound from None


def _follower(request: HttpRequest, number: str, code: str) -> tuple[Actor, Request]:
    """Return the holder of a code as an actor, and the request that it opens."""
    found = request_behind(number=number, code=code, sender=address_of(request))
    return Actor(opened=frozenset({key_of(found.pk)})), found


@following.get("/{number}/{code}", response=schemas.RequestOut, operation_id="follow_request")
def follow_request(request: HttpRequest, number: Number, code: FollowCode) -> HttpResponse:
    """Read a request by its number and its secret code, without an account."""
    actor, found = _follower(request, number, code)
    return json_answer(queries.whole(actor, found, f"{request.path}/photos/"))


@following.get("/{number}/{code}/photos/{photo_id}", operation_id="follow_photo", openapi_extra=JPEG)
def follow_photo(request: HttpRequest, number: Number, code: FollowCode, photo_id: RequestId) -> FileResponse:
    """Read a photo of a request that one follows by its code, as JPEG."""
    actor, found = _follower(request, number, code)
    return _photo(actor, found.pk, photo_id)


@categories.get("", response=schemas.Categories, operation_id="list_categories")
def list_categories(request: HttpRequest) -> HttpResponse:
    """List the categories in use; a code begins with that of the category above it."""
    return json_answer({"rows": [{"code": code, "name": name} for code, name in desk.categories().items()]})


@figures.get("", response=schemas.ReportOut, operation_id="read_report")
def read_report(
    request: HttpRequest,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    by: Annotated[Literal["", *GROUPINGS], Query()] = "",
    scheme: Annotated[int | None, Query(ge=1, lt=1000)] = None,
) -> HttpResponse:
    """Count the requests in the caller's area by state, channel and kind, with days to reply, transfers and rates.

    Each judgement counts under the rating scheme of its day, or all under the version that `scheme` names; `by` puts the
    three rates of each community, body, class of matter or month beside the whole.
    """
    rows = raised_between(figures_for(_actor(request)), first, last)
    return json_answer(report(rows, _schemes(scheme), by=by))


def _schemes(under: int | None) -> Schemes:
    try:
        return Schemes.of(current_playbook().rating, under)
    except KeyError:
        raise NotFound(_("There is no such rating scheme here.")) from None


@router.post("/{request_id}/me-too", response=schemas.SupportOut, operation_id="support_request")
def support_request(request: HttpRequest, request_id: RequestId, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Say that a public request is one's own too; each household counts once."""
    return _support(request, request_id, idempotency_key, actions.support_request)


@router.post("/{request_id}/me-too/withdraw", response=schemas.SupportOut, operation_id="withdraw_support")
def withdraw_support(request: HttpRequest, request_id: RequestId, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Take the me too of one's household back."""
    return _support(request, request_id, idempotency_key, actions.withdraw_support)


def _support(request: HttpRequest, request_id: int, key: str, action: Callable[..., Request]) -> HttpResponse:
    try:
        found = action(actor=_actor(request), request_id=request_id, door=Door(key=key, sender=address_of(request)))
    except RepeatedSend:
        found = Request.objects.get(pk=request_id)
    return json_answer({"number": found.number, "supports": found.supports})


Action = Callable[..., Request]
STEPS_OF_REPORTERS: list[tuple[str, type[schemas.StepIn], Action]] = [
    ("rate", schemas.JudgementIn, actions.rate_request),
    ("add", schemas.AddIn, actions.add_to_request),
    ("withdraw", schemas.ReasonIn, actions.withdraw_request),
    ("reopen", schemas.ReasonIn, actions.reopen_request),
    ("resubmit", schemas.AgainIn, actions.resubmit_request),
]
STEPS: list[tuple[str, type[schemas.StepIn], Action]] = [
    ("accept", schemas.AcceptIn, actions.accept_request),
    ("decline", schemas.ReasonIn, actions.decline_request),
    ("classify", schemas.ClassifyIn, actions.classify_request),
    ("relocate", schemas.RelocateIn, actions.relocate_request),
    ("dispatch", schemas.GiveIn, actions.dispatch_request),
    ("transfer", schemas.GiveIn, actions.transfer_request),
    ("send-back", schemas.ReasonIn, actions.send_back_request),
    ("sign", schemas.StepIn, actions.sign_for_request),
    ("start", schemas.StepIn, actions.start_request),
    ("report", schemas.NoteIn, actions.report_progress),
    ("handle", schemas.HandleIn, actions.handle_request),
    ("call-back", schemas.StepIn, actions.begin_call_back),
    ("record-call-back", schemas.JudgementIn, actions.record_call_back),
    ("record-late-call-back", schemas.JudgementIn, actions.record_late_call_back),
    ("split", schemas.SplitIn, actions.ask_parts),
    ("merge", schemas.MergeIn, actions.merge_request),
    ("unmerge", schemas.ReasonIn, actions.unmerge_request),
    ("relate", schemas.RelateIn, actions.relate_request),
    ("close-unreached", schemas.ReasonIn, actions.record_failed_call_back),
    ("ask", schemas.AskIn, actions.ask_approval),
    ("grant", schemas.DecisionIn, actions.grant_approval),
    ("refuse", schemas.DecisionIn, actions.refuse_approval),
    ("take-back", schemas.ApprovalIn, actions.take_back_approval),
    ("climb", schemas.ClimbIn, actions.climb_request),
    ("convene", schemas.MeetingIn, actions.call_meeting),
    ("meet", schemas.MinutesIn, actions.record_meeting),
    ("resume", schemas.ReasonIn, actions.resume_request),
    *STEPS_OF_REPORTERS,
]
"""Each step's address, what it takes and the action that it calls."""


def _step(actor: Actor, request_id: int, action: Action, entered: schemas.StepIn, key: str) -> HttpResponse:
    door = Door(seen_version=entered.version, key=key)
    try:
        after = action(actor=actor, request_id=request_id, door=door, **entered.arguments())
    except RepeatedSend:
        after = queries.one(actor, request_id)
    return json_answer(
        {
            "id": str(after.pk),
            "number": after.number,
            "state": after.state,
            "version": after.version,
            "due_at": after.due_at,
        }
    )


def _words_for(path: str, action: Action) -> dict[str, str]:
    return {"summary": path.replace("-", " ").capitalize(), "description": (action.__doc__ or "").split("\n\n")[0]}


def _add_step(path: str, shape: type[schemas.StepIn], action: Action) -> None:
    def step(
        request: HttpRequest,
        request_id: RequestId,
        entered: shape,  # type: ignore[valid-type]
        idempotency_key: IdempotencyKey = "",
    ) -> HttpResponse:
        return _step(_actor(request), request_id, action, entered, idempotency_key)

    name = f"{path.replace('-', '_')}_request"
    words = _words_for(path, action)
    router.post(f"/{{request_id}}/{path}", response=schemas.StateOut, operation_id=name, **words)(step)


def _add_followers_step(path: str, shape: type[schemas.StepIn], action: Action) -> None:
    def step(
        request: HttpRequest,
        number: Number,
        code: FollowCode,
        entered: shape,  # type: ignore[valid-type]
        idempotency_key: IdempotencyKey = "",
    ) -> HttpResponse:
        actor, found = _follower(request, number, code)
        return _step(actor, found.pk, action, entered, idempotency_key)

    name = f"follow_and_{path}"
    words = _words_for(path, action)
    following.post(f"/{{number}}/{{code}}/{path}", response=schemas.StateOut, operation_id=name, **words)(step)


PART_STEPS: list[tuple[str, type[schemas.StepIn], Action]] = [
    ("sign", schemas.StepIn, actions.sign_part),
    ("finish", schemas.PartStepIn, actions.finish_part),
    ("return", schemas.PartStepIn, actions.return_part),
    ("call-off", schemas.PartStepIn, actions.call_off_part),
]


def _add_part_step(path: str, shape: type[schemas.StepIn], action: Action) -> None:
    def step(
        request: HttpRequest,
        request_id: RequestId,
        part_id: RequestId,
        entered: shape,  # type: ignore[valid-type]
        idempotency_key: IdempotencyKey = "",
    ) -> HttpResponse:
        return _step(_actor(request), request_id, partial(action, part_id=part_id), entered, idempotency_key)

    words = _words_for(f"{path}-part", action)
    address, name = f"/{{request_id}}/parts/{{part_id}}/{path}", f"{path.replace('-', '_')}_part"
    router.post(address, response=schemas.StateOut, operation_id=name, **words)(step)


for _entry in STEPS:
    _add_step(*_entry)
for _entry in PART_STEPS:
    _add_part_step(*_entry)
for _entry in STEPS_OF_REPORTERS:
    _add_followers_step(*_entry)
