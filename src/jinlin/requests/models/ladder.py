"""How a request went up the ladder: the rungs through which it came, and the joint meetings on its way."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.requests.models.requests import Request


class RungKind(models.TextChoices):
    """What stands at a stop of the way up: a rung of the ladder, or a body of the chain below the next rung."""

    BODY = "body", _("a body")
    MEETING = "meeting", _("a joint meeting")
    WHISTLE = "whistle", _("a whistle to departments")
    LINK = "link", _("a body of the chain")


def rung_choices() -> list[tuple[str, object]]:
    """Return the kinds with their words; a function, so that a new kind changes no table."""
    return RungKind.choices


class Passage(models.Model):
    """A stop on the way up that a request has reached, once each; that from which it set out is the first."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="passages")
    level = models.CharField(pgettext_lazy("ladder", "level"), max_length=11)
    kind = models.CharField(max_length=7, choices=rung_choices, default=RungKind.BODY)
    body = models.ForeignKey("organisations.Body", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "level", "kind"], condition=~models.Q(kind="link"), name="rung_reached_once"
            ),
            models.UniqueConstraint(
                fields=["request", "body"], condition=models.Q(kind="link"), name="link_reached_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} at {self.level} ({self.kind})"


class JointMeeting(models.Model):
    """A table at which several bodies sit down about one request (联席会议): who, when, where, what was decided, by when.

    It is called with day and place, and closed with minutes, a decision and a day by which that is done.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="meetings")
    body = models.ForeignKey("organisations.Body", on_delete=models.PROTECT, related_name="+")
    invited = models.ManyToManyField("organisations.Body", related_name="+")
    meets_at = models.DateTimeField(_("day and time"))
    place = models.CharField(pgettext_lazy("meeting", "place"), max_length=120)
    held_at = models.DateTimeField(null=True)
    minutes = models.TextField(_("minutes"), blank=True)
    decision = models.TextField(pgettext_lazy("meeting", "what was decided"), blank=True)
    due_on = models.DateField(_("done by"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(held_at__isnull=True), name="one_meeting_is_called"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting about {self.request_id} on {self.meets_at:%F}"
