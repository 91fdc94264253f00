"""The parts of a request that other bodies than the leading one were asked to do."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.requests.models.requests import Request
from jinlin.requests.states import OWED, PartState


class PartRole(models.TextChoices):
    """In which part a body helps; a name of its own, as the API tells its shapes apart by their names."""

    SUPPORT = "support", _("supports")
    WHISTLED = "whistled", _("whistled for")


class RequestPart(models.Model):
    """What one body does of a request that another one leads (协办, or 吹哨 where it was whistled for), with its own deadline.

    The body of the request itself leads (主办); its row is the request.
    """

    Role = PartRole

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="parts")
    body = models.ForeignKey("organisations.Body", on_delete=models.PROTECT, related_name="request_parts")
    role = models.CharField(_("role"), max_length=8, choices=PartRole, default=PartRole.SUPPORT)
    words = models.TextField(_("what is asked"))
    state = models.CharField(_("state"), max_length=10, choices=PartState, default=PartState.ASKED)
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(_("due"), null=True)
    provisional = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.TextField(_("what came of it"), blank=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "body"],
                condition=models.Q(state__in=["asked", "signed"]),
                name="one_owed_part_per_body",
            ),
        ]
        indexes = [
            models.Index(
                fields=["body", "due_at"], name="part_owed", condition=models.Q(state__in=["asked", "signed"])
            ),
        ]

    def __str__(self) -> str:
        return f"part of {self.body_id} in {self.request_id}"

    @property
    def is_owed(self) -> bool:
        return self.state in OWED

    def is_overdue(self, now: datetime) -> bool:
        """Say whether its deadline has passed and it is still owed."""
        return self.is_owed and self.due_at is not None and self.due_at < now
