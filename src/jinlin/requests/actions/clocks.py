"""Which step starts and ends which promise, and how a promise becomes a deadline."""

from collections.abc import Iterable
from datetime import datetime

from jinlin.algorithms.working_time import deadline
from jinlin.platform.rows import update
from jinlin.playbooks.here import current_playbook
from jinlin.region.calendars import working_calendar
from jinlin.requests.models import Clock, Request
from jinlin.requests.states import Verb

M = Clock.Milestone
STARTS: dict[Verb, tuple[M, ...]] = {
    Verb.RECEIVE: (M.DISPATCH, M.FIRST_ANSWER),
    Verb.ACCEPT: (M.FINAL,),
    Verb.COORDINATE: (M.FINAL,),
    Verb.DISPATCH: (M.SIGN,),
    Verb.TRANSFER: (M.SIGN,),
    Verb.SEND_BACK: (M.DISPATCH,),
    Verb.HANDLE: (M.CALL_BACK,),
    Verb.REWORK: (M.FINAL,),
}
MEETS: dict[Verb, tuple[M, ...]] = {
    Verb.ACCEPT: (M.FIRST_ANSWER,),
    Verb.COORDINATE: (M.DISPATCH, M.FIRST_ANSWER),
    Verb.DECLINE: (M.DISPATCH, M.FIRST_ANSWER, M.FINAL),
    Verb.DISPATCH: (M.DISPATCH,),
    Verb.SEND_BACK: (M.SIGN,),
    Verb.SIGN: (M.SIGN,),
    Verb.TRANSFER: (M.SIGN,),
    Verb.HANDLE: (M.DISPATCH, M.FIRST_ANSWER, M.FINAL),
    Verb.CLOSE: (M.CALL_BACK,),
    Verb.REWORK: (M.CALL_BACK,),
    Verb.SETTLE: (M.CALL_BACK,),
}
DROPS: dict[Verb, tuple[M, ...]] = {Verb.WITHDRAW: tuple(M)}
"""What ends without having been met: nothing is owed any more."""


def turn_clocks(request: Request, verb: Verb, at: datetime) -> list[Clock]:
    """End the promises that `verb` meets or drops, and return those it begins; set `promises` and `due_at` of the row.

    The caller saves the request, then the new clocks. Past promises stay as rows, so that every deadline can be looked
    up later.

    Raises:
        MissingCalendarYear: when a deadline would fall into a year that the calendar does not know.
    """
    for milestones, met in ((MEETS.get(verb, ()), True), (DROPS.get(verb, ()), False)):
        _end(request, milestones, at, met=met)
    started = [clock for clock in (_new(request, milestone, at) for milestone in STARTS.get(verb, ())) if clock]
    request.promises = request.promises | {clock.milestone: clock.due_at.isoformat() for clock in started}
    request.due_at = min((datetime.fromisoformat(due) for due in request.promises.values()), default=None)
    return started


def _end(request: Request, milestones: Iterable[str], at: datetime, *, met: bool) -> None:
    running = tuple(milestone for milestone in milestones if milestone in request.promises)
    if running:
        open_clocks = {"request_id": request.pk, "milestone": running, "ended_at": None}
        update(Clock, open_clocks, {"ended_at": at, "met": met})
        request.promises = {name: due for name, due in request.promises.items() if name not in running}


def _new(request: Request, milestone: str, at: datetime) -> Clock | None:
    playbook = current_playbook()
    limit = playbook.clock_for(milestone, request.category, request.urgency)
    if limit is None:
        return None
    due = deadline(at, limit.amount, limit.unit, working_calendar())
    return Clock(
        request=request,
        milestone=milestone,
        amount=limit.amount,
        unit=limit.unit,
        started_at=at,
        due_at=due.at,
        provisional=due.provisional,
    )
