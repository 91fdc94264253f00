"""What the people app does again and again; each entry calls one action."""

from datetime import timedelta

from jinlin.people.actions import forget_expired_contacts, forget_unproved_accounts
from jinlin.people.actions.digests import send_digests
from jinlin.platform.tasks import every


@every(timedelta(hours=1))
def forget() -> str:
    """Delete accounts whose number nobody has proved."""
    return f"{forget_unproved_accounts()} accounts"


@every(timedelta(hours=6))
def forget_contacts() -> str:
    """Empty the contacts of households whose consent is over."""
    return f"{forget_expired_contacts()} contacts"


@every(timedelta(minutes=5))
def send_daily_digests() -> str:
    """Send the digests of this morning that have not gone yet."""
    return f"digests: {send_digests()}"
