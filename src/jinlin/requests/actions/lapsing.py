"""What becomes of side procedures when a request comes to its end."""

from datetime import datetime

from jinlin.platform.rows import update
from jinlin.requests.models import Approval, Pause, Request


def let_lapse(request: Request, at: datetime) -> None:
    """Let what was asked for and not decided lapse, and end the suspension and the pauses; nothing runs again."""
    waiting = {"request_id": request.pk, "state": Approval.State.ASKED}
    update(Approval, waiting, {"state": Approval.State.LAPSED, "decided_at": at})
    in_force = {"request_id": request.pk, "kind": Approval.Kind.SUSPENSION, "state": Approval.State.GRANTED}
    update(Approval, {**in_force, "ended_at": None}, {"ended_at": at})
    update(Pause, {"request_id": request.pk, "ended_at": None}, {"ended_at": at})
    request.asked, request.stopped_at, request.suspended_until = 0, None, None
