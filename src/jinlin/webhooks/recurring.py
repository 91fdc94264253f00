"""What the webhooks app does again and again; each entry calls one action."""

from datetime import timedelta

from jinlin.platform.tasks import every
from jinlin.webhooks.actions import deliver_due, forget_old_deliveries


@every(timedelta(seconds=5))
def deliver() -> str:
    """Tell addresses what happened."""
    return deliver_due()


@every(timedelta(hours=24))
def forget() -> str:
    """Delete what was told more than 30 days ago."""
    return f"{forget_old_deliveries()} deliveries"
