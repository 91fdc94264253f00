"""What meetings do again and again; each entry calls one action."""

from datetime import timedelta

from jinlin.meetings.actions import reopen_poor, warn_of_overdue
from jinlin.platform.tasks import every


@every(timedelta(hours=6))
def warn() -> str:
    """Tell the bodies whose resolutions are past their day."""
    return f"overdue: {warn_of_overdue()}"


@every(timedelta(hours=1))
def reopen() -> str:
    """Take up again what a poor appraisal sent back, should the word of it have been lost."""
    return f"{reopen_poor()} taken up again"
