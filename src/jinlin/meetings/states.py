"""The states of a meeting and of a resolution, and the tables of their steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    DRAFT = "draft", pgettext_lazy("meeting", "in preparation")
    ANNOUNCED = "announced", pgettext_lazy("meeting", "announced")
    OPEN = "open", pgettext_lazy("meeting", "in session")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


class MeetingVerb(models.TextChoices):
    """The steps of a meeting; each is one line of its history."""

    CALL = "call", pgettext_lazy("meeting", "called")
    CHANGE = "change", pgettext_lazy("meeting", "changed")
    ANNOUNCE = "announce", pgettext_lazy("meeting", "announced to those invited")
    OPEN = "open", pgettext_lazy("meeting", "opened")
    CLOSE = "close", pgettext_lazy("meeting", "closed after the talk")
    CANCEL = "cancel", pgettext_lazy("meeting", "called off")
    PUBLISH = "publish", pgettext_lazy("meeting", "minutes published")


class ResolutionState(models.TextChoices):
    """Where a resolution stands."""

    RUNNING = "running", pgettext_lazy("resolution", "being carried out")
    DONE = "done", pgettext_lazy("resolution", "carried out")
    DROPPED = "dropped", pgettext_lazy("resolution", "not carried out")


class ResolutionVerb(models.TextChoices):
    """The steps of a resolution; each is one line of its history."""

    RESOLVE = "resolve", pgettext_lazy("resolution", "resolved")
    SET_DAY = "set_day", pgettext_lazy("resolution", "day set")
    BECOME = "become", pgettext_lazy("resolution", "made into something to work on")
    FINISH = "finish", pgettext_lazy("resolution", "reported as carried out")
    DROP = "drop", pgettext_lazy("resolution", "given up")
    REOPEN = "reopen", pgettext_lazy("resolution", "taken up again")


def meeting_states() -> list[tuple[str, object]]:
    """Return the states of a meeting with their words; a function, so that a new one alters no table."""
    return MeetingState.choices


def meeting_verbs() -> list[tuple[str, object]]:
    """Return the steps of a meeting with their words."""
    return MeetingVerb.choices


def resolution_states() -> list[tuple[str, object]]:
    """Return the states of a resolution with their words."""
    return ResolutionState.choices


def resolution_verbs() -> list[tuple[str, object]]:
    """Return the steps of a resolution with their words."""
    return ResolutionVerb.choices


S, V = MeetingState, MeetingVerb
AHEAD = frozenset({S.DRAFT, S.ANNOUNCED})
"""States in which the meeting is still to come."""
PUBLIC = frozenset({S.ANNOUNCED, S.OPEN, S.CLOSED, S.CANCELLED})
"""States in which everybody may know of it."""

MEETINGS = StateTable(
    initial=S.DRAFT,
    moves={
        V.CHANGE: {S.DRAFT: S.DRAFT, S.ANNOUNCED: S.ANNOUNCED},
        V.ANNOUNCE: {S.DRAFT: S.ANNOUNCED},
        V.OPEN: dict.fromkeys((S.DRAFT, S.ANNOUNCED), S.OPEN),
        V.CLOSE: {S.OPEN: S.CLOSED},
        V.CANCEL: dict.fromkeys((S.DRAFT, S.ANNOUNCED), S.CANCELLED),
        V.PUBLISH: {S.CLOSED: S.CLOSED},
    },
)

R, RV = ResolutionState, ResolutionVerb
RESOLUTIONS = StateTable(
    initial=R.RUNNING,
    moves={
        RV.SET_DAY: {R.RUNNING: R.RUNNING},
        RV.BECOME: {R.RUNNING: R.RUNNING},
        RV.FINISH: {R.RUNNING: R.DONE},
        RV.DROP: {R.RUNNING: R.DROPPED},
        RV.REOPEN: {R.DONE: R.RUNNING},
    },
)
