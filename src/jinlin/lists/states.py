"""The states of an item of a list and the table of its steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class ItemState(models.TextChoices):
    """Where an item stands, in the words that residents read."""

    OPEN = "open", pgettext_lazy("item", "waits for somebody")
    CLAIMED = "claimed", pgettext_lazy("item", "in hand")
    SETTLED = "settled", pgettext_lazy("item", "done, to be checked")
    CLOSED = "closed", pgettext_lazy("item", "closed")
    ANSWERED = "answered", pgettext_lazy("item", "answered")
    DECLINED = "declined", pgettext_lazy("item", "answered why not")


class ItemVerb(models.TextChoices):
    """The steps of an item; each is one line of its history."""

    ADD = "add", pgettext_lazy("item", "put on the list")
    CLAIM = "claim", pgettext_lazy("item", "taken on")
    RELEASE = "release", pgettext_lazy("item", "given back")
    REPORT = "report", pgettext_lazy("item", "progress")
    SETTLE = "settle", pgettext_lazy("item", "reported as done")
    CHECK = "check", pgettext_lazy("item", "checked and closed")
    REWORK = "rework", pgettext_lazy("item", "not done yet")
    DECLINE = "decline", pgettext_lazy("item", "answered why not")
    ROLL_UP = "roll_up", pgettext_lazy("item", "answered by another item")


S, V = ItemState, ItemVerb
FINISHED = {S.CLOSED, S.ANSWERED, S.DECLINED}
UNFINISHED = set(ItemState) - FINISHED
IN_HAND = {S.CLAIMED, S.SETTLED}
"""An item in one of these has a body that has taken it on."""

ITEMS = StateTable(
    initial=S.OPEN,
    moves={
        V.CLAIM: {S.OPEN: S.CLAIMED},
        V.RELEASE: {S.CLAIMED: S.OPEN},
        V.REPORT: {S.CLAIMED: S.CLAIMED},
        V.SETTLE: {S.CLAIMED: S.SETTLED},
        V.CHECK: {S.SETTLED: S.CLOSED},
        V.REWORK: {S.SETTLED: S.CLAIMED},
        V.DECLINE: dict.fromkeys((S.OPEN, S.CLAIMED), S.DECLINED),
        V.ROLL_UP: dict.fromkeys((S.OPEN, S.CLAIMED, S.SETTLED), S.ANSWERED),
    },
)
