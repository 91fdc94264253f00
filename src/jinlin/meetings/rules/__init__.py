"""Who calls, keeps and sees a meeting, who sits at it, when something can be decided, and what words may stand."""

from jinlin.meetings.rules.acting import (
    HOSTS,
    READERS,
    WORKERS,
    keeps,
    may,
    may_call,
    may_keep,
    may_with_resolution,
    seats_for,
    visible_to,
)
from jinlin.meetings.rules.deciding import Standing, may_decide, passes
from jinlin.meetings.rules.words import clean, clean_for

__all__ = [
    "HOSTS",
    "READERS",
    "WORKERS",
    "Standing",
    "clean",
    "clean_for",
    "keeps",
    "may",
    "may_call",
    "may_decide",
    "may_keep",
    "may_with_resolution",
    "passes",
    "seats_for",
    "visible_to",
]
