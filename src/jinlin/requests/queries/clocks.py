"""The clocks of one request, as they were and as they would have been under another rule."""

from typing import Any

from jinlin.algorithms.working_time import Pause, Unit
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.loader import load_playbook, own_names, playbook_names
from jinlin.playbooks.schema import Playbook
from jinlin.region.calendars import working_calendar
from jinlin.requests.models import Approval, Clock, Request
from jinlin.requests.replaying import Limit, Replayed, Rule, replay


def rule_of(playbook: Playbook) -> Rule:
    """Return the limits of a work method."""

    def limit(milestone: str, category: str, urgency: str) -> Limit | None:
        row = playbook.clock_for(milestone, category, urgency)
        return (row.amount, row.unit) if row else None

    return limit


def rule_named(words: str) -> Rule:
    """Return the rule that `words` name: empty for the place's own, a work method, or limits such as
    `final=10:working_days,sign=2:natural_hours`, which stand for the place's own.

    Raises:
        Invalid: for what is neither.
    """
    if not words:
        return rule_of(current_playbook())
    if "=" not in words:
        known = [*playbook_names(), *own_names()]
        if words not in known:
            raise Invalid(
                f"There is no work method “{words}”; use one of {', '.join(known)}, or final=10:working_days."
            )
        return rule_of(load_playbook(words))
    given, own = dict(_limit(part) for part in words.split(",")), rule_of(current_playbook())
    return lambda milestone, category, urgency: given.get(milestone) or own(milestone, category, urgency)


def _limit(part: str) -> tuple[str, Limit]:
    milestone, _equals, limit = part.strip().partition("=")
    amount, _colon, unit = limit.partition(":")
    if milestone not in Clock.Milestone or unit not in set(Unit) or not amount.isdecimal() or not int(amount):
        names = f"milestone one of {', '.join(Clock.Milestone)}; unit one of {', '.join(Unit)}"
        raise Invalid(f"“{part}” is no limit; write milestone=amount:unit, {names}.")
    return milestone, (int(amount), unit)


def replayed(request: Request, rule: Rule) -> list[Replayed]:
    """Return the promises of a request under a rule, with its own pauses and extensions.

    Raises:
        MissingCalendarYear.
    """
    present = now()
    pauses = [Pause(start, end or present) for start, end in request.pauses.values_list("started_at", "ended_at")]
    granted = request.approvals.filter(kind=Approval.Kind.EXTENSION, state=Approval.State.GRANTED)
    extensions = [(row.decided_at, (row.wish["amount"], row.wish["unit"])) for row in granted.order_by("decided_at")]
    steps = request.steps.order_by("number")
    return replay(steps, rule, working_calendar(), pauses=pauses, extensions=extensions)


def as_rows(promises: list[Replayed]) -> list[dict[str, Any]]:
    """Return replayed promises as plain values."""
    present = now()
    return [
        {
            "milestone": one.milestone,
            "amount": one.limit[0],
            "unit": one.limit[1],
            "started_at": one.started_at.isoformat(),
            "due_at": one.due.at.isoformat() if one.due else None,
            "ended_at": one.ended_at.isoformat() if one.ended_at else None,
            "met": one.met,
            "in_time": one.was_kept(present),
            "extensions": [f"{amount} {unit}" for amount, unit in one.extensions],
        }
        for one in promises
    ]
