"""One form for texts that mean the same letters: width, case, accents, traditional and simplified characters."""

from __future__ import annotations

import unicodedata
from functools import cache

from opencc import OpenCC

_HAN_BLOCKS = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
_BLANK_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})

# Characters that OpenCC leaves alone because only the word decides. Search needs no right spelling, only that both
# spellings meet, so both are brought to one of them.
_BY_WORD_ONLY = {"著": "着", "瞭": "了", "藉": "借", "覆": "复"}


def fold(text: str) -> str:
    """Return the form of `text` that is compared and indexed, never shown.

    Compatibility forms and widths become plain (NFKC), letters small, accents go, traditional characters become
    simplified, invisible characters vanish, control characters and lone surrogates become blanks. Every character is
    folded by itself, hence `fold(a + b) == fold(a) + fold(b)`: a part of a text stays a part of it when folded, and
    the time is linear (normalising a whole text takes quadratic time on long runs of combining marks).
    """
    return text.translate(_table())


class _Folding(dict[int, str]):
    """Folded form by code point, filled as characters are met; the planes of rare characters are not kept."""

    def __missing__(self, point: int) -> str:
        folded = _fold_character(chr(point))
        if point <= 0xFFFF:
            self[point] = folded
        return folded


@cache
def _table() -> _Folding:
    return _Folding()


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BLANK_CATEGORIES:
        return " "
    if category == "Cf":
        return ""
    parts = unicodedata.normalize("NFKD", character.casefold())
    plain = unicodedata.normalize("NFC", "".join(part for part in parts if unicodedata.category(part) != "Mn"))
    return "".join(_simplified().get(part, part) for part in plain.casefold())


@cache
def _simplified() -> dict[str, str]:
    """Map each traditional character to its simplified one, asked one by one so that no word decides."""
    characters = [chr(point) for start, end in _HAN_BLOCKS for point in range(start, end)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    changed = {old: new for old, new in zip(characters, converted, strict=True) if old != new} | _BY_WORD_ONLY
    return {old: changed.get(new, new) for old, new in changed.items()}
