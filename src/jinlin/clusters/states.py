"""The states of a common trouble and the table of its steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class ClusterState(models.TextChoices):
    """Where a common trouble stands."""

    OPEN = "open", pgettext_lazy("common trouble", "taken on")
    ANSWERED = "answered", pgettext_lazy("common trouble", "answered")
    CLOSED = "closed", pgettext_lazy("common trouble", "settled")


class ClusterVerb(models.TextChoices):
    """The steps of a common trouble."""

    ANSWER = "answer", pgettext_lazy("common trouble", "answer all")
    CLOSE = "close", pgettext_lazy("common trouble", "settle")


S = ClusterState
RUNNING = {S.OPEN, S.ANSWERED}
TABLE = StateTable(
    initial=S.OPEN,
    moves={
        ClusterVerb.ANSWER: dict.fromkeys(RUNNING, S.ANSWERED),
        ClusterVerb.CLOSE: {S.ANSWERED: S.CLOSED},
    },
)
