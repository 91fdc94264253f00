"""The states of filings and of tasks, and the tables of their steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class FilingState(models.TextChoices):
    """Where a matter stands that was put before bodies."""

    PENDING = "pending", pgettext_lazy("filing", "waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("filing", "accepted")
    RETURNED = "returned", pgettext_lazy("filing", "returned with a reason")
    WITHDRAWN = "withdrawn", pgettext_lazy("filing", "withdrawn")


class FilingVerb(models.TextChoices):
    """The steps of a filing."""

    ACCEPT = "accept", pgettext_lazy("filing", "accept")
    RETURN = "return", pgettext_lazy("filing", "return with a reason")
    WITHDRAW = "withdraw", pgettext_lazy("filing", "withdraw")


class Verdict(models.TextChoices):
    """What a body answers; whatever does not pass needs its ground."""

    PASS = "pass", pgettext_lazy("verdict", "pass")
    NO_RECORD = "no_record", pgettext_lazy("verdict", "no record")
    NOT_PASS = "not_pass", pgettext_lazy("verdict", "not passed")


class TaskState(models.TextChoices):
    """Where a piece of work stands."""

    OPEN = "open", pgettext_lazy("task", "to be done")
    DONE = "done", pgettext_lazy("task", "done")
    CONFIRMED = "confirmed", pgettext_lazy("task", "confirmed")
    DROPPED = "dropped", pgettext_lazy("task", "given up with a reason")


class TaskVerb(models.TextChoices):
    """The steps of a piece of work; handing it over gives it to another body and keeps it open."""

    DO = "do", pgettext_lazy("task", "report as done")
    CONFIRM = "confirm", pgettext_lazy("task", "confirm")
    REOPEN = "reopen", pgettext_lazy("task", "not done yet")
    HAND_OVER = "hand_over", pgettext_lazy("task", "hand over")
    DROP = "drop", pgettext_lazy("task", "give up")


F, T = FilingState, TaskState

FILINGS = StateTable(
    initial=F.PENDING,
    moves={
        FilingVerb.ACCEPT: {F.PENDING: F.ACCEPTED},
        FilingVerb.RETURN: {F.PENDING: F.RETURNED},
        FilingVerb.WITHDRAW: {F.PENDING: F.WITHDRAWN},
    },
)

TASKS = StateTable(
    initial=T.OPEN,
    moves={
        TaskVerb.DO: {T.OPEN: T.DONE},
        TaskVerb.CONFIRM: {T.DONE: T.CONFIRMED},
        TaskVerb.REOPEN: {T.DONE: T.OPEN},
        TaskVerb.HAND_OVER: {T.OPEN: T.OPEN},
        TaskVerb.DROP: {T.OPEN: T.DROPPED},
    },
)

OPEN_WORK = (TaskState.OPEN, TaskState.DONE)
"""States in which a piece of work still wants something done."""

PLEDGE = "duty_pledge"
"""The kind of work that the holder of a post pledges; every playbook with such a post calls it so."""
