"""Rounds of call-backs: drawn from what was handled or closed, and written down call by call."""

from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext as _

from jinlin.algorithms.sampling import draw_sample
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import LOCAL, now, today
from jinlin.platform.errors import Invalid, NotFound, Stale, WrongState
from jinlin.platform.sends import sent_once
from jinlin.playbooks.here import current_playbook
from jinlin.requests import rules
from jinlin.requests.actions.handling import NO_DOOR
from jinlin.requests.actions.rating import (
    Judgement,
    begin_call_back,
    record_call_back,
    record_failed_call_back,
    record_late_call_back,
    write_rating,
)
from jinlin.requests.actions.steps import Door, locked
from jinlin.requests.models import CallBack, CallBackRound
from jinlin.requests.queries.call_backs import candidates
from jinlin.requests.rules import call_backs as calling
from jinlin.requests.states import State
from jinlin.territory.queries import existing_place

BATCH = 2_000
LONGEST_SEED = 40
LONGEST_REASON = 500


def draw_call_backs(
    *, actor: Actor, place_code: str, first: date, last: date, percent: int, seed: str, door: Door = NO_DOOR
) -> CallBackRound:
    """Draw a share of the requests handled or closed from `first` to `last` at the place; with 100 all of them.

    Raises:
        NotAllowed: for somebody who does not receive requests for the whole place.
        Invalid: for days or a share that make no sense, without a seed, or where nobody is left to call.
        Stale: when another round took some of them at the same moment; RepeatedSend, KeyReused.
    """
    words = rules.clean_words(seed, longest=LONGEST_SEED, field="seed")
    _check(place_code, first, last, percent)
    actor.must_hold(rules.RECEPTION_ROLES, place_code)
    contents = [place_code, first.isoformat(), last.isoformat(), percent, words]
    try:
        with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
            send.raise_if_known()
            made = _drawn(actor, place_code, (first, last), percent, words)
            send.keep(made)
    except IntegrityError:
        raise Stale from None
    return made


def _check(place_code: str, first: date, last: date, percent: int) -> None:
    found = {
        "place_code": "" if existing_place(place_code) else _("There is no such place here."),
        "first": _("The first day comes before the last.") if first > last else "",
        "last": _("This day has not come yet.") if last > today() else "",
        "percent": "" if 1 <= percent <= 100 else _("A share is from 1 to 100 per cent."),
    }
    if wrong := {name: why for name, why in found.items() if why}:
        raise Invalid(fields=wrong)


def _drawn(actor: Actor, place_code: str, days: tuple[date, date], percent: int, seed: str) -> CallBackRound:
    found = dict(candidates(place_code, *days).values_list("number", "pk"))
    if not found:
        raise Invalid(fields={"first": _("Nobody is left to call: no request of these days, or all drawn before.")})
    made = CallBackRound.objects.create(
        place_code=place_code, first=days[0], last=days[1], percent=percent, seed=seed,
        candidates=len(found), drawn_at=now(), drawn_by_id=actor.account_id,
    )  # fmt: skip
    chosen = draw_sample(found, percent, seed)
    rows = (CallBack(round=made, request_id=found[number]) for number in chosen)
    CallBack.objects.bulk_create(rows, batch_size=BATCH)
    told = {"candidates": len(found), "drawn": len(chosen)}
    record_change(actor, "requests.draw_call_backs", made, place_code=place_code, **told)
    return made


def record_drawn_call(
    *,
    actor: Actor,
    call_back_id: int,
    judgement: Judgement,
    ask_again: bool = True,
    seen_attempts: int | None = None,
    door: Door = NO_DOOR,
) -> CallBack:
    """Write down what the reporter said: what waits for a judgement ends or goes back, what is closed may be taken up again.

    Raises:
        NotFound, NotAllowed, Invalid, RepeatedSend, KeyReused.
        Stale: when somebody called in the meantime; WrongState: when the result is written down, or it is at work again.
    """
    contents = [call_back_id, judgement.solved, judgement.satisfied, judgement.comment]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        row = _to_call(actor, call_back_id, seen_attempts, door)
        request_id = row.request_id
        _begin(actor, row)
        record = record_late_call_back if row.request.state == State.CLOSED else record_call_back
        record(actor=actor, request_id=request_id, judgement=judgement, ask_again=ask_again)
        _count_attempt(row)
        send.keep(row)
    return row


def record_unreached(
    *, actor: Actor, call_back_id: int, reason: str, seen_attempts: int | None = None, door: Door = NO_DOOR
) -> CallBack:
    """Count an attempt that reached nobody; tried on as many days as the playbook asks for, the call-back is not valid.

    Raises:
        Invalid: without a reason; and what `record_drawn_call` raises.
    """
    words = rules.clean_words(reason, longest=LONGEST_REASON, field="reason")
    with sent_once(f"account:{actor.account_id}", door.key, [call_back_id, "unreached", words]) as send:
        row = _to_call(actor, call_back_id, seen_attempts, door)
        _count_attempt(row, words)
        told = {"attempts": row.attempts, "days": row.days_tried}
        place_code = row.request.place_code
        record_change(actor, "requests.call_back_unreached", row.request, place_code=place_code, **told)
        if row.days_tried >= current_playbook().norms.call_back_attempts:
            _give_up(actor, row, words)
        send.keep(row)
    return row


def _to_call(actor: Actor, call_back_id: int, seen_attempts: int | None, door: Door) -> CallBack:
    """Return the call-back with its request, both locked: the request first, as everywhere."""
    request_id = CallBack.objects.filter(pk=call_back_id).values_list("request_id", flat=True).first()
    if request_id is None:
        raise NotFound
    request = locked(actor, request_id, door.seen_version)
    row = CallBack.objects.select_for_update().get(pk=call_back_id)
    row.request = request
    calling.may_call(actor, request).enforce()
    possible = calling.can_be_called(row, request)
    if not possible:
        raise WrongState(possible.reason)
    if seen_attempts is not None and row.attempts != seen_attempts:
        raise Stale
    return row


def _begin(actor: Actor, row: CallBack) -> None:
    if row.request.state == State.HANDLED:
        begin_call_back(actor=actor, request_id=row.request_id)


def _count_attempt(row: CallBack, words: str = "") -> None:
    at = now().astimezone(LOCAL)
    before = row.last_attempt_at
    if before is None or before.astimezone(LOCAL).date() != at.date():
        row.days_tried += 1
    row.attempts, row.last_attempt_at = row.attempts + 1, at
    if words:
        row.notes = "\n".join(filter(None, [row.notes, f"{at:%Y-%m-%d %H:%M} {words}"]))
    row.save(update_fields=["attempts", "days_tried", "last_attempt_at", "notes"])


def _give_up(actor: Actor, row: CallBack, words: str) -> None:
    _begin(actor, row)
    if row.request.state == State.CLOSED:
        write_rating(row.request, by_call_back=True, valid=False, comment=words)
    else:
        record_failed_call_back(actor=actor, request_id=row.request_id, reason=words)
