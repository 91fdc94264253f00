"""The verbs of those who walk the stairs: opinion notes, service matters that a neighbour brings about, work on the spot."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid
from jinlin.platform.models import StoredFile
from jinlin.platform.sends import Send, sent_once
from jinlin.requests import rules
from jinlin.requests.actions.intake import Contact, Receipt, Report, enter_request
from jinlin.requests.actions.locating import Where
from jinlin.requests.actions.photos import attach_photos
from jinlin.requests.actions.steps import Change, Door, advance, locked, take_step
from jinlin.requests.models import Channel, Function, Outcome, Request, RequestPhoto
from jinlin.requests.states import WAITING_FOR_SIGNATURE, State, Verb

LONGEST_OPINION = 300
LONGEST_ANSWER = 2_000
NO_DOOR = Door()
NO_CONTACT = Contact()
NO_SEND = Send(key="", fingerprint="")


def enter_opinion(*, actor: Actor, note: str, topic: str, where: Where, key: str = "") -> Receipt:
    """Write down what a resident thinks (M058): short, under a topic, with nobody's name in it and nobody's name on it.

    Raises:
        Invalid: for an empty or long note, one that names somebody, or without a topic; and what `enter_request` raises.
    """
    words = rules.clean_words(note, longest=LONGEST_OPINION, field="text")
    rules.names_nobody(words)
    if not topic:
        raise Invalid(fields={"category": _("Please choose what it is about.")})
    report = Report(
        text=words, category=topic, function=Function.OPINION, channel=Channel.VISIT, where=where, anonymous=True
    )
    return enter_request(actor=actor, report=report, contact=NO_CONTACT, key=key)


def enter_matter(*, actor: Actor, report: Report, contact: Contact, key: str = "") -> Receipt:
    """Enter a service matter (M057) and take it on oneself: whoever enters it finds a helper and sees it done.

    Raises:
        Invalid: without a place, which says whose area it is; and what `enter_request` raises.
    """
    if not report.where.place_code:
        raise Invalid(fields={"place_code": _("Please choose the building, so that the matter counts for its area.")})
    with transaction.atomic():
        receipt = enter_request(actor=actor, report=report, contact=contact, key=key)
        if receipt.request.state == State.RECEIVED:
            request_id = receipt.request.pk
            taken, _step = take_step(
                actor=actor, request_id=request_id, verb=Verb.COORDINATE, change=Change(), door=NO_DOOR
            )
            return Receipt(taken, receipt.code)
    return receipt


def settle_matter(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Request:
    """Close a finished service matter that its resident cannot confirm, and say why it counts as done.

    Raises:
        Invalid: without a reason; and what `take_step` raises.
    """
    change = Change({"outcome": Outcome.FIXED}, note=rules.clean_words(reason, longest=500, field="reason"))
    return take_step(actor=actor, request_id=request_id, verb=Verb.SETTLE, change=change, door=door)[0]


def handle_on_the_spot(
    *, actor: Actor, request_id: int, answer: str, photos: Sequence[StoredFile] = (), door: Door = NO_DOOR
) -> Request:
    """Sign for a request, start it and report it as handled in one go, for somebody who stands in front of it.

    Every step is a line of the history of its own; either all are written or none.

    Raises:
        Invalid: without an answer; and what `take_step` raises.
    """
    change = Change({"outcome": Outcome.FIXED}, note=rules.clean_words(answer, longest=LONGEST_ANSWER, field="answer"))
    contents = [request_id, "on the spot", change.note, [file.digest for file in photos]]
    with sent_once(sender=f"account:{actor.account_id}", key=door.key, contents=contents) as send:
        request = locked(actor, request_id, door.seen_version)
        for verb in _steps_before_handling(request):
            advance(actor, request, verb, Change(), NO_SEND)
        step = advance(actor, request, Verb.HANDLE, change, send)
        attach_photos(request, step, photos, RequestPhoto.Moment.AFTER)
    return request


def _steps_before_handling(request: Request) -> list[Verb]:
    before = [Verb.SIGN] if request.state in WAITING_FOR_SIGNATURE else []
    if before or request.state in {State.SIGNED, State.REWORKED}:
        before.append(Verb.START)
    return before
