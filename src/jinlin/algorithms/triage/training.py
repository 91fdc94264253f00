"""Learns triage from examples: naive-Bayes weighted n-grams, one linear machine per label, and fitted confidence.

Single characters and pairs, weighted by TF-IDF and, for each label, by the log ratio of how often an n-gram stands in
texts with and without the label, go into one linear support vector machine per label (Wang and Manning, "Baselines and
Bigrams", ACL 2012). The ratio is folded into the weights, so that a trained model is one matrix. Scores become
confidences by a softmax that is fitted on the scores of held-out texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from jinlin.algorithms.triage.model import TriageModel
from jinlin.algorithms.triage.ngrams import Vocabulary, normalise

GROUP_PREFIX_CHARACTERS = 30
MIN_TEXTS = 10

# 40 MB of weights: with more labels the model knows fewer n-grams.
_MAX_WEIGHTS = 10_000_000
_MAX_FEATURES = 400_000
_PENALTY = 2.0
_SMOOTHING = 1.0
_CALIBRATION_FOLDS = 4
_OFFSET_COST = 1e-3
_LOG_SHARPNESS = (-3.0, 4.0)


class TooFewExamples(ValueError):
    """There is too little to learn from; the message says what is missing."""


def train_model(texts: Sequence[str], labels: Sequence[str], groups: Sequence[str] | None = None) -> TriageModel:
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
    held_out = _held_out_scores(features, targets, groups, len(names))
    temperature, offsets = fitted_calibration(held_out, targets)
    return TriageModel(tuple(names.tolist()), vocabulary, weights, intercepts + offsets, temperature, len(texts))


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


def _held_out_scores(
    features: sparse.csr_matrix, targets: NDArray[np.int64], groups: Sequence[str], labels: int
) -> NDArray[np.float32]:
    scores = np.zeros((len(targets), labels), np.float32)
    folds = GroupKFold(_CALIBRATION_FOLDS, shuffle=True, random_state=0)
    for learned, held in folds.split(features, targets, groups):
        weights, intercepts = _fitted(features[learned], targets[learned], labels)
        scores[held] = features[held] @ weights + intercepts
    return scores


def fitted_calibration(scores: ArrayLike, targets: NDArray[np.int64]) -> tuple[float, NDArray[np.float32]]:
    """Return the temperature, and what to add to each label's score, under which the true labels are likeliest.

    Fit them on scores of texts that were not trained on. The offsets give rare labels their due (vector scaling with
    one common scale, after Guo and others, "On Calibration of Modern Neural Networks", ICML 2017).
    """
    held = np.asarray(scores, dtype=np.float64)
    truth = np.zeros_like(held)
    truth[np.arange(len(targets)), targets] = 1

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        sharpened, offsets = held * np.exp(parameters[0]), parameters[1:]
        logarithms = log_softmax(sharpened + offsets, axis=1)
        slope = (np.exp(logarithms) - truth) / len(held)
        value = -(truth * logarithms).sum() / len(held) + _OFFSET_COST * (offsets**2).sum()
        gradient = np.concatenate([[(slope * sharpened).sum()], slope.sum(axis=0) + 2 * _OFFSET_COST * offsets])
        return value, gradient

    bounds = [_LOG_SHARPNESS, *[(None, None)] * held.shape[1]]
    best = minimize(loss, np.zeros(1 + held.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    temperature = float(np.exp(-best.x[0]))
    return temperature, (best.x[1:] * temperature).astype(np.float32)
