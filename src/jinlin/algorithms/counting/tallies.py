"""Adds up papers by option; a paper with more marks than allowed is void, one without marks is blank, and both were cast."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What is counted: heads, or exclusive area in 0.01 m²."""

    HEADS = "heads"
    AREA = "area"


@dataclass(frozen=True)
class Weight:
    """Heads, and their exclusive area in 0.01 m²."""

    heads: int = 0
    area: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.heads + other.heads, self.area + other.area)

    def by(self, measure: Measure) -> int:
        """Return the heads or the area."""
        return self.heads if measure == Measure.HEADS else self.area


@dataclass(frozen=True)
class Paper:
    """What one voter handed in for one question: the options marked, and what the voter weighs."""

    marks: tuple[str, ...]
    weight: Weight = Weight(heads=1)


@dataclass(frozen=True)
class Tally:
    """The papers of one question added up; `cast` is all of them, also the blank and the void ones."""

    cast: Weight
    blank: Weight
    void: Weight
    options: Mapping[str, Weight]


def tally(papers: Iterable[Paper], options: Iterable[str], most: int = 1) -> Tally:
    """Add up `papers` of a question with these `options`, of which up to `most` may be marked.

    A mark for something that is no option, or twice for the same, makes a paper void, as too many marks do (居委会选举规程:
    more names than seats); fewer marks than allowed are valid.
    """
    sums = {option: [0, 0] for option in options}
    cast, blank, void = [0, 0], [0, 0], [0, 0]
    for paper in papers:
        marks, weight = paper.marks, paper.weight
        _add(cast, weight)
        if not marks:
            _add(blank, weight)
        elif len(marks) > most or len(set(marks)) < len(marks) or any(mark not in sums for mark in marks):
            _add(void, weight)
        else:
            for mark in marks:
                _add(sums[mark], weight)
    return Tally(Weight(*cast), Weight(*blank), Weight(*void), {option: Weight(*pair) for option, pair in sums.items()})


def _add(pair: list[int], weight: Weight) -> None:
    pair[0] += weight.heads
    pair[1] += weight.area
