"""荷塘区: 7 subdistricts and townships, 62 communities, 244 estates, 86,908 households in the care of 7,405 neighbour heads."""

from jinlin.demo.districts import communities, in_groups, subdistricts
from jinlin.demo.ground import Ground
from jinlin.demo.names import STEMS
from jinlin.demo.places import DistrictPlan
from jinlin.demo.shares import even_shares, uneven_shares

SUBDISTRICTS = ("月塘街道", "茨菇塘街道", "宋家桥街道", "桂花街道", "金山街道", "荷花街道", "仙庾镇")
COMMUNITIES, ESTATES = 62, 244
AREAS_OF_12, AREAS_OF_11 = 5_453, 1_952
"""Neighbour areas by their homes; together 86,908 homes in 7,405 areas."""


def estate_areas(scale: int = 1) -> list[tuple[int, int]]:
    """For each estate, how many neighbour areas of 12 and of 11 homes it consists of."""
    twelves = uneven_shares(AREAS_OF_12 // scale, ESTATES // scale, least=4, spread=0.8, seed=1)
    elevens = uneven_shares(AREAS_OF_11 // scale, ESTATES // scale, least=1, spread=0.8, seed=2)
    return list(zip(twelves, elevens, strict=True))


def place(scale: int = 1) -> DistrictPlan:
    """The district; with a `scale`, one with so many times fewer communities, estates and homes."""
    households = [12 * twelves + 11 * elevens for twelves, elevens in estate_areas(scale)]
    count = COMMUNITIES // scale
    own = communities(
        [f"{stem}社区" for stem in STEMS[:count]],
        in_groups(households, even_shares(len(households), count)),
        seed=3,
    )
    return DistrictPlan(
        code="430299",
        name="荷塘示范区",
        ground=Ground(origin=(113.1500, 27.8500)),
        subdistricts=tuple(subdistricts(SUBDISTRICTS, own, even_shares(count, len(SUBDISTRICTS)))),
    )
