"""The labels of the most similar texts that a model has learnt from, as votes: what a straight line cannot tell apart.

Only n-grams that are not common are compared, so that a text meets few others, and the index is an inverted one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_NEAREST = 40
_SHARPNESS = 3
_FLOOR = 0.05
_COMMON_SHARE = 0.1
_NEVER_COMMON = 50
_BATCH = 256

# 20 MB: of more texts, an even selection votes.
_MAX_POSTINGS = 2_500_000


@dataclass(frozen=True)
class Neighbours:
    """Texts with their labels: `postings` has the TF-IDF weights (n-grams × texts), `targets` the label of each text."""

    postings: sparse.csr_matrix
    targets: NDArray[np.int32]

    @classmethod
    def of(cls, features: sparse.csr_matrix, targets: NDArray[np.int64]) -> Neighbours:
        """Keep the features (texts × n-grams) of texts and the label of each for comparison."""
        frequency = np.bincount(features.indices, minlength=features.shape[1])
        rare = frequency <= max(_COMMON_SHARE * features.shape[0], _NEVER_COMMON)
        counted = np.flatnonzero(rare[features.indices])
        kept = features.copy()
        kept.data = np.where(rare[features.indices], features.data, np.float32(0))
        kept.eliminate_zeros()
        chosen = np.arange(0, features.shape[0], max(1, -(-len(counted) // _MAX_POSTINGS)))
        return cls(kept[chosen].T.tocsr(), targets[chosen].astype(np.int32))

    def votes(self, features: sparse.csr_matrix, labels: int) -> NDArray[np.float32]:
        """Return for each text (rows) the log of the share that each of the labels has among its neighbours.

        The nearest texts count by the cube of their cosine; a text that resembles none has the same for all labels.
        """
        if not len(self.targets):
            return np.zeros((features.shape[0], labels), np.float32)
        batches = range(0, features.shape[0], _BATCH)
        shares = [self._shares(features[start : start + _BATCH], labels) for start in batches]
        return np.log(np.concatenate([np.empty((0, labels), np.float32), *shares]) + np.float32(_FLOOR))

    def votes_on(self, columns: NDArray[np.int64], weights: NDArray[np.float32], labels: int) -> NDArray[np.float32]:
        """Return the votes on one text, given by its n-grams and their weights."""
        if not len(self.targets):
            return np.zeros(labels, np.float32)
        begins, ends = self.postings.indptr[columns], self.postings.indptr[columns + 1]
        lengths = ends - begins
        places = np.arange(int(lengths.sum())) + np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
        alike = self.postings.data[places] * np.repeat(weights, lengths)
        likeness = np.bincount(self.postings.indices[places], alike, minlength=len(self.targets)).astype(np.float32)
        return np.log(self._counted(likeness[np.newaxis], labels)[0] + np.float32(_FLOOR))

    def _shares(self, features: sparse.csr_matrix, labels: int) -> NDArray[np.float32]:
        return self._counted((features @ self.postings).toarray(), labels)

    def _counted(self, likeness: NDArray[np.float32], labels: int) -> NDArray[np.float32]:
        near = min(_NEAREST, likeness.shape[1])
        nearest = np.argpartition(-likeness, near - 1, axis=1)[:, :near]
        counts = np.take_along_axis(likeness, nearest, axis=1) ** _SHARPNESS
        slots = self.targets[nearest] + labels * np.arange(len(likeness))[:, np.newaxis]
        counted = np.bincount(slots.ravel(), counts.ravel(), minlength=labels * len(likeness)).reshape(-1, labels)
        whole = counted.sum(axis=1, keepdims=True)
        return np.divide(counted, whole, out=counted, where=whole > 0).astype(np.float32)
