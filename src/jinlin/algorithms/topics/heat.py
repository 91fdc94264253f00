"""How hot a topic is: how many people raise it, how many support them, and how close together in time.

    heat = (voices + ½ · Σ log2(1 + support - oppose)) · (½ + ½ · peak)

Each part is hard to drive up by machine. Voices are authors, not messages; whoever copies another's words counts half.
Where nobody says who wrote what, the same words are taken for the same author. Clicks count by their logarithm, so a
thousand weigh as much as five voices, and of one author's messages only the best supported counts. `peak` is the
share of the messages within the 30 days that hold most of them: what everybody asks all the year round is less hot than
what has just broken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2

COPIED = 0.5
WEIGHT_OF_SUPPORT = 0.5
SPREAD_OUT = 0.5
"""The factor of a topic whose messages lie far apart in time."""
PEAK = timedelta(days=30)
FORMULA = "(voices + 0.5 * support) * (0.5 + 0.5 * peak)"


@dataclass(frozen=True)
class Voice:
    """What counts of one message: who wrote it, what exactly, when, and the clicks for and against."""

    author: str
    words: str
    at: datetime
    support: int = 0
    oppose: int = 0


@dataclass(frozen=True)
class Heat:
    """The heat of a topic and its parts."""

    value: float
    messages: int
    voices: float
    support: float
    peak: float


def heat_of(voices: Sequence[Voice]) -> Heat:
    """Return the heat of the messages of one topic (at least one)."""
    counted = _voices(voices)
    support = _support(voices)
    peak = _peak([voice.at for voice in voices])
    value = (counted + WEIGHT_OF_SUPPORT * support) * (SPREAD_OUT + (1 - SPREAD_OUT) * peak)
    return Heat(round(value, 2), len(voices), counted, round(support, 2), round(peak, 3))


def _voices(voices: Sequence[Voice]) -> float:
    authors: set[str] = set()
    known: set[str] = set()
    total = 0.0
    for voice in sorted(voices, key=lambda voice: (voice.at, voice.words, voice.author)):
        author = voice.author or voice.words
        if author not in authors:
            total += COPIED if voice.words in known else 1
        authors.add(author)
        known.add(voice.words)
    return total


def _support(voices: Sequence[Voice]) -> float:
    best: dict[str, int] = {}
    for voice in voices:
        author = voice.author or voice.words
        best[author] = max(best.get(author, 0), voice.support - voice.oppose)
    return sum(log2(1 + clicks) for clicks in best.values())


def _peak(times: Sequence[datetime]) -> float:
    """Return the largest share of the times that lies within 30 days."""
    ordered = sorted(times)
    first = most = 0
    for last, at in enumerate(ordered):
        while at - ordered[first] > PEAK:
            first += 1
        most = max(most, last - first + 1)
    return most / len(ordered)
