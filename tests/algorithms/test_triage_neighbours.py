"""Similar texts as voters: the same as by comparing each with each, and silent where nothing is alike."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from jinlin.algorithms.triage import neighbours
from jinlin.algorithms.triage.neighbours import Neighbours
from jinlin.algorithms.triage.training import train_model

FLOOR = np.log(0.05)


def features(seed: int, texts: int, grams: int) -> sparse.csr_matrix:
    random = np.random.default_rng(seed)
    dense = random.random((texts, grams)) * (random.random((texts, grams)) < 0.3)
    lengths = np.linalg.norm(dense, axis=1, keepdims=True)
    return sparse.csr_matrix(np.divide(dense, lengths, out=dense, where=lengths > 0).astype(np.float32))


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 12), st.integers(1, 4))
def test_votes_are_those_of_comparing_each_with_each(seed: int, texts: int, grams: int, labels: int) -> None:
    known, asked = features(seed, texts, grams), features(seed + 1, 5, grams)
    targets = np.random.default_rng(seed).integers(labels, size=texts)
    found = Neighbours.of(known, targets).votes(asked, labels)
    for row, votes in enumerate((asked @ known.T).toarray()):
        nearest = np.sort(np.argsort(-votes, kind="stable")[: neighbours._NEAREST])
        if len(nearest) < texts:
            continue
        counts = np.bincount(targets[nearest], votes[nearest] ** 3, minlength=labels)
        shares = counts / counts.sum() if counts.sum() else counts
        assert found[row] == pytest.approx(np.log(shares + 0.05), abs=1e-4)


def test_only_the_nearest_vote() -> None:
    alike, unlike = [1.0, 0.0], [0.6, 0.8]
    known = sparse.csr_matrix(np.array([alike] * 40 + [unlike] * 8, np.float32))
    targets = np.array([0] * 40 + [1] * 8)
    votes = Neighbours.of(known, targets).votes(sparse.csr_matrix(np.array([alike], np.float32)), 2)
    assert votes[0] == pytest.approx([np.log(1.05), FLOOR], abs=1e-5)


def test_what_resembles_nothing_gets_the_same_vote_for_all() -> None:
    known = sparse.csr_matrix(np.eye(3, 4, dtype=np.float32))
    asked = sparse.csr_matrix(np.array([[0, 0, 0, 1], [0, 0, 0, 0]], np.float32))
    assert Neighbours.of(known, np.arange(3)).votes(asked, 3) == pytest.approx(np.full((2, 3), FLOOR))
    assert Neighbours.of(known[:0], np.arange(0)).votes(asked, 3).shape == (2, 3)
    assert Neighbours.of(known, np.arange(3)).votes(asked[:0], 3).shape == (0, 3)


def test_common_words_are_not_compared() -> None:
    everywhere = sparse.csr_matrix(np.ones((200, 1), np.float32))
    index = Neighbours.of(everywhere, np.zeros(200, int))
    assert index.postings.nnz == 0


def test_of_too_many_texts_an_even_selection_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "_MAX_POSTINGS", 10)
    index = Neighbours.of(sparse.csr_matrix(np.eye(30, dtype=np.float32)), np.arange(30))
    assert index.targets.tolist() == list(range(0, 30, 3))
    assert index.postings.nnz == 10


def test_they_tell_apart_what_no_straight_line_does() -> None:
    """Either word alone speaks for one label, both or none for the other."""
    texts, labels = [], []
    for number in range(240):
        one, two = number % 2, number // 2 % 2
        words = ["天地"] * one + ["玄黄"] * two + ["宇宙", "洪荒", "日月", "盈昃"][number % 4 : number % 4 + 1]
        texts.append("，".join(words) + "，好" * (number % 7))
        labels.append("odd" if one != two else "even")
    model = train_model(texts, labels, [str(number) for number in range(240)])
    assert model.trust > 0
    assert np.mean([p.label == label for p, label in zip(model.predict(texts), labels, strict=True)]) > 0.95
