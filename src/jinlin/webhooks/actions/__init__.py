"""The verbs of webhooks; the only code that writes them."""

from jinlin.webhooks.actions.delivering import deliver_due, forget_old_deliveries
from jinlin.webhooks.actions.registering import (
    register_webhook,
    remove_webhook,
    renew_secret,
    replay_delivery,
    send_test,
    set_delivery_aside,
    start_webhook,
    stop_webhook,
)

__all__ = [
    "deliver_due",
    "forget_old_deliveries",
    "register_webhook",
    "remove_webhook",
    "renew_secret",
    "replay_delivery",
    "send_test",
    "set_delivery_aside",
    "start_webhook",
    "stop_webhook",
]
