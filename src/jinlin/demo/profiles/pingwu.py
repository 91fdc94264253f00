"""平武: a county in the hills with 10 communities and 12,000 households."""

from datetime import date
from itertools import cycle

from jinlin.demo.districts import communities, subdistricts
from jinlin.demo.estates import Size
from jinlin.demo.ground import Ground
from jinlin.demo.plans import DistrictPlan
from jinlin.demo.scene import Scene
from jinlin.demo.shares import uneven_shares
from jinlin.demo.units import offices
from jinlin.organisations.actions import NewBody
from jinlin.platform.access import SYSTEM
from jinlin.volunteering.actions import NewReport, report_all

TOWNSHIPS = ("龙安镇", "南坝镇", "古城镇", "响岩镇")
_NAMES = "南安 北山 报恩 飞龙 涪江 明月 东皋 顺河 石坎 桅杆"
HOUSEHOLDS, ESTATES = 1_200, 5
"""How many households and estates each community has."""
UNITS, MEMBERS = 40, 30
"""Units of the county, and serving members of each."""
SINCE, REPORTED = date(2020, 1, 1), date(2021, 5, 10)


def place() -> DistrictPlan:
    """The county's communities."""
    sizes = [
        [Size(own) for own in uneven_shares(HOUSEHOLDS, ESTATES, least=80, spread=0.6, seed=20 + number)]
        for number in range(10)
    ]
    own = communities([f"{name}社区" for name in _NAMES.split()], sizes, seed=17)
    return DistrictPlan(
        code="510799",
        name="平武示范县",
        ground=Ground(origin=(104.5300, 32.4100), turn=-9),
        subdistricts=tuple(subdistricts(TOWNSHIPS, own, (4, 2, 2, 2))),
    )


def organise(scene: Scene) -> None:
    """Every unit of the county reports to a community, and every serving member to the one where they live."""
    district, communities = scene.plan.district, [area.code for area in scene.plan.communities]
    units = scene.found(
        [
            NewBody("district_unit", name, district.code, phone="0816-12345678", head_count=MEMBERS, founded_on=SINCE)
            for name in offices(district.name, UNITS)
        ]
    )
    homes = [home for homes in scene.homes_of.values() for home in homes][:: HOUSEHOLDS * 10 // (UNITS * MEMBERS)]
    members = zip(homes, cycle(units), scene.householders(homes), strict=False)
    reports = [
        NewReport(code, unit, reported_on=REPORTED) for unit, code in zip(units, cycle(communities), strict=False)
    ]
    reports += [NewReport(home[:12], unit, person, reported_on=REPORTED) for home, unit, person in members]
    report_all(actor=SYSTEM, reports=reports)
