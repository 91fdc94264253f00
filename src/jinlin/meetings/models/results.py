"""What stays of a meeting: minutes in versions, who signed them, and resolutions with an owner and a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.meetings.models.meetings import AgendaItem, Meeting
from jinlin.meetings.models.seats import Invitation
from jinlin.meetings.models.talk import Motion
from jinlin.meetings.states import ResolutionState, resolution_states, resolution_verbs
from jinlin.organisations.models import Body
from jinlin.people.models import Person
from jinlin.platform.models import HistoryLine


class Minutes(models.Model):
    """A version of the minutes: words about the whole, and in `parts` those about each item by its number.

    Once anybody has signed a version or it is published it stays as it is. `public_words` are what a person has looked
    through and confirmed for everybody to read.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveIntegerField(_("version"))
    words = models.TextField(pgettext_lazy("minutes", "words"))
    parts = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    written_by_id = models.BigIntegerField(null=True)
    public_words = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    published_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="minutes_version_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.number}"


class SignOff(models.Model):
    """That a participant signed a version of the minutes, with an objection where they have one."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    objection = models.CharField(_("objection"), max_length=500, blank=True)
    at = models.DateTimeField()
    entered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "invitation"], name="signed_once")]

    def __str__(self) -> str:
        return f"{self.invitation_id} signs {self.minutes_id}"


class Resolution(models.Model):
    """What was decided: what `body` does by `due_on`, and what came of it. `made` is what it became, such as `item:12`.

    `sites` are the places or parts that it consists of.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, related_name="resolutions")
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, null=True, related_name="resolutions")
    number = models.PositiveIntegerField()
    words = models.CharField(pgettext_lazy("resolution", "what is done"), max_length=300)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="resolutions")
    due_on = models.DateField(pgettext_lazy("resolution", "by when"), null=True)
    sites = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=resolution_states, default=ResolutionState.RUNNING)
    version = models.PositiveIntegerField(default=1)
    result = models.CharField(pgettext_lazy("resolution", "what came of it"), max_length=500, blank=True)
    made = models.CharField(max_length=32, blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="resolution_once")]
        indexes = [models.Index(fields=["state", "due_on"], name="resolution_state")]

    def __str__(self) -> str:
        return self.words


class ResolutionStep(HistoryLine):
    """One line of a resolution's history."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12, choices=resolution_verbs)
    state = models.CharField(max_length=10, choices=resolution_states)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resolution", "number"], name="resolution_step_once")]
