"""Who is invited to a meeting, on which side of the table, who came, and who spoke."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.meetings.models.meetings import Meeting
from jinlin.organisations.models import Body
from jinlin.people.models import Person


class Invitation(models.Model):
    """A place at the table: of a body, which any of its members takes, or of a person, `name` being the post.

    `side` is a key of the forum's; `votes` says whether the place counts in a vote. Guests have a side of their own.
    """

    class Reply(models.TextChoices):
        NONE = "", pgettext_lazy("invitation", "no answer yet")
        COMES = "comes", pgettext_lazy("invitation", "comes")
        CANNOT = "cannot", pgettext_lazy("invitation", "cannot come")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    side = models.CharField(_("side"), max_length=32, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="meeting_invitations")
    name = models.CharField(_("name"), max_length=64)
    votes = models.BooleanField(_("has a vote"), default=True)
    reply = models.CharField(max_length=6, choices=Reply, default=Reply.NONE, blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_to_somebody", condition=Q(body__isnull=False) | Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="person_invited_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "body"], condition=Q(person__isnull=True), name="body_invited_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """That somebody took a place, from `came_at` until `left_at`; a person takes one place, however they signed in.

    `person` is None where the list only says that the body was there.
    """

    class How(models.TextChoices):
        PHONE = "phone", pgettext_lazy("attendance", "on their own phone")
        LIST = "list", pgettext_lazy("attendance", "on the list")
        PAPER = "paper", pgettext_lazy("attendance", "on paper, entered later")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=5, choices=How)
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    entered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="person_on_one_seat"
            ),
            models.UniqueConstraint(
                fields=["invitation"], condition=Q(person__isnull=True), name="body_on_the_list_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id} at {self.meeting_id}"


class Speech(models.Model):
    """That somebody on the list of speakers spoke, once in a meeting, and what about."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="speeches")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="speeches")
    number = models.PositiveIntegerField()
    words = models.CharField(pgettext_lazy("speech", "what was said"), max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "invitation"], name="speaker_once"),
            models.UniqueConstraint(fields=["meeting", "number"], name="speech_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"
