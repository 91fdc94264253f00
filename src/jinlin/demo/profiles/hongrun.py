"""红润市: 2 subdistricts, 12 communities and 23,100 households, divided into 154 grids of about 150 households."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, cycle

from jinlin.demo.districts import communities, subdistricts
from jinlin.demo.estates import Size
from jinlin.demo.ground import Ground
from jinlin.demo.plans import DistrictPlan
from jinlin.demo.scene import Scene
from jinlin.demo.shares import in_turns, uneven_shares
from jinlin.organisations.actions import NewAppointment, NewBody, NewLine, write_sheets
from jinlin.organisations.models import Body
from jinlin.people.models import Person
from jinlin.platform.access import SYSTEM
from jinlin.territory.models import Place, Zone

SUBDISTRICTS = ("东城街道", "西城街道")
_NAMES = "永安 文苑 凤凰 向阳 锦绣 青年 利民 河滨 新华 春光 长青 鼓楼"
GRIDS = (13,) * 10 + (12,) * 2
GRID_HOUSEHOLDS = 150
ESTATES = 6
BUILDING_GROUPS, CENTRE_HOUSEHOLDS = 356, 748
CONCURRENT = {"centre_household": 60, "owners_committee": 30, "property_staff": 32}
SECOND_POSTS = 28
"""How many of the 122 people in concurrent posts hold two of them."""
POPULATION, WORKERS = (6_111,) * 8 + (5_000,) * 4, (11,) * 8 + (9,) * 4
"""Urban residents and community workers by community: 18 per 10,000, no part of a person lost in rounding up."""
POLICE, ENFORCEMENT = 34, 26
SERVICE_TEAM = {"owners_committee": 62, "property_staff": 96, "building_heads": 154, "residents": 100}
BEGUN, CODED = date(2021, 3, 1), date(2021, 9, 1)


def place() -> DistrictPlan:
    """The city's urban part; no building is in a grid yet."""
    sizes = [
        [Size(own) for own in uneven_shares(GRID_HOUSEHOLDS * grids, ESTATES, least=60, spread=0.7, seed=number)]
        for number, grids in enumerate(GRIDS)
    ]
    own = communities([f"{name}社区" for name in _NAMES.split()], sizes, seed=5, with_grids=False)
    return DistrictPlan(
        code="370699",
        name="红润示范市",
        ground=Ground(origin=(120.5300, 36.9800), turn=-4),
        subdistricts=tuple(subdistricts(SUBDISTRICTS, own, (6, 6))),
    )


def organise(scene: Scene) -> None:
    """Grids, the chain of branches, groups and centre households in them, and the people who serve there."""
    scene.divide_into_grids(GRID_HOUSEHOLDS, CODED)
    branches = _found_branches(scene)
    households = _found_households(scene, branches)
    heads = scene.householders([body.place_code for body in households])
    _appoint_heads(scene, branches, households, heads)
    _appoint_concurrently(scene, heads)
    _staff_communities(scene)
    _sink_forces(scene)
    _gather_service_team(scene, heads)


def _found_branches(scene: Scene) -> dict[int, Body]:
    """Found a branch in every grid; return each by the id of its grid."""
    grids = scene.zones(Zone.Kind.GRID)
    made = scene.found(
        [NewBody("estate_branch", f"{grid.name}党支部", grid.community_code, grid, founded_on=CODED) for grid in grids]
    )
    return {body.zone_id: body for body in made}


def _found_households(scene: Scene, branches: dict[int, Body]) -> list[Body]:
    """Found building groups, two or three in a grid, and centre households, two or three in the building of a group."""
    buildings = scene.buildings_of(Zone.Kind.GRID)
    groups_in = in_turns(BUILDING_GROUPS, [len(buildings[grid]) for grid in branches])
    names = dict(Place.objects.filter(level=16).values_list("code", "name"))
    groups = scene.found(
        [
            NewBody("building_group", f"{names[code]}党小组", code, parent=branch, founded_on=CODED)
            for (grid, branch), count in zip(branches.items(), groups_in, strict=True)
            for code in buildings[grid][:count]
        ]
    )
    homes_in = in_turns(CENTRE_HOUSEHOLDS, [len(scene.homes_of[group.place_code]) for group in groups])
    return scene.found(
        [
            NewBody("centre_household", f"{names[group.place_code]}党员中心户", home, parent=group, founded_on=CODED)
            for group, count in zip(groups, homes_in, strict=True)
            for home in scene.homes_of[group.place_code][1::7][:count]
        ]
    )


def _appoint_heads(
    scene: Scene, branches: dict[int, Body], households: Sequence[Body], heads: Sequence[Person]
) -> None:
    """Let the people of the centre households be building heads."""
    grid_of = {code: grid for grid, codes in scene.buildings_of(Zone.Kind.GRID).items() for code in codes}
    roster = []
    for body, head in zip(households, heads, strict=True):
        building = body.place_code[:16]
        branch = branches[grid_of[building]]
        more = {"place_code": building, "origin": "centre_household"}
        roster.append(scene.post("building_head", branch, head, CODED, **more))
    scene.accept(scene.appoint(roster))


def _appoint_concurrently(scene: Scene, heads: Sequence[Person]) -> None:
    """Let people from three sources serve beside their own work, some of them in two posts."""
    others = scene.newcomers(CONCURRENT["owners_committee"] + CONCURRENT["property_staff"])
    people = [*heads[: CONCURRENT["centre_household"]], *others]
    origins = list(chain.from_iterable([origin] * count for origin, count in CONCURRENT.items()))
    chosen = list(zip(people, origins, strict=True))
    committees, residents = scene.bodies("community_committee"), scene.bodies("residents_committee")
    seats = [*zip(cycle(committees), chosen, strict=False), *zip(cycle(residents), chosen[:SECOND_POSTS], strict=False)]
    roster = [scene.post("concurrent_member", body, one, CODED, origin=origin) for body, (one, origin) in seats]
    scene.accept(scene.appoint(roster))


def _staff_communities(scene: Scene) -> None:
    """Write down how many people live in each community, and fill its posts by that measure."""
    areas = list(Place.objects.filter(level=12).order_by("code"))
    lines = [NewLine("population", area, count, BEGUN) for area, count in zip(areas, POPULATION, strict=True)]
    write_sheets(actor=SYSTEM, sheet="residents", lines=lines)
    stations = zip(scene.bodies("service_station"), WORKERS, strict=True)
    scene.appoint(
        list(_spread(scene, "community_worker", [(body, {}) for body, count in stations for _ in range(count)]))
    )
    for key in ("secretary_assistant", "organisation_specialist"):
        scene.appoint(list(_spread(scene, key, [(body, {}) for body in scene.bodies("community_committee")])))


def _spread(scene: Scene, key: str, seats: Sequence[tuple[Body, dict[str, object]]]) -> Iterator[NewAppointment]:
    """New people for these seats, taken on in the course of three years."""
    for number, ((body, scope), one) in enumerate(zip(seats, scene.newcomers(len(seats)), strict=True)):
        since = BEGUN + timedelta(days=number * 9 % 1_000)
        yield scene.post(key, body, one, since, listed=True, **scope)


def _sink_forces(scene: Scene) -> None:
    """Give every community its police and enforcement officers."""
    codes = [area.code for area in scene.plan.communities]
    for key, kind, count in (
        ("community_police", "police_station", POLICE),
        ("enforcement_officer", "enforcement_team", ENFORCEMENT),
    ):
        at = {body.place_code: body for body in scene.bodies(kind)}
        seats = [(at[code[:9]], {"place_code": code}) for code, _ in zip(cycle(codes), range(count), strict=False)]
        scene.appoint(list(_spread(scene, key, seats)))


def _gather_service_team(scene: Scene, heads: Sequence[Person]) -> None:
    """Gather the service teams of the communities from four sources; building heads serve where they live."""
    committees = {body.place_code: body for body in scene.bodies("residents_committee")}
    living = defaultdict(list)
    for body, head in zip(scene.bodies("centre_household"), heads, strict=True):
        living[body.place_code[:12]].append(head)
    turns = in_turns(SERVICE_TEAM["building_heads"], [len(living[code]) for code in committees])
    own = [(code, head) for code, count in zip(committees, turns, strict=True) for head in living[code][:count]]
    roster = [
        scene.post("service_team_member", committees[code], head, CODED, origin="building_heads") for code, head in own
    ]
    for origin, count in SERVICE_TEAM.items():
        if origin != "building_heads":
            people = zip(cycle(committees.values()), scene.newcomers(count), strict=False)
            roster += [scene.post("service_team_member", body, one, CODED, origin=origin) for body, one in people]
    scene.accept(scene.appoint(roster))
