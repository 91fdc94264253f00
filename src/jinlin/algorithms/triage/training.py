"""Learns triage from examples: naive-Bayes weighted n-grams, one linear machine per label, neighbours, fitted confidence.

Single characters and pairs, weighted by TF-IDF and, for each label, by the log ratio of how often an n-gram stands in
texts with and without the label, go into one linear support vector machine per label (Wang and Manning, "Baselines and
Bigrams", ACL 2012). The ratio is folded into the weights, so that what the machines learn is one matrix. The labels of
similar texts vote beside them. How much a vote counts, and how scores become confidences by a softmax, is fitted on texts
that were held out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from jinlin.algorithms.triage.calibration import confidences
from jinlin.algorithms.triage.model import Lesson, TriageModel
from jinlin.algorithms.triage.neighbours import Neighbours
from jinlin.algorithms.triage.ngrams import Vocabulary, normalise

GROUP_PREFIX_CHARACTERS = 30
MIN_TEXTS = 10

# 32 MB of weights: with more labels the model knows fewer n-grams.
_MAX_WEIGHTS = 8_000_000
_MAX_FEATURES = 400_000
_PENALTY = 2.0
_SMOOTHING = 1.0
_CALIBRATION_FOLDS = 4
_OFFSET_COST = 1e-3
_LOG_SHARPNESS = (-3.0, 4.0)
_TRUST = (0.0, 20.0)


class TooFewExamples(ValueError):
    """There is too little to learn from; the message says what is missing."""


class Calibration(NamedTuple):
    """How scores become confidences: what similar texts count for, what is added to each label, and the temperature."""

    trust: float
    offsets: NDArray[np.float32]
    temperature: float


def train_model(texts: Sequence[str], labels: Sequence[str], groups: Sequence[str] | None = None) -> TriageModel:
    """Learn from texts and their labels; as `learn`, of which this is the model."""
    return learn(texts, labels, groups).model


def learn(texts: Sequence[str], labels: Sequence[str], groups: Sequence[str] | None = None) -> Lesson:
    """Learn from texts and their labels.

    Texts of one group (reposts) are kept together when the confidence is fitted; without groups, texts that share
    their first GROUP_PREFIX_CHARACTERS characters are one. Training runs on one core, takes some 100 bytes of
    memory per character, and gives the same model for the same input. Raises TooFewExamples below two labels or
    MIN_TEXTS groups, and ValueError when the lengths differ.
    """
    names, targets = np.unique(np.asarray(labels, dtype=str), return_inverse=True)
    groups = prefix_groups(texts) if groups is None else groups
    _check_examples(len(texts), targets, groups, len(names))
    normal = [normalise(text) for text in texts]
    vocabulary = Vocabulary.learn(normal, limit=min(_MAX_FEATURES, _MAX_WEIGHTS // len(names)))
    features = vocabulary.weigh(normal)
    weights, intercepts = _fitted(features, targets, len(names))
    scores, votes = _held_out(features, targets, groups, len(names))
    trust, offsets, temperature = fitted_calibration(scores, votes, targets)
    model = TriageModel(
        tuple(names.tolist()),
        vocabulary,
        weights,
        intercepts + offsets,
        Neighbours.of(features, targets),
        trust,
        temperature,
        len(texts),
    )
    return Lesson(model, confidences(scores + trust * votes + offsets, temperature))


def prefix_groups(texts: Iterable[str], characters: int = GROUP_PREFIX_CHARACTERS) -> list[str]:
    """Return a group for each text: its first `characters` characters, so that reposts fall together."""
    return [text[:characters] for text in texts]


def _check_examples(texts: int, targets: NDArray[np.int64], groups: Sequence[str], labels: int) -> None:
    if not texts == len(targets) == len(groups):
        raise ValueError(f"Each text needs one label and one group: {texts}, {len(targets)} and {len(groups)} given.")
    if labels < 2 or len(set(groups)) < MIN_TEXTS:
        raise TooFewExamples(
            f"Training needs at least 2 labels and {MIN_TEXTS} different texts; there are {labels} and "
            f"{len(set(groups))}. Add labelled texts and train again."
        )


def _fitted(
    features: sparse.csr_matrix, targets: NDArray[np.int64], labels: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return weights (n-grams × labels) and intercepts; a label without examples gets no weights and scores -1."""
    weights = np.zeros((features.shape[1], labels), np.float32)
    intercepts = np.full(labels, -1, np.float32)
    for label in np.unique(targets):
        belongs = targets == label
        ratio = _log_ratio(features, belongs)
        scaled = features.copy()
        scaled.data = scaled.data * ratio[scaled.indices]
        machine = LinearSVC(C=_PENALTY, dual=True, max_iter=5000, random_state=0).fit(scaled, belongs)
        weights[:, label] = machine.coef_[0] * ratio
        intercepts[label] = machine.intercept_[0]
    return weights, intercepts


def _log_ratio(features: sparse.csr_matrix, belongs: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return for each n-gram the log of its share of the n-grams in texts of the label over that in all others."""
    inside = _presence(features[belongs]) + _SMOOTHING
    outside = _presence(features[~belongs]) + _SMOOTHING
    ratio: NDArray[np.float64] = np.log((inside / inside.sum()) / (outside / outside.sum()))
    return ratio


def _presence(features: sparse.csr_matrix) -> NDArray[np.int64]:
    return np.bincount(features.indices, minlength=features.shape[1])


def _held_out(
    features: sparse.csr_matrix, targets: NDArray[np.int64], groups: Sequence[str], labels: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return for each text the scores and the votes (texts × labels) of models that have not seen its group."""
    scores, votes = np.zeros((2, len(targets), labels), np.float32)
    folds = GroupKFold(_CALIBRATION_FOLDS, shuffle=True, random_state=0)
    for learned, held in folds.split(features, targets, groups):
        weights, intercepts = _fitted(features[learned], targets[learned], labels)
        scores[held] = features[held] @ weights + intercepts
        votes[held] = Neighbours.of(features[learned], targets[learned]).votes(features[held], labels)
    return scores, votes


def fitted_calibration(scores: ArrayLike, votes: ArrayLike, targets: NDArray[np.int64]) -> Calibration:
    """Return what makes the true labels likeliest: the trust in votes, offsets of the labels, and the temperature.

    Fit them on scores and votes (texts × labels) of texts that were not trained on. The offsets give rare labels their
    due (vector scaling with one common scale, after Guo and others, "On Calibration of Modern Neural Networks", ICML 2017).
    """
    held, near = np.asarray(scores, dtype=np.float64), np.asarray(votes, dtype=np.float64)
    truth = np.zeros_like(held)
    truth[np.arange(len(targets)), targets] = 1

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        sharpened, trust, offsets = held * np.exp(parameters[0]), parameters[1], parameters[2:]
        logarithms = log_softmax(sharpened + trust * near + offsets, axis=1)
        slope = (np.exp(logarithms) - truth) / len(held)
        value = -(truth * logarithms).sum() / len(held) + _OFFSET_COST * (offsets**2).sum()
        slopes = [(slope * sharpened).sum(), (slope * near).sum()]
        return value, np.concatenate([slopes, slope.sum(axis=0) + 2 * _OFFSET_COST * offsets])

    bounds = [_LOG_SHARPNESS, _TRUST, *[(None, None)] * held.shape[1]]
    best = minimize(loss, np.zeros(2 + held.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    temperature = float(np.exp(-best.x[0]))
    return Calibration(float(best.x[1] * temperature), (best.x[2:] * temperature).astype(np.float32), temperature)
