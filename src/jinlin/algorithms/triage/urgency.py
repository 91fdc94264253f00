"""Finds words of danger to life and of urgent trouble, and passes over those that only sound like it.

A missed danger weighs more than a false alarm: what is found makes the emergency numbers appear and puts the case on
top, nothing else. So a word is passed over only when its own clause says that nothing happens: it is denied (没有发生火灾),
long past (去年着火), taught (消防演练), or a thing of another name (灭火器). A danger that only might come (容易引发火灾)
is urgent, unless the clause says that it is about to (随时可能倒塌).
"""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum
from math import inf
from typing import NamedTuple

from jinlin.algorithms.chinese_text import fold

MAX_CHARACTERS = 20_000


class UrgencyLevel(IntEnum):
    """How quickly somebody must look."""

    NORMAL = 0
    URGENT = 1
    DANGER = 2


class Danger(StrEnum):
    """Kinds of danger to life."""

    FIRE = "fire"
    GAS = "gas"
    EXPLOSION = "explosion"
    TRAPPED = "trapped"
    COLLAPSE = "collapse"
    FALL = "fall"
    ELECTRICITY = "electricity"
    DROWNING = "drowning"
    MEDICAL = "medical"
    SUICIDE = "suicide"
    VIOLENCE = "violence"
    MISSING = "missing"


class Urgency(NamedTuple):
    """The level, the kinds of danger, and the words (folded) that led to it, in the order of the text."""

    level: UrgencyLevel
    dangers: tuple[Danger, ...]
    words: tuple[str, ...]


_NEAR = "[^,。!?;、]{0,8}?"

_DANGERS: dict[Danger, str] = {
    Danger.FIRE: (
        "着火|起火|失火|火灾|火警|火势|大火|烧起来|烧着了|自燃|冒火|点燃了|"
        f"(?:屋|楼|窗|室|家|车|阳台|电箱|电表|配电){_NEAR}(?:浓烟|黑烟|冒烟)|冒浓烟|浓烟滚滚"
    ),
    Danger.GAS: (
        f"(?:煤气|燃气|天然气|液化气|沼气|气罐|气管){_NEAR}(?:泄漏|泄露|漏气|在漏|漏了|外泄|味|中毒)|"
        f"(?:闻到|泄漏|泄露|漏){_NEAR}(?:煤气|燃气|天然气|液化气)|一氧化碳|气体泄漏|氨气泄漏|氯气"
    ),
    Danger.EXPLOSION: "爆炸|炸了|炸伤|炸开",
    Danger.TRAPPED: (
        f"被困|困人|困在|困住|困了{_NEAR}人|关在电梯|关着人|反锁|叫不应|敲门不应|电梯{_NEAR}(?:出不来|关人|关着人|夹住|夹到|夹伤)|反锁{_NEAR}(?:孩子|小孩|老人|宝宝)|"
        f"(?:孩子|小孩|老人|宝宝|婴儿){_NEAR}(?:反锁|锁在|卡在|卡住)|被压在|被埋"
    ),
    Danger.COLLAPSE: (
        "坍塌|倒塌|垮塌|塌方|塌了|塌下来|塌陷|要塌|快塌|滑坡|泥石流|"
        f"(?:楼|墙|房|屋顶|脚手架|塔吊|围挡){_NEAR}(?:倾斜|倒了|倒下|垮了|要倒|快倒)"
    ),
    Danger.FALL: (
        f"坠楼|坠落|坠亡|坠井|摔下|跌落|掉下{_NEAR}井|砸到|砸中|砸伤|电梯{_NEAR}(?:下坠|急坠|急降|冲顶|蹲底|往下掉)|"
        f"(?:爬|坐|站){_NEAR}(?:楼顶|天台|窗台|护栏外)"
    ),
    Danger.ELECTRICITY: (
        "触电|漏电|电击|被电|电到人|电死|带电|"
        f"(?:电线|电缆|高压线|线路){_NEAR}(?:断了|断落|掉落|掉下|掉在|火花|打火|短路)|冒火花"
    ),
    Danger.DROWNING: (
        f"溺水|落水|投河|掉[进入到下]{_NEAR}(?:河|湖|水|塘|井|江|池|沟|坑)|淹死|淹到|被淹|洪水|山洪|被冲走|被卷走|被水卷走"
    ),
    Danger.MEDICAL: (
        "昏迷|晕倒|昏倒|昏过去|没有?呼吸|没了?心跳|心脏骤停|心脏病发|心梗|脑梗|中风|大出血|流血不止|血流不止|休克|"
        "喘不过气|喘不上气|呼吸困难|食物中毒|集体中毒|农药中毒|窒息|噎住|抽搐|生命危险|危及生命|性命|奄奄一息|倒地不起|"
        "倒在地|不省人事|人命|救命|羊水破|要生了|重伤|骨折"
    ),
    Danger.SUICIDE: (
        "自杀|自尽|轻生|跳楼|跳桥|跳河|跳江|跳湖|想死|寻死|不想活|活不下去|割腕|寻短见|服毒|喝农药|喝了农药|吞安眠药|"
        "结束生命|上吊|自残|同归于尽|了结自己|了结生命"
    ),
    Danger.VIOLENCE: (
        "打人|殴打|家暴|家庭暴力|持刀|拿刀|拿着刀|砍人|砍伤|捅伤|捅人|捅了|行凶|打架|斗殴|群殴|抢劫|绑架|强奸|猥亵|性侵|虐待|虐童|"
        "械斗|被打|打伤|杀人|杀了|要杀|放火|纵火|打死|勒死|掐脖子|投毒|劫持"
    ),
    Danger.MISSING: (
        f"走失|走丢|失踪|失联|(?:孩子|小孩|老人|女儿|儿子|父亲|母亲){_NEAR}(?:不见了|找不到|联系不上|丢了)|拐走|被拐"
    ),
}

_URGENT = (
    f"停水|停电|断电|断水|停气|停暖|没水|没电|没气|没暖气|没有暖气|爆管|爆裂|(?:水管|管道|暖气){_NEAR}(?:爆|破裂|喷)|水漫|倒灌|"
    f"污水{_NEAR}(?:外溢|溢|漫|冒)|内涝|积水{_NEAR}(?:深|齐|没过|无法|严重)|漏水{_NEAR}(?:严重|很大|电)|井盖{_NEAR}(?:缺|丢|没了|不见|破|坏|塌|松|被盗)|"
    f"(?:电线|电缆){_NEAR}(?:裸露|垂|脱落|老化)|电梯{_NEAR}(?:故障|坏|停运|停了|失灵|抖|异响|不能用)|(?:路面|地面|道路){_NEAR}(?:塌|陷|下沉|开裂)|"
    f"(?:消防通道|安全出口|生命通道){_NEAR}(?:堵|占|锁|封)|高空抛物|高空坠物|高空{_NEAR}掉|(?:外墙|墙皮|瓷砖|玻璃|广告牌|招牌|空调外机){_NEAR}(?:脱落|掉|坠|松动)|"
    f"马蜂|胡蜂|蜂窝|(?:狗|犬){_NEAR}咬|咬伤|(?:树|杆){_NEAR}(?:倒|断)|紧急|十万火急|急救|消防栓{_NEAR}没水|发烧|晕|危房|裂缝{_NEAR}(?:大|宽)"
)

# Things that only sound like danger.
_BENIGN = re.compile(
    "灭火|防火|消防演|火灾(?:报警|隐患|保险|自动|探测|警报器)|漏电保护|漏电开关|跳楼价|困扰|困惑|困难|自燃气|炸了锅|炸鸡|被打(?:扰|开|断|破|乱|压|印|通|磨|造|扮|错)|"
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
    "如果|万一|一旦|容易|易|可能|会|怕|担心|以免|免得|避免|防止|以防|预防|防范|杜绝|恐|造成|引发|引起|隐患|风险|危险|要是|假如|潜在"
)
_IMMINENT = re.compile("随时|马上|正在|快要|就要|已经?|现在|刚刚|刚才|当场|又|目前|今天|昨晚|昨天|救")
# A threat to a person is meant, however it is put.
_NEVER_ONLY_POSSIBLE = frozenset({Danger.SUICIDE, Danger.VIOLENCE, Danger.MISSING, Danger.TRAPPED, Danger.MEDICAL})

_DANGER_WORDS = {kind: re.compile(words) for kind, words in _DANGERS.items()}
_URGENT_WORDS = re.compile(_URGENT)
_CLAUSE = re.compile(r"[^,。!?;:~]+")


class _Finding(NamedTuple):
    start: int
    level: UrgencyLevel
    danger: Danger | None
    words: str


def find_urgency(text: str) -> Urgency:
    """Return how urgent `text` is, by its words alone; only the first MAX_CHARACTERS characters count."""
    folded = _BENIGN.sub(lambda match: " " * len(match[0]), fold(text[:MAX_CHARACTERS]))
    findings = [finding for clause in _CLAUSE.finditer(folded) for finding in _in_clause(clause)]
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
