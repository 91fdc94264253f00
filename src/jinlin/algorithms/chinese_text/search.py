"""Overlapping character pairs: one column of words that finds Chinese substrings on SQLite and PostgreSQL alike.

A run of Han characters 电梯坏了 is written as its pairs and its last character: `电梯 梯坏 坏了 了`. The last character
does two things. It keeps apart the pairs of two runs, so that 电梯，梯坏了 is not found by 电梯坏; and it makes every
Han character the beginning of some token, so that a single character is found by a prefix. Letters and digits of any
other script stay whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from jinlin.algorithms.chinese_text.folding import fold

# PostgreSQL keeps word positions up to 16,383 and refuses a tsvector above 1 MB; what follows is not indexed.
MAX_TOKENS = 16_000
MAX_WORD_CHARACTERS = 64
MAX_QUERY_CHARACTERS = 200

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+")


@dataclass(frozen=True)
class Phrase:
    """Tokens that must follow each other in the bigram column.

    `open_ended` says that the last token is a single Han character that must be matched as the beginning of a token.
    A caller whose engine cannot do that looks for `literal`, the folded text, by LIKE in a folded column instead.
    """

    tokens: tuple[str, ...]
    literal: str
    open_ended: bool


def bigrams(text: str) -> str:
    """Return the words to index for `text`, separated by blanks; at most MAX_TOKENS of them.

    The words hold letters and digits only, so that emoji, lone surrogates and control characters never reach a
    database, whatever the text holds.
    """
    return " ".join(islice(_index_tokens(fold(text)), MAX_TOKENS))


def query_terms(query: str) -> list[Phrase]:
    """Return the phrases that must all be found; an empty list when nothing in `query` can be looked for.

    Blanks and punctuation part phrases. A phrase of Han characters is found exactly where it is a part of the folded
    text; words of letters and digits must be whole. Only the first MAX_QUERY_CHARACTERS characters count.
    """
    folded = fold(query[:MAX_QUERY_CHARACTERS])
    return list(dict.fromkeys(_phrase(runs) for runs in _adjoining_runs(folded)))


def fts5_query(phrases: list[Phrase]) -> str:
    """Return the SQLite FTS5 expression that finds all `phrases`, for `WHERE index MATCH ?`; phrases not empty."""
    return " ".join(
        " + ".join(f'"{token}"' for token in phrase.tokens) + " *" * phrase.open_ended for phrase in phrases
    )


def postgres_query(phrases: list[Phrase]) -> str:
    """Return the expression that finds the tokens of all `phrases`, for `to_tsquery('simple', …)`; phrases not empty.

    It does not say that tokens follow each other: a GIN index knows no positions, so that PostgreSQL would parse the whole
    column of each candidate again. `in_column` tells that much cheaper.
    """
    tokens = (
        f"'{token}'" + ":*" * phrase.open_ended * last for phrase in phrases for token, last in _with_last(phrase)
    )
    return " & ".join(dict.fromkeys(tokens))


def _with_last(phrase: Phrase) -> Iterator[tuple[str, bool]]:
    for number, token in enumerate(phrase.tokens, start=1):
        yield token, number == len(phrase.tokens)


def in_column(phrase: Phrase) -> str:
    """Return what stands in a bigram column, with a blank before and behind it, exactly where `phrase` is found."""
    return " " + " ".join(phrase.tokens) + " " * (not phrase.open_ended)


def _index_tokens(folded: str) -> Iterator[str]:
    for run in _RUN.finditer(folded):
        if run["han"]:
            yield from _whole_run(run["han"])
        else:
            yield run[0][:MAX_WORD_CHARACTERS]


def _whole_run(run: str) -> Iterator[str]:
    for position in range(len(run)):
        yield run[position : position + 2]


def _adjoining_runs(folded: str) -> Iterator[list[re.Match[str]]]:
    """Group the runs of letters that touch each other."""
    group: list[re.Match[str]] = []
    for run in _RUN.finditer(folded):
        if group and group[-1].end() != run.start():
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _phrase(runs: list[re.Match[str]]) -> Phrase:
    """Return the phrase of adjoining runs; only the last may go on in the text, so only it lacks its last character."""
    tokens = [token for run in runs for token in _index_tokens(run[0])]
    last = runs[-1]["han"] or ""
    if len(last) > 1:
        tokens.pop()
    return Phrase(tuple(tokens), "".join(run[0] for run in runs), open_ended=len(last) == 1)
