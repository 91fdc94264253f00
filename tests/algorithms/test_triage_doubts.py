"""Doubtful labels: planted mistakes are found, and few others."""

import csv
import gzip
from itertools import islice

import numpy as np
import pytest

from jinlin.algorithms.triage import find_doubtful
from jinlin.algorithms.triage.training import learn
from tests.algorithms.test_triage_model import LABELS, TEXTS, TOPICS


def test_planted_mistakes_come_first() -> None:
    planted = {7, 30, 64}
    labels = [list(TOPICS)[place % 2] if place in planted else label for place, label in enumerate(LABELS)]
    planted = {place for place in planted if labels[place] != LABELS[place]}
    doubts = find_doubtful(learn(TEXTS, labels), TEXTS, labels)
    assert {doubt.place for doubt in doubts[: len(planted)]} == planted
    for doubt in doubts[: len(planted)]:
        assert (doubt.label, doubt.suggested) == (labels[doubt.place], LABELS[doubt.place])
        assert doubt.suggested_confidence > doubt.confidence
        assert set(TOPICS[doubt.suggested]) & set("".join(doubt.words)) or doubt.words


def test_where_all_is_clear_nothing_is_doubtful() -> None:
    assert find_doubtful(learn(TEXTS, LABELS), TEXTS, LABELS) == []


@pytest.mark.data
def test_of_mistakes_planted_into_real_messages_most_are_found(shared_data) -> None:
    with gzip.open(shared_data / "taidi2020c" / "messages_labelled_dev.csv.gz", "rt", encoding="utf-8") as lines:
        rows = list(islice(csv.DictReader(lines), 1200))
    texts, labels = [row["detail"] for row in rows], [row["label"] for row in rows]
    random = np.random.default_rng(0)
    planted = set(random.choice(len(rows), 60, replace=False).tolist())
    names = sorted(set(labels))
    for place in planted:
        labels[place] = random.choice([name for name in names if name != labels[place]])
    doubts = find_doubtful(learn(texts, labels), texts, labels)
    found = [doubt.place for doubt in doubts]
    assert len(planted & set(found)) >= 45
    assert len(planted & set(found[:60])) >= 30
