"""Reads of side procedures: what waits in a request and what was decided, in words and as plain values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinlin.platform.access import Actor
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.wording import name_of
from jinlin.requests.asked import asked_words
from jinlin.requests.models import Approval, Request
from jinlin.requests.rules import approvals as approving


@dataclass(frozen=True)
class Told:
    """An approval in words, and what the reader may do with it."""

    id: int
    name: str
    state: str
    waits: bool
    wish: str
    reason: str
    words: str
    asked_at: datetime
    decided_at: datetime | None
    may_decide: bool
    is_own: bool


def told(approval: Approval, actor: Actor | None = None) -> Told:
    """Return an approval as a page shows it."""
    procedure = current_playbook().approval_of(approval.kind)
    waits = approval.state == Approval.State.ASKED
    return Told(
        id=approval.pk,
        name=name_of(procedure) if procedure else str(approval.get_kind_display()),
        state=str(approval.get_state_display()),
        waits=waits,
        wish=asked_words(approval.wish),
        reason=approval.reason,
        words=approval.words,
        asked_at=approval.asked_at,
        decided_at=approval.decided_at,
        may_decide=waits and actor is not None and bool(approving.may_decide(actor, approval, approval.request)),
        is_own=waits and actor is not None and approval.asked_by_id == actor.account_id,
    )


def approvals_of(request: Request) -> list[Approval]:
    """Return everything that was asked for in a request, the newest first."""
    rows = list(request.approvals.order_by("-asked_at", "-pk"))
    for row in rows:
        row.request = request
    return rows


def as_row(approval: Approval) -> dict[str, Any]:
    """Return an approval as the API shows it to officers."""
    return {
        "id": str(approval.pk),
        "kind": approval.kind,
        "state": approval.state,
        "reason": approval.reason,
        "wish": {name: str(value) for name, value in approval.wish.items()},
        "words": approval.words,
        "asked_at": approval.asked_at,
        "decided_at": approval.decided_at,
        "ended_at": approval.ended_at,
    }
