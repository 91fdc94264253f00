"""The code of a place as a path of digits: levels, parents, ranges below a place, and the next free code.

A code is as long as its level demands: 6 digits of the district (GB/T 2260), 3 of the subdistrict (GB/T 10114) and 3 of
the community make the statistical division code; 4 of the building, 2 of the entrance (单元) and 4 of the home (户室)
follow. A longer code begins with the code of every place it lies in, so that "everything below" is a range of strings.
A grid is no place of this path: its label is the community's code and 3 digits, and is written and checked apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import NamedTuple

GRID_DIGITS = 3
ENTRANCE_OF_UNDIVIDED_BUILDING = "00"

_DIGITS = re.compile(r"[0-9]+", re.ASCII)


class Level(IntEnum):
    """Level of a place; the value is the length of its code in digits."""

    DISTRICT = 6
    SUBDISTRICT = 9
    COMMUNITY = 12
    BUILDING = 16
    ENTRANCE = 18
    HOME = 22

    @property
    def above(self) -> Level | None:
        """The next higher level, or None for a district."""
        position = _LEVELS.index(self)
        return _LEVELS[position - 1] if position else None

    @property
    def below(self) -> Level | None:
        """The next lower level, or None for a home."""
        position = _LEVELS.index(self)
        return _LEVELS[position + 1] if position + 1 < len(_LEVELS) else None


_LEVELS = tuple(Level)


class Fault(StrEnum):
    """Why a text is not a place code."""

    EMPTY = "empty"
    NOT_DIGITS = "not_digits"
    WRONG_LENGTH = "wrong_length"
    UNKNOWN_PROVINCE = "unknown_province"
    ZERO_PART = "zero_part"


_EXPLANATIONS = {
    Fault.EMPTY: "A place code is missing.",
    Fault.NOT_DIGITS: "The place code {code!r} may hold the digits 0 to 9 only.",
    Fault.WRONG_LENGTH: (
        "The place code {code!r} has {length} digits; it needs 6 (district), 9 (subdistrict), 12 (community), "
        "16 (building), 18 (entrance) or 22 (home)."
    ),
    Fault.UNKNOWN_PROVINCE: "The place code {code!r} does not begin with a province from 11 to 82.",
    Fault.ZERO_PART: "The place code {code!r} has a part of zeros only; write the shorter code of the place above.",
}


class InvalidPlaceCode(ValueError):
    """The text is not a place code; `fault` names the reason and the message explains it."""

    def __init__(self, code: str, fault: Fault) -> None:
        self.code = code
        self.fault = fault
        super().__init__(_EXPLANATIONS[fault].format(code=code[:40], length=len(code)))


class InvalidGridLabel(ValueError):
    """The text is not the label of a grid: a community's code of 12 digits and a number from 001 to 999."""


class CodesExhausted(ValueError):
    """Every number below a place has been given out."""


class CodeRange(NamedTuple):
    """Half-open range of strings: `low <= code < high` holds for a place and for everything in it, and nothing else."""

    low: str
    high: str


def fault_in(code: str) -> Fault | None:
    """Return the first reason why `code` is not a place code, or None when it is one."""
    if not code:
        return Fault.EMPTY
    if not _DIGITS.fullmatch(code):
        return Fault.NOT_DIGITS
    if len(code) not in _LEVELS:
        return Fault.WRONG_LENGTH
    if not "11" <= code[:2] <= "82":
        return Fault.UNKNOWN_PROVINCE
    return Fault.ZERO_PART if _has_zero_part(code) else None


def level_of(code: str) -> Level:
    """Return the level of a place code; raises InvalidPlaceCode."""
    if fault := fault_in(code):
        raise InvalidPlaceCode(code, fault)
    return Level(len(code))


def parent_of(code: str) -> str | None:
    """Return the code of the place directly above, or None for a district; raises InvalidPlaceCode."""
    above = level_of(code).above
    return code[:above] if above else None


def ancestors_of(code: str) -> list[str]:
    """Return the codes of all places above, the district first; raises InvalidPlaceCode."""
    level = level_of(code)
    return [code[:upper] for upper in Level if upper < level]


def ancestor_at(code: str, level: Level) -> str | None:
    """Return the code of the place at `level` that `code` is or lies in, or None when `code` stands above it."""
    return code[:level] if level_of(code) >= level else None


def prefix_range(code: str) -> CodeRange:
    """Return the range that an indexed query needs for a place and everything in it; raises InvalidPlaceCode.

    Both ends are digits only, so the order holds under every collation, and no code overflows as provinces end at 82.
    """
    level_of(code)
    return CodeRange(code, str(int(code) + 1))


def is_within(code: str, scope: str) -> bool:
    """Say whether the place `code` is `scope` or lies in it; raises InvalidPlaceCode for either."""
    level_of(code)
    level_of(scope)
    return code.startswith(scope)


def next_child(code: str, used: Iterable[str]) -> str:
    """Return the next free code directly below `code`.

    `used` are the codes ever given out, retired ones included, because a code is never used again; codes of other
    places in it are passed over. The number after the highest is taken, and a gap only when the highest is reached.
    Raises InvalidPlaceCode, also for a home, which has nothing below it, and CodesExhausted.
    """
    below = level_of(code).below
    if below is None:
        raise InvalidPlaceCode(code, Fault.WRONG_LENGTH)
    taken = {int(other[len(code) : below]) for other in used if len(other) >= below and other.startswith(code)}
    return code + _next_number(taken, below - len(code), code)


def grid_label(community: str, number: int) -> str:
    """Return the label of a grid, such as 430202001003 + 007; raises InvalidPlaceCode or InvalidGridLabel."""
    if level_of(community) is not Level.COMMUNITY:
        raise InvalidGridLabel(f"A grid hangs on a community, and {community!r} is not the code of one (12 digits).")
    if not 1 <= number < 10**GRID_DIGITS:
        raise InvalidGridLabel(f"A grid's number runs from 1 to 999, not {number}.")
    return f"{community}{number:0{GRID_DIGITS}d}"


def next_grid_label(community: str, used: Iterable[str]) -> str:
    """Return the next free grid label of a community; `used` holds every label ever given, retired ones included."""
    taken = {int(label[Level.COMMUNITY :]) for label in used if label.startswith(community)}
    return grid_label(community, int(_next_number(taken, GRID_DIGITS, community)))


def community_of_grid(label: str) -> str:
    """Return the community of a grid label; raises InvalidGridLabel when it is not one."""
    community, number = label[: Level.COMMUNITY], label[Level.COMMUNITY :]
    if fault_in(community) or not _DIGITS.fullmatch(number) or len(number) != GRID_DIGITS or not int(number):
        raise InvalidGridLabel(f"The grid label {label[:40]!r} must be a community's 12 digits and 001 to 999.")
    return community


def _has_zero_part(code: str) -> bool:
    """Say whether a part below the province is zeros only; an entrance may be, in a building without entrances."""
    ends = [level for level in Level if level <= len(code)]
    parts = [code[start:end] for start, end in zip([2, *ends], ends, strict=False) if end != Level.ENTRANCE]
    return any(not int(part) for part in parts)


def _next_number(taken: set[int], digits: int, code: str) -> str:
    limit = 10**digits
    number = max(taken, default=0) + 1
    if number == limit:
        number = next((free for free in range(1, limit) if free not in taken), limit)
    if number >= limit:
        raise CodesExhausted(f"All {limit - 1} numbers below {code} have been given out.")
    return f"{number:0{digits}d}"
