"""What an indicator is: records of which it is made, how it is counted from them, and how it is said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from jinlin.platform.access import Grant, in_scope
from jinlin.platform.errors import Words

Number = int | Fraction
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Source:
    """Records of one kind as they stood on a day; `place` is the column with the code of their place."""

    find: Callable[[date], Rows]
    place: str = "place_code"


@dataclass(frozen=True)
class Look:
    """A day, and the area that is looked at: that of `grants`, or the whole place without any."""

    day: date
    grants: Iterable[Grant] | None = None

    def at(self, source: Source) -> Rows:
        """Return the records of the source on the day, within the area."""
        rows = source.find(self.day)
        return rows if self.grants is None else rows.filter(in_scope(self.grants, place=source.place))


Measure = Callable[[Rows, Look], Number | None]


@dataclass(frozen=True)
class Part:
    """A number of an indicator: what is counted of which records."""

    source: Source
    measure: Measure


@dataclass(frozen=True)
class Indicator:
    """A number, or some that are said together, with the records behind it.

    With `more_than` the number is said as "more than n", n being one less than what was counted.
    """

    id: str
    name: Words
    unit: Words
    formula: Words
    parts: tuple[Part, ...]
    more_than: bool = False
    period: Words = ""

    @property
    def bound(self) -> str:
        """How the value is meant: "=" as it is, ">" as a number that is exceeded."""
        return ">" if self.more_than else "="

    def measured(self, look: Look) -> "Measured":
        """Count it from the records."""
        found = [(part, look.at(part.source)) for part in self.parts]
        values = tuple(self._said(part.measure(rows, look)) for part, rows in found)
        return Measured(self, values, tuple(rows.count() for _part, rows in found))

    def _said(self, value: Number | None) -> Number | None:
        return max(value - 1, 0) if self.more_than and value is not None else value


@dataclass(frozen=True)
class Measured:
    """An indicator as it stood: its values, and how many records are behind each."""

    indicator: Indicator
    values: tuple[Number | None, ...]
    rows: tuple[int, ...]

    @property
    def numbers(self) -> list[int | float | None]:
        """The values with at most two decimals; None where there is nothing to divide by."""
        return [_plain(value) for value in self.values]

    def as_dict(self) -> dict[str, object]:
        """Return it as the command prints it; of several values, a list."""
        numbers = self.numbers
        return {
            "name": str(self.indicator.name),
            "value": numbers[0] if len(numbers) == 1 else numbers,
            "bound": self.indicator.bound,
            "unit": str(self.indicator.unit),
            "period": str(self.indicator.period),
            "formula": str(self.indicator.formula),
            "rows": sum(self.rows),
        }


def _plain(value: Number | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if Fraction(value).denominator == 1 else round(float(value), 2)


def count(rows: Rows, _look: Look) -> int:
    """Count the records."""
    return rows.count()


def distinct(column: str) -> Measure:
    """Count the different values of a column, such as persons and not posts."""
    return lambda rows, _look: rows.values(column).distinct().count()


def ratio_to(whole: Source, times: int = 1) -> Measure:
    """Divide the number of records by that of `whole`, `times` over: 100 gives a percentage."""
    return lambda rows, look: _divided(rows.count() * times, look.at(whole).count())


def distinct_to(column: str, total: Callable[[Look], int]) -> Measure:
    """Say how many in a hundred of a total the different values of a column are."""
    return lambda rows, look: _divided(rows.values(column).distinct().count() * 100, total(look))


def number_of(source: Source) -> Callable[[Look], int]:
    """The number of records of a source, as a total to divide by."""
    return lambda look: look.at(source).count()


def mean_of(things: Source) -> Measure:
    """Divide the number of `things` by that of the records: homes by grids, say."""
    return lambda rows, look: _divided(look.at(things).count(), rows.count())


def per(total: Callable[[Look], int], times: int) -> Measure:
    """Divide the number of records, `times` over, by a total such as the residents."""
    return lambda rows, look: _divided(rows.count() * times, total(look))


def _divided(value: int, by: int) -> Fraction | None:
    return Fraction(value, by) if by else None
