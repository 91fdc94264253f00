"""What somebody means who types an address: words, and the numbers of building, entrance and room, in many spellings."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from functools import lru_cache

from jinlin.algorithms.chinese_text import fold

BUILDING_UNITS = ("号楼", "楼栋", "栋", "幢", "座", "号", "楼", "#")
ENTRANCE_UNITS = ("单元", "门洞", "门", "梯")
ROOM_UNITS = ("号房", "室", "房", "户", "号")
ESTATE_ENDINGS = ("小区", "社区", "花园", "家园", "街道")
TRADITIONAL_UNITS = {"号楼": "號樓", "栋": "棟", "号": "號", "单元": "單元", "门": "門", "楼": "樓"}
LONGEST_ADDRESS = 100

_DIGIT = dict(zip("〇零一二三四五六七八九", (0, 0, *range(1, 10)), strict=True))
_SIDE = "东西南北中甲乙丙丁戊"
_NUMBER = rf"[{_SIDE}]?\d{{1,4}}[a-z]?|[a-z]\d{{0,2}}"
_COUNTED = re.compile(rf"[〇零一二三四五六七八九十百]+(?={'|'.join(BUILDING_UNITS + ENTRANCE_UNITS)})")
_ROOM = re.compile(rf"(?P<room>\d{{2,5}}[a-z]?)(?:{'|'.join(ROOM_UNITS)})?$")
_ENTRANCE = re.compile(rf"(?P<entrance>\d{{1,2}}|[a-z{_SIDE}])(?:{'|'.join(ENTRANCE_UNITS)})")
_BUILDING = re.compile(rf"(?P<building>{_NUMBER})(?:{'|'.join(map(re.escape, BUILDING_UNITS))})")
_BARE = re.compile(rf"(?P<numbers>(?:{_NUMBER})(?:-\d{{1,5}}[a-z]?){{0,2}})$")
_GAP = re.compile(r"(?<=[0-9a-z#楼栋幢座号元门])[\s\-_—－–/,，、]+(?=[0-9a-z])")


@dataclass(frozen=True)
class Address:
    """One reading of a typed address: the folded words, and the keys of building, entrance and room ("" if none)."""

    words: str
    building: str = ""
    entrance: str = ""
    room: str = ""


def readings(text: str) -> list[Address]:
    """Return what a typed address may mean, the likeliest reading first; the last takes all of it as words."""
    plain = _plain(text)
    found = [*_with_units(plain), *_with_bare_numbers(plain), Address(words=_words(plain))]
    return [reading for reading in dict.fromkeys(found) if reading != Address(words="")]


def _plain(text: str) -> str:
    folded = fold(text[:LONGEST_ADDRESS]).strip()
    return _COUNTED.sub(lambda found: str(_counted(found[0])), "".join(_GAP.sub("-", folded).split()))


def _counted(numeral: str) -> int:
    """Return the number that a Chinese numeral below 1,000 means; digits in a row, as in 一〇二, are read one by one."""
    if not set(numeral) & set("十百"):
        return int("".join(str(_DIGIT[sign]) for sign in numeral))
    total, digit = 0, 0
    for sign in numeral:
        if sign in _DIGIT:
            digit = _DIGIT[sign]
        else:
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
    return total + digit


def _with_units(plain: str) -> list[Address]:
    """Read 幸福里3号楼2单元501: the units say what each number is, and the last building counts."""
    entrance = _last(_ENTRANCE, plain)
    building = _last(_BUILDING, plain[: entrance.start()] if entrance else plain)
    known = [found for found in (building, entrance) if found]
    room = _ROOM.search(plain, known[-1].end() if known else 0)
    if not known and (room is None or room[0].isdigit()):
        return []
    start = known[0].start() if known else room.start()
    return [
        Address(
            words=_words(plain[:start]),
            building=building["building"] if building else "",
            entrance=entrance["entrance"] if entrance else "",
            room=room["room"] if room else "",
        )
    ]


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text), maxlen=1)), None)


def _with_bare_numbers(plain: str) -> list[Address]:
    """Read 幸福里3-2-501 and 幸福里3: numbers at the end without units, in their usual order."""
    found = _BARE.search(plain)
    if not found:
        return []
    words, numbers = _words(plain[: found.start()]), found["numbers"].split("-")
    match numbers:
        case [building, entrance, room]:
            return [Address(words, building, entrance, room)]
        case [building, other]:
            as_room, as_entrance = Address(words, building, room=other), Address(words, building, other)
            return [as_room, as_entrance] if len(other) > 2 else [as_entrance, as_room]
    [number] = numbers
    as_building, as_room = Address(words, number), Address(words, room=number)
    return [as_building, as_room] if len(number) > 2 else [as_building]


def _words(text: str) -> str:
    return text.strip("-#")


@lru_cache(maxsize=16_384)
def number_key(name: str) -> str:
    """Return what tells numbered places with one parent apart, whatever the unit: 3号楼, 3栋 and ３ give 3."""
    plain = "".join(fold(name).split())
    plain = _COUNTED.sub(lambda found: str(_counted(found[0])), plain)
    for unit in (*BUILDING_UNITS, *ENTRANCE_UNITS, *ROOM_UNITS):
        if plain.endswith(unit) and len(plain) > len(unit):
            plain = plain.removesuffix(unit)
            break
    return re.sub(r"\d+", lambda found: found[0].lstrip("0") or "0", plain)


@lru_cache(maxsize=4096)
def spellings(key: str, units: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that a numbered place with this key may have, for an exact look-up."""
    numbers = dict.fromkeys((key, key.upper(), key.lstrip("0"), key.zfill(2), key.zfill(4)))
    endings = dict.fromkeys(("", *units, *(TRADITIONAL_UNITS[unit] for unit in units if unit in TRADITIONAL_UNITS)))
    return tuple(number + ending for number in numbers if number for ending in endings)


def likeness(words: str, name: str) -> float:
    """Return how much of the typed words is found in a name, from 0 to 1, by pairs of characters."""
    wanted, known = _pairs(_bare(words)), _pairs(fold(name))
    return len(wanted & known) / len(wanted) if wanted else 1.0


def _bare(words: str) -> str:
    for ending in ESTATE_ENDINGS:
        if words.endswith(ending) and len(words) > len(ending) + 1:
            return words.removesuffix(ending)
    return words


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text} - {""}


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts 2号楼 before 10号楼."""
    parts = re.findall(r"\d+|\D+", fold(name))
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
