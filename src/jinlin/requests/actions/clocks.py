"""Starts and ends the promises of a request with its steps; how a promise becomes a deadline."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from jinlin.algorithms.working_time import deadline, warning_moment
from jinlin.platform.rows import update
from jinlin.playbooks.here import current_playbook
from jinlin.region.calendars import working_calendar
from jinlin.requests.actions.deadlines import pauses_of, promises_of, standing_promises
from jinlin.requests.milestones import DROPS, MEETS, STARTS
from jinlin.requests.models import Clock, Request
from jinlin.requests.states import Verb


def turn_clocks(request: Request, verb: Verb, at: datetime) -> list[Clock]:
    """End the promises that `verb` meets or drops, and return those it begins; set what the row keeps of its promises.

    The caller saves the request, then the new clocks. Past promises stay as rows, so that every deadline can be looked
    up later. While the clocks stand, what `verb` begins stands too, and what it meets is met as if they ran until now.

    Raises:
        MissingCalendarYear: when a deadline would fall into a year that the calendar does not know.
    """
    started = [clock for clock in (_new(request, milestone, at) for milestone in STARTS.get(verb, ())) if clock]
    if request.stopped_at is not None:
        if verb in DROPS:
            _drop_standing(request, DROPS[verb])
        return [*_met_while_standing(request, MEETS.get(verb, ()), at), *_standing_at_once(started, at)]
    for milestones, met in ((MEETS.get(verb, ()), True), (DROPS.get(verb, ()), False)):
        _end(request, milestones, at, met=met)
    if verb == Verb.UNMERGE:
        started += _resumed(request, at)
    keep_promises(request, started)
    return started


def keep_promises(request: Request, clocks: Iterable[Clock]) -> None:
    """Let the row know of clocks that run from now on, besides those that it knows."""
    for clock in clocks:
        request.promises = request.promises | {clock.milestone: clock.due_at.isoformat()}
        request.warnings = request.warnings | {clock.milestone: (clock.warns_at or clock.due_at).isoformat()}
    request.due_at, request.warns_at = _earliest(request.promises), _earliest(request.warnings)


def _earliest(moments: Mapping[str, str]) -> datetime | None:
    return min(map(datetime.fromisoformat, moments.values()), default=None)


def _end(request: Request, milestones: Iterable[str], at: datetime, *, met: bool | None) -> None:
    running = tuple(milestone for milestone in milestones if milestone in request.promises)
    if running:
        open_clocks = {"request_id": request.pk, "milestone": running, "ended_at": None}
        update(Clock, open_clocks, {"ended_at": at, "met": met})
        request.promises = {name: due for name, due in request.promises.items() if name not in running}
        request.warnings = {name: due for name, due in request.warnings.items() if name not in running}


def _new(request: Request, milestone: str, at: datetime) -> Clock | None:
    playbook = current_playbook()
    limit = playbook.clock_for(milestone, request.category, request.urgency)
    if limit is None:
        return None
    calendar = working_calendar()
    due = deadline(at, limit.amount, limit.unit, calendar)
    return Clock(
        request=request,
        milestone=milestone,
        amount=limit.amount,
        unit=limit.unit,
        started_at=at,
        due_at=due.at,
        warns_at=warning_moment(at, due.at, limit.unit, calendar, warning_share=playbook.warning_share),
        provisional=due.provisional,
    )


def _met_while_standing(request: Request, milestones: Iterable[str], at: datetime) -> list[Clock]:
    """Return the rows that say that promises were met while they stood still, with the deadlines that they came to."""
    pauses = pauses_of(request, at)
    met = [promise for promise in standing_promises(request) if promise.newest.milestone in milestones]
    clocks = [promise.followed(Clock.Cause.RESUMED, at, pauses) for promise in met]
    for clock in clocks:
        clock.ended_at, clock.met = at, True
    return clocks


def _drop_standing(request: Request, milestones: Iterable[str]) -> None:
    dropped = [one.newest.pk for one in standing_promises(request) if one.newest.milestone in milestones]
    if dropped:
        update(Clock, {"id": tuple(dropped)}, {"met": False})


def _standing_at_once(clocks: list[Clock], at: datetime) -> list[Clock]:
    for clock in clocks:
        clock.ended_at = at
    return clocks


def _resumed(request: Request, at: datetime) -> list[Clock]:
    """Return the promises that the last merge had stopped, running again to the times that were promised then."""
    merge = request.steps.filter(verb=Verb.MERGE).latest("number")
    before = request.steps.get(number=merge.number - 1)
    ended = [promise for promise in promises_of(request.clocks.all()) if promise.newest.met is False]
    stopped = [promise for promise in ended if before.at <= promise.newest.ended_at <= merge.at]
    if stopped:
        update(Clock, {"id": tuple(promise.newest.pk for promise in stopped)}, {"met": None})
    pauses = pauses_of(request, at)
    return [promise.followed(Clock.Cause.RESUMED, at, pauses) for promise in stopped]
