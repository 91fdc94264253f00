"""Texts as weighted single characters and character pairs, in numpy and without a dictionary of strings.

A pair is one integer: the code point of the first character and, 21 bits higher, that of the second. A vocabulary is a
sorted array of such integers, so that it is looked up by bisection, stored as it is, and turned back into characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from jinlin.algorithms.chinese_text import fold

MAX_CHARACTERS = 20_000

_BITS = np.uint64(21)
_BLANK = ord(" ")
_END = ord("\n")

_OTHER = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"[a-z]+")
_DIGITS = re.compile(r"[0-9]+")


def normalise(text: str) -> str:
    """Return the form that is counted: folded, every number as 0, every Latin word as a, blanks for all other signs.

    Only the first MAX_CHARACTERS characters count.
    """
    folded = _OTHER.sub(" ", fold(text[:MAX_CHARACTERS]))
    return _DIGITS.sub("0", _LETTERS.sub("a", folded))


@dataclass(frozen=True)
class Vocabulary:
    """The n-grams a model knows, as sorted integers, and the inverse document frequency of each."""

    grams: NDArray[np.uint64]
    idf: NDArray[np.float32]

    @classmethod
    def learn(cls, texts: Sequence[str], limit: int) -> Vocabulary:
        """Keep the n-grams that stand in at least two of the normalised texts, the `limit` most frequent of them."""
        counts, grams = _counted(*_occurrences(texts), len(texts))
        frequency = np.bincount(counts.indices, minlength=len(grams))
        kept = np.flatnonzero(frequency >= 2)
        if len(kept) > limit:
            kept = np.sort(kept[np.argsort(-frequency[kept], kind="stable")[:limit]])
        idf = np.log((1 + len(texts)) / (1 + frequency[kept])) + 1
        return cls(grams[kept], idf.astype(np.float32))

    def weigh(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return the TF-IDF weights (texts × n-grams) of normalised texts: 1 + ln(count), times idf, rows of length 1."""
        grams, rows = _occurrences(texts)
        columns = self.find(grams)
        known = columns >= 0
        shape = (len(texts), len(self.grams))
        ones = np.ones(int(known.sum()), np.float32)
        weights = sparse.csr_matrix((ones, (rows[known], columns[known])), shape=shape)
        weights.data = (1 + np.log(weights.data)) * self.idf[weights.indices]
        lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
        weights.data /= np.repeat(lengths, np.diff(weights.indptr)).astype(np.float32)
        return weights

    def read(self, text: str) -> Read:
        """Return one normalised text with its n-grams and their weights, as `weigh` has them."""
        starts, ends, places = self.spans(text)
        known, owner, counts = np.unique(places, return_inverse=True, return_counts=True)
        weights = (1 + np.log(counts.astype(np.float32))) * self.idf[known]
        length = np.sqrt(np.square(weights).sum()) or 1
        return Read(text, starts, ends, owner, counts, known, (weights / length).astype(np.float32))

    def spans(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return start, end and place in the vocabulary of every n-gram of a normalised text that it knows."""
        grams, starts, lengths = _grams(text)
        places = self.find(grams)
        known = places >= 0
        return starts[known], (starts + lengths)[known], places[known]

    def find(self, grams: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the place of each n-gram in the vocabulary, -1 for one that it does not know."""
        if not len(self.grams):
            return np.full(len(grams), -1)
        places = np.minimum(np.searchsorted(self.grams, grams), len(self.grams) - 1)
        return np.where(self.grams[places] == grams, places, -1)


class Read(NamedTuple):
    """One text: start and end of every n-gram that is known, which of the `columns` it is, how often that stands there.

    `columns` are places in the vocabulary, each once, and `weights` their TF-IDF weights.
    """

    text: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    owner: NDArray[np.int64]
    counts: NDArray[np.int64]
    columns: NDArray[np.int64]
    weights: NDArray[np.float32]


def gram(characters: str) -> int:
    """Return the integer of an n-gram of one or two characters."""
    return sum(ord(character) << int(_BITS) * place for place, character in enumerate(characters))


def _occurrences(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return every n-gram of the texts and the text it stands in; none of them spans a blank or two texts."""
    grams, starts, _lengths = _grams("\n".join([*texts, ""]))
    owner = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
    return grams, owner[starts]


def _grams(text: str) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Return every n-gram, where it starts, and its length; first the single characters, then the pairs."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    letter = (points != _BLANK) & (points != _END)
    single, pair = np.flatnonzero(letter), np.flatnonzero(letter[:-1] & letter[1:])
    pairs = points[pair] | (points[pair + 1] << _BITS)
    lengths = np.repeat([1, 2], [len(single), len(pair)])
    return np.concatenate([points[single], pairs]), np.concatenate([single, pair]), lengths


def _counted(
    grams: NDArray[np.uint64], rows: NDArray[np.int64], size: int
) -> tuple[sparse.csr_matrix, NDArray[np.uint64]]:
    known, columns = np.unique(grams, return_inverse=True)
    counts = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(size, len(known)))
    return counts, known
