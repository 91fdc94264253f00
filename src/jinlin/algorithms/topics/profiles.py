"""What a message is about, as two sparse vectors: the words for what happens, and the names of where and with whom.

Both are character pairs weighed by how rare they are (TF-IDF, rows of length one). They are kept apart so that two messages
need both in common: two estates have cooking fumes, and one estate has fumes and no lift.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from jinlin.algorithms.chinese_text import fold
from jinlin.algorithms.topics.places import District, Name, districts, find_names, true_forms, without_places

MOST_CHARACTERS = 600
"""Characters of a text that count; what comes later is seldom about the matter."""
TITLE_WORDS, TEXT_WORDS = 2.0, 1.0
TITLE_NAMES, TEXT_NAMES = 3.0, 1.0
"""How much a word or a name counts in the title and in the text."""
DOUBT = 2.7
"""Times the idf of a word met once: what is added, at a right angle, to the length of a message's words."""
COMMON_SHARE, COMMON_COUNT = 0.1, 100
"""A pair that stands in more than this share of all messages, and in more than this many, tells nothing."""

_OFFICE = re.compile(
    "强烈|恳请|恳求|请求|请问|希望|建议|咨询|询问|反映|投诉|举报|关于|要求|尽快|加快|解决|问题|力度|步伐|何时|什么时候|什么|"
    "为何|为什么|怎么|如何|是否|能否|可否|相关部门|有关部门|相关|有关|领导|您好|你好|尊敬的|谢谢|书记|市长|局长|政府|我们|"
    "我是|严重|一直|没有|现在|已经|可以|不能|[请我不的了在是和与对也都就被把将给]"
)
"""Words that stand in messages about anything."""
_SIGNS = re.compile(r"[^\u3400-\u9fff0-9a-z]+")

Weights = dict[str, float]


@dataclass(frozen=True)
class Profiles:
    """The messages as vectors, one row each.

    Attributes:
        events: words for what happens, rows of length one (or zero).
        names: names of places and bodies by their character pairs, rows of length one (or zero).
        named: the names in each title and in each text, in their true form, the title's first.
        districts: the districts in each title, or else in its text.
    """

    events: sparse.csr_matrix
    names: sparse.csr_matrix
    named: list[tuple[list[str], list[str]]]
    districts: list[frozenset[District]]


def make_profiles(titles: Sequence[str], texts: Sequence[str]) -> Profiles:
    """Return the profiles of messages, given the title and the text of each; either may be empty."""
    folded = [(fold(title), fold(text[:MOST_CHARACTERS])) for title, text in zip(titles, texts, strict=True)]
    found = [(find_names(title), find_names(text)) for title, text in folded]
    forms = true_forms(Counter(name for pair in found for name in {name.text for part in pair for name in part}))
    named = [([forms[name.text] for name in title], [forms[name.text] for name in text]) for title, text in found]
    return Profiles(
        events=_weighted(
            [_events(words, pair) for words, pair in zip(folded, found, strict=True)], least=2, doubt=DOUBT
        ),
        names=_weighted([_names(*pair) for pair in named], least=1),
        named=named,
        districts=[districts(title) or districts(text) for title, text in folded],
    )


def _events(words: tuple[str, str], names: tuple[list[Name], list[Name]]) -> Weights:
    weights: Weights = defaultdict(float)
    for text, found, weight in zip(words, names, (TITLE_WORDS, TEXT_WORDS), strict=True):
        plain = _OFFICE.sub(" ", _SIGNS.sub(" ", without_places(text, found)))
        counts = Counter(pair for pair in _pairs(plain) if " " not in pair)
        for pair, factor in _damped(counts).items():
            weights[pair] += weight * factor
    return weights


def _names(title: Iterable[str], text: Iterable[str]) -> Weights:
    weights: Weights = {}
    for names, weight in ((title, TITLE_NAMES), (text, TEXT_NAMES)):
        for name, factor in _damped(Counter(names)).items():
            for pair in _pairs(name):
                weights[pair] = max(weights.get(pair, 0), weight * factor)
    return weights


def _pairs(text: str) -> list[str]:
    return [text[start : start + 2] for start in range(len(text) - 1)]


def _damped(counts: Mapping[str, int]) -> Weights:
    return {key: 1 + float(np.log(count)) for key, count in counts.items()}


def _weighted(rows: Sequence[Weights], *, least: int, doubt: float = 0) -> sparse.csr_matrix:
    """Return rows of weights times inverse document frequency, of length one; pairs in fewer than `least` rows go."""
    columns: dict[str, int] = {}
    places = [columns.setdefault(key, len(columns)) for row in rows for key in row]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    values = np.array([value for row in rows for value in row.values()], dtype=np.float32)
    found = sparse.csr_matrix((values, np.array(places, dtype=np.int64), starts), shape=(len(rows), len(columns)))
    frequency = np.bincount(found.indices, minlength=len(columns))
    idf = np.log(1 + len(rows) / np.maximum(frequency, 1)).astype(np.float32)
    idf[(frequency < least) | (frequency > max(COMMON_SHARE * len(rows), COMMON_COUNT))] = 0
    found.data *= idf[found.indices]
    found.eliminate_zeros()
    return _scaled(found, doubt * float(np.log(1 + len(rows))))


def _scaled(rows: sparse.csr_matrix, doubt: float) -> sparse.csr_matrix:
    """Return the rows divided by a little more than their length, so that few words are never quite alike."""
    squares = np.asarray(rows.multiply(rows).sum(axis=1)).ravel()
    lengths = np.sqrt(np.where(squares == 0, 1, squares + doubt**2))
    return (sparse.diags(1 / lengths) @ rows).tocsr()
