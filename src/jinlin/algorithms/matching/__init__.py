"""Matching of offers with needs, both with capacities, for the greatest benefit: proved, or within a bound."""

from jinlin.algorithms.matching.market import InvalidMarket
from jinlin.algorithms.matching.solving import QUICK, Matching, Shortage, Why, match

__all__ = ["QUICK", "InvalidMarket", "Matching", "Shortage", "Why", "match"]
