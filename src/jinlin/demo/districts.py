"""Describes districts by their numbers: how many estates and households a community has, what they are called."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import TypeVar

from jinlin.demo.estates import Names, Size, lay_out
from jinlin.demo.names import STEMS, STREETS
from jinlin.demo.plans import CommunityPlan, EstatePlan, SubdistrictPlan

Part = TypeVar("Part")


def communities(
    names: Sequence[str], estates: Sequence[Sequence[Size]], *, seed: int, with_grids: bool = True
) -> list[CommunityPlan]:
    """Communities of these names; `estates` says how large each estate of each community is."""
    wanted = Names(STEMS, seed)
    doors = count(1)
    return [
        CommunityPlan(name, tuple(_estates(sizes, wanted, doors, with_grids)))
        for name, sizes in zip(names, estates, strict=True)
    ]


def _estates(sizes: Sequence[Size], names: Names, doors: Iterator[int], with_grids: bool) -> Iterator[EstatePlan]:
    for size in sizes:
        style, door = names.style(), next(doors)
        street = f"{STREETS[door % len(STREETS)]}{door // len(STREETS) * 6 + 2}号"
        yield lay_out(names.next(style), street, size, style, with_grids=with_grids)


def subdistricts(names: Sequence[str], plans: Sequence[CommunityPlan], sizes: Sequence[int]) -> list[SubdistrictPlan]:
    """Subdistricts of these names, each with as many of the communities, in order, as `sizes` says."""
    left = iter(plans)
    return [
        SubdistrictPlan(name, tuple(next(left) for _ in range(size))) for name, size in zip(names, sizes, strict=True)
    ]


def in_groups(values: Sequence[Part], sizes: Sequence[int]) -> list[list[Part]]:
    """The values in order, as many in each group as `sizes` says."""
    left = iter(values)
    return [[next(left) for _ in range(size)] for size in sizes]
