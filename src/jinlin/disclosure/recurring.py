"""What happens to notices by itself; each entry calls one action."""

from datetime import timedelta

from jinlin.disclosure.actions import end_over, recount
from jinlin.platform.tasks import every


@every(timedelta(hours=1))
def end_notices() -> str:
    """End notices whose period is over, and count last days again that rested on a provisional year."""
    return f"counted again: {recount()}; ended: {end_over()}"
