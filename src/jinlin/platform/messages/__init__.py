"""Words to people: notices inside the platform, and messages that leave it through a port."""

from jinlin.platform.messages.notices import notify
from jinlin.platform.messages.outbox import deliver_waiting, forget_sent, put_in_outbox

__all__ = ["deliver_waiting", "forget_sent", "notify", "put_in_outbox"]
