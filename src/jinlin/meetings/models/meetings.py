"""Meetings with their history, and what is on their agenda."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.meetings.states import MeetingState, meeting_states, meeting_verbs
from jinlin.organisations.models import Body
from jinlin.platform.models import HistoryLine


class Meeting(models.Model):
    """A meeting of a forum, which is a key of the playbook's; `body` calls it. `subject` is the matter that it is held for.

    `category` is the type of problem where the forum asks departments by it; `previous` the one of which it takes tasks on.
    `version` counts the lines of its history.
    """

    forum = models.CharField(max_length=32)
    title = models.CharField(_("title"), max_length=80)
    words = models.CharField(_("words to those invited"), max_length=500, blank=True)
    place_code = models.CharField(_("place"), max_length=22)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    subject = models.CharField(max_length=32, blank=True, db_index=True)
    category = models.CharField(_("type of problem"), max_length=16, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True)
    room = models.CharField(pgettext_lazy("meeting", "where"), max_length=120)
    state = models.CharField(_("state"), max_length=12, choices=meeting_states, default=MeetingState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="next_ones")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_its_start",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["place_code", "-starts_at"], name="meeting_place"),
            models.Index(fields=["forum", "-starts_at"], name="meeting_forum"),
            models.Index(fields=["state", "starts_at"], name="meeting_state"),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingStep(HistoryLine):
    """One line of a meeting's history."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12, choices=meeting_verbs)
    state = models.CharField(max_length=12, choices=meeting_states)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="meeting_step_once")]


class AgendaItem(models.Model):
    """What is talked about; `subject` is the matter that it is about, `carried` the task that was left from before.

    `opened_at` is set while it is, or was, before the meeting; `answer` is what whoever raised the matter reads.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    title = models.CharField(_("what it is about"), max_length=120)
    words = models.CharField(_("more about it"), max_length=500, blank=True)
    subject = models.CharField(max_length=32, blank=True, db_index=True)
    carried = models.ForeignKey("Resolution", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_item_once"),
            models.UniqueConstraint(
                fields=["meeting", "subject"], condition=~Q(subject=""), name="agenda_subject_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
