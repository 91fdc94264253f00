"""What conversations do again and again: close when their time is over, and look for opinion groups in all votes."""

from datetime import timedelta

from jinlin.opinions.actions import close_ended
from jinlin.opinions.actions.finding import find_stale_anew
from jinlin.platform.tasks import every


@every(timedelta(minutes=30))
def close() -> str:
    """Close conversations whose last day is over."""
    return str(close_ended())


@every(timedelta(minutes=1))
def find_groups() -> str:
    """Look anew where somebody has voted or a statement was shown or hidden."""
    return str(find_stale_anew())
