"""Lays participants out on a plane, so that those who vote alike lie near each other.

Principal components of the votes, as Polis computes them (Small, Bjorkegren, Erkkilä, Shaw and Megill 2021): a vote that
was not given counts as the mean of its statement, so a centred matrix has a zero there and stays sparse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import eigh
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, eigsh

from jinlin.algorithms.arrays import Numbers, Reals
from jinlin.algorithms.opinions.votes import Votes

AXES = 2
UNSEEN_PASSES = 1 / 3
"""A participant is laid out as if they had passed on a third of all statements besides: few votes say little."""
FEW_STATEMENTS = 96
_GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True)
class Plane:
    """The mean vote on each statement (statements), and the axes (statements, 2) with the greater spread first.

    Statements that are not shown have zeros; `shown` counts the others.
    """

    mean: Reals
    axes: Reals
    shown: int

    def place(self, statement: ArrayLike, vote: ArrayLike) -> Reals:
        """Return where one participant with these votes on distinct statements lies (2)."""
        seen = np.asarray(statement, np.int64)
        summed = (np.asarray(vote, np.float64) - self.mean[seen]) @ self.axes[seen]
        return summed * _stretch(np.array([len(seen)]), self.shown)[0]


def lay_out(votes: Votes) -> tuple[Plane, Reals]:
    """Return the plane of the votes and where on it each participant lies (participants, 2).

    Participants weigh by how far they are stretched: midway between one weight for each vote, by which a few who vote on
    everything would turn the axes, and one weight for each person.
    """
    mean, half = means(votes), np.sqrt(_stretch(votes.per_participant(), votes.statements))
    weighed = (votes.vote - mean[votes.statement]) * half[votes.participant]
    rows = csr_array((weighed, (votes.participant, votes.statement)), shape=(votes.participants, votes.statements))
    plane = Plane(mean, _axes(rows), votes.statements)
    return plane, (rows @ plane.axes) * half[:, None]


def means(votes: Votes) -> Reals:
    """Return the mean vote on each statement, 0 for one without votes."""
    summed = np.bincount(votes.statement, votes.vote, votes.statements)
    return summed / np.maximum(np.bincount(votes.statement, minlength=votes.statements), 1)


def _stretch(given: Numbers, statements: int) -> Reals:
    """Return by how much the sum of so many votes is stretched to stand for all statements."""
    return np.sqrt(statements / np.maximum(given + UNSEEN_PASSES * statements, 1))


def _axes(rows: csr_array) -> Reals:
    """Return the directions of the greatest spread, each with its greatest entry positive."""
    statements = rows.shape[1]
    if statements <= FEW_STATEMENTS:
        axes = np.zeros((statements, AXES))
        found = eigh((rows.T @ rows).toarray())[1][:, ::-1][:, :AXES]
        axes[:, : found.shape[1]] = found
    else:
        back = rows.T.tocsr()
        spread = LinearOperator((statements, statements), matvec=lambda axis: back @ (rows @ axis), dtype=np.float64)
        start = (np.arange(1, statements + 1) * _GOLDEN) % 1 - 0.5
        axes = eigsh(spread, AXES, v0=start, tol=1e-9)[1][:, ::-1]
    return axes * np.where(axes.max(axis=0) >= -axes.min(axis=0), 1.0, -1.0)
