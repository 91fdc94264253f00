"""What procedures do again and again; each entry calls one action."""

from datetime import timedelta

from jinlin.platform.tasks import every
from jinlin.procedures.actions import catch_up_all


@every(timedelta(minutes=30))
def catch_up() -> str:
    """Go on by what has ended elsewhere, and by time that ran out."""
    return str(catch_up_all())
