"""Small cities of square cells for the tests of grid division, with a slow count of their figures."""

from collections import defaultdict
from dataclasses import dataclass, replace
from math import ceil, pi

import numpy as np
from hypothesis import strategies as st
from shapely import box, unary_union

from jinlin.algorithms.gridding import City, make_city

SIDE = 20.0


@dataclass(frozen=True)
class Cell:
    """One building on a chequered ground; it stands in `column` and `row`, west and south first."""

    community: str
    column: int
    row: int
    households: int
    estate: str

    @property
    def name(self) -> str:
        return f"{self.community}-{self.column}-{self.row}"


def city_of(cells: list[Cell], *, road: int = -1, with_cells: bool = True, turn: bool = False) -> City:
    """Return the city of these cells; a major road runs west of column `road`, `turn` gives each border the other way."""
    borders = [(a, b, SIDE, a.column != b.column and max(a.column, b.column) == road) for a, b in neighbours(cells)]
    columns = {
        "building": [cell.name for cell in cells],
        "community": [cell.community for cell in cells],
        "estate": [cell.estate for cell in cells],
        "households": [cell.households for cell in cells],
        "x": [cell.column * SIDE for cell in cells],
        "y": [cell.row * SIDE for cell in cells],
        "a": [(b if turn else a).name for a, b, _length, _major in borders],
        "b": [(a if turn else b).name for a, b, _length, _major in borders],
        "shared_length": [length for _a, _b, length, _major in borders],
        "crosses_major_road": [major for _a, _b, _length, major in borders],
    }
    if with_cells:
        columns |= {"area": [SIDE**2] * len(cells), "perimeter": [4 * SIDE] * len(cells)}
    return make_city(**columns)


def neighbours(cells: list[Cell]) -> list[tuple[Cell, Cell]]:
    """Return the pairs of cells that share a side, whatever their communities."""
    at = {(cell.column, cell.row): cell for cell in cells}
    steps = ((1, 0), (0, 1))
    return [
        (cell, at[cell.column + east, cell.row + north])
        for cell in cells
        for east, north in steps
        if (cell.column + east, cell.row + north) in at
    ]


def rectangle(community: str, west: int, wide: int, high: int, households: int = 50, estate: str = "") -> list[Cell]:
    """Return a community whose cells fill a rectangle; without an estate each cell is on its own."""
    return [Cell(community, west + column, row, households, estate) for row in range(high) for column in range(wide)]


@st.composite
def cell_lists(draw: st.DrawFn, communities: int = 3) -> list[Cell]:
    """Return communities beside each other, each of one piece, with holes, estates and households of any kind."""
    cells, west = [], 0
    for number in range(draw(st.integers(1, communities))):
        wide, high = draw(st.integers(1, 6)), draw(st.integers(1, 6))
        missing = draw(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8))
        random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        ground = [
            replace(
                cell,
                households=int(random.integers(0, 121)),
                estate=random.choice(["", *(f"{cell.column // 3}{cell.row // 2}",) * 9]),
            )
            for cell in rectangle(f"c{number}", west, wide, high)
            if (cell.column - west, cell.row) not in missing
        ]
        cells += max(pieces(ground), key=len, default=[])
        west += wide
    return cells or rectangle("c0", 0, 2, 2)


def pieces(cells: list[Cell]) -> list[list[Cell]]:
    """Return the cells by piece; cells of one piece reach each other over sides."""
    beside = defaultdict(list)
    for a, b in neighbours(cells):
        beside[a].append(b)
        beside[b].append(a)
    found, seen = [], set()
    for cell in cells:
        if cell in seen:
            continue
        seen.add(cell)
        piece = [cell]
        for member in piece:
            fresh = [other for other in beside[member] if other not in seen]
            seen.update(fresh)
            piece += fresh
        found.append(piece)
    return found


def members(cells: list[Cell], codes: list[str]) -> dict[str, list[Cell]]:
    """Return the cells of each grid; those without one are left out."""
    grids = defaultdict(list)
    for cell, code in zip(cells, codes, strict=True):
        if code:
            grids[code].append(cell)
    return dict(grids)


def slow_figures(cells: list[Cell], codes: list[str], road: int, target: int = 150) -> dict[str, float]:
    """Return the figures of an assignment whose grids each lie in one community, cell by cell."""
    grids = members(cells, codes)
    deviations = [abs(deviation_of(grid, cells, grids)) for grid in grids.values()]
    return {
        "grids": len(grids),
        "mean_deviation": sum(deviations) / len(grids),
        "max_deviation": max(deviations),
        "within_10": sum(off <= 0.1 + 1e-9 for off in deviations) / len(grids),
        "within_20": sum(off <= 0.2 + 1e-9 for off in deviations) / len(grids),
        "torn_grids": sum(len(pieces(grid)) > 1 for grid in grids.values()),
        "extra_estate_pieces": extra_pieces(cells, codes, target),
        "grids_over_major_road": sum(spans(grid, road) for grid in grids.values()),
        "compactness": sum(map(compactness_of, grids.values())) / len(grids),
    }


def deviation_of(grid: list[Cell], cells: list[Cell], grids: dict[str, list[Cell]]) -> float:
    """Return by how much the grid is above the mean of its community's grids, as a fraction of it."""
    community = grid[0].community
    households = sum(cell.households for cell in cells if cell.community == community)
    mean = households / sum(other[0].community == community for other in grids.values())
    return sum(cell.households for cell in grid) / mean - 1 if mean else 0.0


def extra_pieces(cells: list[Cell], codes: list[str], target: int) -> int:
    """Return how many pieces of estates there are beyond those that their size demands."""
    households, grids = defaultdict(int), defaultdict(set)
    for cell, code in zip(cells, codes, strict=True):
        estate = (cell.community, cell.estate or cell.name)
        households[estate] += cell.households
        grids[estate] |= {code} - {""}
    return sum(
        max(0, len(grids[estate]) - max(1, ceil(count / (target * 1.1) - 1e-9))) for estate, count in households.items()
    )


def spans(grid: list[Cell], road: int) -> bool:
    """Say whether two cells of the grid border on each other over the road."""
    return any(a.column != b.column and max(a.column, b.column) == road for a, b in neighbours(grid))


def compactness_of(grid: list[Cell]) -> float:
    """Return Polsby and Popper's ratio of the union of the cells."""
    shape = unary_union([box(cell.column, cell.row, cell.column + 1, cell.row + 1) for cell in grid])
    return 4 * pi * shape.area / shape.length**2
