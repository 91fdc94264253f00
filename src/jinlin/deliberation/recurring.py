"""What proposals do again and again: those who screen and answer are reminded of what is late."""

from datetime import timedelta

from jinlin.deliberation.actions.reminding import remind_of_late
from jinlin.platform.tasks import every


@every(timedelta(hours=24))
def remind() -> str:
    """Remind the community of proposals whose screening or answer is late."""
    return f"{remind_of_late()} late"
