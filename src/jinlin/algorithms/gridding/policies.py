"""What a good division is, as named policies: how much each fault of a grid weighs, and how long the search takes."""

from __future__ import annotations

from typing import NamedTuple


class Weights(NamedTuple):
    """What faults cost. A deviation is |households - mean| / mean of the community's grids."""

    deviation: float
    """Times the deviation."""
    square: float
    """Times the deviation squared, which is felt by the largest ones."""
    beyond_tenth: float
    """For a grid whose deviation is above 10 %."""
    beyond_fifth: float
    """For a grid whose deviation is above 20 %, besides."""
    estate: float
    """For each piece of an estate beyond those that its size demands."""
    road: float
    """For a grid with buildings on both sides of a major road."""
    shape: float
    """Times 1 - compactness (Polsby and Popper)."""


class Policy(NamedTuple):
    """Weights, and the course of the search: steps a building, first and last temperature."""

    weights: Weights
    steps: int
    hottest: float
    coldest: float


POLICIES = {
    "keep": Policy(
        Weights(deviation=0.5, square=2.0, beyond_tenth=0.25, beyond_fifth=0.2, estate=0.35, road=0.4, shape=0.75),
        steps=1200,
        hottest=0.4,
        coldest=0.02,
    ),
    "balance": Policy(
        Weights(deviation=0.1, square=4.0, beyond_tenth=0.3, beyond_fifth=0.2, estate=0.12, road=0.2, shape=0.2),
        steps=3500,
        hottest=0.4,
        coldest=0.015,
    ),
}
"""Set by trial on three synthetic cities: docs/algorithms/gridding.md says what each gives there."""
