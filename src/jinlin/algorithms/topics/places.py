"""Finds what a Chinese message calls places and bodies by: estates, roads, waters, firms, schools, told by their endings.

There is no list of names. A name is a run of characters before an ending such as 小区, 大道 or 公司; words that cannot be
part of a name (在, 投诉, 附近 …) end the run on its left. A run that took a character too much does no harm, because names
are compared by their character pairs, weighed by how rare they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

MOST_BEFORE = 8
"""Characters before an ending that may belong to a name."""
LEAST_BEFORE = 2
"""Fewer characters than that before an ending are no name (该小区, 大河)."""
CLEARLY_MORE = 2
"""How many times as often a shorter form must be met to be taken for the name that a longer one ends with."""

_LONG = (
    "安置小区|国际城|中心城|工业园|产业园|科技园|立交桥|幼儿园|"
    "小区|社区|花园|家园|公寓|公馆|广场|大厦|山庄|别墅|新村|新城|公园|国际|名苑|嘉园|佳园|雅苑|豪庭|名邸|华府|首府|名城|"
    "大道|公路|高速|大桥|立交|隧道|水库|运河|支河|街道|车贷|公司|集团|银行|平台|驾校|学校|学院|大学|中学|小学|医院|酒店|"
    "饭店|餐厅|市场|商城|超市|商场"
)
"""Endings of several characters, the longer ones first."""
_SHORT = {
    "城": "市管镇乡投建区中际",
    "苑": "",
    "府": "",
    "湾": "",
    "庭": "审",
    "院": "长内子",
    "郡": "",
    "园": "区林艺丁长内",
    "里": "面",
    "轩": "",
    "居": "民住委然",
    "村": "民委组里支镇",
    "镇": "政",
    "乡": "镇政村下",
    "路": "灯面口段人过费边上基况",
    "街": "道上边面头",
    "巷": "道",
    "桥": "梁",
    "河": "南北西东",
    "江": "边水",
    "湖": "边水",
    "溪": "流边水",
    "渠": "道",
    "港": "口币澳",
    "洲": "",
    "岛": "",
    "站": "台点在长前后",
}
"""Endings of one character, each with the characters after it that make it another word."""
_NOT_AFTER = "政法察厂车"
"""Characters that make an ending of one character another word: 政府, 法院, 检察院, 厂里, 车站."""
_ENDING = re.compile(
    "|".join(
        [f"(?:{_LONG})"]
        + [f"(?<![{_NOT_AFTER}]){end}" + (f"(?![{other}])" if other else "") for end, other in _SHORT.items()]
    )
)
_NO_NAME = re.compile(
    "反映|投诉|举报|关于|咨询|请问|询问|请求|建议|希望|要求|为何|为什么|怎么|位于|坐落|附近|旁边|对面|周边|隔壁|靠近|"
    "我们|我是|我家|本人|家住|业主|居民|市民|群众|领导|政府|法院|检察院|部门|解决|关注|严惩|严查|彻查|督促|协调|加快|"
    "恳请|恳求|强烈|尽快|什么|哪个|一个|多个|这个|那个|每个|整个|某个|地区|以及|还有|就是|已经|现在|目前|没有|开发商|物业|"
    "[的在于对请求和与及到从由是有把被将给让向就又了这那该本我你他她它们您至等去来为以因但都也不没很已现整叫所各每某问投诉两几]"
)
_RUN = re.compile(r"[\u3400-\u9fff0-9a-z·]+")
_DISTRICT = re.compile(
    r"[a-z]\d{0,2}[市区县]|[\u4e00-\u9fff]{2}(?<![小社地园片校景库辖城住商超门学厂])[市区县](?![场政民容城域委])"
    r"|(?<=[市区县])高新区"
)
_ANONYMISED = re.compile(r"([a-z])(\d{0,2})[市区县]")


class Name(NamedTuple):
    """A name with the place of its first and after its last character in the text."""

    text: str
    start: int
    end: int


District = tuple[str, str]
"""An anonymised city and the number of its district or county, empty for the city as a whole: (a, 3) for A3区."""


def find_names(folded: str) -> list[Name]:
    """Return the names in a folded text, in order; they do not overlap."""
    return [name for run in _RUN.finditer(folded) for name in _names_of(run[0], run.start())]


def _names_of(run: str, offset: int) -> Iterator[Name]:
    left = 0
    for ending in _ENDING.finditer(run):
        start = max(left, ending.start() - MOST_BEFORE)
        for stop in (_NO_NAME, _DISTRICT):
            start = max((found.end() for found in stop.finditer(run, start, ending.start())), default=start)
        if ending.start() - start >= LEAST_BEFORE:
            yield Name(run[start : ending.end()], offset + start, offset + ending.end())
            left = ending.end()
        elif ending.start() == left and left:
            left = ending.end()


def without_places(folded: str, names: Iterable[Name]) -> str:
    """Return the text with blanks where its names and districts stand."""
    kept = list(folded)
    for name in names:
        kept[name.start : name.end] = " " * (name.end - name.start)
    return _DISTRICT.sub(" ", "".join(kept))


def true_forms(counts: Mapping[str, int]) -> dict[str, str]:
    """Return {name: the name that is meant}, given how many messages have each.

    治理龙津河 is taken for 龙津河 when that is met far more often; what is before it was a word and no part of the name.
    """
    return {name: _true_form(name, counts) for name in counts}


def _true_form(name: str, counts: Mapping[str, int]) -> str:
    best = name
    for start in range(1, len(name) - LEAST_BEFORE):
        if counts.get(name[start:], 0) > CLEARLY_MORE * counts[best]:
            best = name[start:]
    return best


def districts(folded: str) -> frozenset[District]:
    """Return the districts, counties and cities of an anonymised text."""
    return frozenset(_ANONYMISED.findall(folded))


def apart(one: frozenset[District], other: frozenset[District]) -> bool:
    """Say whether two messages speak of different districts; a city as a whole goes with each of its districts."""
    if not one or not other:
        return False
    return not any(a == b and (not m or not n or m == n) for a, m in one for b, n in other)


def district_words(folded: str) -> set[str]:
    """Return the districts and cities that a text names, as they stand there."""
    return {found for found in _DISTRICT.findall(folded) if not _NO_NAME.search(found)}


def commonest(found: Sequence[set[str]]) -> tuple[str, int]:
    """Return the word that stands in most sets and in how many, the shortest of several; ("", 0) without any."""
    counts = Counter(word for words in found for word in words)
    best = min(counts, key=lambda word: (-counts[word], len(word), word), default="")
    return best, counts[best]
