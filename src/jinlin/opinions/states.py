"""The states of a conversation and of a statement in it, and the tables of their steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class TalkState(models.TextChoices):
    """Where a conversation stands."""

    DRAFT = "draft", pgettext_lazy("conversation", "being prepared")
    OPEN = "open", pgettext_lazy("conversation", "open")
    CLOSED = "closed", pgettext_lazy("conversation", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("conversation", "withdrawn")


class TalkVerb(models.TextChoices):
    """The steps of a conversation."""

    MAKE = "make", pgettext_lazy("conversation", "prepared")
    OPEN = "open", pgettext_lazy("conversation", "open it")
    CLOSE = "close", pgettext_lazy("conversation", "close it")
    WITHDRAW = "withdraw", pgettext_lazy("conversation", "withdraw it")


class StatementState(models.TextChoices):
    """Whether a statement is shown."""

    WAITING = "waiting", pgettext_lazy("statement", "waits for the check")
    SHOWN = "shown", pgettext_lazy("statement", "shown")
    HIDDEN = "hidden", pgettext_lazy("statement", "not shown")


class StatementVerb(models.TextChoices):
    """The steps of a statement."""

    SAY = "say", pgettext_lazy("statement", "said")
    SHOW = "show", pgettext_lazy("statement", "show it")
    HIDE = "hide", pgettext_lazy("statement", "do not show it")


def talk_states() -> list[tuple[str, object]]:
    """Return the states of a conversation, so that a new one alters no table."""
    return list(TalkState.choices)


def talk_verbs() -> list[tuple[str, object]]:
    """Return the steps of a conversation, so that a new one alters no table."""
    return list(TalkVerb.choices)


def statement_states() -> list[tuple[str, object]]:
    """Return the states of a statement, so that a new one alters no table."""
    return list(StatementState.choices)


def statement_verbs() -> list[tuple[str, object]]:
    """Return the steps of a statement, so that a new one alters no table."""
    return list(StatementVerb.choices)


T, S = TalkState, StatementState
IN_PUBLIC = (T.OPEN, T.CLOSED)
"""What everybody reads."""

TALKS = StateTable(
    initial=T.DRAFT,
    moves={
        TalkVerb.OPEN: {T.DRAFT: T.OPEN},
        TalkVerb.CLOSE: {T.OPEN: T.CLOSED},
        TalkVerb.WITHDRAW: dict.fromkeys((T.DRAFT, T.OPEN), T.WITHDRAWN),
    },
)
STATEMENTS = StateTable(
    initial=S.WAITING,
    moves={
        StatementVerb.SHOW: dict.fromkeys((S.WAITING, S.HIDDEN), S.SHOWN),
        StatementVerb.HIDE: dict.fromkeys((S.WAITING, S.SHOWN), S.HIDDEN),
    },
)
