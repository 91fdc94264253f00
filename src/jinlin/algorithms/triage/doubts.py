"""Finds labels that are doubtful: where models that have not seen a text are sure of another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from jinlin.algorithms.triage.model import SURE_FROM, Lesson


class Doubt(NamedTuple):
    """The place of a text, its label and the suggested one with the confidence in each, and words that speak for the latter."""

    place: int
    label: str
    confidence: float
    suggested: str
    suggested_confidence: float
    words: tuple[str, ...]


def find_doubtful(lesson: Lesson, texts: Sequence[str], labels: Sequence[str]) -> list[Doubt]:
    """Return the doubtful labels of the texts that a lesson was made of, the most doubtful first.

    A label is doubtful where models that have not seen the text's group are sure of another one. The greater the
    difference in confidence, the sooner it comes.
    """
    names = lesson.model.labels
    given = np.array([names.index(label) for label in labels])
    rows = np.arange(len(given))
    own, strongest = lesson.held_out[rows, given], lesson.held_out.argmax(axis=1)
    strength = lesson.held_out[rows, strongest]
    doubtful = np.flatnonzero((strongest != given) & (strength >= SURE_FROM))
    ranking = doubtful[np.argsort(own[doubtful] - strength[doubtful], kind="stable")]
    return [
        Doubt(
            place,
            labels[place],
            round(float(own[place]), 4),
            names[strongest[place]],
            round(float(strength[place]), 4),
            tuple(reason.words for reason in lesson.model.explain(texts[place], names[strongest[place]])),
        )
        for place in ranking.tolist()
    ]
