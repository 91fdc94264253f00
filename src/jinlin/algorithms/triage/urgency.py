"""Finds words of danger to life and of urgent trouble, and passes over those that only sound like it.

A missed danger weighs more than a false alarm: what is found makes the emergency numbers appear and puts the case on
top, nothing else. So a word is passed over only when its own clause says that nothing happens: it is denied (没有发生火灾),
long past (去年着火), taught (消防演练), or a thing of another name (灭火器). A danger that only might come (容易引发火灾)
is urgent, unless the clause says that it is about to (随时可能倒塌).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from math import inf
from typing import Generic, NamedTuple, TypeVar

from jinlin.algorithms.chinese_text import fold
from jinlin.algorithms.triage.danger_things import GROUPS, VARIANTS
from jinlin.algorithms.triage.danger_words import DANGERS, TROUBLES, Danger
from jinlin.algorithms.triage.scanning import Match, Scanner

SaidT = TypeVar("SaidT")

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
    "(?:钥匙|手机|钱包|证|卡|本子?)(?:弄|搞)?(?:丢|掉)了|跑跑跳跳|树叶|掉漆|电梯卡(?!在|住|了|着)|蹦蹦跳跳|跳来跳去|(?:吵|烦|气|热|冷|累|笑|急)得(?:我|人|都|真|快|想|要)*(?:跳楼|跳河|想死|去死|自杀|上吊)|油锅(?!起火)|"
    "[油抽吸手香]烟|有火气|是火[锅车]|"
    "(?:猫咪?|狗狗?|小鸟|鸽子)(?:被|也|又)?(?:卡|困|掉|爬)[^,。!?;]*|电梯里[面头边]?(?:还|老|总|经常|常)?有人[^,。!?;]{0,6}?(?:抽|吸|吐|贴|尿|遛|乱|扔|骑|推|运|闻|说|觉)|"
    "电梯口|急救(?:知识|培训|站|中心|箱|包)|紧急出口|紧急联系|应急演练|发烧友|重伤害|人命关天的大事"
)
_DENIED = re.compile(
    r"(?:没有|没|未|未曾|并无|无|不是|并非|不存在|不会)(?:再|任何|发生|出现|造成|引起|导致|产生|有|过|人员?|什么|明显|闻[到见着]|听[到见说]|看[到见]|发现|感觉到?)*$"
)
_DENIAL_REACH = 12
_TAUGHT = re.compile("演练|培训|讲座|宣传|知识|课程|预案|演习|科普|小说|电影|电视剧|造谣|谣言|谣传|传言")
_OVER = re.compile(
    "(?<![没未不])(?:已经?|都|全|被)?(?:解决了|修好了?|处理好了|处理完了?|扑灭|熄灭了|灭了火|救出来了|救上来了|恢复了|排除了|来电了|来水了|换好了)"
    "|已经?(?:解决|扑灭|修复|恢复|处理|排除|救出)|没事了|现在好了|虚惊一场"
)
_AGAIN = re.compile("又|再次|还在|还是|还有|仍|依然|现在(?!好)|复燃|反复")
_PAST = re.compile("去年|前年|[0-9几多两三]年前|以前|曾经|曾|上个?月|上半年|历史上|那年")
_POSSIBLE = re.compile(
    "如果|万一|一旦|容易|易|可能|会(?=[^,]{0,4}(?:引|导致|造|发生|塌|倒|着|爆|掉|漏|出|有))|怕|担心|以免|免得|避免|防止|以防|预防|防范|杜绝|恐|造成|引发|引起|隐患|风险|(?<![很太常分别])危险|要是|假如|潜在"
)
_IMMINENT = re.compile("随时|马上|正在|快要|就要|已经?|现在|刚刚|刚才|当场|又|目前|今天|昨晚|昨天|救")
# A threat to a person is meant, however it is put.
_NEVER_ONLY_POSSIBLE = frozenset({Danger.SUICIDE, Danger.VIOLENCE, Danger.MISSING, Danger.TRAPPED, Danger.MEDICAL})

_SCANNER: Scanner[Danger | None] = Scanner([*DANGERS.items(), (None, TROUBLES)], GROUPS)
_CLAUSE_ENDS, _SENTENCE_ENDS = re.compile(r"[,。!?;:~]"), re.compile(r"[。!?;]")


class _Finding(NamedTuple):
    start: int
    level: UrgencyLevel
    danger: Danger | None
    words: str


def find_urgency(text: str) -> Urgency:
    """Return how urgent `text` is, by its words alone; only the first MAX_CHARACTERS characters count."""
    folded = fold(text[:MAX_CHARACTERS])
    plain = _BENIGN.sub(lambda match: " " * len(match[0]), folded.translate(VARIANTS))
    findings = list(_judged(plain, _outermost(_SCANNER.find(plain))))
    level = max((finding.level for finding in findings), default=UrgencyLevel.NORMAL)
    counted = [finding for finding in findings if finding.level]
    dangers = dict.fromkeys(finding.danger for finding in counted if finding.level is UrgencyLevel.DANGER)
    words = dict.fromkeys(finding.words.strip() for finding in counted)
    return Urgency(level, tuple(kind for kind in dangers if kind), tuple(words))


def _outermost(matches: list[Match[Danger | None]]) -> Iterator[Match[Danger | None]]:
    """Leave out what lies within another match of its kind."""
    reached: dict[Danger | None, int] = {}
    for match in matches:
        if match.end > reached.get(match.kind, 0):
            reached[match.kind] = match.end
            yield match


def _judged(text: str, matches: Iterable[Match[Danger | None]]) -> Iterator[_Finding]:
    """Yield what was found with its level, by what its clause says; over clauses, by all that lies between."""
    clauses, sentences = _Pieces(text, _CLAUSE_ENDS, _Cues.of), _Pieces(text, _SENTENCE_ENDS, _is_over)
    for match in matches:
        begin, cues = clauses.around(match.start)
        if match.across:
            begin, cues = match.start, _Cues.of(text[match.start : match.end])
        over = sentences.around(match.start)[1]
        denied = bool(_DENIED.search(text, max(begin, match.start - _DENIAL_REACH), match.start))
        level = cues.level(match, begin, denied=denied, over=over)
        yield _Finding(match.start, level, match.kind, text[match.start : match.end])


class _Pieces(Generic[SaidT]):
    """A text cut at some signs, and what each piece says, read when it is first asked for."""

    def __init__(self, text: str, ends: re.Pattern[str], read: Callable[[str], SaidT]) -> None:
        self._text, self._read = text, read
        self._ends = [-1, *(end.start() for end in ends.finditer(text)), len(text)]
        self._said: dict[int, SaidT] = {}

    def around(self, place: int) -> tuple[int, SaidT]:
        """Return where the piece begins in which a place lies, and what it says."""
        after = bisect_right(self._ends, place)
        begin = self._ends[after - 1] + 1
        if begin not in self._said:
            self._said[begin] = self._read(self._text[begin : self._ends[after]])
        return begin, self._said[begin]


def _is_over(sentence: str) -> bool:
    """Say whether a sentence tells that it has passed, and not that it has come back."""
    return bool(_OVER.search(sentence)) and not _AGAIN.search(sentence)


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

    def level(self, match: Match[Danger | None], begin: int, *, denied: bool, over: bool) -> UrgencyLevel:
        """Return the level of a match in a clause that begins at `begin`."""
        if self.taught or denied:
            return UrgencyLevel.NORMAL
        if over:
            return UrgencyLevel.NORMAL if self.past_from < inf or match.kind is None else UrgencyLevel.URGENT
        if match.kind is None:
            return UrgencyLevel.URGENT
        if self.imminent:
            return UrgencyLevel.DANGER
        if self.past_from <= match.start - begin:
            return UrgencyLevel.NORMAL
        possible = self.possible and match.kind not in _NEVER_ONLY_POSSIBLE
        return UrgencyLevel.URGENT if possible else UrgencyLevel.DANGER
