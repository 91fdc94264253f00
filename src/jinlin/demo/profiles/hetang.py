"""荷塘区: 7 subdistricts and townships, 62 communities, 244 estates, 86,908 households in the care of 7,405 neighbour heads."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, cycle

from jinlin.demo.districts import communities, in_groups, subdistricts
from jinlin.demo.estates import Size
from jinlin.demo.ground import Ground
from jinlin.demo.names import STEMS
from jinlin.demo.plans import DistrictPlan
from jinlin.demo.scene import Scene
from jinlin.demo.shares import even_shares, uneven_shares
from jinlin.demo.units import firms, offices
from jinlin.organisations.actions import NewBody, NewTie, partner_all
from jinlin.organisations.models import Body
from jinlin.platform.access import SYSTEM
from jinlin.territory.models import Zone

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
    sizes = [
        Size(12 * twelves + 11 * elevens, (12,) * twelves + (11,) * elevens) for twelves, elevens in estate_areas(scale)
    ]
    count = COMMUNITIES // scale
    own = communities(
        [f"{stem}社区" for stem in STEMS[:count]],
        in_groups(sizes, even_shares(len(sizes), count)),
        seed=3,
    )
    return DistrictPlan(
        code="430299",
        name="荷塘示范区",
        ground=Ground(origin=(113.1500, 27.8500)),
        subdistricts=tuple(subdistricts(SUBDISTRICTS, own, even_shares(count, len(SUBDISTRICTS)))),
    )


SHARING = (3, 3, 2, 2)
"""How many small estates share each of the joint branches."""
FIRST_SECRETARIES = 147
WORK_TEAMS = {"office_cadre": 148, "political_legal": 130, "city_management": 136, "subdistrict_cadre": 135}
DISTRICT_UNITS, FIRMS = 79, 50
ORIGINS = ("member", "retired_cadre", "representative", "volunteer")
BRANCHES_SINCE, SENT_SINCE, ELECTED_SINCE = date(2021, 6, 1), date(2022, 3, 1), date(2022, 9, 1)


def organise(scene: Scene, scale: int = 1) -> None:
    """Branches and work teams in the estates, people sent to them, units that back them, and neighbour heads."""
    branches = _found_branches(scene)
    _send_people(scene, branches, scale)
    _tie_backing_units(scene, scale)
    _elect_neighbour_heads(scene)


def _found_branches(scene: Scene) -> dict[int, Body]:
    """Found a branch in each estate, some joint ones among them; return the branch of each estate by its id."""
    estates = scene.zones(Zone.Kind.ESTATE)
    sharing = _sharing(scene, estates)
    joined = {zone.pk for zones in sharing for zone in zones}
    alone = [zone for zone in estates if zone.pk not in joined]
    single = [
        NewBody("estate_branch", f"{zone.name}党支部", zone.community_code, zone, founded_on=BRANCHES_SINCE)
        for zone in alone
    ]
    joint = [
        NewBody(
            "estate_branch",
            f"{zones[0].name}等{len(zones)}个小区联合党支部",
            zones[0].community_code,
            joint=True,
            covers=tuple(zone.label for zone in zones),
            founded_on=BRANCHES_SINCE,
        )
        for zones in sharing
    ]
    made = scene.found(single + joint)
    branches = {zone.pk: body for zone, body in zip(alone, made, strict=False)}
    return branches | {zone.pk: made[len(single) + n] for n, zones in enumerate(sharing) for zone in zones}


def _sharing(scene: Scene, estates: list[Zone]) -> list[list[Zone]]:
    """The smallest estates of the first communities, as many in each as share a branch."""
    size = {estate.label: len(estate.building_codes) for estate in scene.plan.estates}
    codes = [area.code for area in scene.plan.communities]
    here = ([zone for zone in estates if zone.community_code == code] for code in codes)
    small = (sorted(zones, key=lambda zone: (size[zone.label], zone.label)) for zones in here)
    return [zones[:count] for zones, count in zip(small, SHARING, strict=False)]


def _send_people(scene: Scene, branches: dict[int, Body], scale: int) -> None:
    """Send first secretaries to branches of one estate, and found a work team of mixed sources in every estate."""
    single = [body for body in branches.values() if not body.joint][: FIRST_SECRETARIES // scale]
    secretaries = zip(single, scene.newcomers(len(single)), strict=True)
    scene.appoint([scene.post("first_secretary", body, one, SENT_SINCE, listed=True) for body, one in secretaries])
    estates = scene.zones(Zone.Kind.ESTATE)
    teams = scene.found(
        [
            NewBody(
                "work_team", f"驻{zone.name}工作队", zone.community_code, zone, branches[zone.pk], founded_on=SENT_SINCE
            )
            for zone in estates
        ]
    )
    origins = list(chain.from_iterable([origin] * (count // scale) for origin, count in WORK_TEAMS.items()))
    members = zip(cycle(teams), origins, scene.newcomers(len(origins)), strict=False)
    scene.appoint(
        [
            scene.post("work_team_member", team, one, SENT_SINCE, origin=origin, listed=True)
            for team, origin, one in members
        ]
    )


def _tie_backing_units(scene: Scene, scale: int) -> None:
    """Found the units and let them back all estates, one or two each."""
    district, estates = scene.plan.district, scene.zones(Zone.Kind.ESTATE)
    named = {
        "district_unit": offices(district.name, DISTRICT_UNITS // scale),
        "backing_firm": firms(FIRMS // scale),
    }
    units = scene.found(
        [
            NewBody(kind, name, district.code, founded_on=BRANCHES_SINCE)
            for kind, names in named.items()
            for name in names
        ]
    )
    backing = zip(cycle(units), estates, strict=False)
    partner_all(actor=SYSTEM, ties=[NewTie("backing_unit", unit, SENT_SINCE, zone=zone) for unit, zone in backing])


def _elect_neighbour_heads(scene: Scene) -> None:
    """Give every neighbour area the head that its households have chosen among themselves."""
    committees = {body.place_code: body for body in scene.bodies("residents_committee")}
    zones = {zone.label: zone for zone in scene.zones(Zone.Kind.NEIGHBOURS)}
    heads = scene.householders([area.homes[0] for area in scene.plan.areas])
    chosen: Iterator = zip(scene.plan.areas, cycle(ORIGINS), heads, strict=False)
    roster = [
        scene.post(
            "neighbour_head", committees[area.community], head, ELECTED_SINCE, zone=zones[area.label], origin=origin
        )
        for area, origin, head in chosen
    ]
    scene.accept(scene.appoint(roster))
