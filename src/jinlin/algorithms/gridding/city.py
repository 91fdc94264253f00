"""The city to divide: buildings with their households and cells, and the borders between them, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinlin.algorithms.gridding.faults import CannotDivide, Fault, Table

Labels = NDArray[Any]

# Metres by which one border may differ when it is measured from either side.
SAME_LENGTH = 0.01


@dataclass(frozen=True, eq=False)
class City:
    """n buildings and m borders; `make_city` checks and makes it.

    `building`, `community` and `estate` (n,) are names of any kind, an estate "" means none; `x` and `y` are metres;
    `area` and `perimeter` are square metres and metres of the building's cell, or None. Border i lies between the
    buildings in rows `a[i]` and `b[i]`, is `shared_length[i]` metres long, and may cross a major road. Borders between
    communities are kept, and no division uses them.
    """

    building: Labels
    community: Labels
    estate: Labels
    households: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    area: NDArray[np.float64] | None
    perimeter: NDArray[np.float64] | None
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    shared_length: NDArray[np.float64]
    crosses_major_road: NDArray[np.bool_]

    @cached_property
    def communities(self) -> tuple[Labels, NDArray[np.int64]]:
        """The names of the communities in their order, and for each building the position of its own."""
        names, position = np.unique(self.community, return_inverse=True)
        return names, position

    @cached_property
    def estates(self) -> NDArray[np.int64]:
        """For each building the number of its estate; the part of an estate in each community counts as one of its own,
        and so does each building without an estate."""
        _names, estate = np.unique(self.estate, return_inverse=True)
        alone = self.estate.astype(str) == ""
        key = np.where(alone, -1 - np.arange(len(estate)), estate * len(self.communities[0]) + self.communities[1])
        numbers: NDArray[np.int64] = np.unique(key, return_inverse=True)[1]
        return numbers


def make_city(
    *,
    building: ArrayLike,
    community: ArrayLike,
    estate: ArrayLike,
    households: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    a: ArrayLike,
    b: ArrayLike,
    shared_length: ArrayLike,
    crosses_major_road: ArrayLike,
    area: ArrayLike | None = None,
    perimeter: ArrayLike | None = None,
) -> City:
    """Return the city of these columns; `a` and `b` name buildings.

    A building without households is allowed. A border may be given from both sides, with the same figures, and counts
    once. Without area or perimeter the shape of grids is judged by their borders alone.
    Raises CannotDivide, which names the row and the column, for anything that cannot be a city.
    """
    names, homes = np.asarray(building), np.asarray(community)
    counts = np.asarray(households)
    figures = {"households": counts, "x": _floats(x), "y": _floats(y)}
    cells = {} if area is None or perimeter is None else {"area": _floats(area), "perimeter": _floats(perimeter)}
    _check_lengths(Table.BUILDINGS, building=names, community=homes, estate=np.asarray(estate), **figures, **cells)
    _check_buildings(names, homes, figures, cells)
    left, right, length = np.asarray(a), np.asarray(b), _floats(shared_length)
    major = np.asarray(crosses_major_road).astype(bool)
    _check_lengths(Table.BORDERS, a=left, b=right, shared_length=length, crosses_major_road=major)
    lower, upper, kept = _borders(names, left, right, length, major)
    return City(
        names,
        homes,
        np.asarray(estate),
        counts.astype(np.int64),
        figures["x"],
        figures["y"],
        cells.get("area"),
        cells.get("perimeter"),
        lower[kept],
        upper[kept],
        length[kept],
        major[kept],
    )


def _floats(values: ArrayLike) -> NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)


def _check_lengths(table: Table, **columns: Labels) -> None:
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        raise CannotDivide(Fault.LENGTHS_DIFFER, table, lengths=", ".join(f"{key} {n}" for key, n in lengths.items()))


def _check_buildings(
    names: Labels, homes: Labels, figures: dict[str, NDArray[Any]], cells: dict[str, NDArray[np.float64]]
) -> None:
    if not len(names):
        raise CannotDivide(Fault.NO_BUILDINGS, Table.BUILDINGS)
    for column, labels in {"building": names, "community": homes}.items():
        _refuse_first(Fault.EMPTY, Table.BUILDINGS, column, labels.astype(str) == "")
    _check_unique(names, homes)
    where = [f"building {name}" for name in names.tolist()]
    for column, values in {**figures, **cells}.items():
        _refuse_first(Fault.NOT_FINITE, Table.BUILDINGS, column, ~np.isfinite(values), values, where)
    counts = figures["households"]
    _refuse_first(Fault.NEGATIVE, Table.BUILDINGS, "households", counts < 0, counts, where)
    _refuse_first(Fault.NOT_WHOLE, Table.BUILDINGS, "households", counts != np.rint(counts), counts, where)
    for column, values in cells.items():
        _refuse_first(Fault.NOT_POSITIVE, Table.BUILDINGS, column, values <= 0, values, where)


def _refuse_first(
    fault: Fault,
    table: Table,
    column: str,
    wrong: NDArray[np.bool_],
    values: NDArray[Any] | None = None,
    where: list[str] | None = None,
) -> None:
    """Raises: CannotDivide, for the first row that is wrong."""
    if wrong.any():
        row = int(wrong.argmax())
        details = {} if values is None or where is None else {"value": values[row], "where": where[row]}
        raise CannotDivide(fault, table, row=row, column=column, **details)


def _check_unique(names: Labels, homes: Labels) -> None:
    if len(set(names.tolist())) == len(names):
        return
    first: dict[Any, int] = {}
    for row, name in enumerate(names.tolist()):
        if (before := first.setdefault(name, row)) == row:
            continue
        if homes[before] == homes[row]:
            raise CannotDivide(Fault.REPEATED, Table.BUILDINGS, row=row, column="building", building=name)
        raise CannotDivide(
            Fault.IN_TWO_COMMUNITIES,
            Table.BUILDINGS,
            row=row,
            column="community",
            building=name,
            first=homes[before],
            second=homes[row],
        )


def _borders(
    names: Labels, left: Labels, right: Labels, length: NDArray[np.float64], major: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of the buildings on both sides of each border, the lower first, and which borders to keep."""
    rows = {name: row for row, name in enumerate(names.tolist())}
    one, two = (_rows_of(rows, column, labels) for column, labels in (("a", left), ("b", right)))
    if (same := one == two).any():
        row = int(same.argmax())
        raise CannotDivide(Fault.BORDERS_ON_ITSELF, Table.BORDERS, row=row, column="b", building=right[row])
    where = [f"the border of {p} and {q}" for p, q in zip(left.tolist(), right.tolist(), strict=True)]
    _refuse_first(Fault.NOT_FINITE, Table.BORDERS, "shared_length", ~np.isfinite(length), length, where)
    _refuse_first(Fault.NEGATIVE, Table.BORDERS, "shared_length", length < 0, length, where)
    lower, upper = np.minimum(one, two), np.maximum(one, two)
    _keys, kept, again = np.unique(lower * len(names) + upper, return_index=True, return_inverse=True)
    twin = kept[again]
    if (differs := (np.abs(length - length[twin]) > SAME_LENGTH) | (major != major[twin])).any():
        row = int(differs.argmax())
        raise CannotDivide(
            Fault.CONTRADICTED, Table.BORDERS, row=row, column="shared_length", a=left[row], b=right[row]
        )
    return lower, upper, kept


def _rows_of(rows: dict[Any, int], column: str, labels: Labels) -> NDArray[np.int64]:
    found = np.array([rows.get(name, -1) for name in labels.tolist()], np.int64)
    if (unknown := found < 0).any():
        row = int(unknown.argmax())
        raise CannotDivide(Fault.UNKNOWN_BUILDING, Table.BORDERS, row=row, column=column, building=labels[row])
    return found
