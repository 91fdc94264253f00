"""Suggests a category from the words of the category tree alone, for the time before any training."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import log
from typing import NamedTuple

from jinlin.algorithms.chinese_text import fold

MAX_CONFIDENCE = 0.95

_PARTS = re.compile(r"[\W_]+|以及|[和与及或等]")
_HAN_PAIR = re.compile(r"[\u3400-\u9fff]{2}")
_EMPTY_WORDS = frozenset(
    {"管理", "其他", "其它", "问题", "服务", "设施", "工作", "相关", "情况", "处理", "公共", "方面", "事件"}
)
_WHOLE, _PAIR = 1.0, 0.35
_DOUBT = 1.0
_WORTH_SHOWING = 0.3


class Category(NamedTuple):
    """A category with its name and further words that people use for it."""

    code: str
    name: str
    keywords: tuple[str, ...] = ()


class WordSuggestion(NamedTuple):
    """A category, how much of the evidence speaks for it (0 to MAX_CONFIDENCE), and the words that do."""

    code: str
    confidence: float
    words: tuple[str, ...]


class WordTriage:
    """Looks for the words of each category in a text; build it once for a category tree and share it.

    A name, a keyword or a part of one counts whole; a pair of characters out of one counts less. A word counts
    the more, the longer it is and the fewer categories have it. Words of one character are passed over.
    """

    def __init__(self, categories: Iterable[Category | tuple[str, str, Iterable[str]]]) -> None:
        tree = [Category(*category) for category in categories]
        strengths = [(category.code, _strengths(category)) for category in tree]
        holders = Counter(word for _, words in strengths for word in words)
        self._weights: dict[str, dict[str, float]] = defaultdict(dict)
        self._by_start: dict[str, set[str]] = defaultdict(set)
        for code, words in strengths:
            for word, strength in words.items():
                rarity = log(1 + len(tree) / holders[word])
                self._weights[word][code] = strength * rarity * min(len(word), 4) / 2
                self._by_start[word[:2]].add(word)

    def suggest(self, text: str, most: int = 3) -> list[WordSuggestion]:
        """Return the likeliest categories, the best first; none when no word of the tree stands in the text.

        The confidence is the share of a category in all evidence and some doubt. It orders suggestions and tells a
        clear case from a weak one, but it is no measured probability.
        """
        found = self._found(fold(text))
        evidence: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for word, times in found.items():
            for code, weight in self._weights[word].items():
                evidence[code].append((weight * (1 + log(times)), word))
        scores = {code: sum(weight for weight, _ in words) for code, words in evidence.items()}
        whole = sum(scores.values()) + _DOUBT
        ranking = sorted(scores, key=lambda code: (-scores[code], code))[:most]
        return [
            WordSuggestion(code, min(scores[code] / whole, MAX_CONFIDENCE), _strongest(evidence[code]))
            for code in ranking
        ]

    def _found(self, folded: str) -> Mapping[str, int]:
        starts = ((place, folded[place : place + 2]) for place in range(len(folded) - 1))
        return Counter(
            word for place, start in starts for word in self._by_start.get(start, ()) if folded.startswith(word, place)
        )


def _strengths(category: Category) -> dict[str, float]:
    """Return the words of a category and how much each counts before its rarity."""
    phrases = [fold(phrase).strip() for phrase in (category.name, *category.keywords)]
    parts = [part for phrase in phrases for part in _PARTS.split(phrase) if part]
    pairs = ("".join(pair) for part in parts for pair in pairwise(part))
    words = {pair: _PAIR for pair in pairs if _HAN_PAIR.fullmatch(pair)}
    words.update(dict.fromkeys([*phrases, *parts], _WHOLE))
    return {word: strength for word, strength in words.items() if len(word) > 1 and word not in _EMPTY_WORDS}


def _strongest(words: list[tuple[float, str]], most: int = 5) -> tuple[str, ...]:
    """Return the words that weigh most, without those that are part of a stronger one or hardly count beside it."""
    ranking = sorted(words, key=lambda found: (-found[0], found[1]))
    kept: list[str] = []
    for weight, word in ranking:
        if weight >= _WORTH_SHOWING * ranking[0][0] and not any(word in other for other in kept):
            kept.append(word)
    return tuple(kept[:most])
