"""The promises of a request: each with its deadline, from its start until it was met or stopped."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.requests.models.requests import Request


class Clock(models.Model):
    """A promise with a deadline, from its start until it was met or stopped; rows are never moved to another date."""

    class Milestone(models.TextChoices):
        DISPATCH = "dispatch", _("dispatch")
        SIGN = "sign", _("signature")
        FIRST_ANSWER = "first_answer", _("first answer")
        FINAL = "final", _("final answer")
        CALL_BACK = "call_back", _("call-back")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="clocks")
    milestone = models.CharField(max_length=12, choices=Milestone)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    met = models.BooleanField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "milestone", "started_at"], name="clock_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="clock_running",
                condition=models.Q(ended_at__isnull=True, escalated_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} of {self.request_id} by {self.due_at:%F %T}"
