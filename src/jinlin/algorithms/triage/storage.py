"""Trained models as files: a zip of plain arrays and one JSON page, which runs no code when it is opened."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from jinlin.algorithms.triage.model import TriageModel
from jinlin.algorithms.triage.neighbours import Neighbours
from jinlin.algorithms.triage.ngrams import Vocabulary

_FORMAT = "jinlin-triage-2"
_PAGE = "model.json"
_ARRAYS = {
    "grams": np.uint64,
    "idf": np.float32,
    "weights": np.float32,
    "intercepts": np.float32,
    "targets": np.int32,
    "posting_start": np.int32,
    "posting_text": np.int32,
    "posting_weight": np.float32,
}
_MAX_BYTES = 200_000_000


class InvalidModelFile(ValueError):
    """The file is not a triage model, or is damaged."""


def save_model(model: TriageModel, path: Path) -> int:
    """Write the model to `path`, all or nothing, and return its size in bytes; the same model gives the same bytes."""
    page = {
        "format": _FORMAT,
        "labels": model.labels,
        "temperature": model.temperature,
        "trust": model.trust,
        "rows": model.rows,
        "until": model.until,
    }
    arrays = {
        "grams": model.vocabulary.grams,
        "idf": model.vocabulary.idf,
        "weights": model.weights,
        "intercepts": model.intercepts,
        "targets": model.neighbours.targets,
        "posting_start": model.neighbours.postings.indptr.astype(np.int32),
        "posting_text": model.neighbours.postings.indices.astype(np.int32),
        "posting_weight": model.neighbours.postings.data,
    }
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as file:
        _write(file, _PAGE, json.dumps(page, ensure_ascii=False).encode())
        for name, array in arrays.items():
            with file.open(_entry(f"{name}.npy"), "w") as entry:
                np.lib.format.write_array(entry, np.ascontiguousarray(array), allow_pickle=False)
    unfinished.replace(path)
    return path.stat().st_size


def load_model(path: Path) -> TriageModel:
    """Read a model; raises InvalidModelFile when it is none, and OSError when the file cannot be read."""
    try:
        with zipfile.ZipFile(path) as file:
            if sum(entry.file_size for entry in file.infolist()) > _MAX_BYTES:
                raise InvalidModelFile(f"{path} holds more than a triage model can; train a new one.")
            page = json.loads(file.read(_PAGE))
            arrays = {name: _read(file, name) for name in _ARRAYS}
        return _model(page, arrays)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise InvalidModelFile(f"{path} is not a triage model of this version ({error}); train a new one.") from error


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry without a time of writing, so that equal models are equal files."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    file.writestr(_entry(name), content)


def _read(file: zipfile.ZipFile, name: str) -> NDArray[Any]:
    with file.open(f"{name}.npy") as entry:
        array: NDArray[Any] = np.lib.format.read_array(entry, allow_pickle=False)
    if array.dtype != _ARRAYS[name] or not np.isfinite(array).all():
        raise ValueError(f"{name} holds other numbers than expected")
    return array


def _model(page: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> TriageModel:
    if page["format"] != _FORMAT:
        raise ValueError(f"format {page['format']!r} instead of {_FORMAT!r}")
    labels = tuple(str(label) for label in page["labels"])
    grams, weights = arrays["grams"], arrays["weights"]
    if weights.shape != (len(grams), len(labels)) or arrays["idf"].shape != grams.shape:
        raise ValueError("the arrays do not fit each other")
    if arrays["intercepts"].shape != (len(labels),) or not float(page["temperature"]) > 0:
        raise ValueError("the labels do not fit the arrays")
    if not float(page["trust"]) >= 0:
        raise ValueError("the trust in neighbours is no positive number")
    neighbours = _neighbours(arrays, len(labels))
    return TriageModel(
        labels,
        Vocabulary(grams, arrays["idf"]),
        weights,
        arrays["intercepts"],
        neighbours,
        float(page["trust"]),
        float(page["temperature"]),
        int(page["rows"]),
        int(page["until"]),
    )


def _neighbours(arrays: dict[str, NDArray[Any]], labels: int) -> Neighbours:
    targets, parts = arrays["targets"], [arrays[f"posting_{name}"] for name in ("weight", "text", "start")]
    if targets.ndim != 1 or (len(targets) and not 0 <= targets.min() <= targets.max() < labels):
        raise ValueError("the texts do not fit the labels")
    postings = sparse.csr_matrix(tuple(parts), shape=(len(arrays["grams"]), len(targets)))
    postings.check_format(full_check=True)
    return Neighbours(postings, targets)
