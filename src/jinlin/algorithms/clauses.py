"""Clauses of a written rule: a text taken apart where it says 第…条, and two versions set side by side clause by clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from jinlin.algorithms.text_differences import Change, Piece, differences

_HEAD = re.compile(r"^[ \t　]*第[〇零一二三四五六七八九十百两0-9]{1,5}条[ \t　:：]*", re.MULTILINE)


def split_clauses(text: str) -> list[str]:
    """Return the clauses of a text without their numbers; words before the first one are a clause of their own.

    A text without 第…条 is taken apart at its empty lines.
    """
    parts = _HEAD.split(text) if _HEAD.search(text) else re.split(r"\n[ \t　]*\n", text)
    return [part.strip() for part in parts if part.strip()]


class Compared(NamedTuple):
    """A clause in two versions: its key, what happened to it, and the pieces that lead from one to the other."""

    key: int
    change: Change | None
    pieces: list[Piece]


def compare_clauses(before: Mapping[int, str], after: Mapping[int, str]) -> list[Compared]:
    """Set two versions side by side: each maps the keys of its clauses, in order, to their texts.

    A clause keeps its key from version to version. `change` is None where it was changed. The clauses of `after` come in its
    order; those that fell away follow, in the order of `before`.
    """
    kept = [
        Compared(key, _change(before.get(key), text), differences(before.get(key, ""), text))
        for key, text in after.items()
    ]
    gone = [Compared(key, Change.REMOVED, differences(text, "")) for key, text in before.items() if key not in after]
    return kept + gone


def _change(before: str | None, after: str) -> Change | None:
    if before is None:
        return Change.ADDED
    return Change.KEPT if before == after else None


ALIKE = 0.5
"""Share of a clause's characters, in order, that two clauses have in common where one is the other in new words."""


def match_clauses(before: Mapping[int, str], texts: Sequence[str]) -> list[int | None]:
    """Return for each new clause the key of the one before that it stands for, None for a new one; no key twice.

    The same text goes first, then what is most alike.
    """
    by_text = {text: key for key, text in reversed(list(before.items()))}
    found: list[int | None] = [None] * len(texts)
    free = dict(before)
    for place, text in enumerate(texts):
        if by_text.get(text) in free:
            found[place] = by_text[text]
            del free[by_text[text]]
    pairs = [
        (SequenceMatcher(None, old, texts[place], autojunk=False).ratio(), -place, key)
        for place, key_found in enumerate(found)
        if key_found is None
        for key, old in free.items()
    ]
    for ratio, minus_place, key in sorted(pairs, key=lambda pair: (-pair[0], -pair[1], pair[2])):
        if ratio >= ALIKE and key in free and found[-minus_place] is None:
            found[-minus_place] = key
            del free[key]
    return found
