"""What changed between two versions of a text, in pieces that people can read: kept, added, removed.

Texts are compared clause by clause, as punctuation and line ends part them, so that a changed sentence is not shown as a
scatter of single characters; where a clause was changed in part only, what stands alike at its ends is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_CLAUSE = re.compile(r"[^\n，。；：、！？,.;:!?]*[\n，。；：、！？,.;:!?]+|[^\n，。；：、！？,.;:!?]+")


class Change(StrEnum):
    """What happened to a piece of a text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    """A stretch of text and what happened to it."""

    change: Change
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other, in order.

    What is kept and removed gives `before`, what is kept and added gives `after`, each character by character. No piece is
    empty, and no two of the same kind follow each other.
    """
    old, new = _CLAUSE.findall(before), _CLAUSE.findall(after)
    joined: list[Piece] = []
    for piece in _pieces(old, new):
        if joined and joined[-1].change is piece.change:
            joined[-1] = Piece(piece.change, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return joined


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if tag == "equal":
            yield Piece(Change.KEPT, gone)
        else:
            yield from _replaced(gone, come)


def _replaced(gone: str, come: str) -> Iterator[Piece]:
    """Yield a replacement without what both sides have in common at their ends."""
    head = _alike(gone, come)
    rest = min(len(gone), len(come)) - head
    tail = min(_alike(gone[::-1], come[::-1]), rest)
    yield Piece(Change.KEPT, gone[:head])
    yield Piece(Change.REMOVED, gone[head : len(gone) - tail])
    yield Piece(Change.ADDED, come[head : len(come) - tail])
    yield Piece(Change.KEPT, gone[len(gone) - tail :])


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))
