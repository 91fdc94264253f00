"""Conventions of estates: their versions clause by clause, comments with answers, acknowledgement by households, reminders."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.conventions.states import EditionState, state_choices, verb_choices
from jinlin.organisations.models import Body
from jinlin.people.models import Household, Person
from jinlin.platform.models import HistoryLine, StoredFile
from jinlin.territory.models import Zone


class Convention(models.Model):
    """A covenant or pledge of an estate; `kind` is a key of the playbook's conventions, `body` keeps it.

    `last_key` is the newest key that a clause of it got: a clause keeps its key from version to version.
    """

    kind = models.CharField(max_length=32)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="conventions")
    place_code = models.CharField(_("place"), max_length=22)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="conventions")
    made_at = models.DateTimeField()
    last_key = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "zone"], name="one_convention_of_a_kind")]
        indexes = [models.Index(fields=["place_code", "-made_at"], name="convention_place")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.zone_id}"


class Edition(models.Model):
    """One version of a convention; in force from `in_force_from` until the next one is. `version` counts its history.

    `put_at` is when it was put to the vote, `from_day` the day from which it is then to hold. `work` is the vote that
    decided, by its address; of a vote on paper there are the figures and a picture of the minutes.
    """

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=12, choices=state_choices, default=EditionState.DRAFT)
    made_at = models.DateTimeField()
    note = models.CharField(pgettext_lazy("convention", "why there is a new version"), max_length=300, blank=True)
    comments_until = models.DateField(pgettext_lazy("convention", "comments until"), null=True)
    put_at = models.DateTimeField(null=True)
    from_day = models.DateField(null=True)
    work = models.CharField(max_length=200, blank=True)
    adopted_at = models.DateTimeField(null=True)
    in_force_from = models.DateField(pgettext_lazy("convention", "in force from"), null=True)
    voted_on = models.DateField(null=True)
    figures = models.JSONField(default=dict)
    minutes = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["convention", "number"], name="convention_edition_once"),
            models.CheckConstraint(
                name="convention_in_force_was_voted_on",
                condition=Q(in_force_from__isnull=True)
                | Q(state=EditionState.ADOPTED, adopted_at__isnull=False)
                & (~Q(work="") | Q(minutes__isnull=False, voted_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.convention_id} v{self.number}"


class Clause(models.Model):
    """One clause of a version; `required` is the key of the required clause that it is, if it is one."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="clauses")
    key = models.PositiveIntegerField()
    order = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    required = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="clause_key_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.order}"


class EditionStep(HistoryLine):
    """One line of a version's history."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12, choices=verb_choices)
    state = models.CharField(max_length=12, choices=state_choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="convention_step_once")]


class Comment(models.Model):
    """What somebody says of a draft, and the answer. Everybody reads `summary` and `answer`, which a person has looked at."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    clause = models.PositiveIntegerField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="convention_comments")
    text = models.CharField(pgettext_lazy("convention", "comment"), max_length=1000)
    at = models.DateTimeField()
    summary = models.CharField(max_length=300, blank=True)
    answer = models.CharField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="comment_number_once")]
        indexes = [models.Index(fields=["person", "-at"], name="convention_comment_person")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.number}"


class Acknowledgement(models.Model):
    """That a household has taken note of a version; only how many is ever shown."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="acknowledgements")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "household"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.household_id} of {self.edition_id}"


class Reminder(models.Model):
    """A word to everybody that a clause is not kept somewhere; never about a person or a home."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="reminders")
    clause = models.PositiveIntegerField()
    words = models.CharField(max_length=200)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["convention", "-at"], name="convention_reminder")]

    def __str__(self) -> str:
        return self.words
