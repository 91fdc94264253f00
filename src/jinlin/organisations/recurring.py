"""What the organisations app does again and again; each entry calls one action."""

from datetime import timedelta

from jinlin.organisations.actions.grids import give_grid_tasks
from jinlin.organisations.actions.reminding import remind_of_blanks, remind_of_posts
from jinlin.platform.tasks import every


@every(timedelta(hours=24))
def remind() -> str:
    """Tell of terms that end, of posts that fell vacant and of places that are vacant too long."""
    return f"{remind_of_posts()} told"


@every(timedelta(days=7))
def remind_of_homes() -> str:
    """Tell communities of buildings with homes that nobody looks after, until there are none."""
    return f"{remind_of_blanks()} communities told"


@every(timedelta(hours=6))
def give_grids_their_tasks() -> str:
    """Give each grid its tasks of the period."""
    return f"given: {give_grid_tasks()}"
