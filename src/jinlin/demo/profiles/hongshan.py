"""虹山社区: one community with six estates of every kind, 13 grids, 52 buildings and 2,000 homes."""

from jinlin.demo.deciding import decide_together
from jinlin.demo.ground import Ground
from jinlin.demo.neighbourly import be_neighbourly
from jinlin.demo.plans import CommunityPlan, DistrictPlan, EstatePlan, SubdistrictPlan
from jinlin.demo.public_words import make_public
from jinlin.demo.scene import Scene
from jinlin.demo.stepwise import go_step_by_step

_FIRM, _OWNERS, _MANAGEMENT = "property_firm", "owners_committee", "property_management_committee"

ESTATES = (
    EstatePlan(
        name="虹山新村",
        street="虹山路18号",
        size=(230, 150),
        rows=(3, 3, 3, 2),
        entrances=(3,) * 11,
        floors=(7,) * 11,
        homes_a_floor=2,
        grids=(4, 4, 3),
        square_metres=(52, 61),
        bodies=(_FIRM, _MANAGEMENT),
    ),
    EstatePlan(
        name="建机厂宿舍",
        street="虹山路36号",
        size=(250, 150),
        rows=(4, 3, 3),
        entrances=(3,) * 9 + (4,),
        floors=(5,) * 10,
        homes_a_floor=2,
        grids=(5, 5),
        square_metres=(45, 56),
        bodies=(_MANAGEMENT,),
    ),
    EstatePlan(
        name="杏林里",
        street="杏林巷5号",
        size=(210, 150),
        rows=(4, 3, 3),
        entrances=(2,) * 10,
        floors=(4,) * 10,
        homes_a_floor=2,
        grids=(10,),
        square_metres=(48, 63),
    ),
    EstatePlan(
        name="虹阳花园",
        street="虹阳街9号",
        size=(230, 160),
        rows=(3, 3, 3),
        entrances=(4,) * 8 + (5,),
        floors=(6,) * 9,
        homes_a_floor=2,
        grids=(3, 3, 3),
        square_metres=(78, 89),
        bodies=(_FIRM, _OWNERS),
    ),
    EstatePlan(
        name="书香苑",
        street="虹阳街21号",
        size=(250, 160),
        rows=(4, 3),
        entrances=(2,) * 7,
        floors=(11,) * 6 + (13,),
        homes_a_floor=2,
        grids=(4, 3),
        square_metres=(92, 108),
        bodies=(_FIRM, _OWNERS),
    ),
    EstatePlan(
        name="彩云公寓",
        street="书林路2号",
        size=(210, 160),
        rows=(3, 2),
        entrances=(1,) * 5,
        floors=(15, 15, 15, 15, 17),
        homes_a_floor=4,
        grids=(3, 2),
        square_metres=(68, 74, 88, 115),
        bodies=(_FIRM, _OWNERS),
    ),
)


def place() -> DistrictPlan:
    """The community with its subdistrict and district."""
    return DistrictPlan(
        code="530199",
        name="示范区",
        ground=Ground(origin=(102.6980, 25.0720)),
        subdistricts=(SubdistrictPlan("虹山街道", (CommunityPlan("虹山社区", ESTATES),)),),
    )


def organise(scene: Scene) -> None:
    """Nothing beyond the playbook: every body of its own stands already, and each post has one holder at each body.

    Neighbours wish and help, order and meet, propose and vote.
    """
    homes = [home for homes in scene.homes_of.values() for home in homes]
    be_neighbourly(scene, homes)
    decide_together(scene, homes)
    make_public(scene)
    go_step_by_step(scene)
