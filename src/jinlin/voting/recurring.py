"""What ballots do again and again: those whose period is over are counted."""

from datetime import timedelta

from jinlin.platform.tasks import every
from jinlin.voting.actions import count_due


@every(timedelta(minutes=1))
def count() -> str:
    """Count the ballots whose period is over."""
    return f"{count_due()} counted"
