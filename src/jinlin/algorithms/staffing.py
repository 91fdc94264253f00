"""How many posts a population needs, and the share of posts that are filled; integers and exact fractions only."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

PER = 10_000


@dataclass(frozen=True)
class Need:
    """Posts that are needed and filled; `gap` is what is missing, never less than nothing."""

    required: int
    filled: int

    @property
    def gap(self) -> int:
        return max(self.required - self.filled, 0)

    @property
    def is_met(self) -> bool:
        return self.filled >= self.required

    @property
    def share(self) -> Fraction | None:
        """The filled share; None where nothing is needed."""
        return Fraction(self.filled, self.required) if self.required else None


def posts_required(population: int, per_10000: int) -> int:
    """Return the least whole number of posts that keeps the norm of `per_10000` for each 10,000 residents.

    Raises ValueError for a population of nobody or a norm that is not positive.
    """
    if population <= 0 or per_10000 <= 0:
        raise ValueError(f"a population of {population} with a norm of {per_10000} per 10,000 needs no plan")
    return -(-population * per_10000 // PER)


def posts_required_in_all(populations: Iterable[int], per_10000: int) -> tuple[int, int]:
    """Return what the places need together, both ways: each rounded up by itself (the plan), and the sum rounded up once."""
    known = list(populations)
    if not known:
        return 0, 0
    return sum(posts_required(one, per_10000) for one in known), posts_required(sum(known), per_10000)


def seems_in_ten_thousands(population: int, homes: int) -> bool:
    """Say whether a population looks as if written in 万: fewer persons than a tenth of the homes."""
    return 0 < population * 10 < homes
