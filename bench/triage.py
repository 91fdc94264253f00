"""`python -m bench.triage`: triage beside character n-grams with a linear SVM, on real labelled messages and the same folds.

The folds are grouped: texts with the same first 30 characters stay together. Everything is fitted inside the fold.
"""

import argparse
import csv
import gzip
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from bench.tables import print_table
from jinlin.algorithms.triage import find_urgency, save_model
from jinlin.algorithms.triage.evaluation import evaluate
from jinlin.algorithms.triage.training import prefix_groups, train_model

ROOT = Path(__file__).resolve().parent.parent
HEADS = ("method", "macro-F1", "accuracy", "calibration error", "train CPU s", "predict CPU ms")
ALONE = 300


class Messages(NamedTuple):
    """Texts, their labels and their groups."""

    texts: list[str]
    labels: list[str]
    groups: list[str]


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.triage", description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    folds = parser.parse_args().folds
    shared = Path(os.environ.get("JINLIN_SHARED") or ROOT.parent / "shared")
    path = shared / "data" / "taidi2020c" / "messages_labelled_dev.csv.gz"
    if not path.is_file():
        sys.stdout.write("Nothing was measured: shared/data/taidi2020c is not beside the project.\n")
        return
    messages = _read(path)
    title = f"{len(messages.texts):,} messages, {len(set(messages.labels))} labels, {folds} grouped folds"
    print_table(title, HEADS, [_reference(messages, folds), _ours(messages, folds)])
    print_table("One model of all messages", ("what", "value"), _served(messages))


def _read(path: Path) -> Messages:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [" ".join(part for part in (row["subject"], row["detail"]) if part) for row in rows]
    return Messages(texts, [row["label"] for row in rows], prefix_groups(texts))


def _reference(messages: Messages, folds: int) -> tuple[object, ...]:
    texts, labels = np.array(messages.texts, dtype=object), np.array(messages.labels)
    found = np.empty_like(labels)
    train = predict = 0.0
    for learned, held in GroupKFold(folds, shuffle=True, random_state=0).split(texts, labels, messages.groups):
        start = process_time()
        grams = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True, max_features=300_000, dtype=np.float32
        )
        machine = LinearSVC(C=0.5, random_state=0).fit(grams.fit_transform(texts[learned]), labels[learned])
        middle = process_time()
        found[held] = machine.predict(grams.transform(texts[held]))
        train, predict = train + middle - start, predict + process_time() - middle
    scores = (f1_score(labels, found, average="macro"), accuracy_score(labels, found))
    return ("character 1-3-grams, linear SVM", *_shown(scores), "none", *_times(train / folds, predict, len(labels)))


def _ours(messages: Messages, folds: int) -> tuple[object, ...]:
    found = evaluate(messages.texts, messages.labels, groups=messages.groups, folds=folds)
    scores = _shown((found["macro_f1"], found["accuracy"], found["calibration_error"]))
    return ("jinlin", *scores, f"{found['train_cpu_s']:.1f}", f"{found['predict_ms_per_row']:.2f}")


def _shown(scores: Sequence[float]) -> list[str]:
    return [f"{score:.4f}" for score in scores]


def _times(train: float, predict: float, rows: int) -> list[str]:
    return [f"{train:.1f}", f"{1000 * predict / rows:.2f}"]


def _served(messages: Messages) -> list[tuple[str, str]]:
    model = train_model(messages.texts, messages.labels, messages.groups)
    asked = messages.texts[:ALONE]
    with TemporaryDirectory() as folder:
        size = save_model(model, Path(folder) / "triage.zip")
    calls = {
        "a text alone, CPU ms": lambda text: model.predict([text]),
        "the words that led it, CPU ms": lambda text: model.explain(text, model.labels[0]),
        "words of danger, CPU ms": find_urgency,
    }
    rows = [("file, MB", f"{size / 1e6:.1f}")]
    for name, call in calls.items():
        start = process_time()
        for text in asked:
            call(text)
        rows.append((name, f"{1000 * (process_time() - start) / len(asked):.2f}"))
    return rows


if __name__ == "__main__":
    main()
