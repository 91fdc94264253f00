"""Every step of a request, and me too, each a call of its own."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse

from jinlin.platform.access import Actor
from jinlin.platform.answers import json_answer
from jinlin.platform.limits import address_of
from jinlin.platform.sends import RepeatedSend
from jinlin.requests import actions, schemas
from jinlin.requests.actions import Door
from jinlin.requests.api.calling import (
    FollowCode,
    IdempotencyKey,
    Number,
    RequestId,
    caller_of,
    follower_of,
    following,
    router,
)
from jinlin.requests.models import Request
from jinlin.requests.queries import api as queries


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
        found = action(actor=caller_of(request), request_id=request_id, door=Door(key=key, sender=address_of(request)))
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
        return _step(caller_of(request), request_id, action, entered, idempotency_key)

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
        actor, found = follower_of(request, number, code)
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
        return _step(caller_of(request), request_id, partial(action, part_id=part_id), entered, idempotency_key)

    words = _words_for(f"{path}-part", action)
    address, name = f"/{{request_id}}/parts/{{part_id}}/{path}", f"{path.replace('-', '_')}_part"
    router.post(address, response=schemas.StateOut, operation_id=name, **words)(step)


for _entry in STEPS:
    _add_step(*_entry)


for _entry in PART_STEPS:
    _add_part_step(*_entry)


for _entry in STEPS_OF_REPORTERS:
    _add_followers_step(*_entry)
