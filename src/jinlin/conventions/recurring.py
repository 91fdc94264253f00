"""What conventions do again and again: ask whether the votes on them have ended."""

from datetime import timedelta

from jinlin.conventions.actions import settle_votes
from jinlin.platform.tasks import every


@every(timedelta(hours=1))
def settle() -> str:
    """Adopt or reject versions whose vote has ended, also where nobody heard of it."""
    return f"settled: {settle_votes()}"
