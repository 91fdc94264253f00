"""The states of a round and of a visit, and the tables of their steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class RoundState(models.TextChoices):
    """Where a round or a session stands."""

    PLANNED = "planned", pgettext_lazy("round", "announced")
    CLOSED = "closed", pgettext_lazy("round", "closed")
    CANCELLED = "cancelled", pgettext_lazy("round", "called off")


class RoundVerb(models.TextChoices):
    """The steps of a round."""

    CLOSE = "close", pgettext_lazy("round", "close")
    CANCEL = "cancel", pgettext_lazy("round", "call off")


class VisitState(models.TextChoices):
    """How it went at a home."""

    PLANNED = "planned", pgettext_lazy("visit", "to be visited")
    DECLINED = "declined", pgettext_lazy("visit", "not welcome")
    MADE = "made", pgettext_lazy("visit", "visited")
    NOBODY = "nobody", pgettext_lazy("visit", "nobody at home")


class VisitVerb(models.TextChoices):
    """The steps of a visit."""

    DECLINE = "decline", pgettext_lazy("visit", "decline")
    LOG = "log", pgettext_lazy("visit", "log the visit")
    MISS = "miss", pgettext_lazy("visit", "nobody was at home")


R, S = RoundState, VisitState
ROUNDS = StateTable(
    initial=R.PLANNED,
    moves={RoundVerb.CLOSE: {R.PLANNED: R.CLOSED}, RoundVerb.CANCEL: {R.PLANNED: R.CANCELLED}},
)
VISITS = StateTable(
    initial=S.PLANNED,
    moves={
        VisitVerb.DECLINE: dict.fromkeys((S.PLANNED, S.NOBODY), S.DECLINED),
        VisitVerb.LOG: dict.fromkeys((S.PLANNED, S.NOBODY, S.MADE), S.MADE),
        VisitVerb.MISS: {S.PLANNED: S.NOBODY, S.NOBODY: S.NOBODY},
    },
)
