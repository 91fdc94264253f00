"""Conversations, the statements in them, and votes that no row ties to a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.opinions.states import (
    StatementState,
    TalkState,
    statement_states,
    statement_verbs,
    talk_states,
    talk_verbs,
)
from jinlin.platform.models import HistoryLine


class Conversation(models.Model):
    """A question on which the residents of a place say and weigh short statements, from its first day to its last.

    `checked` says whether statements are looked at before they are shown, or after. `subject` is the matter it is held for,
    such as `proposal:4`.
    """

    class Checked(models.TextChoices):
        BEFORE = "before", pgettext_lazy("statement", "looked at before it is shown")
        AFTER = "after", pgettext_lazy("statement", "looked at after it is shown")

    title = models.CharField(_("the question asked"), max_length=60)
    text = models.CharField(_("background"), max_length=1000, blank=True)
    place_code = models.CharField(_("community"), max_length=22)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    checked = models.CharField(max_length=6, choices=Checked, default=Checked.BEFORE)
    subject = models.CharField(max_length=32, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=12, choices=talk_states, default=TalkState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "place_code", "-made_at"], name="conversation_state_place")]

    def __str__(self) -> str:
        return self.title


class TalkStep(HistoryLine):
    """One line of a conversation's history."""

    row = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12, choices=talk_verbs)
    state = models.CharField(max_length=12, choices=talk_states)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "number"], name="talk_step_number_once")]


class Statement(models.Model):
    """Something that can be agreed with or not. `folded` makes the same words known again.

    `writer` is the key of who said it, as of a participant, and empty for what the house put in; no person is named.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="statements")
    text = models.CharField(_("statement"), max_length=140)
    folded = models.CharField(max_length=140)
    writer = models.CharField(max_length=43, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=statement_states, default=StatementState.WAITING)
    version = models.PositiveIntegerField(default=1)
    looked_at = models.BooleanField(default=False)
    seen = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "folded"], name="statement_said_once")]
        indexes = [models.Index(fields=["conversation", "state", "seen"], name="statement_fewest_seen")]

    def __str__(self) -> str:
        return self.text


class StatementStep(HistoryLine):
    """One line of a statement's history: who showed or hid it, and why."""

    row = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12, choices=statement_verbs)
    state = models.CharField(max_length=12, choices=statement_states)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "number"], name="statement_step_number_once")]


class SlipBatch(models.Model):
    """Paper slips that were entered together."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="batches")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    slips = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.slips} slips of {self.conversation_id}"


class Participant(models.Model):
    """Somebody who votes, known by a keyed hash of person and conversation, or of a slip's number; never by a person.

    `voice` is the keyed hash of the household, so that households can be counted; `group` is the opinion group, if any.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="participants")
    key = models.CharField(max_length=43)
    voice = models.CharField(max_length=43)
    batch = models.ForeignKey(SlipBatch, on_delete=models.PROTECT, null=True, related_name="participants")
    group = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "key"], name="participant_once")]

    def __str__(self) -> str:
        return f"participant {self.pk}"


class Vote(models.Model):
    """What a participant thinks of a statement; without a time, so that nobody is told apart by when they voted."""

    class Value(models.IntegerChoices):
        AGREE = 1, pgettext_lazy("statement", "agree")
        PASS = 0, pgettext_lazy("statement", "pass")
        DISAGREE = -1, pgettext_lazy("statement", "disagree")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes")
    value = models.SmallIntegerField(choices=Value)
    important = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement"], name="one_vote_on_a_statement"),
            models.CheckConstraint(name="vote_is_one_of_three", condition=models.Q(value__in=[-1, 0, 1])),
        ]

    def __str__(self) -> str:
        return f"vote {self.pk}"


class Picture(models.Model):
    """The opinion groups as they were last found and counted on since; `stale` while a look at all votes is due.

    `landscape` is what `keeping` writes and reads; empty until there are enough votes.
    """

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="picture")
    landscape = models.JSONField(default=dict)
    found_at = models.DateTimeField(null=True)
    stale = models.BooleanField(default=False, db_index=True)

    def __str__(self) -> str:
        return f"picture of {self.conversation_id}"
