"""Lets the clocks of a request stand and run again, and extends a promise: rows end and others follow them."""

from collections.abc import Iterable
from datetime import datetime

from jinlin.platform.rows import insert, update
from jinlin.requests.actions.clocks import keep_promises
from jinlin.requests.actions.deadlines import Extension, Promise, pauses_of, promises_of, standing_promises
from jinlin.requests.models import Approval, Clock, Pause, Request

CAUSE = Clock.Cause


def stop_clocks(request: Request, approval: Approval, at: datetime) -> None:
    """Let the clocks of a locked request stand for an approval; the caller saves the request."""
    insert(Pause(request=request, approval=approval, started_at=at))
    if request.stopped_at is None:
        update(Clock, {"request_id": request.pk, "ended_at": None}, {"ended_at": at})
        request.stopped_at, request.promises, request.warnings = at, {}, {}
        keep_promises(request, ())


def run_clocks(request: Request, approval: Approval, at: datetime) -> None:
    """End the pause for an approval; the clocks run again unless they stand for another one too."""
    update(Pause, {"approval_id": approval.pk, "ended_at": None}, {"ended_at": at})
    if request.stopped_at is None or request.pauses.filter(ended_at__isnull=True).exists():
        return
    pauses = pauses_of(request, at)
    clocks = [promise.followed(CAUSE.RESUMED, at, pauses) for promise in standing_promises(request)]
    insert(*clocks)
    request.stopped_at = None
    keep_promises(request, clocks)


def extend_clock(request: Request, milestone: str, extension: Extension, at: datetime) -> Clock | None:
    """Extend a promise that is owed, running or standing; None where there is none. The caller saves the request."""
    promise = owed(promises_of(request.clocks.all()), milestone)
    if promise is None:
        return None
    clock = promise.followed(CAUSE.EXTENDED, at, pauses_of(request, at), [extension])
    if request.stopped_at is not None:
        clock.ended_at = at
    update(Clock, {"id": promise.newest.pk, "ended_at": None}, {"ended_at": at})
    insert(clock)
    keep_promises(request, [clock] if clock.ended_at is None else [])
    return clock


def owed(promises: Iterable[Promise], milestone: str) -> Promise | None:
    """Return the promise of this milestone that is still owed."""
    return next((one for one in promises if one.newest.milestone == milestone and one.newest.met is None), None)
