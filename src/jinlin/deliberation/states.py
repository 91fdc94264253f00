"""The states of a proposal and the table of its steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class ProposalState(models.TextChoices):
    """Where a proposal stands, in the words that residents read."""

    RAISED = "raised", pgettext_lazy("proposal", "waits for the screening")
    ROUTED = "routed", pgettext_lazy("proposal", "is being talked over")
    ANSWERED = "answered", pgettext_lazy("proposal", "answered")
    DECLINED = "declined", pgettext_lazy("proposal", "not taken up")
    MERGED = "merged", pgettext_lazy("proposal", "joined to another one")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")


class ProposalVerb(models.TextChoices):
    """The steps of a proposal; each is one action and one line of its history."""

    RAISE = "raise", pgettext_lazy("proposal", "raised")
    ROUTE = "route", pgettext_lazy("proposal", "sent to a forum")
    DECLINE = "decline", pgettext_lazy("proposal", "not taken up")
    MERGE = "merge", pgettext_lazy("proposal", "joined to another one")
    SEPARATE = "separate", pgettext_lazy("proposal", "taken out again")
    ANSWER = "answer", pgettext_lazy("proposal", "answered")
    WITHDRAW = "withdraw", pgettext_lazy("proposal", "withdrawn")


S, V = ProposalState, ProposalVerb
OPEN = frozenset({S.RAISED, S.ROUTED})
"""An answer is owed."""
HIDDEN = frozenset({S.RAISED, S.WITHDRAWN})
"""Seen by whoever raised it and by those who screen it, and by nobody else."""
PROPOSALS = StateTable(
    initial=S.RAISED,
    moves={
        V.ROUTE: dict.fromkeys(sorted(OPEN), S.ROUTED),
        V.DECLINE: {S.RAISED: S.DECLINED},
        V.MERGE: dict.fromkeys(sorted(OPEN), S.MERGED),
        V.SEPARATE: {S.MERGED: S.RAISED},
        V.ANSWER: {S.ROUTED: S.ANSWERED},
        V.WITHDRAW: dict.fromkeys(sorted(OPEN), S.WITHDRAWN),
    },
)
