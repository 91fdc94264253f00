"""How good triage is on labelled texts: grouped cross-validation, or a given model on texts it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import process_time
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import GroupKFold

from jinlin.algorithms.triage.calibration import calibration_error
from jinlin.algorithms.triage.model import Prediction, TriageModel
from jinlin.algorithms.triage.training import TooFewExamples, prefix_groups, train_model


class LabelScore(TypedDict):
    """Figures of one label; the fractions are rounded to four places."""

    rows: int
    precision: float
    recall: float
    f1: float


class Evaluation(TypedDict):
    """Figures of one evaluation; `train_cpu_s` is the mean of the fits, zero when a model was given."""

    rows: int
    macro_f1: float
    accuracy: float
    per_label: dict[str, LabelScore]
    calibration_error: float
    sure_share: float
    sure_accuracy: float
    predict_ms_per_row: float
    train_cpu_s: float


def evaluate(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    groups: Sequence[str] | None = None,
    folds: int = 5,
    model: TriageModel | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Predict every text by a model that has not seen its group, and compare with the labels.

    Without `model`, `folds` models are trained, each on the other folds; groups are by default texts with the same
    first 30 characters. With `model`, that one predicts all texts. `progress` is told the done and total rounds.
    Raises TooFewExamples when the groups do not suffice, and ValueError without texts.
    """
    if not texts:
        raise ValueError("There are no texts to evaluate.")
    rounds = iter([(model, np.arange(len(texts)), 0.0)]) if model else _trained(texts, labels, groups, folds)
    total = 1 if model else folds
    found: dict[int, Prediction] = {}
    predict_s = train_s = 0.0
    for done, (trained, rows, spent) in enumerate(rounds, start=1):
        start = process_time()
        predictions = trained.predict([texts[row] for row in rows])
        predict_s, train_s = predict_s + process_time() - start, train_s + spent
        found.update(zip(rows.tolist(), predictions, strict=True))
        if progress:
            progress(done, total)
    return _figures(labels, [found[row] for row in range(len(texts))], predict_s, train_s / total)


def _trained(
    texts: Sequence[str], labels: Sequence[str], groups: Sequence[str] | None, folds: int
) -> Iterator[tuple[TriageModel, NDArray[np.int64], float]]:
    """Yield for each fold a model of the other folds, the rows of the fold, and the CPU seconds of the training."""
    together = np.asarray(prefix_groups(texts) if groups is None else groups)
    if len(set(together.tolist())) < folds:
        raise TooFewExamples(f"{folds} folds need as many different texts; there are {len(set(together.tolist()))}.")
    for learned, held in GroupKFold(folds, shuffle=True, random_state=0).split(texts, labels, together):
        start = process_time()
        model = train_model(
            [texts[row] for row in learned], [labels[row] for row in learned], together[learned].tolist()
        )
        yield model, held, process_time() - start


def _figures(labels: Sequence[str], predictions: Sequence[Prediction], predict_s: float, train_s: float) -> Evaluation:
    predicted = [prediction.label for prediction in predictions]
    confidence = np.array([prediction.confidence for prediction in predictions])
    sure = np.array([prediction.is_sure for prediction in predictions])
    right = np.array([label == guess for label, guess in zip(labels, predicted, strict=True)])
    per_label = _per_label(labels, predicted)
    return Evaluation(
        rows=len(labels),
        macro_f1=_rounded(np.mean([score["f1"] for score in per_label.values()])),
        accuracy=_rounded(right.mean()),
        per_label=per_label,
        calibration_error=_rounded(calibration_error(confidence, right)),
        sure_share=_rounded(sure.mean()),
        sure_accuracy=_rounded(right[sure].mean()) if sure.any() else 0.0,
        predict_ms_per_row=_rounded(1000 * predict_s / len(labels)),
        train_cpu_s=_rounded(train_s),
    )


def _per_label(labels: Sequence[str], predicted: Sequence[str]) -> dict[str, LabelScore]:
    names = sorted(set(labels))
    figures = precision_recall_fscore_support(labels, predicted, labels=names, zero_division=0)
    return {
        name: LabelScore(rows=int(rows), precision=_rounded(precision), recall=_rounded(recall), f1=_rounded(f1))
        for name, precision, recall, f1, rows in zip(names, *figures, strict=True)
    }


def _rounded(figure: float | np.floating[Any]) -> float:
    return round(float(figure), 4)
