"""What lists do again and again; each entry calls one action."""

from datetime import timedelta

from jinlin.lists.actions import warn_of_unclaimed
from jinlin.platform.tasks import every


@every(timedelta(hours=6))
def warn() -> str:
    """Make a to-do of items that nobody has taken on in time."""
    return f"waiting too long: {warn_of_unclaimed()}"
