"""What the wish wall does again and again; each entry calls one action."""

from datetime import timedelta

from jinlin.platform.tasks import every
from jinlin.wishes.actions import end_over, lapse_stale, let_go_of_erased


@every(timedelta(hours=1))
def lapse() -> str:
    """Put wishes back on the wall that were claimed and not fulfilled in time."""
    return f"back on the wall: {lapse_stale()}; of deleted accounts: {let_go_of_erased()}"


@every(timedelta(hours=6))
def end_pairs() -> str:
    """End support pairs whose term is over."""
    return f"ended: {end_over()}"
