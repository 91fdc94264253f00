"""Parts of a request for other bodies than the one that leads: asked, signed for, done, returned, called off."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from jinlin.algorithms.working_time import deadline
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.sends import Send, sent_once
from jinlin.playbooks.here import current_playbook
from jinlin.region.calendars import working_calendar
from jinlin.requests import rules, tasks
from jinlin.requests.actions.steps import Change, Door, advance, carry_out, locked
from jinlin.requests.models import Request, RequestPart
from jinlin.requests.states import OPEN_AT_DISPATCHER, OWED, PARTS, Verb

LONGEST_WORDS = 1_000
MOST_PARTS = 20
NO_DOOR = Door()
CLOCKS = {RequestPart.Role.SUPPORT: ("part",), RequestPart.Role.WHISTLED: ("whistle", "part")}
"""The playbook's clocks for each role, the first that it has; without one the part is due with the whole."""


@dataclass(frozen=True)
class AskedPart:
    """Whom to ask for a part, for what, and as what."""

    body_id: int
    words: str
    role: str = RequestPart.Role.SUPPORT


def ask_parts(*, actor: Actor, request_id: int, parts: Sequence[AskedPart], door: Door = NO_DOOR) -> Request:
    """Ask other bodies to help with a request that one body leads; each has a part of its own with its own deadline.

    Raises:
        Invalid: without words, for no or more than twenty bodies, for one that is not active, leads or has been asked
            already, and while no body leads; and what `take_step` raises.
    """
    asked = [AskedPart(one.body_id, _words(one.words, "words"), RequestPart.Role(one.role)) for one in parts]
    with sent_once(
        f"account:{actor.account_id}", door.key, [request_id, "split", [asdict(one) for one in asked]]
    ) as send:
        request = locked(actor, request_id, door.seen_version)
        _must_be_led(request)
        bodies = _bodies(request, [one.body_id for one in asked])
        request.parts_given += len(asked)
        request.parts_owed += len(asked)
        told = "\n".join(
            _("%(body)s: %(words)s") % {"body": bodies[one.body_id].name, "words": one.words} for one in asked
        )
        change = Change({"parts_given": request.parts_given}, internal_note=told)
        advance(actor, request, Verb.SPLIT, change, send)
        for one in asked:
            _ask(actor, request, one)
    return request


def _words(text: str, field: str) -> str:
    return rules.clean_words(text, longest=LONGEST_WORDS, field=field)


def _must_be_led(request: Request) -> None:
    if request.state in OPEN_AT_DISPATCHER:
        raise Invalid(
            _("No body leads this request yet."),
            remedy=_("Dispatch it first to the body that leads, then ask others to help."),
        )


def _bodies(request: Request, ids: Sequence[int]) -> dict[int, Body]:
    if not ids or len(ids) > MOST_PARTS:
        raise Invalid(fields={"bodies": _("Please choose between 1 and %(most)s bodies.") % {"most": MOST_PARTS}})
    if request.body_id in ids:
        raise Invalid(fields={"bodies": _("This body leads already; choose others to help.")})
    if len(set(ids)) != len(ids) or request.parts.filter(body_id__in=ids, state__in=OWED).exists():
        raise Invalid(fields={"bodies": _("One of these bodies has been asked already and has not answered yet.")})
    found = Body.objects.filter(pk__in=ids, active=True).in_bulk()
    if len(found) != len(ids):
        raise Invalid(fields={"bodies": _("This body is not active; choose another one.")})
    return found


def _ask(actor: Actor, request: Request, asked: AskedPart) -> None:
    at = now()
    due_at, provisional = _due(request, asked.role, at)
    made = RequestPart.objects.create(
        request=request,
        body_id=asked.body_id,
        role=asked.role,
        words=asked.words,
        asked_at=at,
        asked_by_id=actor.account_id,
        due_at=due_at,
        provisional=provisional,
    )
    tasks.tell_part.enqueue(part_id=made.pk)


def _due(request: Request, role: str, at: datetime) -> tuple[datetime | None, bool]:
    playbook = current_playbook()
    for name in CLOCKS[RequestPart.Role(role)]:
        limit = playbook.clock_for(name, request.category, request.urgency)
        if limit is not None:
            due = deadline(at, limit.amount, limit.unit, working_calendar())
            return due.at, due.provisional
    final = request.promises.get("final")
    return (datetime.fromisoformat(final) if final else None), False


def sign_part(*, actor: Actor, request_id: int, part_id: int, door: Door = NO_DOOR) -> Request:
    """Sign for a part: the body has it.

    Raises:
        What `take_step` raises.
    """
    return _move(actor, request_id, part_id, Verb.PART_SIGN, "", door)


def finish_part(*, actor: Actor, request_id: int, part_id: int, words: str, door: Door = NO_DOOR) -> Request:
    """Report a part as done, with words that the leading body builds its answer on.

    Raises:
        Invalid: without words; and what `take_step` raises.
    """
    return _move(actor, request_id, part_id, Verb.PART_DONE, _words(words, "words"), door)


def return_part(*, actor: Actor, request_id: int, part_id: int, words: str, door: Door = NO_DOOR) -> Request:
    """Return a part that is not the body's, with the reason; who refused and why stays readable.

    Raises:
        Invalid: without a reason; and what `take_step` raises.
    """
    return _move(actor, request_id, part_id, Verb.PART_RETURN, _words(words, "words"), door)


def call_off_part(*, actor: Actor, request_id: int, part_id: int, words: str, door: Door = NO_DOOR) -> Request:
    """Call a part off that is not needed any more, with the reason.

    Raises:
        Invalid: without a reason; and what `take_step` raises.
    """
    return _move(actor, request_id, part_id, Verb.PART_OFF, _words(words, "words"), door)


def _move(actor: Actor, request_id: int, part_id: int, verb: Verb, words: str, door: Door) -> Request:
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, part_id, verb, words]) as send:
        request = locked(actor, request_id, door.seen_version)
        part = request.parts.select_related("body").filter(pk=part_id).first()
        if part is None:
            raise NotFound
        rules.may_move_part(actor, verb, part).enforce()
        _moved(actor, request, part, verb, words, send)
    return request


def _moved(actor: Actor, request: Request, part: RequestPart, verb: Verb, words: str, send: Send) -> None:
    part.state = PARTS.after(verb, part.state)
    part.result = words or part.result
    at = now()
    part.signed_at = part.signed_at or at if verb == Verb.PART_SIGN else part.signed_at
    part.ended_at = None if part.is_owed else at
    told = _("%(body)s: %(words)s") % {"body": part.body.name, "words": words} if words else part.body.name
    # The rules ask how many parts are owed before this step, the row keeps how many are after it.
    rules.may(actor, verb, request).enforce()
    part.save(update_fields=["state", "result", "signed_at", "ended_at"])
    owed = request.parts_owed - (not part.is_owed)
    carry_out(actor, request, verb, Change({"parts_owed": owed}, internal_note=told), send)
    if not part.is_owed and verb != Verb.PART_OFF:
        tasks.tell_lead.enqueue(part_id=part.pk)
