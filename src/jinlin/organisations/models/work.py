"""Work that a body takes on, given to it or pledged by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models.bodies import Body
from jinlin.organisations.models.posts import Appointment
from jinlin.organisations.states import TaskState, TaskVerb


class Task(models.Model):
    """A piece of work of a body or of a holder of a post: a joint task, a pledge, a round in the grid.

    `kind` is the playbook's. `given_by` gave it (none: it is a pledge), `host` is whom it serves and who confirms it. Tasks of
    one plan share its `plan`; `duty` is the grid duty that it carries out. `outcome` repeats what was said last; what was
    said before it stays in the steps.
    """

    kind = models.CharField(max_length=32)
    title = models.CharField(_("what"), max_length=120)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="tasks")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="tasks")
    given_by = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="tasks_given")
    host = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="tasks_for")
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    plan = models.CharField(_("plan"), max_length=64, blank=True)
    duty = models.CharField(max_length=32, blank=True)
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=10, choices=TaskState, default=TaskState.OPEN)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    given_at = models.DateTimeField()
    done_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"], name="task_state_due")]

    def __str__(self) -> str:
        return self.title


class TaskStep(models.Model):
    """One line of the history of a piece of work: which step was taken, what was said, whose it was then; append-only."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(_("step"), max_length=10, choices=TaskVerb)
    words = models.CharField(_("in words"), max_length=300, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.verb} of {self.task_id}"
