"""Finds words of danger to life and of urgent trouble, and passes over those that only sound like it.

A missed danger weighs more than a false alarm: what is found makes the emergency numbers appear and puts the case on
top, nothing else. So a word is passed over only when its own clause says that nothing happens: it is denied (没有发生火灾),
long past (去年着火), taught (消防演练), or a thing of another name (灭火器). A danger that only might come (容易引发火灾)
is urgent, unless the clause says that it is about to (随时可能倒塌).
"""

from __future__ import annotations

import re
from enum import IntEnum
from math import inf
from typing import NamedTuple

from jinlin.algorithms.chinese_text import fold
from jinlin.algorithms.triage.danger_words import ACROSS, DANGERS, URGENT, Danger

MAX_CHARACTERS = 20_000


class UrgencyLevel(IntEnum):
    """How quickly somebody must look."""

    NORMAL = 0
    URGENT = 1
    DANGER = 2


class Urgency(NamedTuple):
    """The level, the kinds of danger, and the words (folded) that led to it, in the order of the text."""

    level: UrgencyLevel
    dangers: tuple[Danger, ...]
    words: tuple[str, ...]


# Things that only sound like danger.
_BENIGN = re.compile(
    "灭火|防火|消防演|火灾(?:报警|隐患|保险|自动|探测|警报器)|漏电保护|漏电开关|跳楼价|困扰|困惑|(?<!呼吸)困难|自燃气|炸了锅|炸鸡|被打(?:扰|开|断|破|乱|压|印|通|磨|造|扮|错)|"
    "打人民|被电(?:信|话|视|力|动|瓶)|带电(?:话|视|脑|梯|动|瓶)|没水平|没电梯|没电话|没气质|停电视|打架子|一氧化碳报警|砸到手里|大火锅|"
    "电梯口|急救(?:知识|培训|站|中心|箱|包)|紧急出口|紧急联系|应急演练|发烧友|重伤害|人命关天的大事"
)
_DENIED = re.compile(
    r"(?:没有|没|未|未曾|并无|无|不是|并非|不存在|不会)(?:再|任何|发生|出现|造成|引起|导致|产生|有|过|人员?|什么|明显)*$"
)
_DENIAL_REACH = 12
_TAUGHT = re.compile("演练|培训|讲座|宣传|知识|课程|预案|演习|科普|小说|电影|电视剧")
_PAST = re.compile("去年|前年|[0-9几多两三]年前|以前|曾经|曾|上个?月|上半年|历史上|那年")
_POSSIBLE = re.compile(
    "如果|万一|一旦|容易|易|可能|会(?=[^,]{0,4}(?:引|导致|造|发生|塌|倒|着|爆|掉|漏|出|有))|怕|担心|以免|免得|避免|防止|以防|预防|防范|杜绝|恐|造成|引发|引起|隐患|风险|(?<![很太常分别])危险|要是|假如|潜在"
)
_IMMINENT = re.compile("随时|马上|正在|快要|就要|已经?|现在|刚刚|刚才|当场|又|目前|今天|昨晚|昨天|救")
# A threat to a person is meant, however it is put.
_NEVER_ONLY_POSSIBLE = frozenset({Danger.SUICIDE, Danger.VIOLENCE, Danger.MISSING, Danger.TRAPPED, Danger.MEDICAL})

_DANGER_WORDS = {kind: re.compile(words) for kind, words in DANGERS.items()}
_ACROSS_CLAUSES = {kind: re.compile(words) for kind, words in ACROSS.items()}
_URGENT_WORDS = re.compile(URGENT)
_CLAUSE = re.compile(r"[^,。!?;:~]+")
_SENTENCE = re.compile(r"[^。!?;]+")


class _Finding(NamedTuple):
    start: int
    level: UrgencyLevel
    danger: Danger | None
    words: str


def find_urgency(text: str) -> Urgency:
    """Return how urgent `text` is, by its words alone; only the first MAX_CHARACTERS characters count."""
    folded = _BENIGN.sub(lambda match: " " * len(match[0]), fold(text[:MAX_CHARACTERS]))
    findings = [finding for clause in _CLAUSE.finditer(folded) for finding in _in_clause(clause)]
    findings += [finding for sentence in _SENTENCE.finditer(folded) for finding in _across_clauses(sentence)]
    findings.sort(key=lambda finding: finding.start)
    level = max((finding.level for finding in findings), default=UrgencyLevel.NORMAL)
    counted = [finding for finding in findings if finding.level]
    dangers = dict.fromkeys(finding.danger for finding in counted if finding.level is UrgencyLevel.DANGER)
    words = dict.fromkeys(finding.words.strip() for finding in counted)
    return Urgency(level, tuple(kind for kind in dangers if kind), tuple(words))


def _in_clause(clause: re.Match[str]) -> list[_Finding]:
    text = clause[0]
    dangers = [(match, kind) for kind, pattern in _DANGER_WORDS.items() for match in pattern.finditer(text)]
    troubles = list(_URGENT_WORDS.finditer(text))
    if not dangers and not troubles:
        return []
    cues = _Cues.of(text)
    found = [
        _Finding(clause.start() + match.start(), cues.danger_level(match, kind), kind, match[0])
        for match, kind in dangers
    ]
    found += [_Finding(clause.start() + match.start(), cues.trouble_level(match), None, match[0]) for match in troubles]
    return found


def _across_clauses(sentence: re.Match[str]) -> list[_Finding]:
    matches = [(match, kind) for kind, pattern in _ACROSS_CLAUSES.items() for match in pattern.finditer(sentence[0])]
    return [
        _Finding(sentence.start() + match.start(), _Cues.of(match[0]).danger_level(match, kind), kind, match[0])
        for match, kind in matches
    ]


class _Cues(NamedTuple):
    """What a clause says around its words of danger; `past_from` is where a word of the past ends."""

    taught: bool
    imminent: bool
    possible: bool
    past_from: float

    @classmethod
    def of(cls, clause: str) -> _Cues:
        past = _PAST.search(clause)
        return cls(
            taught=bool(_TAUGHT.search(clause)),
            imminent=bool(_IMMINENT.search(clause)),
            possible=bool(_POSSIBLE.search(clause)),
            past_from=past.end() if past else inf,
        )

    def danger_level(self, match: re.Match[str], kind: Danger) -> UrgencyLevel:
        if self.taught or _is_denied(match):
            return UrgencyLevel.NORMAL
        if self.imminent:
            return UrgencyLevel.DANGER
        if self.past_from <= match.start():
            return UrgencyLevel.NORMAL
        if self.possible and kind not in _NEVER_ONLY_POSSIBLE:
            return UrgencyLevel.URGENT
        return UrgencyLevel.DANGER

    def trouble_level(self, match: re.Match[str]) -> UrgencyLevel:
        return UrgencyLevel.NORMAL if self.taught or _is_denied(match) else UrgencyLevel.URGENT


def _is_denied(match: re.Match[str]) -> bool:
    return bool(_DENIED.search(match.string, max(0, match.start() - _DENIAL_REACH), match.start()))
