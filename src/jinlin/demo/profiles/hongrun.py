"""红润市: 2 subdistricts, 12 communities and 23,100 households, divided into 154 grids of about 150 households."""

from jinlin.demo.districts import communities, subdistricts
from jinlin.demo.ground import Ground
from jinlin.demo.places import DistrictPlan
from jinlin.demo.shares import uneven_shares

SUBDISTRICTS = ("东城街道", "西城街道")
_NAMES = "永安 文苑 凤凰 向阳 锦绣 青年 利民 河滨 新华 春光 长青 鼓楼"
GRIDS = (13,) * 10 + (12,) * 2
GRID_HOUSEHOLDS = 150
ESTATES = 6


def place() -> DistrictPlan:
    """The city's urban part; no building is in a grid yet."""
    households = [
        uneven_shares(GRID_HOUSEHOLDS * grids, ESTATES, least=60, spread=0.7, seed=number)
        for number, grids in enumerate(GRIDS)
    ]
    own = communities([f"{name}社区" for name in _NAMES.split()], households, seed=5, with_grids=False)
    return DistrictPlan(
        code="370699",
        name="红润示范市",
        ground=Ground(origin=(120.5300, 36.9800), turn=-4),
        subdistricts=tuple(subdistricts(SUBDISTRICTS, own, (6, 6))),
    )
