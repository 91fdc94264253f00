"""Versions of definitions, the procedures that run by them, their steps with proof and who took part, and their history."""

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Body
from jinlin.people.models import Person
from jinlin.platform.models import HistoryLine, StoredFile
from jinlin.playbooks.schema import Part
from jinlin.playbooks.schema import Procedure as Rules
from jinlin.playbooks.schema import Step as StepRules
from jinlin.procedures import states


class Definition(models.Model):
    """A procedure of the work method as it was on a day, kept whole: what has begun by it goes on by it.

    `contents` holds the row of the playbook and, by step, the parts of the table at which it is taken.
    """

    key = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    contents = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="definition_version_once"),
            models.UniqueConstraint(fields=["key", "digest"], name="definition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    @cached_property
    def rules(self) -> Rules:
        """The row of the playbook."""
        return Rules.model_validate(self.contents["procedure"])

    def parts(self, key: str) -> list[Part]:
        """The parts of the table at which a step is taken; none where it has none."""
        return [Part.model_validate(part) for part in self.contents["tables"].get(key, ())]


class Procedure(models.Model):
    """A matter on its way through the steps of a definition, at a place; `subject` is what it was begun for, if anything.

    `matter` is a kind of matter of the work method. `body` began it, unless somebody did as a resident. `at_key` is the step
    that is open; empty once it is over. `version` counts the lines of its history.
    """

    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="procedures")
    subject = models.CharField(max_length=32, blank=True, db_index=True)
    title = models.CharField(_("what it is about"), max_length=80)
    text = models.CharField(_("more about it"), max_length=1000, blank=True)
    matter = models.CharField(max_length=32, blank=True)
    place_code = models.CharField(_("place"), max_length=22)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="begun_procedures")
    state = models.CharField(_("state"), max_length=12, choices=states.procedure_states)
    version = models.PositiveIntegerField(default=1)
    at_key = models.CharField(max_length=32, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="running_procedure_has_a_step", condition=Q(state="running") ^ Q(at_key="", ended_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["place_code", "state", "-begun_at"], name="procedure_place"),
            models.Index(fields=["state", "begun_at"], name="procedure_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject_name(self) -> str:
        """Its own name as the matter of others."""
        return f"procedure:{self.pk}"


class Step(models.Model):
    """One visit of a step: a procedure that goes back to a step opens it anew. `number` is its place in the walk.

    `due_on` is the last day. `words` say what came of it; `work_title` and `work_url` are the work that concluded it, `sides`
    who took part. `returned` says that it was opened by going back, and `needs_new` that something new has to be handed in.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="visits")
    key = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=states.step_states, default=states.StepState.OPEN)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    warned_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=500, blank=True)
    work_title = models.CharField(max_length=120, blank=True)
    work_url = models.CharField(max_length=200, blank=True)
    sides = models.JSONField(default=list)
    returned = models.BooleanField(default=False)
    needs_new = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="visit_number_once"),
            models.UniqueConstraint(fields=["procedure"], condition=Q(state="open"), name="one_open_step"),
        ]
        indexes = [models.Index(fields=["due_on"], name="open_step_due", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.procedure_id}/{self.number} {self.key}"

    @property
    def subject(self) -> str:
        """Its name as the matter for which others work."""
        return f"step:{self.pk}"

    @property
    def rules(self) -> StepRules:
        """What the definition says of it."""
        return self.procedure.definition.rules.step(self.key)


class Proof(models.Model):
    """Something that lies with a step as proof of it: words, and a picture where it is one."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=12, choices=states.proof_kinds)
    words = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.step_id}"


class Participant(models.Model):
    """That somebody took part in a step: in a talk, in doing it, or in the evaluation with a mark. Never shown by name."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="procedure_steps")
    mark = models.CharField(max_length=8, choices=states.mark_choices, blank=True)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "person"], name="takes_part_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.step_id}"


class Line(HistoryLine):
    """One line of the history of a procedure; `key` is the step that it is about."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12, choices=states.verb_choices)
    state = models.CharField(max_length=12, choices=states.procedure_states)
    key = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "number"], name="procedure_line_once")]
