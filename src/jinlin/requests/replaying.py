"""What the clocks of a request would have been under another rule, replayed from its history."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from jinlin.algorithms.working_time import Calendar, Deadline, Pause, deadline_with
from jinlin.requests.milestones import DROPS, MEETS, STARTS
from jinlin.requests.models import Clock, Step
from jinlin.requests.states import Verb

Limit = tuple[int, str]
"""How much time a promise takes, and in which unit."""
Rule = Callable[[str, str, str], Limit | None]
"""The limit for a milestone, a category and an urgency; None where the rule promises nothing."""


@dataclass
class Replayed:
    """A promise as the history tells it, with the deadline that a rule gives it; `met` is None while it is owed."""

    milestone: str
    limit: Limit
    started_at: datetime
    ended_at: datetime | None = None
    met: bool | None = None
    extensions: list[Limit] = field(default_factory=list)
    due: Deadline | None = None

    def was_kept(self, now: datetime) -> bool | None:
        """Say whether it was or is in time; None for what was dropped."""
        if self.due is None or self.met is False:
            return None
        return (self.ended_at or now) <= self.due.at


def replay(
    steps: Iterable[Step],
    rule: Rule,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[tuple[datetime, Limit]] = (),
) -> list[Replayed]:
    """Return the promises that `steps` (in their order) make under `rule`, in the order in which they began.

    `pauses` are the times in which the clocks stood, `extensions` the moments at which a final answer was given more time.

    Raises:
        MissingCalendarYear: when a deadline falls into a year that the calendar does not know.
    """
    found: list[Replayed] = []
    for step in steps:
        _end(found, step)
        found += _begun(step, rule)
    for at, limit in extensions:
        _extend(found, at, limit)
    for promise in found:
        promise.due = _due(promise, calendar, pauses)
    return found


def _end(found: list[Replayed], step: Step) -> None:
    verb = Verb(step.verb)
    if verb == Verb.UNMERGE:
        _owe_again(found)
    for milestones, met in ((MEETS.get(verb, ()), True), (DROPS.get(verb, ()), False)):
        for promise in found:
            if promise.ended_at is None and promise.milestone in milestones:
                promise.ended_at, promise.met = step.at, met


def _owe_again(found: list[Replayed]) -> None:
    """Let what the last merge dropped be owed again, to the times that were promised then."""
    dropped = [promise for promise in found if promise.met is False]
    merged_at = max((promise.ended_at for promise in dropped if promise.ended_at), default=None)
    for promise in dropped:
        if promise.ended_at == merged_at:
            promise.ended_at = promise.met = None


def _begun(step: Step, rule: Rule) -> list[Replayed]:
    limits = [(name, rule(name, step.category, step.urgency)) for name in STARTS.get(Verb(step.verb), ())]
    return [Replayed(name.value, limit, step.at) for name, limit in limits if limit is not None]


def _extend(found: list[Replayed], at: datetime, limit: Limit) -> None:
    for promise in found:
        runs = promise.started_at <= at and (promise.ended_at is None or at <= promise.ended_at)
        if promise.milestone == Clock.Milestone.FINAL and runs:
            promise.extensions.append(limit)


def _due(promise: Replayed, calendar: Calendar, pauses: Sequence[Pause]) -> Deadline:
    """Return its deadline; of the pauses it knows what lay before its end."""
    end = promise.ended_at
    known = [Pause(one.start, min(one.end, end)) if end else one for one in pauses if end is None or one.start < end]
    return deadline_with(promise.started_at, *promise.limit, promise.extensions, calendar, known)
