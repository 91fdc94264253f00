"""Made-up requests in plausible Chinese, each with its place, reporter, answers and rating; nobody's real words.

The building blocks are in `scenarios.toml`; here they are drawn by weight and season, filled with a real corner of the
demo's place and put into one of many tones. The same place, people, moments and seed give the same requests.
"""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

from jinlin.demo.people import Resident
from jinlin.demo.places import Building, DemoPlace
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.schema import RequestChannel, RequestFunction, RequestKind, Urgency

Where = Literal["home", "building", "estate", "street", "community"]
Ending = Literal[
    "received",
    "accepted",
    "declined",
    "dispatched",
    "transferred",
    "signed",
    "in_progress",
    "handled",
    "call_back",
    "reworked",
    "closed",
    "withdrawn",
]

_SCENARIOS = Path(__file__).with_name("scenarios.toml")
SHORTEST, LONGEST = 30, 300
_IN_SEASON = 3
_ONLY_IN_TALL = ("电梯", "高层", "地下车库")

_SPOTS = [
    "小区北门",
    "南门岗亭旁",
    "小花园",
    "篮球场边",
    "垃圾投放点旁",
    "停车场入口",
    "健身区",
    "凉亭旁",
    "东边围墙下",
    "快递柜旁",
    "中心花坛",
    "车棚门口",
    "西门拐角",
    "活动室门口",
    "广场台阶",
    "配电房旁",
]
_STREET_SPOTS = ["路口转角", "公交站旁", "菜市场门口", "小学门口", "药店门口", "桥头", "银行门口", "修车铺旁"]
_STREETS = ["虹山路", "虹阳街", "书林路", "杏林巷"]
_DAYS = ["三天", "四五天", "一个多星期", "快半个月", "大半个月", "一个月", "两个多月", "好几天", "十来天"]
_WHEN = [
    "昨天晚上",
    "今天早上",
    "上周六",
    "前天下午",
    "昨天傍晚",
    "上周三",
    "大前天",
    "今天中午",
    "周日早上",
    "前天夜里",
]
_HOURS = ["晚上十点多", "凌晨一点", "半夜十二点", "夜里十一点", "晚上十一点半", "凌晨两点多"]
_AGES = ["七十多岁", "八十出头", "六十八岁", "快九十岁", "七十五岁", "八十三岁", "七十九岁"]
_ELDERS = ["老母亲", "老父亲", "奶奶", "爷爷", "婆婆", "外婆", "岳父", "老妈"]
_SOME = ["十几", "二十多", "三十来", "四十"]

_OPENINGS: dict[RequestKind, tuple[str, ...]] = {
    "consultation": ("您好，请问一下。", "你好，想咨询个事：", "麻烦问一下，", "", "您好，", "社区的同志，"),
    "help": ("求助！", "您好，想请社区帮个忙。", "", "社区工作人员你们好，", "实在没办法了来求助。", "你好，"),
    "complaint": ("我要投诉。", "反映个事。", "", "你们好，", "又来反映了，", "请有关部门管一管，"),
    "report": ("举报！", "我要举报，", "", "情况紧急，", "网格员你好，", "反映一个安全隐患：", "你们好，"),
    "suggestion": ("提个建议。", "您好，有个想法：", "", "各位社区干部辛苦了，", "作为老住户说两句，", "建议一下，"),
}
# Openings and demands of those who report danger to life.
_URGENT_OPENINGS = ("", "快来人！", "情况紧急，", "你们好，", "救急！")
_URGENT_ASKS = ("请马上来人！", "快一点！", "请马上派人来。", "人命关天，请赶快。", "电话打不通，只好在这里说。")
_RESIDENT = ("我是{estate}{building}的住户，", "我住{estate}{unit_place}，")
_NEIGHBOUR = (
    *_RESIDENT,
    "我在{estate}住了十几年，",
    "我是{estate}的租户，",
    "代表{building}几户邻居反映，",
    "我刚搬来{estate}不久，",
)
_SELVES: dict[Where, tuple[str, ...]] = {
    "home": _RESIDENT,
    "building": _NEIGHBOUR[:3],
    "estate": _NEIGHBOUR,
    "street": _NEIGHBOUR,
    "community": _RESIDENT,
}
_ASKS: dict[RequestKind, tuple[str, ...]] = {
    "consultation": (
        "请给个明确答复。",
        "麻烦告知，谢谢。",
        "打电话或者短信回我都行。",
        "请问该找谁？",
        "盼回复。",
        "先谢过。",
    ),
    "help": (
        "请尽快派人来看看。",
        "麻烦帮忙协调一下。",
        "能不能今天就来人？",
        "希望社区出面解决。",
        "拜托了。",
        "我们全家感谢你们。",
    ),
    "complaint": (
        "请督促尽快处理。",
        "希望给个说法。",
        "什么时候能解决？",
        "再不处理我就打12345了。",
        "请到现场看一看。",
        "要求限期整改并给我回电话。",
        "不要又是拍个照就完事。",
    ),
    "report": (
        "请马上派人核查。",
        "希望严肃处理。",
        "请替我保密。",
        "趁还没出事，赶紧管。",
        "盼有关部门联合查一次。",
        "处理结果请公布。",
    ),
    "suggestion": (
        "请社区考虑。",
        "供参考。",
        "希望能采纳。",
        "大家商量着办。",
        "办得成的话给我们说一声。",
        "行不行都请回个话。",
    ),
}
_CLOSINGS = ("谢谢！", "谢谢。", "辛苦了。", "望回复。", "🙏", "谢谢你们。")
_PHONES = (
    "我的电话{phone}，随时可以打。",
    "联系电话：{phone}",
    "打{phone}找我，姓{surname}。",
    "来之前打我手机{phone}，我下楼接。",
)
# What has been tried before: makes some requests as long as real ones can be.
_HISTORIES = (
    "这件事我前前后后反映过三次：第一次说记下了，第二次说已经安排，第三次干脆说不归他们管。",
    "一开始大家都以为很快会有人来，等了又等，楼下的群里天天有人问，谁也说不清到哪一步了。",
    "我们几家自己想过办法，凑了点钱请人来弄过一回，管了不到一个星期又变成老样子，钱也白花了。",
    "打过值班电话，也跟网格员说过，还在群里发过照片，每次都说会转告，可到现在也没见哪位来现场看过一眼。",
    "不是我们爱找麻烦，实在是天天要从那里过，老人孩子多，大家心里都着急，又不知道这种事到底该由哪个部门来管。",
    "去年也出过一次，那时候修得很快，当天就好了，大家都说好；今年不知道怎么回事，同样的事情拖到现在。",
)
_REWORDINGS = (
    ("一直", "老是"),
    ("没人管", "没有人管"),
    ("晚上", "夜里"),
    ("到处都是", "到处是"),
    ("希望", "盼着"),
    ("请问", "想问下"),
    ("太危险了", "真的很危险"),
    ("怎么办", "咋办"),
    ("孩子", "小孩"),
    ("，说", "，讲"),
)

_CHANNELS: dict[RequestChannel, int] = {
    "online": 34,
    "wechat": 24,
    "phone": 16,
    "walk_in": 8,
    "hotline": 8,
    "visit": 5,
    "paper": 2,
    "api": 3,
}
_FUNCTIONS: dict[RequestKind, tuple[RequestFunction, ...]] = {
    "consultation": ("help", "opinion"),
    "help": ("help", "help", "snap"),
    "complaint": ("snap", "complaint"),
    "report": ("snap", "complaint"),
    "suggestion": ("opinion", "opinion", "complaint"),
}
# Matters of a person or between persons are not offered for publication.
_PRIVATE = ("A103", "A105", "A108", "N1", "K1", "T103", "T105", "H103")

_ACCEPTED = (
    "已受理，正在核实具体位置和情况。",
    "您反映的情况收到，已登记受理，会尽快安排。",
    "经核对属于本社区范围，予以受理。",
    "已与您电话联系，情况清楚，予以受理。",
    "受理。网格员今天到现场拍照核实。",
)
_PROGRESS = (
    "已到现场查看，正在联系施工人员，预计两天内处理。",
    "需要的配件已下单，到货后第一时间安装。",
    "已约双方明天下午到社区面谈。",
    "现场情况属实，已上报并制定处理方案。",
    "已先做临时处置，消除危险，后续维修排期中。",
    "走访了周边住户，正在汇总意见。",
)
_TRANSFERRED = (
    "现场核实后，责任单位应为{body}，转请办理。",
    "产权不在我单位，按职责表转{body}。",
    "涉及专业检测，转{body}处理，我单位配合。",
)
_DECLINED = (
    ("duplicate", "同一位置的问题已有邻居反映，正在办理，本件并入前一件，进展会一并告知。"),
    ("outside_area", "核实后，所述地点不在虹山社区范围，已告知所在社区的联系电话。"),
    ("unclear", "描述中没有具体地点，三次联系未接通，补充情况后会重新受理。"),
    ("legal_way", "此事双方已向法院起诉，请以判决为准，社区可协助联系法律援助。"),
    ("private", "属于住户之间的合同约定，社区不便介入，可申请人民调解。"),
)
_WITHDRAWN = (
    "邻居自己已经修好了，撤回。",
    "问题已经解决，不用派人了，谢谢。",
    "填错地址了，我重新报一个。",
    "和对方谈好了，不追究了。",
)
_REWORK = (
    "说是办好了，其实没有彻底解决，昨天又出现了，请再来看看。",
    "只来人看了一眼，什么都没做，怎么就算办结了？",
    "修的地方不对，我说的是另一边，请重新处理。",
    "好了两天又坏了，质量不行。",
    "没有人跟我联系过，希望重新办理。",
)
_COMMENTS: dict[Literal["yes", "mostly", "no"], tuple[str, ...]] = {
    "yes": (
        "处理得很快，谢谢！",
        "师傅态度好，修得也仔细。",
        "没想到当天就解决了，点赞。",
        "社区干部来了三趟，真心感谢。",
        "满意。",
        "问题解决了，邻居们都说好。",
        "比我想的快。",
        "电话回访很及时，给好评。",
        "",
        "",
    ),
    "mostly": (
        "解决了，就是等的时间长了点。",
        "基本满意，希望以后能提前通知。",
        "大体好了，边角还有点没收拾干净。",
        "答复清楚，但是打了两次电话才通。",
        "还可以，看能管多久。",
        "",
    ),
    "no": (
        "没有解决根本问题。",
        "推来推去，白等了一个星期。",
        "回复是套话，看不出做了什么。",
        "态度还行，事情没办成。",
        "不满意，希望重新处理。",
    ),
}

# How requests of an age (in days, at least) stand: old ones are mostly closed, fresh ones are on their way.
_ENDINGS: tuple[tuple[int, dict[Ending, int]], ...] = (
    (15, {"closed": 84, "declined": 6, "withdrawn": 4, "in_progress": 3, "reworked": 2, "call_back": 1}),
    (
        5,
        {
            "closed": 52,
            "call_back": 12,
            "handled": 8,
            "in_progress": 12,
            "signed": 3,
            "transferred": 3,
            "reworked": 4,
            "declined": 4,
            "withdrawn": 2,
        },
    ),
    (
        1,
        {
            "closed": 12,
            "handled": 14,
            "call_back": 8,
            "in_progress": 24,
            "signed": 14,
            "dispatched": 12,
            "transferred": 6,
            "accepted": 6,
            "declined": 4,
        },
    ),
    (0, {"received": 45, "accepted": 20, "dispatched": 20, "signed": 10, "in_progress": 5}),
)
_HOUR_WEIGHTS = (1, 1, 0, 0, 0, 1, 3, 6, 10, 12, 11, 8, 6, 6, 8, 9, 8, 8, 9, 9, 8, 6, 4, 2)


@dataclass(frozen=True)
class Rating:
    """How the reporter judges the handling."""

    responded: bool
    solved: Literal["yes", "no"]
    satisfied: Literal["yes", "mostly", "no"]
    comment: str


@dataclass(frozen=True)
class Story:
    """A request with what became of it.

    `ending` is the state to bring it to; the answers are ready for every state, so that a walk through the states finds
    its words. `reporter` is None for an anonymous one. `building_code` is empty where the place is only said in words.
    """

    raised_at: datetime
    title: str
    text: str
    kind: RequestKind
    function: RequestFunction
    channel: RequestChannel
    category: str
    urgency: Urgency
    danger: bool
    reporter: Resident | None
    wishes_public: bool
    where: Where
    building_code: str
    place_text: str
    longitude: float | None
    latitude: float | None
    ending: Ending
    accepted: str
    progress: str
    transferred: str
    handled: str
    declined_reason: str
    declined: str
    withdrawn: str
    rework: str
    rating: Rating


def moments(until: datetime, count: int, days: int = 120, seed: int = 11) -> list[datetime]:
    """`count` moments in the `days` before `until`, in order: more by day than by night, and more of late."""
    random = Random(seed)  # noqa: S311 - the demo's data need no secret randomness
    found: list[datetime] = []
    while len(found) < count:
        age = int(days * random.random() ** 1.6)
        hour = random.choices(range(24), _HOUR_WEIGHTS)[0]
        day = (until - timedelta(days=age)).replace(minute=0, second=0, microsecond=0)
        moment = day.replace(hour=hour, minute=random.randrange(60), second=random.randrange(60))
        if moment < until:
            found.append(moment)
    return sorted(found)


def stories(
    place: DemoPlace, people: Sequence[Resident], when: Sequence[datetime], until: datetime, seed: int = 42
) -> list[Story]:
    """One story per moment, no two with the same words; `until` is the demo's present, from which ages are counted."""
    writer = _Writer(place, people, seed)
    return [writer.story(moment, (until - moment).days) for moment in when]


@cache
def blocks() -> dict[str, Any]:
    """The building blocks of `scenarios.toml`, as they stand there."""
    return tomllib.loads(_SCENARIOS.read_text(encoding="utf-8"))


def _scenarios() -> list[dict[str, Any]]:
    return blocks()["scenario"]


@dataclass(frozen=True)
class _Plot:
    """The core of a story, its slots still open."""

    title: str
    fact: str
    effect: str
    outcome: str


class _Writer:
    """Draws stories one after the other and remembers what has been used."""

    def __init__(self, place: DemoPlace, people: Sequence[Resident], seed: int) -> None:
        self.place = place
        self.random = Random(seed)  # noqa: S311
        self.categories = load_playbook("hongshan").categories.by_code
        self.used: Counter[str] = Counter()
        self.texts: set[str] = set()
        self.speakers: dict[str, list[Resident]] = {}
        for person in people:
            if person.phone:
                self.speakers.setdefault(person.home_code[:16], []).append(person)

    def story(self, moment: datetime, age: int) -> Story:
        """A new story for a moment `age` days ago."""
        scenario = self._scenario(moment.month)
        plot = self._plot(scenario)
        building = self.random.choice([row for row in self.place.buildings if self._suits(row, plot, scenario)])
        speaker = self.random.choice(self.speakers[building.code])
        reporter = None if self.random.random() < 0.12 else speaker
        slots = self._slots(building, speaker, scenario["where"])
        return Story(
            raised_at=moment,
            title=plot.title.format_map(slots),
            text=self._text(scenario, plot, slots, named=reporter is not None),
            reporter=reporter,
            ending=self._ending(age),
            **self._what(scenario),
            **self._where(scenario["where"], building, slots),
            **self._answers(scenario, plot.outcome, slots),
        )

    def _scenario(self, month: int) -> dict[str, Any]:
        weights = [row.get("weight", 1) * (_IN_SEASON if month in row.get("months", ()) else 1) for row in _scenarios()]
        return self.random.choices(_scenarios(), weights)[0]

    def _plot(self, scenario: dict[str, Any]) -> _Plot:
        """A fact of the scenario with the title and outcome that belong to it, one of those told least so far."""
        fact = self._least_used(scenario["facts"])
        number = scenario["facts"].index(fact)
        return _Plot(
            title=scenario["titles"][number],
            fact=fact,
            effect=self._maybe(0.8, scenario["effects"]),
            outcome=scenario["done"][number],
        )

    def _suits(self, building: Building, plot: _Plot, scenario: dict[str, Any]) -> bool:
        """Whether the story can happen there: lifts in tall houses only, a firm only where an estate has one."""
        words = plot.fact + plot.effect + plot.outcome
        if scenario["category"] == "L105":
            return not building.is_tall
        needs_tall = any(word in words for word in _ONLY_IN_TALL)
        needs_firm = "物业" in words and "没有物业" not in words
        has_firm = "property_firm" in self.place.estate_of(building).bodies
        return (building.is_tall or not needs_tall) and (has_firm or not needs_firm)

    def _slots(self, building: Building, speaker: Resident, where: Where) -> dict[str, str]:
        """What fills the braces, all of one home and its surroundings."""
        home = next(home for home in building.homes if home.code == speaker.home_code)
        entrance = next(row.name for row in building.entrances if home in row.homes)
        pick = self.random.choice
        estate = self.place.estate_of(building).name
        return {
            "estate": estate,
            "building": building.name,
            "unit": entrance,
            "unit_place": f"{building.name}{entrance}",
            "floor": f"{home.floor}楼",
            "room": f"{home.name}室",
            "street": pick(_STREETS),
            "spot": pick(_STREET_SPOTS if where == "street" else _SPOTS),
            "days": pick(_DAYS),
            "when": pick(_WHEN),
            "hour": pick(_HOURS),
            "some": pick(_SOME),
            "age": pick(_AGES),
            "elder": pick(_ELDERS),
            "phone": speaker.phone,
            "surname": speaker.name[0],
        }

    def _text(self, scenario: dict[str, Any], plot: _Plot, slots: dict[str, str], named: bool) -> str:
        """A text that has not been written before, within the limits of length."""
        while True:
            text = self._reworded(self._sentences(scenario, plot, named)).format_map(slots)
            if text not in self.texts and SHORTEST <= len(text) <= LONGEST:
                self.texts.add(text)
                return text
            plot = replace(plot, effect=self.random.choice(scenario["effects"]))

    def _sentences(self, scenario: dict[str, Any], plot: _Plot, named: bool) -> str:
        """What the person writes: greeting and self, the matter, what it does to them, a demand, a number to call."""
        kind, maybe = scenario["kind"], self._maybe
        phone = maybe(0.12, _PHONES) if named else ""
        if scenario.get("plain"):
            return plot.fact + (plot.effect or scenario["effects"][0]) + maybe(0.4, _CLOSINGS)
        if scenario.get("danger"):
            return maybe(0.7, _URGENT_OPENINGS) + plot.fact + plot.effect + maybe(0.5, _URGENT_ASKS) + phone
        opening = maybe(0.55, _OPENINGS[kind]) + maybe(0.35, _SELVES[scenario["where"]])
        history = self._history() if kind in ("complaint", "report") else ""
        return opening + plot.fact + plot.effect + history + maybe(0.65, _ASKS[kind]) + maybe(0.2, _CLOSINGS) + phone

    def _history(self) -> str:
        """Mostly nothing, sometimes a sentence or several on what has been tried before."""
        count = self.random.choices((0, 1, 2, 3), (74, 15, 7, 4))[0]
        return "".join(self.random.sample(_HISTORIES, count))

    def _maybe(self, chance: float, choices: Sequence[str]) -> str:
        return self.random.choice(choices) if self.random.random() < chance else ""

    def _least_used(self, choices: Sequence[str]) -> str:
        """One of those used least so far, so that repetition comes as late as possible."""
        fewest = min(self.used[choice] for choice in choices)
        chosen = self.random.choice([choice for choice in choices if self.used[choice] == fewest])
        self.used[chosen] += 1
        return chosen

    def _reworded(self, text: str) -> str:
        """The text with a few words said differently, and now and then with careless punctuation."""
        for plain, other in _REWORDINGS:
            if self.random.random() < 0.3:
                text = text.replace(plain, other)
        if self.random.random() < 0.12:
            text = text.replace("。", "，").rstrip("，")
        return text

    def _ending(self, age: int) -> Ending:
        chances = next(chances for least, chances in _ENDINGS if age >= least)
        return self.random.choices(list(chances), list(chances.values()))[0]

    def _what(self, scenario: dict[str, Any]) -> dict[str, Any]:
        """Kind, entrance, channel, category and urgency."""
        kind, code = scenario["kind"], scenario["category"]
        danger = scenario.get("danger", False)
        functions = (scenario["function"],) if "function" in scenario else _FUNCTIONS[kind]
        return {
            "kind": kind,
            "function": self.random.choice(functions),
            "channel": self.random.choices(list(_CHANNELS), list(_CHANNELS.values()))[0],
            "category": code,
            "urgency": "emergency" if danger else self.categories[code].urgency,
            "danger": danger,
            "wishes_public": not code.startswith(_PRIVATE) and self.random.random() < 0.6,
        }

    def _where(self, where: Where, building: Building, slots: dict[str, str]) -> dict[str, Any]:
        """Place by code, by words and by point, as exact as people say it."""
        words = {
            "home": "{estate}{building}{unit}{room}",
            "building": "{estate}{building}{unit}",
            "estate": "{estate}{spot}",
            "street": "{street}，靠近{estate}",
            "community": "",
        }[where].format_map(slots)
        point = where != "community"
        return {
            "where": where,
            "building_code": building.code if where in ("home", "building") else "",
            "place_text": words,
            "longitude": self._near(building.longitude, where) if point else None,
            "latitude": self._near(building.latitude, where) if point else None,
        }

    def _near(self, degrees: float, where: Where) -> float:
        """The building's own coordinate, or one up to some thirty metres off for things that lie outdoors."""
        reach = 0.0 if where in ("home", "building") else 0.0003
        return round(degrees + self.random.uniform(-reach, reach), 7)

    def _answers(self, scenario: dict[str, Any], outcome: str, slots: dict[str, str]) -> dict[str, Any]:
        """The words of bodies and reporter for every state that the request may pass."""
        reason, declined = scenario.get("declined") or self.random.choice(_DECLINED)
        return {
            "accepted": self.random.choice(_ACCEPTED),
            "progress": self.random.choice(_PROGRESS),
            "transferred": self.random.choice(_TRANSFERRED),
            "handled": outcome.format_map(slots),
            "declined_reason": reason,
            "declined": declined,
            "withdrawn": self.random.choice(_WITHDRAWN),
            "rework": scenario.get("rework") or self.random.choice(_REWORK),
            "rating": self._rating(),
        }

    def _rating(self) -> Rating:
        satisfied: Literal["yes", "mostly", "no"] = self.random.choices(("yes", "mostly", "no"), (68, 20, 12))[0]
        solved: Literal["yes", "no"] = "no" if satisfied == "no" and self.random.random() < 0.7 else "yes"
        responded = satisfied != "no" or self.random.random() < 0.6
        return Rating(responded, solved, satisfied, self.random.choice(_COMMENTS[satisfied]))
