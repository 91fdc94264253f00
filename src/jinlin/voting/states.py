"""The states of a ballot and the table of its steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class BallotState(models.TextChoices):
    """Where a ballot stands; whether an announced one is open is a matter of its period."""

    DRAFT = "draft", pgettext_lazy("ballot", "being prepared")
    ANNOUNCED = "announced", pgettext_lazy("ballot", "announced")
    COUNTED = "counted", pgettext_lazy("ballot", "counted")
    CANCELLED = "cancelled", pgettext_lazy("ballot", "called off")


class BallotVerb(models.TextChoices):
    """The steps of a ballot."""

    ANNOUNCE = "announce", pgettext_lazy("ballot", "announce")
    CAST = "cast", pgettext_lazy("ballot", "cast")
    COUNT = "count", pgettext_lazy("ballot", "count")
    CANCEL = "cancel", pgettext_lazy("ballot", "call off")


S, V = BallotState, BallotVerb
BALLOTS = StateTable(
    initial=S.DRAFT,
    moves={
        V.ANNOUNCE: {S.DRAFT: S.ANNOUNCED},
        V.CAST: {S.ANNOUNCED: S.ANNOUNCED},
        V.COUNT: {S.ANNOUNCED: S.COUNTED},
        V.CANCEL: dict.fromkeys((S.DRAFT, S.ANNOUNCED), S.CANCELLED),
    },
)
