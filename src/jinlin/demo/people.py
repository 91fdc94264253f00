"""The fictional people of the demo: residents by household and holders of posts, with names and telephone numbers of nobody.

The numbers lie in the block 199 0000 0000 to 199 0000 9999, which is kept for this purpose.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

AgeBand = Literal["child", "adult", "older"]
ResidenceRole = Literal["owner", "tenant", "resident"]

PHONE_BLOCK = "1990000"

_SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文普木和"
)
# Common surnames stand first; the weight falls with the rank.
_SURNAME_WEIGHTS = [1 / (rank + 6) for rank in range(len(_SURNAMES))]

_OLDER_WOMEN = (
    "秀兰 桂英 玉珍 凤英 淑芬 惠芳 琼仙 美珍 素华 翠莲 桂仙 玉芬 "
    "兰芝 云仙 秀珍 淑琴 丽华 琼芬 凤仙 荷花 月娥 玉仙 慧珍 桂芝"
)
_OLDER_MEN = (
    "建国 德明 永福 家顺 国栋 正华 有才 绍文 光荣 兴才 玉昆 文忠 "
    "开明 树林 廷富 学良 炳文 世昌 福生 朝东 自强 天顺 汝林 春和"
)
_WOMEN_FIRST = "雅思婉静晓雪丽佳梦若语诗心欣怡芳燕红秋春海莉琳颖慧敏"
_WOMEN_SECOND = "琪婷怡雯涵梅萍娟妍霞蓉芸莹洁媛彤岚薇霖菲瑶雁宁玲"
_MEN_FIRST = "志文俊明子浩天宇家建国晓海永立博承启元泽景云振世"
_MEN_SECOND = "轩豪杰涛峰鹏辉斌超凯宁远航磊洋伟达昊坤铭毅诚霖松"

# How many of 100 households have one, two … six members; the mean is 3.
_HOUSEHOLD_SIZES = (1, 2, 3, 4, 5, 6)
_SIZE_WEIGHTS = (12, 24, 30, 20, 10, 4)
_TENANT_SHARE = 0.22


@dataclass(frozen=True)
class Resident:
    """A person in a household; children and some older people have no telephone."""

    number: int
    name: str
    phone: str
    home_code: str
    role: ResidenceRole
    age_band: AgeBand


def residents(homes: Sequence[str], count: int, seed: int = 2026) -> tuple[Resident, ...]:
    """Fill every home (a place code) with a household, `count` persons in all.

    Raises ValueError when that cannot be done with one to six persons in each home.
    """
    random = Random(seed)  # noqa: S311 - the demo's data need no secret randomness
    sizes = _sizes(random, len(homes), count)
    phones = random.sample(range(10_000), count) if count <= 10_000 else []
    members = [member for home, size in zip(homes, sizes, strict=True) for member in _household(random, home, size)]
    return tuple(
        Resident(number, name, f"{PHONE_BLOCK}{phone:04d}" if _has_phone(random, band) else "", home, role, band)
        for number, ((name, home, role, band), phone) in enumerate(zip(members, phones, strict=True), start=1)
    )


def endless_names(seed: int = 8) -> Iterator[str]:
    """Names of grown-ups; some come twice, as in life."""
    random = Random(seed)  # noqa: S311
    while True:
        yield _surname(random) + _given(random, "adult", random.random() < 0.5)


def _sizes(random: Random, homes: int, count: int) -> list[int]:
    """Household sizes that add up to `count`: drawn by weight, then moved by ones until the sum fits."""
    low, high = _HOUSEHOLD_SIZES[0], _HOUSEHOLD_SIZES[-1]
    if not homes * low <= count <= homes * high or count > 10_000:
        raise ValueError(
            f"{count} residents do not fit into {homes} homes with {low} to {high} each and 10,000 phones."
        )
    sizes = random.choices(_HOUSEHOLD_SIZES, _SIZE_WEIGHTS, k=homes)
    while (missing := count - sum(sizes)) != 0:
        step = 1 if missing > 0 else -1
        for index in random.sample(range(homes), min(homes, abs(missing))):
            if low <= sizes[index] + step <= high:
                sizes[index] += step
    return sizes


def _household(random: Random, home: str, size: int) -> Iterator[tuple[str, str, ResidenceRole, AgeBand]]:
    """The members of a household; the first holds the home, children carry the first adult's surname."""
    holder: ResidenceRole = "tenant" if random.random() < _TENANT_SHARE else "owner"
    family = _surname(random)
    used: set[str] = set()
    for position, band in enumerate(_bands(random, size)):
        surname = family if position == 0 or band == "child" else _other_surname(random, family)
        name = _fresh_name(random, surname, band, used)
        yield name, home, holder if position == 0 else "resident", band


def _bands(random: Random, size: int) -> Sequence[AgeBand]:
    """The ages in a household: pensioners alone or in pairs, couples, families with children and grandparents."""
    if size <= 2:
        band: AgeBand = "older" if random.random() < 0.38 else "adult"
        return (band,) * size
    children = 1 if size == 3 or random.random() < 0.6 else 2
    grandparents: list[AgeBand] = ["older" for _ in range(size - 2 - children)]
    young: list[AgeBand] = ["child" for _ in range(children)]
    return ["adult", "adult", *grandparents, *young]


def _other_surname(random: Random, family: str) -> str:
    return family if random.random() < 0.3 else _surname(random)


def _fresh_name(random: Random, surname: str, band: AgeBand, used: set[str]) -> str:
    """A name that nobody else in the household has."""
    name = surname + _given(random, band, random.random() < 0.5)
    while name in used:
        name = surname + _given(random, band, random.random() < 0.5)
    used.add(name)
    return name


def _surname(random: Random) -> str:
    return random.choices(_SURNAMES, _SURNAME_WEIGHTS)[0]


def _given(random: Random, band: AgeBand, woman: bool) -> str:
    if band == "older":
        return random.choice((_OLDER_WOMEN if woman else _OLDER_MEN).split())
    first, second = (_WOMEN_FIRST, _WOMEN_SECOND) if woman else (_MEN_FIRST, _MEN_SECOND)
    return random.choice(first) + random.choice(second)


def _has_phone(random: Random, band: AgeBand) -> bool:
    return band == "adult" or (band == "older" and random.random() < 0.8)
