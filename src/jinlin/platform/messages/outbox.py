"""The outbox: what leaves the platform is a row first, then goes through the channel's port, and its fate is kept."""

from datetime import timedelta
from typing import Protocol

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from jinlin.platform.dates import now
from jinlin.platform.models import OutboxMessage

log = structlog.get_logger("jinlin.messages")
MOST_TRIES = 5
AT_ONCE = 200
KEPT = timedelta(days=7)


class Port(Protocol):
    """Hands one message to the outside; raises when it could not."""

    def __call__(self, *, address: str, subject: str, body: str) -> None: ...


def put_in_outbox(*, channel: str, address: str, body: str, subject: str = "") -> OutboxMessage:
    """Write a message for the worker to deliver; `channel` is `sms` or `email`."""
    return OutboxMessage.objects.create(at=now(), channel=channel, address=address, subject=subject[:120], body=body)


def deliver_waiting() -> str:
    """Send what waits in the outbox, oldest first; a message that fails five times is given up and shown as such."""
    waiting = list(OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING).order_by("at", "id")[:AT_ONCE])
    for message in waiting:
        _deliver(message)
    return f"{len(waiting)} messages"


def forget_sent() -> int:
    """Delete messages that went out a week ago or earlier, with the numbers and codes in them; return how many.

    Failed ones stay as long again, for the operator to look at.
    """
    sent = OutboxMessage.objects.filter(state=OutboxMessage.State.SENT, at__lt=now() - KEPT)
    given_up = OutboxMessage.objects.filter(state=OutboxMessage.State.FAILED, at__lt=now() - 2 * KEPT)
    return sent.delete()[0] + given_up.delete()[0]


def _deliver(message: OutboxMessage) -> None:
    port: Port = import_string(settings.JINLIN_MESSAGE_PORTS[message.channel])
    message.tries += 1
    try:
        port(address=message.address, subject=message.subject, body=message.body)
        message.state = OutboxMessage.State.SENT
    except Exception as error:  # noqa: BLE001 - whatever a port raises is the finding of this one message
        log.warning("message not delivered", channel=message.channel, error=type(error).__name__)
        message.finding = f"{type(error).__name__}: {error}"[:200]
        if message.tries >= MOST_TRIES:
            message.state = OutboxMessage.State.FAILED
    message.save(update_fields=["tries", "state", "finding"])
