"""The steps of officers: accept or decline, classify, dispatch, pass on, sign, work, report as handled."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid
from jinlin.platform.models import StoredFile
from jinlin.platform.sends import sent_once
from jinlin.requests import rules
from jinlin.requests.actions.photos import attach_photos
from jinlin.requests.actions.steps import Change, Door, advance, existing_category, existing_outcome, locked, take_step
from jinlin.requests.models import Outcome, Request, RequestPhoto, Urgency
from jinlin.requests.states import OPEN_AT_DISPATCHER, Verb
from jinlin.territory.queries import existing_place

LONGEST_NOTE = 2_000
NO_DOOR = Door()


def _words(text: str, field: str, *, needed: bool) -> str:
    return rules.clean_words(text, longest=LONGEST_NOTE, field=field, needed=needed)


def _active_body(body_id: int) -> Body:
    body = Body.objects.filter(pk=body_id, active=True).first()
    if body is None:
        raise Invalid(fields={"body": _("This body is not active; choose another one.")})
    return body


def accept_request(
    *, actor: Actor, request_id: int, category: str = "", urgency: str = "", note: str = "", door: Door = NO_DOOR
) -> Request:
    """Take a request up (受理) under a confirmed category and urgency; the final clock starts.

    Raises:
        Invalid, and what `take_step` raises.
    """
    columns = {"category": existing_category(category)} if category else {}
    if urgency:
        columns["urgency"] = Urgency(urgency)
    change = Change(columns, note=_words(note, "note", needed=False))
    return take_step(actor=actor, request_id=request_id, verb=Verb.ACCEPT, change=change, door=door)[0]


def decline_request(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Request:
    """Refuse a request with a reason that its reporter reads.

    Raises:
        Invalid: without a reason; and what `take_step` raises.
    """
    change = Change(note=_words(reason, "reason", needed=True))
    return take_step(actor=actor, request_id=request_id, verb=Verb.DECLINE, change=change, door=door)[0]


def classify_request(
    *, actor: Actor, request_id: int, category: str, urgency: str, reason: str = "", door: Door = NO_DOOR
) -> Request:
    """Correct category and urgency.

    Raises:
        Invalid, and what `take_step` raises.
    """
    columns = {"category": existing_category(category), "urgency": Urgency(urgency)}
    change = Change(columns, internal_note=_words(reason, "reason", needed=False))
    return take_step(actor=actor, request_id=request_id, verb=Verb.CLASSIFY, change=change, door=door)[0]


def relocate_request(*, actor: Actor, request_id: int, place_code: str, door: Door = NO_DOOR) -> Request:
    """Correct the place; grid and estate follow.

    Raises:
        Invalid: for a place that does not exist (any more); and what `take_step` raises.
    """
    place = existing_place(place_code)
    if place is None:
        raise Invalid(fields={"place_code": _("There is no such place here; choose one from the list.")})
    columns = {"place_code": place.code, "grid_id": place.grid_id, "estate_id": place.estate_id}
    return take_step(actor=actor, request_id=request_id, verb=Verb.RELOCATE, change=Change(columns), door=door)[0]


def dispatch_request(
    *, actor: Actor, request_id: int, body_id: int, basis: str, words: str = "", door: Door = NO_DOOR
) -> Request:
    """Give an accepted request to a body (派单), with the written basis on which it answers for it.

    Raises:
        Invalid: for a body that is not active, or without a basis; and what `take_step` raises.
    """
    return _give(actor, request_id, body_id, basis, words, Verb.DISPATCH, door)


def transfer_request(
    *, actor: Actor, request_id: int, body_id: int, basis: str, words: str = "", door: Door = NO_DOOR
) -> Request:
    """Pass a request on from one body to another (转办); each time is counted.

    Raises:
        Invalid, and what `take_step` raises.
    """
    return _give(actor, request_id, body_id, basis, words, Verb.TRANSFER, door)


def _give(actor: Actor, request_id: int, body_id: int, basis: str, words: str, verb: Verb, door: Door) -> Request:
    body = _active_body(body_id)
    reason = _words(basis, "basis", needed=True)
    told = "\n".join(part for part in (reason, _words(words, "words", needed=False)) if part)
    contents = [request_id, verb, body.pk, told]
    with sent_once(sender=f"account:{actor.account_id}", key=door.key, contents=contents) as send:
        request = locked(actor, request_id, door.seen_version)
        if request.body_id == body.pk and verb == Verb.TRANSFER:
            raise Invalid(fields={"body": _("It lies with this body already; choose another one.")})
        columns = {"body_id": body.pk, "transfers": request.transfers + (verb == Verb.TRANSFER)}
        advance(actor, request, verb, Change(columns, internal_note=told), send)
    return request


def send_back_request(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Request:
    """Return a request to its dispatcher (退回) with a reason: who refused, and why, stays readable.

    Raises:
        Invalid: without a reason; and what `take_step` raises.
    """
    words = _words(reason, "reason", needed=True)
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.SEND_BACK, words]) as send:
        request = locked(actor, request_id, door.seen_version)
        change = Change({"body_id": dispatcher_of(request)}, note=words)
        advance(actor, request, Verb.SEND_BACK, change, send)
    return request


def dispatcher_of(request: Request) -> int:
    """Return the body that had the request last before it was dispatched."""
    before = request.steps.filter(state__in=OPEN_AT_DISPATCHER).order_by("-number")
    return before.values_list("body_id", flat=True).first() or request.body_id


def sign_for_request(*, actor: Actor, request_id: int, door: Door = NO_DOOR) -> Request:
    """Sign for a dispatched request (签收): the body has it.

    Raises:
        What `take_step` raises.
    """
    return take_step(actor=actor, request_id=request_id, verb=Verb.SIGN, change=Change(), door=door)[0]


def start_request(*, actor: Actor, request_id: int, door: Door = NO_DOOR) -> Request:
    """Begin the work on a request.

    Raises:
        What `take_step` raises.
    """
    return take_step(actor=actor, request_id=request_id, verb=Verb.START, change=Change(), door=door)[0]


def report_progress(*, actor: Actor, request_id: int, note: str, door: Door = NO_DOOR) -> Request:
    """Tell the reporter how the work stands.

    Raises:
        Invalid: without words; and what `take_step` raises.
    """
    change = Change(note=_words(note, "note", needed=True))
    return take_step(actor=actor, request_id=request_id, verb=Verb.REPORT, change=change, door=door)[0]


def handle_request(
    *,
    actor: Actor,
    request_id: int,
    answer: str,
    outcome: str = Outcome.FIXED,
    photos: Sequence[StoredFile] = (),
    door: Door = NO_DOOR,
) -> Request:
    """Report a request as handled, with what came of it, the answer that its reporter reads and photos of the result.

    Raises:
        Invalid: without an answer (M046: no closing without one); and what `take_step` raises.
    """
    change = Change({"outcome": existing_outcome(outcome)}, note=_words(answer, "answer", needed=True))
    contents = [request_id, Verb.HANDLE, change.note, outcome, [file.digest for file in photos]]
    with sent_once(sender=f"account:{actor.account_id}", key=door.key, contents=contents) as send:
        request = locked(actor, request_id, door.seen_version)
        step = advance(actor, request, Verb.HANDLE, change, send)
        attach_photos(request, step, photos, RequestPhoto.Moment.AFTER)
    return request


def note_internally(*, actor: Actor, request_id: int, note: str, door: Door = NO_DOOR) -> Request:
    """Leave a word among officers; its reporter neither reads it nor hears of it.

    Raises:
        Invalid: without words; and what `take_step` raises.
    """
    words = _words(note, "note", needed=True)
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, "note-internally", words]) as send:
        request = locked(actor, request_id, door.seen_version)
        rules.may_note_internally(actor, request).enforce()
        advance(actor, request, Verb.ADD, Change(internal_note=words), send)
    return request
