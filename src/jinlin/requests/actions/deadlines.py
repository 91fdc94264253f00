"""What a promise that stood still or was extended comes to: computed anew from its beginning, its pauses and extensions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jinlin.algorithms.working_time import Deadline, Pause, deadline_with, warning_moment
from jinlin.playbooks.here import current_playbook
from jinlin.region.calendars import working_calendar
from jinlin.requests.models import Clock, Request

Extension = tuple[int, str]
"""How much longer, and in which unit."""


@dataclass(frozen=True)
class Promise:
    """The newest row of a promise, the one with which it began, and by what it was extended since."""

    newest: Clock
    origin: Clock
    extensions: tuple[Extension, ...]

    def due(self, pauses: Iterable[Pause], more: Sequence[Extension] = ()) -> Deadline:
        """Return its deadline, with `more` extensions."""
        origin, extensions = self.origin, (*self.extensions, *more)
        return deadline_with(
            origin.started_at, origin.amount, origin.unit, extensions, working_calendar(), list(pauses)
        )

    def followed(
        self, cause: Clock.Cause, at: datetime, pauses: Iterable[Pause], more: Sequence[Extension] = ()
    ) -> Clock:
        """Return the row that follows it from `at` on; what was escalated as overdue and still is stays so."""
        calendar, stops = working_calendar(), list(pauses)
        due, began, unit = self.due(stops, more), self.origin.started_at, self.origin.unit
        share = current_playbook().warning_share
        amount, counted_in = more[-1] if more else (self.origin.amount, unit)
        return Clock(
            request_id=self.newest.request_id,
            milestone=self.newest.milestone,
            amount=amount,
            unit=counted_in,
            started_at=at,
            due_at=due.at,
            warns_at=warning_moment(began, due.at, unit, calendar, stops, warning_share=share),
            provisional=due.provisional,
            cause=cause,
            follows=self.newest,
            escalated_at=self.newest.escalated_at if due.at < at else None,
        )


def promises_of(clocks: Iterable[Clock]) -> list[Promise]:
    """Return the promises that a request's clocks tell of, each by its newest row, in the order in which these began."""
    rows = {clock.pk: clock for clock in clocks}
    followed = {clock.follows_id for clock in rows.values()}
    return [_promise(clock, rows) for pk, clock in sorted(rows.items()) if pk not in followed]


def _promise(newest: Clock, rows: dict[int, Clock]) -> Promise:
    chain = [newest]
    while chain[-1].follows_id is not None:
        chain.append(rows[chain[-1].follows_id])
    extensions = [(row.amount, row.unit) for row in reversed(chain) if row.cause == Clock.Cause.EXTENDED]
    return Promise(newest, chain[-1], tuple(extensions))


def standing_promises(request: Request) -> list[Promise]:
    """Return the promises that are owed but stand still."""
    return [one for one in promises_of(request.clocks.all()) if one.newest.ended_at and one.newest.met is None]


def pauses_of(request: Request, until: datetime) -> list[Pause]:
    """Return the times in which the clocks of a request stood; those that last are taken up to `until`."""
    rows = request.pauses.values_list("started_at", "ended_at")
    return [Pause(started, ended or until) for started, ended in rows]
