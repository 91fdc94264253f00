"""What the organisations app does again and again; each entry calls one action."""

from datetime import timedelta

from jinlin.organisations.actions.reminding import remind_of_posts
from jinlin.platform.tasks import every


@every(timedelta(hours=24))
def remind() -> str:
    """Tell of terms that end and of places that are vacant too long."""
    return f"{remind_of_posts()} told"
