"""Recent texts of one area in memory, of which those that say nearly the same as a new one are found within milliseconds.

A text is kept as its first distinct character pairs, each as a number of 16 bits. Two texts are compared by the cosine of
the pairs that they share, each weighed by how rare it is among the texts of the area.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinlin.algorithms.chinese_text import fold

PAIRS = 64
"""Pairs that are kept of a text: as many as about seventy characters have."""
MOST_CHARACTERS = 200
BUCKETS = 2**16
PADDING = 0
FIRST_ROOM = 256
GROWTH = 1.02
"""Times as many texts as when the pairs were weighed, after which they are weighed anew."""
SMALLEST = 1e-9
_SIGNS = re.compile(r"[\W_]+")
_OFFICE = re.compile(
    "强烈|请求|请问|希望|建议|反映|投诉|举报|关于|要求|尽快|解决|问题|相关部门|有关部门|领导|您好|你好|谢谢|[的了在是和也都就被把又很]"
)
"""Words that stand in requests about anything."""


class Near(NamedTuple):
    """A text that says nearly the same, and how nearly (0 to 1)."""

    id: int
    score: float


def signature(text: str) -> NDArray[np.uint16]:
    """Return the numbers of the first distinct character pairs of a text, at most PAIRS, filled up with PADDING."""
    plain = _SIGNS.sub(" ", _OFFICE.sub(" ", fold(text[:MOST_CHARACTERS])))
    pairs = dict.fromkeys(1 + (ord(a) * 8191 + ord(b)) % (BUCKETS - 1) for a, b in pairwise(plain) if " " not in (a, b))
    found = np.full(PAIRS, PADDING, dtype=np.uint16)
    kept = list(pairs)[:PAIRS]
    found[: len(kept)] = kept
    return found


class RecentTexts:
    """Texts by id with the second in which each came in; they are added, and never changed."""

    def __init__(self) -> None:
        self.count = 0
        self.known: set[int] = set()
        self._ids = np.zeros(FIRST_ROOM, dtype=np.int64)
        self._seconds = np.zeros(FIRST_ROOM, dtype=np.float64)
        self._pairs = np.zeros((FIRST_ROOM, PAIRS), dtype=np.uint16)
        self._squares = np.zeros(FIRST_ROOM, dtype=np.float32)
        self._frequency = np.zeros(BUCKETS, dtype=np.int64)
        self._weights = np.zeros(BUCKETS, dtype=np.float32)
        self._weighed = 0

    def add(self, rows: Iterable[tuple[int, float, str]]) -> None:
        """Take in (id, second, text); what is known already is passed over."""
        first = self.count
        for number, second, text in rows:
            if number not in self.known:
                self._make_room()
                self._ids[self.count], self._seconds[self.count] = number, second
                self._pairs[self.count] = found = signature(text)
                self._frequency[found] += 1
                self.known.add(number)
                self.count += 1
        self._weigh(first)

    def _make_room(self) -> None:
        if self.count == len(self._ids):
            for name in ("_ids", "_seconds", "_pairs", "_squares"):
                old = getattr(self, name)
                setattr(self, name, np.concatenate([old, np.zeros_like(old)]))

    def _weigh(self, first: int) -> None:
        """Weigh the texts from a row on, or all anew when there are so many more that the weights have moved."""
        if self.count > self._weighed * GROWTH:
            first, self._weighed = 0, self.count
            self._weights = np.log(1 + self.count / np.maximum(self._frequency, 1)).astype(np.float32) ** 2
            self._weights[PADDING] = 0
        self._squares[first : self.count] = self._weights.take(self._pairs[first : self.count]).sum(axis=1)

    def near(self, text: str, *, since: float, least: float, most: int) -> list[Near]:
        """Return the texts since a second that are at least so alike, the nearest first, newer ones before older."""
        wanted = signature(text)
        shared = np.zeros(BUCKETS, dtype=np.float32)
        shared[wanted] = self._weights[wanted]
        seconds, squares = self._seconds[: self.count], self._squares[: self.count]
        lengths = np.sqrt(np.maximum(squares * shared.sum(), SMALLEST))
        scores = shared.take(self._pairs[: self.count]).sum(axis=1) / lengths
        kept = np.flatnonzero((scores >= least) & (seconds >= since))
        order = kept[np.lexsort((-seconds[kept], -scores[kept]))][:most]
        return [Near(int(self._ids[place]), min(float(scores[place]), 1.0)) for place in order.tolist()]
