"""What the requests app does again and again; each entry calls one action."""

from datetime import timedelta

from jinlin.platform.tasks import every
from jinlin.requests.actions import close_unrated, end_suspensions, escalate_overdue
from jinlin.requests.actions.reminding import remind_dormant, remind_parts
from jinlin.requests.learner import begin_learning


@every(timedelta(minutes=1))
def escalate() -> str:
    """Send overdue promises up the ladder."""
    return f"escalated: {escalate_overdue()}"


@every(timedelta(hours=1))
def close_after_silence() -> str:
    """Close what its reporter has not rated in time."""
    return f"closed: {close_unrated()}"


@every(timedelta(hours=1))
def learn_from_decisions() -> str:
    """Train triage anew once officers have decided enough."""
    return begin_learning()


@every(timedelta(hours=1))
def resume_after_suspension() -> str:
    """Let what was suspended go on when its time is over."""
    return f"resumed: {end_suspensions()}"


@every(timedelta(hours=1))
def remind() -> str:
    """Remind bodies of requests that lie untouched, and of parts that are overdue."""
    return f"dormant: {remind_dormant()}; parts: {remind_parts()}"
