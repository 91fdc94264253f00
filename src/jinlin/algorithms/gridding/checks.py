"""What is wrong with a division that somebody has edited, and why a building cannot change sides, with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinlin.algorithms.gridding.assessment import as_codes
from jinlin.algorithms.gridding.city import City, Labels
from jinlin.algorithms.gridding.parts import pieces_of, rows_by_piece


class Reason(StrEnum):
    """Why a plan, or a change of it, does not stand."""

    NO_GRID = "no_grid"
    OVER_COMMUNITIES = "over_communities"
    TORN = "torn"
    WRONG_NUMBER = "wrong_number"
    UNKNOWN_BUILDING = "unknown_building"
    UNKNOWN_GRID = "unknown_grid"
    THERE_ALREADY = "there_already"
    OTHER_COMMUNITY = "other_community"
    NO_BORDER = "no_border"
    LAST_BUILDING = "last_building"
    TEARS = "tears"


_EXPLANATIONS = {
    Reason.NO_GRID: "The building {building} has no grid; give it one.",
    Reason.OVER_COMMUNITIES: "The grid {grid} lies in the communities {communities}; a grid stays within one.",
    Reason.TORN: "The grid {grid} falls into {pieces} pieces; {strays} have no border with the rest of it.",
    Reason.WRONG_NUMBER: "The community {community} has {found} grids, and {wanted} were asked for.",
    Reason.UNKNOWN_BUILDING: "There is no building {building}.",
    Reason.UNKNOWN_GRID: "There is no grid {grid}.",
    Reason.THERE_ALREADY: "The building {building} is in the grid {grid} already.",
    Reason.OTHER_COMMUNITY: "The building {building} lies in {community}, and the grid {grid} in another community.",
    Reason.NO_BORDER: "The building {building} has no border with the grid {grid}, which would fall into pieces.",
    Reason.LAST_BUILDING: "The building {building} is the last one of the grid {old}, which would vanish.",
    Reason.TEARS: "Without the building {building} the grid {old} would fall into pieces; {strays} would be cut off.",
}
_MOST_NAMED = 8


@dataclass(frozen=True)
class Finding:
    """One reason, and the facts that it is made of; `str()` gives a sentence."""

    reason: Reason
    details: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        words = {
            name: ", ".join(map(str, value[:_MOST_NAMED])) if isinstance(value, list) else value
            for name, value in self.details.items()
        }
        return _EXPLANATIONS[self.reason].format(**words)


def find_faults(city: City, codes: ArrayLike, *, grids: Mapping[Any, int] | None = None) -> list[Finding]:
    """Return all that is wrong with an assignment, which is a plan when there is nothing.

    `codes` (n,) is the grid of each building, "" for none; `grids` says how many a community was to have. Raises
    ValueError when the lengths differ.
    """
    given = as_codes(city, codes)
    found = [Finding(Reason.NO_GRID, {"building": name}) for name in city.building[given == ""].tolist()]
    return [*found, *_faults_of_grids(city, given), *_wrong_numbers(city, given, grids or {})]


def is_contiguous(city: City, codes: ArrayLike) -> bool:
    """Say whether every grid hangs together."""
    return not any(fault.reason is Reason.TORN for fault in _faults_of_grids(city, as_codes(city, codes)))


def why_not(city: City, codes: ArrayLike, building: object, grid: str) -> Finding | None:
    """Return why a building cannot go to another grid of the plan, or None when it can."""
    given = as_codes(city, codes)
    rows = np.flatnonzero(city.building == building)
    if not len(rows):
        return Finding(Reason.UNKNOWN_BUILDING, {"building": building})
    row = int(rows[0])
    facts = {"building": building, "grid": grid, "old": str(given[row]), "community": city.community.item(row)}
    reason = _why_not_into(city, given, row, grid)
    return Finding(reason, facts) if reason else _why_not_out_of(city, given, row, facts)


def _why_not_into(city: City, codes: Labels, row: int, grid: str) -> Reason | None:
    members = (codes == grid) if grid else np.zeros(len(codes), bool)
    if not members.any():
        return Reason.UNKNOWN_GRID
    if members[row]:
        return Reason.THERE_ALREADY
    if (city.community[members] != city.community[row]).any():
        return Reason.OTHER_COMMUNITY
    beside = np.concatenate([city.b[city.a == row], city.a[city.b == row]])
    return None if members[beside].any() else Reason.NO_BORDER


def _why_not_out_of(city: City, codes: Labels, row: int, facts: Mapping[str, Any]) -> Finding | None:
    rest = codes == codes[row]
    rest[row] = False
    if codes[row] == "":
        return None
    if not rest.any():
        return Finding(Reason.LAST_BUILDING, facts)
    pieces = rows_by_piece(pieces_of(city, np.where(rest, 0, 1 + np.arange(len(codes)))), np.flatnonzero(rest))
    return Finding(Reason.TEARS, {**facts, "strays": _names(city, pieces[1:])}) if len(pieces) > 1 else None


def _faults_of_grids(city: City, codes: Labels) -> Iterator[Finding]:
    names, grid = np.unique(codes, return_inverse=True)
    piece = pieces_of(city, grid)
    for number in np.flatnonzero((_counts(grid, piece) > 1) | (_counts(grid, city.communities[1]) > 1)).tolist():
        rows, code = np.flatnonzero(grid == number), str(names[number])
        communities, pieces = np.unique(city.community[rows]).tolist(), rows_by_piece(piece, rows)
        if code and len(communities) > 1:
            yield Finding(Reason.OVER_COMMUNITIES, {"grid": code, "communities": communities})
        if code and len(pieces) > 1:
            facts = {"grid": code, "pieces": len(pieces), "strays": _names(city, pieces[1:])}
            yield Finding(Reason.TORN, facts)


def _counts(grid: NDArray[np.int64], group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each grid how many groups its buildings are of."""
    return np.bincount(np.unique(np.column_stack([grid, group]), axis=0)[:, 0])


def _names(city: City, pieces: list[NDArray[np.int64]]) -> list[Any]:
    return [name for rows in pieces for name in city.building[rows].tolist()]


def _wrong_numbers(city: City, codes: Labels, grids: Mapping[Any, int]) -> Iterator[Finding]:
    for community, wanted in grids.items():
        inside = codes[(city.community == community) & (codes != "")]
        if (found := len(np.unique(inside))) != wanted:
            yield Finding(Reason.WRONG_NUMBER, {"community": community, "found": found, "wanted": wanted})
