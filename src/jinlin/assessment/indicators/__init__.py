"""The indicators: each is data and a small function, computed from records to which its number leads."""

from jinlin.assessment.indicators.base import Indicator, Look, Measured, Part
from jinlin.assessment.indicators.here import indicators_of, measured_here
from jinlin.assessment.indicators.registry import INDICATORS
from jinlin.assessment.indicators.rows import Listed, listed

__all__ = ["INDICATORS", "Indicator", "Listed", "Look", "Measured", "Part", "indicators_of", "listed", "measured_here"]
