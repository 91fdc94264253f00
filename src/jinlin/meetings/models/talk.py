"""What the sides think of an item, and the votes that are taken by show of hands."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.meetings.models.meetings import AgendaItem, Meeting
from jinlin.meetings.models.seats import Invitation


class View(models.Model):
    """What one place at the table thinks of an item; `written` ones were sent in and stand for being there."""

    class Stance(models.TextChoices):
        AGREES = "agrees", pgettext_lazy("view", "agrees")
        DISSENTS = "dissents", pgettext_lazy("view", "does not agree")
        OPEN = "open", pgettext_lazy("view", "neither")

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="views")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="views")
    stance = models.CharField(max_length=8, choices=Stance)
    words = models.CharField(pgettext_lazy("view", "in their words"), max_length=1000)
    written = models.BooleanField(_("sent in writing"), default=False)
    at = models.DateTimeField()
    entered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "invitation"], name="one_view_of_an_item")]

    def __str__(self) -> str:
        return f"{self.invitation_id} on {self.item_id}"


class Motion(models.Model):
    """Something put to the vote; of a meeting's one at a time is open. The counts are written when it ends.

    `base` is how many could vote, `present` how many of them were there; a vote that lost its quorum was stopped.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("motion", "being voted on")
        PASSED = "passed", pgettext_lazy("motion", "passed")
        FAILED = "failed", pgettext_lazy("motion", "not passed")
        STOPPED = "stopped", pgettext_lazy("motion", "stopped: the quorum was lost")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="motions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="motions")
    number = models.PositiveIntegerField()
    words = models.CharField(pgettext_lazy("motion", "what is voted on"), max_length=300)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    base = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    abstain = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="motion_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="one_motion_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"


class Vote(models.Model):
    """A raised hand: the choice of one seat, such as `side:property` or `person:12`, and through whom it was given."""

    class Choice(models.TextChoices):
        YES = "yes", pgettext_lazy("vote", "yes")
        NO = "no", pgettext_lazy("vote", "no")
        ABSTAIN = "abstain", pgettext_lazy("vote", "abstain")

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="votes")
    seat = models.CharField(max_length=40)
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=7, choices=Choice)
    at = models.DateTimeField()
    entered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "seat"], name="one_vote_of_a_seat")]

    def __str__(self) -> str:
        return f"{self.motion_id} {self.seat}"
