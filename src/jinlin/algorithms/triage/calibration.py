"""Scores into probabilities, and how far such probabilities are from what comes true."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import softmax


def confidences(scores: ArrayLike, temperature: float) -> NDArray[np.float64]:
    """Return the probability of each label (columns) for each text (rows)."""
    shares: NDArray[np.float64] = softmax(np.asarray(scores, dtype=np.float64) / temperature, axis=1)
    return shares


def calibration_error(confidence: ArrayLike, right: ArrayLike, bins: int = 15) -> float:
    """Return the expected calibration error: the mean gap between confidence and accuracy over bins of equal width."""
    sure, hit = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=np.float64)
    slots = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = np.bincount(slots, weights=hit - sure, minlength=bins)
    return float(np.abs(gaps).sum() / len(sure))
