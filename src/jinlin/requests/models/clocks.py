"""The promises of a request: each with its deadline, from its start until it was met or stopped."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.requests.models.requests import Request


class Clock(models.Model):
    """A promise with a deadline, from its start until it was met or stopped; rows are never moved to another date.

    Where a deadline moves, the row ends and another one `follows` it: `extended` by `amount` more, or `resumed` after a
    pause. `met` is false for what is no longer owed, and unknown for what was followed or stands still.
    """

    class Milestone(models.TextChoices):
        DISPATCH = "dispatch", _("dispatch")
        SIGN = "sign", _("signature")
        FIRST_ANSWER = "first_answer", _("first answer")
        FINAL = "final", _("final answer")
        CALL_BACK = "call_back", _("call-back")

    class Cause(models.TextChoices):
        PROMISED = "promised", pgettext_lazy("clock", "promised")
        EXTENDED = "extended", pgettext_lazy("clock", "extended")
        RESUMED = "resumed", pgettext_lazy("clock", "resumed")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="clocks")
    milestone = models.CharField(max_length=12, choices=Milestone)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warns_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=8, choices=Cause, default=Cause.PROMISED)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="successor")
    provisional = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    met = models.BooleanField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "milestone"], condition=models.Q(ended_at__isnull=True), name="one_clock_runs"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="clock_running",
                condition=models.Q(ended_at__isnull=True, escalated_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} of {self.request_id} by {self.due_at:%F %T}"
