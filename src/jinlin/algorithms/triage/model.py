"""A trained text classifier: suggests a label, says how sure it is, and names the words that led it.

It is one matrix of weights over single characters and pairs, and an index of the texts it learnt from, so that it needs no
learning library at work; `training` tells how the weights come about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinlin.algorithms.triage.calibration import confidences
from jinlin.algorithms.triage.neighbours import Neighbours
from jinlin.algorithms.triage.ngrams import Read, Vocabulary, normalise

SURE_FROM = 0.6

_GRAMS_IN_REASONS = 20
_WEAKEST_SHARE = 0.1
_PLACEHOLDERS = frozenset("0a")


class Prediction(NamedTuple):
    """The most likely label, the probability that it is right, and the next likely labels with theirs."""

    label: str
    confidence: float
    others: tuple[tuple[str, float], ...]

    @property
    def is_sure(self) -> bool:
        """Whether the confidence suffices to suggest the label without saying "not sure"."""
        return self.confidence >= SURE_FROM


class Reason(NamedTuple):
    """A piece of the normalised text and what it added to the score of the label."""

    words: str
    weight: float


class Judged(NamedTuple):
    """What a model says of one text, and the text as it was read."""

    prediction: Prediction
    read: Read


@dataclass(frozen=True)
class TriageModel:
    """A trained model; `train_model` makes one, `storage` saves and loads it. Safe to share between threads.

    A score is that of the weights and, `trust` times, the votes of similar texts. `rows` counts the texts it learnt from;
    `until` is whatever number its maker wants to find again in the file, such as that of the last decision among them.
    """

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: NDArray[np.float32]
    intercepts: NDArray[np.float32]
    neighbours: Neighbours
    trust: float
    temperature: float
    rows: int
    until: int = 0

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the score of each label (columns) for each text (rows)."""
        return self._scores([normalise(text) for text in texts])

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """Return the most likely label of each text, how sure that is, and the two labels after it."""
        shares = confidences(self.scores(texts), self.temperature)
        ranking = np.argsort(-shares, axis=1, kind="stable")[:, :3]
        return [self._prediction(row, best) for row, best in zip(shares, ranking, strict=True)]

    def judge(self, text: str) -> Judged:
        """Return what `predict` says of one text, with what it was read from, so that `reasons` need not read it again."""
        read = self.vocabulary.read(normalise(text))
        votes = self.neighbours.votes_on(read.columns, read.weights, len(self.labels))
        scores = read.weights @ self.weights[read.columns] + self.intercepts + np.float32(self.trust) * votes
        shares = confidences(scores[np.newaxis], self.temperature)[0]
        return Judged(self._prediction(shares, np.argsort(-shares, kind="stable")[:3]), read)

    def reasons(self, read: Read, label: str, most: int = 5) -> list[Reason]:
        """Return the same as `explain`, of a text that has been read."""
        strongest = islice(self._contributions(read, self.labels.index(label)), _GRAMS_IN_REASONS)
        reasons = sorted(_pieces(read.text, strongest), key=lambda reason: -reason.weight)[:most]
        return [reason for reason in reasons if reason.weight >= _WEAKEST_SHARE * reasons[0].weight]

    def explain(self, text: str, label: str | None = None, most: int = 5) -> list[Reason]:
        """Return the pieces of `text` that spoke most for `label`, by default the predicted one, the strongest first.

        N-grams that overlap or touch are shown as one piece. The pieces are of the normalised text: simplified, small
        letters, without numbers. Raises ValueError for a label that the model does not know.
        """
        judged = self.judge(text)
        return self.reasons(judged.read, label or judged.prediction.label, most)

    def _scores(self, normal: Sequence[str]) -> NDArray[np.float32]:
        features = self.vocabulary.weigh(normal)
        votes = self.neighbours.votes(features, len(self.labels))
        scores: NDArray[np.float32] = features @ self.weights + self.intercepts + np.float32(self.trust) * votes
        return scores

    def _prediction(self, shares: NDArray[np.float64], ranking: NDArray[np.int64]) -> Prediction:
        best, *others = ((self.labels[column], float(shares[column])) for column in ranking)
        return Prediction(*best, tuple(others))

    def _contributions(self, read: Read, column: int) -> Iterator[tuple[int, int, float]]:
        """Yield start, end and contribution of the n-grams that spoke for a label, the strongest first; repeats share theirs."""
        shares = (read.weights * self.weights[read.columns, column] / read.counts)[read.owner]
        ranking = np.argsort(-shares, kind="stable")
        ranking = ranking[shares[ranking] > 0]
        found = zip(read.starts[ranking].tolist(), read.ends[ranking].tolist(), shares[ranking].tolist(), strict=True)
        return (span for span in found if not _PLACEHOLDERS & set(read.text[span[0] : span[1]]))


class Lesson(NamedTuple):
    """A trained model, and the confidence (texts × labels) that models without its group had in each label of a text."""

    model: TriageModel
    held_out: NDArray[np.float64]


def _pieces(normal: str, spans: Iterable[tuple[int, int, float]]) -> list[Reason]:
    """Join spans that overlap or touch, and add up what the joined ones weigh; the same words are one piece."""
    weights: dict[str, float] = {}
    begin = stop = 0
    gathered = 0.0
    for start, end, weight in [*sorted(spans), (len(normal) + 1, 0, 0.0)]:
        if start > stop:
            weights[normal[begin:stop]] = weights.get(normal[begin:stop], 0.0) + gathered
            begin, stop, gathered = start, end, 0.0
        stop, gathered = max(stop, end), gathered + weight
    return [Reason(words, weight) for words, weight in weights.items() if words]
