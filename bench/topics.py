"""`python -m bench.topics`: topics beside scikit-learn's TF-IDF with two of its clusterings.

First on the public sample of 987 messages, whose matters were read by hand; then on 4,326 messages in which eight made-up
issues of 6 to 42 messages lie among real ones. DBSCAN (single linkage in effect) and average linkage get character TF-IDF of
title and text; their thresholds are those of seven that do best by F1, anew for each table, which is more than anybody would
know beforehand. Ours has its fixed constants.
"""

import argparse
import csv
import gzip
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from math import comb
from pathlib import Path
from typing import Any

import numpy as np

from bench.shared import ROOT
from bench.tables import print_table, timed
from jinlin.algorithms.topics import Message, find_topics
from jinlin.platform.spreadsheets.values import as_moment
from tests.algorithms import topic_groups
from tests.algorithms.topic_issues import told

THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
HEADS = ("method", "CPU s", "of DBSCAN", "precision", "recall", "F1", "matters in first 10", "largest group")

Groups = list[list[int]]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.topics", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--messages", type=int, default=4_326, help="in all")
    options = parser.parse_args()
    folder = Path(os.environ.get("JINLIN_SHARED") or ROOT.parent / "shared") / "data" / "taidi2020c"
    if not folder.is_dir():
        sys.stdout.write("Nothing was measured: shared/data/taidi2020c is not beside the project.\n")
        return
    messages, issues = sample(folder)
    print_table(f"{len(messages):,} real messages; pairs of messages of one matter", HEADS, _rows(messages, issues))
    messages, issues = mixture(folder, options.messages, options.seed)
    title = f"{len(messages):,} messages, seed {options.seed}; pairs of messages of one made-up issue"
    print_table(title, HEADS, _rows(messages, issues))


def sample(folder: Path) -> tuple[list[Message], list[str]]:
    """Return the messages of the public sample and the matter of each, empty where nobody else has it."""
    matter = {number: str(name) for name, members in enumerate(topic_groups.groups()) for number in members}
    with (folder / "hot_messages_sample.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [_message(row) for row in rows], [matter.get(row["message_id"], "") for row in rows]


def mixture(folder: Path, count: int, seed: int) -> tuple[list[Message], list[str]]:
    """Return messages and the issue of each, empty for one that has none."""
    hidden = told(seed)
    others = _real(folder)
    random.Random(seed).shuffle(others)  # noqa: S311  the same seed hides them among the same messages
    made = [Message(row.text, row.at, row.title, row.author, row.support) for row in hidden]
    messages = made + others[: count - len(made)]
    return messages, [row.issue for row in hidden] + [""] * (len(messages) - len(made))


def _real(folder: Path) -> list[Message]:
    found: dict[tuple[str, str], Message] = {}
    for name in ("hot_messages_sample.csv", "messages_labelled_dev.csv.gz", "replies_dev.csv.gz"):
        opened: Callable[..., Any] = gzip.open if name.endswith(".gz") else open
        with opened(folder / name, "rt", encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["subject"] and row["time"]:
                    found.setdefault((row["subject"], row["detail"][:50]), _message(row))
    return list(found.values())


def _message(row: dict[str, str]) -> Message:
    return Message(row["detail"], as_moment(row["time"]).replace(tzinfo=None), row["subject"], row["user"])


def _rows(messages: Sequence[Message], issues: Sequence[str]) -> list[tuple[object, ...]]:
    words = [f"{message.title} {message.text[:600]}" for message in messages]
    ways: dict[str, Callable[[], Groups]] = {
        "scikit-learn DBSCAN": lambda: _best(words, issues, _dbscan),
        "scikit-learn average linkage": lambda: _best(words, issues, _average),
        "jinlin": lambda: [list(topic.members) for topic in find_topics(messages)],
    }
    measured = {name: timed(way, repeats=1) for name, way in ways.items()}
    shared = {"scikit-learn DBSCAN": len(THRESHOLDS), "scikit-learn average linkage": len(THRESHOLDS), "jinlin": 1}
    reference = measured["scikit-learn DBSCAN"][1] / len(THRESHOLDS)
    rows = []
    for name, (groups, seconds) in measured.items():
        seconds /= shared[name]
        precision, recall = _pairs(groups, issues)
        f1 = 2 * precision * recall / (precision + recall)
        first = groups[:10] if name == "jinlin" else sorted(groups, key=len, reverse=True)[:10]
        named = {Counter(issues[member] for member in group).most_common(1)[0][0] for group in first} - {""}
        figures = (f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}", len(named), max(map(len, groups)))
        rows.append((name, f"{seconds:.2f}", f"{seconds / reference:.2f}", *figures))
    return rows


def _pairs(groups: Groups, issues: Sequence[str]) -> tuple[float, float]:
    found = together = 0
    for group in groups:
        counts = Counter(issues[member] for member in group)
        together += sum(comb(count, 2) for issue, count in counts.items() if issue)
        found += comb(len(group), 2) if set(counts) != {""} else 0
    true = sum(comb(count, 2) for issue, count in Counter(issues).items() if issue)
    return together / max(1, found), together / true


def _best(words: Sequence[str], issues: Sequence[str], way: Callable[[Any, float], Any]) -> Groups:
    """Return the groups of the threshold with the best F1; each threshold's time counts from the texts on."""
    tried = [_grouped(way(_vectors(words), threshold)) for threshold in THRESHOLDS]
    return max(tried, key=lambda groups: 1 / sum(1 / max(share, 1e-9) for share in _pairs(groups, issues)))


def _vectors(words: Sequence[str]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer="char", ngram_range=(2, 3), min_df=2, max_df=0.1, sublinear_tf=True).fit_transform(
        words
    )


def _grouped(labels: Sequence[int]) -> Groups:
    groups: dict[int, list[int]] = {}
    for number, label in enumerate(labels):
        if label >= 0:
            groups.setdefault(int(label), []).append(number)
    return [group for group in groups.values() if len(group) > 1]


def _dbscan(vectors: Any, threshold: float) -> Any:
    from sklearn.cluster import DBSCAN

    return DBSCAN(eps=threshold, min_samples=2, metric="cosine").fit_predict(vectors)


def _average(vectors: Any, threshold: float) -> Any:
    from sklearn.cluster import AgglomerativeClustering

    distances = np.clip(1 - (vectors @ vectors.T).toarray(), 0, 2)
    found = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=threshold
    )
    return found.fit_predict(distances)


if __name__ == "__main__":
    main()
