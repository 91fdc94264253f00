"""Divides a city into grids: each community for itself, without splitting buildings or tearing grids apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from jinlin.algorithms.gridding.board import lay_out
from jinlin.algorithms.gridding.city import City, Labels, make_city
from jinlin.algorithms.gridding.dice import dice_of
from jinlin.algorithms.gridding.faults import CannotDivide, Fault, Table
from jinlin.algorithms.gridding.kernel import anneal
from jinlin.algorithms.gridding.numbering import in_reading_order
from jinlin.algorithms.gridding.parts import Part, check_connected, parts
from jinlin.algorithms.gridding.policies import POLICIES, Policy
from jinlin.algorithms.gridding.start import first_division

TARGET_HOUSEHOLDS = 150
MOST_GRIDS = 999

Mode = Literal["keep", "balance"]


@dataclass(frozen=True, eq=False)
class Plan:
    """A division: for each building of the city, in its order, the code of its grid."""

    codes: Labels


def divide(
    city: City,
    *,
    target: int = TARGET_HOUSEHOLDS,
    grids: Mapping[Any, int] | None = None,
    mode: Mode | Policy = "keep",
    seed: int = 0,
) -> Plan:
    """Return a plan in which every grid lies in one community and hangs together.

    A community gets as many grids as `grids` says, else households / target, rounded, at least one and at most one a
    building. `mode` "keep" keeps estates whole where it can, "balance" makes the households of grids equal. Codes are
    the community's name and three digits, row by row from the north-west. A community's grids depend on its own
    buildings and borders, on the options and the seed, and on nothing else, the order of rows included.
    Raises CannotDivide, with DisconnectedCommunity among it.
    """
    policy = POLICIES[mode] if isinstance(mode, str) else mode
    check_connected(city)
    wanted = grids_per_community(city, target=target, grids=grids)
    names = city.communities[0].astype(str)
    codes = np.empty(len(city.building), f"<U{names.dtype.itemsize // 4 + 3}")
    for name, number, part in zip(names.tolist(), wanted.tolist(), parts(city), strict=True):
        grid = _divided(city, part, number, policy, target, dice_of(seed, name))
        labels = np.array([f"{name}{place + 1:03d}" for place in range(number)])
        codes[part.rows] = labels[in_reading_order(grid, city.x[part.rows], city.y[part.rows])]
    return Plan(codes)


def warm_up() -> None:
    """Load the machine code of the search, or compile it where it has not been kept."""
    columns = {key: [1, 1] for key in ("community", "estate", "x", "y", "households")}
    divide(make_city(**columns, building=[1, 2], a=[1], b=[2], shared_length=[1], crosses_major_road=[0]))


def grids_per_community(
    city: City, *, target: int = TARGET_HOUSEHOLDS, grids: Mapping[Any, int] | None = None
) -> NDArray[np.int64]:
    """Return how many grids each community gets, in the order of `city.communities`; raises CannotDivide, and ValueError
    for a target below one."""
    if target < 1:
        raise ValueError(f"A grid cannot be meant to have {target} households; give one or more.")
    names, position = city.communities
    households, buildings = _households(city), np.bincount(position)
    number = np.clip(np.rint(households / target), 1, buildings).astype(np.int64)
    known = {name: place for place, name in enumerate(names.tolist())}
    for row, (community, count) in enumerate((grids or {}).items()):
        if (place := known.get(community)) is None:
            raise CannotDivide(Fault.UNKNOWN_COMMUNITY, Table.GRIDS, row=row, column="community", community=community)
        _check_number(community, count, int(buildings[place]), row)
        number[place] = count
    if (number > MOST_GRIDS).any():
        place = int((number > MOST_GRIDS).argmax())
        raise CannotDivide(Fault.TOO_MANY_GRIDS, Table.GRIDS, community=names[place], grids=number[place])
    return number


def _check_number(community: object, count: int, buildings: int, row: int) -> None:
    facts = {"community": community, "grids": count}
    if count < 1:
        raise CannotDivide(Fault.NO_GRIDS, Table.GRIDS, row=row, column="grids", **facts)
    if count > buildings:
        raise CannotDivide(Fault.TOO_FEW_BUILDINGS, Table.GRIDS, row=row, column="grids", buildings=buildings, **facts)
    if count > MOST_GRIDS:
        raise CannotDivide(Fault.TOO_MANY_GRIDS, Table.GRIDS, row=row, column="grids", **facts)


def _households(city: City) -> NDArray[np.int64]:
    return np.bincount(city.communities[1], weights=city.households).astype(np.int64)


def _divided(
    city: City, part: Part, number: int, policy: Policy, target: int, dice: NDArray[np.uint64]
) -> NDArray[np.int32]:
    """Return for each building of the part its grid, from 0 to number - 1."""
    board = lay_out(city, part, number, target, policy.weights, dice)
    first_division(board)
    anneal(board, policy.steps * len(board.buildings), policy.hottest, policy.coldest)
    return board.buildings["grid"].copy()
