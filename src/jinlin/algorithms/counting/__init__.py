"""Counts ballots in whole numbers and exact fractions: tallies, bars that a share must reach, seats and ties."""

from jinlin.algorithms.counting.bars import Bar, Base, Standing, standing
from jinlin.algorithms.counting.seats import Seating, fill_seats
from jinlin.algorithms.counting.tallies import Measure, Paper, Tally, Weight, tally

__all__ = [
    "Bar",
    "Base",
    "Measure",
    "Paper",
    "Seating",
    "Standing",
    "Tally",
    "Weight",
    "fill_seats",
    "standing",
    "tally",
]
