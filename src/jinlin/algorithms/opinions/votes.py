"""Votes of participants on statements, kept sparse: most people see a small part of the statements."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from jinlin.algorithms.arrays import Flags, Numbers

AGREE, PASS, DISAGREE = 1, 0, -1


class Votes(NamedTuple):
    """One entry for each participant and statement that met, ordered by both; `vote` is 1, 0 (pass) or -1.

    Participants are numbered from 0 to below `participants`, statements from 0 to below `statements`.
    """

    participant: Numbers
    statement: Numbers
    vote: Numbers
    participants: int
    statements: int

    def on(self, shown: Flags) -> Votes:
        """Return the votes on the statements that are shown."""
        kept = shown[self.statement]
        return self._replace(participant=self.participant[kept], statement=self.statement[kept], vote=self.vote[kept])

    def per_participant(self) -> Numbers:
        """Return how many votes each participant gave."""
        return np.bincount(self.participant, minlength=self.participants)


def gather_votes(
    participant: ArrayLike, statement: ArrayLike, vote: ArrayLike, participants: int, statements: int
) -> Votes:
    """Return the votes in order; of several by one participant on one statement the last given counts.

    Raises:
        ValueError: for arrays of different lengths, a number out of range, or a vote that is not 1, 0 or -1.
    """
    who, what, how = (np.asarray(numbers, np.int64) for numbers in (participant, statement, vote))
    if not len(who) == len(what) == len(how):
        raise ValueError("Each vote needs a participant, a statement and a value; the arrays differ in length.")
    for name, numbers, count in (("participant", who, participants), ("statement", what, statements)):
        if len(numbers) and not 0 <= numbers.min() <= numbers.max() < count:
            raise ValueError(f"A vote names a {name} outside 0 to {count - 1}.")
    if len(how) and not AGREE >= how.max() >= how.min() >= DISAGREE:
        raise ValueError("A vote is 1 (agree), 0 (pass) or -1 (disagree).")
    key = who * max(statements, 1) + what
    order = np.argsort(key, kind="stable")
    last = np.r_[key[order][1:] != key[order][:-1], np.ones(min(1, len(key)), bool)]
    kept = order[last]
    return Votes(who[kept], what[kept], how[kept], participants, statements)
