"""What the platform does again and again: seal the audit trail, deliver messages, forget what has served."""

from datetime import timedelta

from jinlin.platform.audit import seal_trail
from jinlin.platform.limits import forget_old_counts
from jinlin.platform.messages import deliver_waiting, forget_sent
from jinlin.platform.sends import forget_old_keys
from jinlin.platform.spreadsheets import forget_staged
from jinlin.platform.tasks import every
from jinlin.platform.worker import forget_done, revive_lost


@every(timedelta(seconds=5))
def deliver() -> str:
    """Hand waiting messages to their ports."""
    return deliver_waiting()


@every(timedelta(minutes=1))
def seal() -> str:
    """Chain the newest lines of the audit trail."""
    return f"{seal_trail()} sealed"


@every(timedelta(hours=24))
def forget() -> str:
    """Delete used keys, counts, delivered messages and finished tasks whose time is over."""
    counts = (forget_old_keys(), forget_old_counts(), forget_sent(), forget_done())
    return "{} keys, {} counts, {} messages, {} tasks".format(*counts)


@every(timedelta(hours=1))
def forget_uploads() -> str:
    """Delete uploaded spreadsheets that nobody has taken in within a day."""
    return f"{forget_staged()} files"


@every(timedelta(minutes=5))
def revive() -> str:
    """Take up again what a dead worker left behind."""
    return f"{revive_lost()} revived"
