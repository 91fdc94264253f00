"""Ballots with their questions, the roll of those who may vote, and the box of papers, which knows no voter if it is secret."""

from secrets import randbits
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Body
from jinlin.playbooks.schema import BallotKind
from jinlin.voting.states import BallotState


def state_choices() -> list[tuple[str, Any]]:
    """Return the states, so that a new one alters no table."""
    return BallotState.choices


def paper_number() -> int:
    """Return a number that says nothing about when a paper was put into the box."""
    return randbits(62) + 1


class Ballot(models.Model):
    """Something that those on a roll decide or judge in a period; `kind` and its frozen `rule` come from the playbook.

    `scope` names the places whose homes are concerned, as codes; `subject` is the matter that it is held for. `heads` and
    `area` (0.01 m²) are those of the whole roll, frozen when it is announced. `result` holds what was counted, as whole
    numbers; `passed` says how it ended, None where it ends in no such thing.
    """

    kind = models.CharField(_("kind"), max_length=32)
    rule = models.JSONField()
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("what it is about"))
    place_code = models.CharField(_("community"), max_length=22, db_index=True)
    scope = models.JSONField(default=list)
    scope_name = models.CharField(_("where"), max_length=120)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="ballots")
    subject = models.CharField(max_length=32, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=9, choices=state_choices, default=BallotState.DRAFT)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    announced_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    heads = models.PositiveIntegerField(default=0)
    area = models.PositiveBigIntegerField(default=0)
    result = models.JSONField(default=dict)
    passed = models.BooleanField(null=True)
    reason = models.CharField(_("why it was called off"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ballot_period_ends_after_it_began", condition=Q(closes_at__gt=models.F("opens_at"))
            )
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="ballot_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def by(self) -> BallotKind:
        """The rule by which it is held, as it stood when it was prepared."""
        return BallotKind.model_validate(self.rule)


class Question(models.Model):
    """One question of a ballot; up to `most` of its options may be marked, and as many `seats` are filled by a choice."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="questions")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("question"), max_length=120)
    most = models.PositiveSmallIntegerField(default=1)
    seats = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "order"], name="one_question_per_place")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class Option(models.Model):
    """One option of a question; `key` is what a paper says for it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="options")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=16)
    title = models.CharField(_("option"), max_length=80)
    text = models.CharField(_("more about it"), max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="one_option_per_key")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class RollEntry(models.Model):
    """Whoever has one vote in a ballot: `voter` is `household:3`, `owners:5-8` or `person:9`; `area` is in 0.01 m².

    `used_on` is the day only, so that the roll cannot be laid beside the box by time.
    """

    class Channel(models.TextChoices):
        ONLINE = "online", _("online")
        PAPER = "paper", _("on paper")

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="roll")
    voter = models.CharField(max_length=100)
    home_code = models.CharField(max_length=22, blank=True)
    area = models.PositiveBigIntegerField(default=0)
    used_on = models.DateField(null=True)
    channel = models.CharField(max_length=8, choices=Channel, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "voter"], name="one_vote_per_voter")]
        indexes = [models.Index(fields=["ballot", "home_code"], name="roll_home")]

    def __str__(self) -> str:
        return f"{self.voter} in {self.ballot_id}"


class Paper(models.Model):
    """What one voter handed in: `marks` is {question: [keys]}. A secret one names no entry of the roll and no time.

    A signed one that was replaced stays, without being `counted`.
    """

    id = models.BigIntegerField(primary_key=True, default=paper_number, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="papers")
    entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, null=True, related_name="papers")
    marks = models.JSONField()
    counted = models.BooleanField(default=True)
    at = models.DateTimeField(null=True)
    person_id = models.BigIntegerField(null=True)
    entered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(counted=True, entry__isnull=False), name="one_paper_counts"
            ),
            models.CheckConstraint(
                name="secret_paper_names_nobody",
                condition=Q(entry__isnull=False)
                | Q(at__isnull=True, person_id__isnull=True, entered_by_id__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"paper in {self.ballot_id}"
