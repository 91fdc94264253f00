"""Reads a Polis export with the groups that it names itself, which only tests and benches may see."""

import csv
import gzip
import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinlin.algorithms.opinions import Votes, gather_votes


class Export(NamedTuple):
    """Votes, which statements are shown, and by participant the export's own group, -1 for none."""

    votes: Votes
    shown: NDArray[np.bool_]
    known: NDArray[np.int64]


def read_export(folder: Path) -> Export:
    """Return a conversation from its statements and its matrix of votes."""
    header, *people = _rows(folder / "participants-votes.csv")
    group, first = header.index("group-id"), header.index("n-disagree") + 1
    names, *lines = _rows(folder / "comments.csv")
    out = {line[names.index("comment-id")] for line in lines if line[names.index("moderated")] == "-1"}
    cells = np.array([row[first:] for row in people])
    person, statement = np.nonzero(cells != "")
    vote = cells[person, statement].astype(np.int64)
    return Export(
        gather_votes(person, statement, vote, *cells.shape),
        np.array([name not in out for name in header[first:]]),
        np.array([int(row[group] or -1) for row in people]),
    )


def _rows(path: Path) -> list[list[str]]:
    packed = path.with_name(f"{path.name}.gz")
    text = gzip.decompress(packed.read_bytes()) if packed.is_file() else path.read_bytes()
    return list(csv.reader(io.StringIO(text.decode(), newline="")))
