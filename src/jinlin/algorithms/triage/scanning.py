"""Finds words and pairs of words in one pass over a text: rules are lines of words, read once into a table.

The table is asked with the first two characters of every place in the text, so that the time hangs on the length of the text
and hardly on the number of rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Generic, NamedTuple, TypeVar

KindT = TypeVar("KindT")

NEAR, FAR = 8, 24
"""Characters between the two groups of a rule, inside a clause and inside a sentence."""
_STOPS = re.compile("[,。!?;:~、]")
_SENTENCE_ENDS = frozenset("。!?;")
_LISTED = "、"
_PART = re.compile(r"\{(\w+)\}|\(([^)]*)\)|\[([^]]*)\]|([^{(\[]+)")
_RULE = re.compile(r"\s(~~|~\d*)\s")
_FORM = re.compile(r"(?:-([^-]+)-)?([^-]+)(?:-([^-]+)-)?")


class Match(NamedTuple, Generic[KindT]):
    """What a rule found: from where to where, of which kind, and whether it reaches over the end of a clause."""

    start: int
    end: int
    kind: KindT
    across: bool


class _Word(NamedTuple, Generic[KindT]):
    """A word of rules: the kinds that it tells alone; as bits, the rules whose first and second group it is in."""

    text: str
    not_after: str
    not_before: str
    kinds: tuple[KindT, ...]
    first: int
    second: int


class _Token(NamedTuple, Generic[KindT]):
    start: int
    end: int
    word: _Word[KindT]


class _Rule(NamedTuple, Generic[KindT]):
    kind: KindT
    reach: int
    across: bool


class _Stops(NamedTuple):
    """Where the signs stand that end clauses."""

    places: list[int]
    text: str

    def between(self, start: int, end: int) -> str:
        """Return the signs from `start` to `end`."""
        first, last = bisect_left(self.places, start), bisect_left(self.places, end)
        return "".join(self.text[place] for place in self.places[first:last])


class Scanner(Generic[KindT]):
    """The rules of several kinds, ready to be looked for; safe to share between threads."""

    def __init__(self, rules: Sequence[tuple[KindT, str]], groups: Mapping[str, str]) -> None:
        """Read the rules (kind, lines) in the notation of `danger_words`. Raises KeyError for an unknown group."""
        self._groups = groups
        self._rules: list[_Rule[KindT]] = []
        self._drafts: dict[str, tuple[list[KindT], list[int], list[int]]] = defaultdict(lambda: ([], [], []))
        for kind, lines in rules:
            for line in _unfolded(lines):
                self._add(kind, line)
        self._table = self._tabled()

    def find(self, text: str) -> list[Match[KindT]]:
        """Return what the rules find in a folded text, in its order."""
        tokens = list(self._tokens(text))
        if not tokens:
            return []
        stops = _Stops([stop.start() for stop in _STOPS.finditer(text)], text)
        found = [Match(one.start, one.end, kind, False) for one in tokens for kind in one.word.kinds]
        found += self._pairs(tokens, stops)
        return sorted(found, key=lambda match: (match.start, -match.end))

    def _tokens(self, text: str) -> Iterator[_Token[KindT]]:
        table, padded = self._table, f"{text}\n"
        for start in range(len(text)):
            for word in (*table.get(padded[start], ()), *table.get(padded[start : start + 2], ())):
                end = start + len(word.text)
                if text.startswith(word.text, start) and _stands_free(word, text, start, end):
                    yield _Token(start, end, word)

    def _pairs(self, tokens: list[_Token[KindT]], stops: _Stops) -> Iterator[Match[KindT]]:
        for place, right in enumerate(tokens):
            if right.word.second:
                yield from self._before(tokens, place, right, stops)

    def _before(
        self, tokens: list[_Token[KindT]], place: int, right: _Token[KindT], stops: _Stops
    ) -> Iterator[Match[KindT]]:
        """Yield the pairs of which `right` is the second, by looking back from it."""
        for left in reversed(tokens[max(0, place - 2 * FAR) : place]):
            common = left.word.first & right.word.second
            gap = right.start - left.end
            if not common or not 0 <= gap <= FAR:
                continue
            between = stops.between(left.end, right.start)
            if _SENTENCE_ENDS.isdisjoint(between):
                yield from self._told(left, right, common, gap, between)

    def _told(
        self, left: _Token[KindT], right: _Token[KindT], common: int, gap: int, between: str
    ) -> Iterator[Match[KindT]]:
        while common:
            rule = self._rules[(common & -common).bit_length() - 1]
            common &= common - 1
            if gap <= rule.reach and (rule.across or not between):
                yield Match(left.start, right.end, rule.kind, bool(between.strip(_LISTED)))

    def _add(self, kind: KindT, line: str) -> None:
        parts = _RULE.split(line)
        if len(parts) == 1:
            for word in self._words(line):
                self._drafts[word][0].append(kind)
            return
        left, sign, right = parts
        bit = 1 << len(self._rules)
        self._rules.append(_Rule(kind, FAR if sign == "~~" else int(sign[1:] or NEAR), sign == "~~"))
        for word in self._words(left):
            self._drafts[word][1].append(bit)
        for word in self._words(right):
            self._drafts[word][2].append(bit)

    def _words(self, line: str) -> Iterator[str]:
        for form in line.split():
            yield from self._expanded(form)

    def _expanded(self, form: str) -> list[str]:
        choices = [self._choices(part) for part in _PART.finditer(form)]
        return list(dict.fromkeys("".join(chosen) for chosen in product(*choices)))

    def _choices(self, part: re.Match[str]) -> list[str]:
        group, alternatives, characters, plain = part.groups()
        if group:
            return list(self._words(self._groups[group]))
        if alternatives is not None:
            return [word for choice in alternatives.split("/") for word in (self._expanded(choice) or [""])]
        return _characters(characters) if characters is not None else [plain]

    def _tabled(self) -> dict[str, list[_Word[KindT]]]:
        table: dict[str, list[_Word[KindT]]] = defaultdict(list)
        for form, (kinds, first, second) in self._drafts.items():
            match = _FORM.fullmatch(form)
            if match is None:
                raise ValueError(form)
            not_after, text, not_before = match.groups(default="")
            word = _Word(text, not_after, not_before, tuple(dict.fromkeys(kinds)), _bits(first), _bits(second))
            table[text[:2]].append(word)
        return dict(table)


def _unfolded(lines: str) -> list[str]:
    """Return one line per rule; one that is indented more than the first goes on with the one before."""
    rows = [row for row in lines.split("\n") if row.strip()]
    depth = min((len(row) - len(row.lstrip()) for row in rows[1:]), default=0)
    unfolded: list[str] = []
    for row in rows:
        goes_on = unfolded and len(row) - len(row.lstrip()) > depth
        if goes_on:
            unfolded[-1] += f" {row.strip()}"
        else:
            unfolded.append(row.strip())
    return unfolded


def _characters(listed: str) -> list[str]:
    """Return the characters of a list such as 0-9一二."""
    if len(listed) > 2 and listed[1] == "-":
        return [*map(chr, range(ord(listed[0]), ord(listed[2]) + 1)), *listed[3:]]
    return list(listed)


def _bits(bits: Sequence[int]) -> int:
    every = 0
    for bit in bits:
        every |= bit
    return every


def _stands_free(word: _Word[KindT], text: str, start: int, end: int) -> bool:
    """Say whether none of the characters that a word must not have beside it stands there."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before and before in word.not_after) and not (after and after in word.not_before)
