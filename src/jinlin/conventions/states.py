"""The states of a version of a convention, and the table of its steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class EditionState(models.TextChoices):
    """Where a version of a convention stands."""

    DRAFT = "draft", pgettext_lazy("convention", "draft")
    COMMENTS = "comments", pgettext_lazy("convention", "open for comments")
    VOTING = "voting", pgettext_lazy("convention", "put to the vote")
    ADOPTED = "adopted", pgettext_lazy("convention", "adopted")
    REJECTED = "rejected", pgettext_lazy("convention", "not adopted")
    DROPPED = "dropped", pgettext_lazy("convention", "dropped")


class EditionVerb(models.TextChoices):
    """The steps of a version."""

    MAKE = "make", pgettext_lazy("convention", "drafted")
    WRITE = "write", pgettext_lazy("convention", "clauses changed")
    OPEN = "open", pgettext_lazy("convention", "opened for comments")
    ANSWER = "answer", pgettext_lazy("convention", "comment answered")
    REVISE = "revise", pgettext_lazy("convention", "taken back to be revised")
    PUT = "put", pgettext_lazy("convention", "put to the vote")
    ADOPT = "adopt", pgettext_lazy("convention", "adopted by a vote")
    PAPER = "paper", pgettext_lazy("convention", "adopted by a vote on paper")
    REJECT = "reject", pgettext_lazy("convention", "not adopted by the vote")
    DROP = "drop", pgettext_lazy("convention", "dropped")


S, V = EditionState, EditionVerb
EDITIONS = StateTable(
    initial=S.DRAFT,
    moves={
        V.WRITE: {S.DRAFT: S.DRAFT},
        V.OPEN: {S.DRAFT: S.COMMENTS},
        V.ANSWER: {state: state for state in (S.DRAFT, S.COMMENTS)},
        V.REVISE: dict.fromkeys((S.COMMENTS, S.REJECTED), S.DRAFT),
        V.PUT: {S.COMMENTS: S.VOTING},
        V.ADOPT: {S.VOTING: S.ADOPTED},
        V.PAPER: {S.VOTING: S.ADOPTED},
        V.REJECT: {S.VOTING: S.REJECTED},
        V.DROP: dict.fromkeys((S.DRAFT, S.COMMENTS), S.DROPPED),
    },
)
UNFINISHED = frozenset({S.DRAFT, S.COMMENTS, S.VOTING})
PUBLIC = frozenset({S.COMMENTS, S.VOTING, S.ADOPTED, S.REJECTED})
"""Everybody reads a version in one of these."""


def state_choices() -> list[tuple[str, object]]:
    """Return the states with their words; a function, so that a new state changes no table."""
    return EditionState.choices


def verb_choices() -> list[tuple[str, object]]:
    """Return the steps with their words; a function, so that a new step changes no table."""
    return EditionVerb.choices
