"""What the territory app does again and again; each entry calls one action."""

from datetime import timedelta

from jinlin.platform.tasks import every
from jinlin.territory.actions import put_due_plans_into_force


@every(timedelta(minutes=15))
def begin_grid_plans() -> str:
    """Put the approved grid plans into force whose day has come."""
    return f"grid plans: {put_due_plans_into_force()}"
