"""The one way a request changes: seen, locked, allowed, changed, written down, announced."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound, Stale
from jinlin.platform.events import announce
from jinlin.platform.rows import fetch_locked, insert, save
from jinlin.platform.sends import Send, sent_once
from jinlin.requests import events, rules, tasks
from jinlin.requests.actions.carrying import carry_along
from jinlin.requests.actions.clocks import turn_clocks
from jinlin.requests.actions.lapsing import let_lapse
from jinlin.requests.models import Outcome, Request, Step
from jinlin.requests.publishing import keep_public_record
from jinlin.requests.queries.choices import categories
from jinlin.requests.states import FINAL, OPEN, OWED, TABLE, PartState, Verb

TOLD = {
    Verb.LEAD,
    Verb.ACCEPT,
    Verb.DECLINE,
    Verb.REPORT,
    Verb.HANDLE,
    Verb.REWORK,
    Verb.REOPEN,
    Verb.RESUBMIT,
    Verb.CLOSE,
    Verb.ADD,
    Verb.GRANT,
    Verb.MERGE,
    Verb.UNMERGE,
}
"""Steps of which the reporter gets a notice."""
TAKEN_UP = {Verb.REWORK, Verb.REOPEN, Verb.RESUBMIT}
"""Steps after which what came of it is open again."""
KEPT_BY_STEPS = (
    *("state", "version", "closed_at", "publicity"),
    *("promises", "due_at", "warnings", "warns_at", "stopped_at", "asked", "suspended_until", "parts_owed", "outcome"),
)
"""Columns of the request that every step writes; the words stay as they were written."""


@dataclass(frozen=True)
class Door:
    """What a door knows of one send: which version the person saw, the key that makes a repeat harmless, and from where.

    `sender` is a network address, for limits; it is not kept.
    """

    seen_version: int | None = None
    key: str = ""
    sender: str = ""


@dataclass(frozen=True)
class Change:
    """What a step changes besides the state: columns of the request, and words to the reporter and among officers."""

    columns: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    internal_note: str = ""


def take_step(*, actor: Actor, request_id: int, verb: Verb, change: Change, door: Door) -> tuple[Request, Step]:
    """Do one step of a request in a transaction of its own and return the request and the line of its history.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused.
    """
    contents = [request_id, verb, {name: str(value) for name, value in change.columns.items()}, change.note]
    with sent_once(sender=f"account:{actor.account_id}", key=door.key, contents=contents) as send:
        request = locked(actor, request_id, door.seen_version)
        return request, advance(actor, request, verb, change, send)


def locked(actor: Actor, request_id: int, seen_version: int | None) -> Request:
    """Fetch a request that the actor may see and lock it until the transaction ends.

    Raises:
        NotFound: also for one that exists but not for this actor.
        Stale: if it has changed since the version that the person saw.
    """
    request = fetch_locked(Request, request_id, without=("search", "labels"))
    if request is None or not rules.plays_a_part(actor, request):
        raise NotFound
    if seen_version is not None and request.version != seen_version:
        raise Stale
    return request


def existing_category(code: str) -> str:
    """Return the code of a category that is in use, as the lists show them.

    Raises:
        Invalid: for any other.
    """
    if code not in categories():
        raise Invalid(fields={"category": _("There is no such category; choose one from the list.")})
    return code


def existing_outcome(outcome: str) -> Outcome:
    """Return what came of it.

    Raises:
        Invalid: for a word that is none.
    """
    if outcome not in Outcome:
        raise Invalid(fields={"outcome": _("Please say what came of it.")})
    return Outcome(outcome)


def advance(actor: Actor, request: Request, verb: Verb, change: Change, send: Send) -> Step:
    """Apply one step to a locked request; the transaction is the caller's.

    Raises:
        NotAllowed, WrongState, RepeatedSend, KeyReused.
    """
    rules.may(actor, verb, request).enforce()
    return carry_out(actor, request, verb, change, send)


def carry_out(actor: Actor, request: Request, verb: Verb, change: Change, send: Send) -> Step:
    """Apply one step to a locked request, which a rule or an approval has allowed; the transaction is the caller's.

    Raises:
        WrongState, RepeatedSend, KeyReused.
    """
    before, at = request.state, now()
    acting_id = rules.acting_body(actor, verb, request)
    request.state = TABLE.after(verb, request.state)
    for name, value in change.columns.items():
        setattr(request, name, value)
    if verb in TAKEN_UP:
        request.outcome = ""
    request.version += 1
    request.closed_at = (request.closed_at or at) if request.state in FINAL else None
    started = turn_clocks(request, verb, at)
    if before in OPEN and request.state in FINAL and (request.asked or request.stopped_at):
        let_lapse(request, at)
    if request.parts_owed and request.state in FINAL:
        call_off_rest(request, at)
    keep_public_record(actor, request)
    save(request, dict.fromkeys([*KEPT_BY_STEPS, *change.columns]))
    insert(*started)
    step = write_step(actor, request, verb, change, at, acting_id=acting_id)
    if request.members:
        carry_along(request, before)
    record_change(actor, f"requests.{verb}", request, place_code=request.place_code, before=before, after=request.state)
    if _is_told(request, verb, change):
        tasks.tell_reporter.enqueue(request_id=request.pk, step_number=step.number)
    announce(events.RequestChanged(request.pk, verb, before, request.state))
    send.keep(request)
    return step


def call_off_rest(request: Request, at: datetime) -> None:
    """End the parts that nobody needs any more, because the request has ended."""
    request.parts.filter(state__in=OWED).update(state=PartState.CALLED_OFF, ended_at=at)
    request.parts_owed = 0


def _is_told(request: Request, verb: Verb, change: Change) -> bool:
    """Say whether anybody gets a notice; words among officers are none of theirs."""
    only_internal = verb in {Verb.ADD, Verb.GRANT} and not change.note and bool(change.internal_note)
    concerned = request.reporter_id is not None or request.supports > 0 or request.members > 0
    return verb in TOLD and not only_internal and concerned


def write_step(
    actor: Actor,
    request: Request,
    verb: Verb,
    change: Change,
    at: datetime | None = None,
    *,
    acting_id: int | None = None,
) -> Step:
    """Write the line of the history that says what holds from `at` on, the moment at which its clocks turned; else now.

    `acting_id` is the body for which the actor takes the step.
    """
    step = Step(
        request=request,
        number=request.version,
        at=at or now(),
        actor_id=actor.account_id,
        verb=verb,
        state=request.state,
        category=request.category,
        urgency=request.urgency,
        place_code=request.place_code,
        body_id=request.body_id,
        acting_id=acting_id,
        due_at=request.due_at,
        outcome=request.outcome,
        note=change.note,
        internal_note=change.internal_note,
    )
    insert(step)
    return step
