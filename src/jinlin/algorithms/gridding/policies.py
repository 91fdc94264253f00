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
    "keep": Policy(Weights(1.0, 0.0, 0.1, 0.1, 0.2, 0.2, 0.4), steps=1000, hottest=0.1, coldest=0.01),
    "balance": Policy(Weights(0.2, 1.5, 0.3, 0.1, 0.1, 0.2, 0.02), steps=3000, hottest=0.1, coldest=0.01),
}
