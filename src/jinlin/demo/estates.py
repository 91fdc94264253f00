"""Lays estates out for a number of households: from courtyards of the seventies to towers with lifts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from random import Random

from jinlin.demo.ground import Point
from jinlin.demo.plans import EstatePlan
from jinlin.demo.shares import even_shares

GRID_HOUSEHOLDS = 150


@dataclass(frozen=True)
class Style:
    """How the buildings of an estate are: each stands on a `cell` of ground (metres)."""

    endings: str
    entrances: int
    floors: int
    homes_a_floor: int
    square_metres: tuple[int, ...]
    cell: Point
    bodies: tuple[str, ...]

    @property
    def homes(self) -> int:
        """How many homes a building has at most."""
        return self.entrances * self.floors * self.homes_a_floor


@dataclass(frozen=True)
class Size:
    """How many households an estate has, and how many homes each of its neighbour areas, where it has any."""

    households: int
    areas: tuple[int, ...] = ()


OLD = Style("新村 宿舍 里 大院", 3, 6, 2, (48, 57), (64.0, 38.0), ())
MIDDLE = Style("小区 花园 家园 苑", 3, 7, 2, (78, 89), (72.0, 42.0), ("property_firm", "owners_committee"))
TALL = Style("公寓 名邸 华庭 雅居", 2, 15, 2, (92, 108), (58.0, 48.0), ("property_firm", "owners_committee"))
STYLES = (OLD, MIDDLE, TALL)
_SHARES = (45, 40, 15)


def lay_out(name: str, street: str, size: Size, style: Style, *, with_grids: bool = True) -> EstatePlan:
    """An estate of exactly this size, its buildings as full as one another."""
    count = max(1, ceil(size.households / style.homes))
    columns = ceil(sqrt(count * style.cell[1] / style.cell[0]))
    rows = tuple(even_shares(count, ceil(count / columns)))
    return EstatePlan(
        name=name,
        street=street,
        size=(rows[0] * style.cell[0], len(rows) * style.cell[1]),
        rows=rows,
        entrances=(style.entrances,) * count,
        floors=(style.floors,) * count,
        homes_a_floor=style.homes_a_floor,
        square_metres=style.square_metres,
        homes=tuple(even_shares(size.households, count)),
        grids=_grids(size.households, count) if with_grids else (),
        areas=size.areas,
        bodies=style.bodies,
    )


def _grids(households: int, buildings: int) -> tuple[int, ...]:
    """How many buildings each grid takes, for about 150 households in each."""
    return tuple(even_shares(buildings, min(buildings, max(1, round(households / GRID_HOUSEHOLDS)))))


class Names:
    """Gives plausible names of estates, each once, and the styles that go with them."""

    def __init__(self, stems: Sequence[str], seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - the demo's data need no secret randomness
        pairs = [(stem, ending) for stem in stems for ending in " ".join(style.endings for style in STYLES).split()]
        self._random.shuffle(pairs)
        self._left = pairs

    def next(self, style: Style) -> str:
        """A name that fits the style. Raises StopIteration when all are given."""
        found = next(pair for pair in self._left if pair[1] in style.endings.split())
        self._left.remove(found)
        return "".join(found)

    def style(self) -> Style:
        """A style, the old ones more often than the tall ones."""
        return self._random.choices(STYLES, _SHARES)[0]
