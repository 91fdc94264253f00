"""Bars: the share of the roll, or of what was cast, that something must reach, by heads or by area, without any rounding."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from jinlin.algorithms.counting.tallies import Measure, Weight


class Base(StrEnum):
    """What a share is a share of: all who may vote, or all who did."""

    ROLL = "roll"
    CAST = "cast"


@dataclass(frozen=True)
class Bar:
    """A share of a base by a measure; 以上 includes the number itself, 过半数 does not (`strict`; 民法典 art. 1259)."""

    share: Fraction
    strict: bool
    base: Base = Base.CAST
    measure: Measure = Measure.HEADS


@dataclass(frozen=True)
class Standing:
    """How something stands to a bar: `part` of `whole`, and how much it lacks (0 where the bar is met).

    Of nothing no share is reached: with a whole of 0 the bar is not met.
    """

    bar: Bar
    part: int
    whole: int

    @property
    def lacking(self) -> int:
        """The smallest number that would have to be added to `part`; one more than the whole may be lacking."""
        if self.whole == 0:
            return 1
        exact = self.bar.share * self.whole
        needed = exact.__floor__() + 1 if self.bar.strict else exact.__ceil__()
        return max(0, needed - self.part)

    @property
    def met(self) -> bool:
        """Whether the bar is reached."""
        return self.lacking == 0


def standing(bar: Bar, part: Weight, *, roll: Weight, cast: Weight) -> Standing:
    """Return how `part`, of a vote with this roll and these papers cast, stands to a bar."""
    whole = roll if bar.base == Base.ROLL else cast
    return Standing(bar, part.by(bar.measure), whole.by(bar.measure))
