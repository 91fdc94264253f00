"""Which offers fit which needs: the same kind, near enough, with the skills asked for, at a time that both have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from jinlin.algorithms.arrays import Flags, Numbers, Reals

HOURS_A_WEEK = 7 * 24
_WORDS = 3
_BITS = 64
MOST_SKILLS = 62

Bits = NDArray[np.uint64]


class Unfit(StrEnum):
    """The first thing that rules out every offer for a need, in the order in which it is looked at.

    DECIDED is for the caller: those who fit were agreed or declined before.
    """

    KIND = "kind"
    DISTANCE = "distance"
    SKILLS = "skills"
    TIME = "time"
    DECIDED = "decided"


FUNNEL = (Unfit.KIND, Unfit.DISTANCE, Unfit.SKILLS, Unfit.TIME)


@dataclass(frozen=True)
class Entries:
    """Offers or needs, one row each. `kind` are equal numbers for equal kinds; `x` and `y` metres, NaN where unknown.

    `area` are equal numbers for the same community: it stands in for the distance where a point is unknown. `skills` are
    bit sets, `hours` (rows, 3) bit sets of the hours of a week, `first_day` and `last_day` ordinals of days, inclusive.
    """

    kind: Numbers
    area: Numbers
    x: Reals
    y: Reals
    skills: Bits
    hours: Bits
    first_day: Numbers
    last_day: Numbers

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True)
class Fits:
    """The pairs that fit, ordered by offer and need, and for needs without any the first thing that rules all out.

    `metres` are NaN where a point is unknown; `shared_hours` are hours of a week that both have.
    """

    offer: Numbers
    need: Numbers
    metres: Reals
    shared_hours: Numbers
    unfit: dict[int, Unfit]


def hours_of(windows: list[tuple[int, int, int]]) -> Bits:
    """Return the hours of a week in which windows [weekday 0–6, first hour, hour it ends] lie; no windows, any hour.

    Raises:
        ValueError: for a weekday or an hour that does not exist, or a window that ends before it begins.
    """
    words = [0] * _WORDS
    for weekday, first, end in windows or [(day, 0, 24) for day in range(7)]:
        if not (0 <= weekday < 7 and 0 <= first < end <= 24):
            raise ValueError(f"There is no window from {first} to {end} o'clock on weekday {weekday}.")
        for hour in range(weekday * 24 + first, weekday * 24 + end):
            words[hour // _BITS] |= 1 << (hour % _BITS)
    return np.array(words, dtype=np.uint64)


def find_fits(offers: Entries, needs: Entries, *, most_metres: float) -> Fits:
    """Return which offers fit which needs.

    Offer and need fit when they are of one kind, at most `most_metres` apart (or in one community where a point is
    unknown), the offer has every skill that the need asks for, and they share at least an hour of the week and a day.
    """
    found, unfit = [np.zeros(0, np.int64)], {}
    for number in range(len(needs)):
        fitting, ruled_out = _fitting(offers, needs, number, most_metres)
        found.append(fitting)
        if ruled_out:
            unfit[number] = ruled_out
    offer = np.concatenate(found)
    need = np.repeat(np.arange(len(needs)), [len(fitting) for fitting in found[1:]])
    order = np.lexsort((need, offer))
    offer, need = offer[order], need[order]
    return Fits(offer, need, _metres(offers, needs, offer, need), _shared(offers, needs, offer, need), unfit)


def _fitting(offers: Entries, needs: Entries, need: int, most_metres: float) -> tuple[Numbers, Unfit | None]:
    """Return the offers that fit a need, or what rules out the last of them."""
    offer = np.arange(len(offers))
    for step in FUNNEL:
        offer = offer[_KEEPS[step](offers, needs, offer, need, most_metres)]
        if not len(offer):
            return offer, step
    return offer, None


def _of_kind(offers: Entries, needs: Entries, offer: Numbers, need: int, most_metres: float) -> Flags:
    return offers.kind[offer] == needs.kind[need]


def _near(offers: Entries, needs: Entries, offer: Numbers, need: int, most_metres: float) -> Flags:
    metres = _metres(offers, needs, offer, need)
    return np.where(np.isnan(metres), offers.area[offer] == needs.area[need], metres <= most_metres)


def _skilled(offers: Entries, needs: Entries, offer: Numbers, need: int, most_metres: float) -> Flags:
    asked = needs.skills[need]
    return (offers.skills[offer] & asked) == asked


def _in_time(offers: Entries, needs: Entries, offer: Numbers, need: int, most_metres: float) -> Flags:
    last = np.minimum(offers.last_day[offer], needs.last_day[need])
    days = last >= np.maximum(offers.first_day[offer], needs.first_day[need])
    return days & (_shared(offers, needs, offer, need) > 0)


_KEEPS = {Unfit.KIND: _of_kind, Unfit.DISTANCE: _near, Unfit.SKILLS: _skilled, Unfit.TIME: _in_time}


def _metres(offers: Entries, needs: Entries, offer: Numbers, need: Numbers | int) -> Reals:
    return np.hypot(offers.x[offer] - needs.x[need], offers.y[offer] - needs.y[need])


def _shared(offers: Entries, needs: Entries, offer: Numbers, need: Numbers | int) -> Numbers:
    both = offers.hours[offer] & needs.hours[need]
    return np.bitwise_count(both).sum(axis=1, dtype=np.int64)
