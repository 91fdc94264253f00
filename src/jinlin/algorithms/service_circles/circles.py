"""How many households live within so many minutes of a site."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from jinlin.algorithms.arrays import Flags, Numbers, Reals
from jinlin.algorithms.service_circles.network import WalkingNetwork

METRES_PER_MINUTE = Fraction(80)
"""The usual pace of planning norms for walking, 4.8 kilometres an hour."""

_TO_THE_MILLIMETRE = 0.0005


class Circle(NamedTuple):
    """The households within so many minutes, of all that there are."""

    minutes: Fraction
    households: int
    of: int

    @property
    def share(self) -> Fraction:
        """The part of the households that lives within."""
        return Fraction(self.households, self.of)


def reach(minutes: Fraction, metres_per_minute: Fraction = METRES_PER_MINUTE) -> float:
    """Return how many metres are walked in so many minutes, and half a millimetre so that exactly as far is within.

    Raises:
        ValueError: for minutes or a pace of 0 or less.
    """
    if minutes <= 0 or metres_per_minute <= 0:
        raise ValueError("Minutes and metres a minute have to be more than 0.")
    return float(minutes * metres_per_minute) + _TO_THE_MILLIMETRE


def within(metres: Reals, minutes: Fraction, metres_per_minute: Fraction = METRES_PER_MINUTE) -> Flags:
    """Return which distances are walked in so many minutes; lengths count to the millimetre, and exactly is within."""
    return metres <= reach(minutes, metres_per_minute)


def measure_circles(
    metres: Reals, households: Numbers, minutes: Sequence[Fraction], metres_per_minute: Fraction = METRES_PER_MINUTE
) -> list[Circle]:
    """Return the circle of each limit; `metres` and `households` are one entry a demand point, inf where no path leads.

    Raises:
        ValueError: without a household, or for minutes or a pace of 0 or less.
    """
    total = int(households.sum())
    if total <= 0:
        raise ValueError("There is no household at all, so no share of them.")
    return [Circle(limit, int(households[within(metres, limit, metres_per_minute)].sum()), total) for limit in minutes]


def demand_reached(
    network: WalkingNetwork,
    sites: Numbers,
    demand: Numbers,
    minutes: Fraction,
    metres_per_minute: Fraction = METRES_PER_MINUTE,
) -> tuple[Numbers, Numbers]:
    """Return which demand points each site serves: site s those at `point[start[s]:start[s + 1]]`, as (start, point).

    `sites` and `demand` are nodes of the network; several demand points may share one.
    """
    circles = network.isochrones(sites, reach(minutes, metres_per_minute))
    at_node = np.bincount(demand, minlength=network.nodes)
    by_node, first = np.argsort(demand, kind="stable"), np.r_[0, np.cumsum(at_node)]
    counts = at_node[circles.node]
    before = np.r_[0, np.cumsum(counts)]
    steps = np.arange(before[-1]) - np.repeat(before[:-1], counts)
    return before[circles.start], by_node[np.repeat(first[circles.node], counts) + steps]
