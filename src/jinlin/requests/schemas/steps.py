"""What each step takes through the API; `arguments` are those of its action."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinlin.platform.photos import photo_of_ticket
from jinlin.requests.actions import AskedPart, Judgement
from jinlin.requests.asked import Asked
from jinlin.requests.models import ApprovalKind, Outcome, Rating, Relation, RequestPart, Urgency
from jinlin.requests.schemas.reading import Code


class StepIn(Schema):
    """What every step may carry: the version that was seen. `arguments` are those of the step's action."""

    version: int | None = Field(None, ge=1, description="The version that was seen; refused when it has changed.")

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the action."""
        return self.model_dump(exclude={"version"})


class AcceptIn(StepIn):
    """Take up, under a confirmed category and urgency."""

    category: str = Field("", max_length=6)
    urgency: Urgency | None = None
    note: str = ""

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the action."""
        return super().arguments() | {"urgency": self.urgency or ""}


class ReasonIn(StepIn):
    """A step that needs a reason."""

    reason: str


class AskIn(ReasonIn):
    """Ask for an approval: an extension takes `amount`, a suspension `until`, a transfer `body_id`.

    An appeal takes `exclusion`, one of the reasons for which the place's scheme of the three rates leaves a rating out.
    """

    kind: ApprovalKind
    amount: int | None = Field(None, ge=1)
    until: date | None = None
    body_id: str = Field("", pattern=r"^[0-9]{0,18}$")
    exclusion: str = ""

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the action."""
        body_id = int(self.body_id) if self.body_id else None
        asked = Asked(amount=self.amount, until=self.until, body_id=body_id, exclusion=self.exclusion)
        return {"kind": self.kind, "reason": self.reason, "asked": asked}


class ApprovalIn(StepIn):
    """Which approval."""

    approval_id: str = Field(pattern=r"^[0-9]{1,18}$")

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the action."""
        return super().arguments() | {"approval_id": int(self.approval_id)}


class ClimbIn(ReasonIn):
    """Up to the next level; `to_level` skips levels, in an emergency only."""

    to_level: str = Field("", max_length=11)


class MeetingIn(StepIn):
    """Call a joint meeting."""

    meets_at: datetime
    place: str
    words: str = ""


class MinutesIn(StepIn):
    """What a joint meeting decided, and by when that is done."""

    minutes: str
    decision: str
    due_on: date


class DecisionIn(ApprovalIn):
    """Words to whoever asked; a refusal needs them."""

    words: str = ""


class MergeIn(ReasonIn):
    """Let it be answered through the request of this number."""

    into: str = Field(max_length=40)


class RelateIn(StepIn):
    """Tie it to the request of this number."""

    to: str = Field(max_length=40)
    word: Relation.Word = Relation.Word.RELATED
    note: str = ""


class AgainIn(StepIn):
    """Submit a declined one again, under another category."""

    category: str = Field(max_length=6)
    reason: str = ""


class ClassifyIn(StepIn):
    """Correct category and urgency."""

    category: str = Field(max_length=6)
    urgency: Urgency
    reason: str = ""


class RelocateIn(StepIn):
    """Correct the place."""

    place_code: Code


class GiveIn(StepIn):
    """Give to a body, with the basis on which it answers for the matter."""

    body_id: str = Field(pattern=r"^[0-9]{1,18}$")
    basis: str
    words: str = ""

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the action."""
        return super().arguments() | {"body_id": int(self.body_id)}


class PhotosIn(StepIn):
    """A step that may bring photos which were sent ahead."""

    photos: list[str] = Field(default_factory=list, max_length=9)

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the action."""
        return super().arguments() | {"photos": [photo_of_ticket(ticket) for ticket in self.photos]}


class NoteIn(StepIn):
    """Words to the reporter."""

    note: str


class AddIn(PhotosIn):
    """More words or photos from whoever raised it."""

    note: str = ""


class HandleIn(PhotosIn):
    """The answer and photos of the result."""

    outcome: Outcome = Outcome.FIXED
    answer: str


class JudgementIn(StepIn):
    """What the person who raised it says of the handling."""

    responded: bool
    solved: Rating.Solved
    satisfied: Rating.Satisfied
    comment: str = ""
    ask_again: bool = Field(True, description="Send it back to work when it is not solved.")

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the action."""
        words = Judgement(self.responded, self.solved, self.satisfied, self.comment)
        return {"judgement": words, "ask_again": self.ask_again}


class PartIn(Schema):
    """One body that is asked to help, and with what."""

    body_id: str = Field(pattern=r"^[0-9]{1,18}$")
    words: str
    role: RequestPart.Role = RequestPart.Role.SUPPORT


class SplitIn(StepIn):
    """Ask other bodies to help."""

    parts: list[PartIn] = Field(min_length=1, max_length=20)

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for the action."""
        return {"parts": [AskedPart(int(one.body_id), one.words, one.role) for one in self.parts]}


class PartStepIn(StepIn):
    """A step of one part, with words to the other side."""

    words: str = ""
