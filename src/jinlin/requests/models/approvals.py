"""What was asked for in a request by one person and decided by another, and the times in which its clocks stood still."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.requests.models.requests import Request


class ApprovalKind(models.TextChoices):
    """What is asked for."""

    EXTENSION = "extension", _("extension")
    RETURN = "return", _("return to the dispatcher")
    SUSPENSION = "suspension", _("suspension")
    TRANSFER = "transfer", _("passing on")
    SUPERVISION = "supervision", _("supervision")
    APPEAL = "appeal", _("appeal of the rating")


class ApprovalState(models.TextChoices):
    """Where a side procedure stands."""

    ASKED = "asked", pgettext_lazy("approval", "waiting for a decision")
    GRANTED = "granted", pgettext_lazy("approval", "granted")
    REFUSED = "refused", pgettext_lazy("approval", "refused")
    TAKEN_BACK = "taken_back", pgettext_lazy("approval", "taken back")
    LAPSED = "lapsed", pgettext_lazy("approval", "lapsed")


class Approval(models.Model):
    """A side procedure: asked for with a reason and a wish, decided by another person above, or lapsed undecided.

    `wish` is what the kind needs: {"amount", "unit"} of an extension, {"body"} of a transfer, {"until"} of a suspension,
    {"exclusion"} of an appeal.
    `place_code` is the area of whoever asked; who decides stands at least as high. A suspension that was granted is in
    force until `ended_at`.
    """

    Kind = ApprovalKind
    State = ApprovalState

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="approvals")
    kind = models.CharField(max_length=11, choices=ApprovalKind)
    state = models.CharField(max_length=10, choices=ApprovalState, default=ApprovalState.ASKED)
    asked_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    place_code = models.CharField(max_length=22)
    reason = models.TextField(_("reason"))
    wish = models.JSONField(default=dict)
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    words = models.TextField(_("words of the decision"), blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind"], condition=models.Q(state="asked"), name="one_approval_of_a_kind_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.request_id}: {self.state}"


class Pause(models.Model):
    """A time in which the clocks of a request stood still, and the approval for which they did."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="pauses")
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"pause of {self.request_id} from {self.started_at:%F %T}"
