"""Fills seats by the number of marks; a tie over the last seat is left open for the rule or the people who settle it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jinlin.algorithms.counting.tallies import Weight


@dataclass(frozen=True)
class Seating:
    """Who takes a seat, in order; who is tied for those that are left; and how many stay empty."""

    taken: tuple[str, ...]
    tied: tuple[str, ...]
    empty: int


def fill_seats(options: Mapping[str, Weight], seats: int, passing: Iterable[str] | None = None) -> Seating:
    """Give up to `seats` seats to those among `passing` (all, if None) with the most heads and at least one.

    Those who are alike share the same fate: where not all of them find a seat, none does, and they are `tied`.
    """
    able = set(options if passing is None else passing)
    heads = {option: weight.heads for option, weight in options.items() if option in able and weight.heads}
    taken: list[str] = []
    for count in sorted(set(heads.values()), reverse=True):
        alike = [option for option in heads if heads[option] == count]
        if len(taken) == seats:
            break
        if len(taken) + len(alike) > seats:
            return Seating(tuple(taken), tuple(alike), 0)
        taken += alike
    return Seating(tuple(taken), (), seats - len(taken))
