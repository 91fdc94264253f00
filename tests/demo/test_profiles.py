"""The demo's places are built by the real actions, at exactly the catalogue's numbers; the largest also scaled down."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from django.db.models import Count, Min

from jinlin.assessment.indicators import Look, measured_here
from jinlin.demo.accounts import ACCOUNTS
from jinlin.demo.build import build
from jinlin.demo.profiles import PROFILES, Profile, hetang, ningde
from jinlin.organisations.models import Appointment, Body, Coverage, Partnership
from jinlin.organisations.queries import running_appointments
from jinlin.people.models import Account, Household
from jinlin.platform.dates import today
from jinlin.playbooks.here import current_playbook
from jinlin.region.districts import current_district
from jinlin.territory.models import GridPlan, Place, Zone, ZoneMembership

SCALE = 8
Built = Callable[[Profile], dict[str, object]]


@pytest.fixture
def built(district, monkeypatch) -> Built:
    """Build a profile in the tests' district; return {id of an indicator: value}."""

    def run(profile: Profile) -> dict[str, object]:
        monkeypatch.setattr(current_district(), "playbook", profile.name)
        build(profile, lambda words: None, requests=min(profile.requests, 10))
        measured = measured_here(current_playbook(), Look(today()))
        return {one.indicator.id: one.as_dict()["value"] for one in measured}

    return run


def scaled(name: str) -> Profile:
    module = {"hetang": hetang, "ningde": ningde}[name]
    changed = {"place": partial(module.place, SCALE), "organise": partial(module.organise, scale=SCALE)}
    return replace(PROFILES[name], **changed)


def parents_are_right() -> bool:
    """Whether every body of a kind with one above stands under one of that kind."""
    playbook = current_playbook()
    above = {row.kind: row.above for row in playbook.body if row.above}
    rows = Body.objects.filter(kind__in=above, founded_on__isnull=False).values_list("kind", "parent__kind").distinct()
    return all(parent in above[kind] for kind, parent in rows)


def demo_accounts() -> set[str]:
    names = {account.username for account in ACCOUNTS}
    return names - set(Account.objects.filter(username__in=names).values_list("username", flat=True))


@pytest.mark.mechanism(
    "M002", "M003", "M005", "M007", "M008", "M028", "M029", "M030", "M031", "M032", "M033", "M034"
)  # fmt: skip
def test_hongrun_has_the_numbers_of_the_catalogue(built: Built):
    values = built(PROFILES["hongrun"])
    assert values == {
        "I046": [12, 154], "I047": 150, "I048": 154, "I049": 356, "I050": 748, "I051": 122, "I052": 18, "I053": 124,
        "I054": [1, 1], "I057": 154, "I058": 34, "I059": 26, "I060": 412,
    }  # fmt: skip
    assert demo_accounts() == set()
    assert parents_are_right()
    assert Household.objects.count() == 23_100
    grids_are_whole()
    forces_are_whole()


def grids_are_whole() -> None:
    """154 grids with codes of their own below 12 communities; every home in one; a branch and a member in each."""
    grids = list(Zone.objects.filter(kind=Zone.Kind.GRID, valid_to__isnull=True))
    assert len({grid.label for grid in grids}) == 154
    assert all(grid.label.startswith(grid.community_code) and len(grid.label) == 15 for grid in grids)
    per_community = Zone.objects.filter(kind=Zone.Kind.GRID).values("community_code").annotate(n=Count("pk"))
    assert sorted(per_community.values_list("n", flat=True)) == [12] * 2 + [13] * 10
    homes = Place.objects.filter(level=22)
    assert (homes.count(), homes.filter(grid__isnull=True).count()) == (23_100, 0)
    assert set(GridPlan.objects.values_list("state", flat=True)) == {"in_force"}
    covered = Coverage.objects.filter(kind="estate_branch", valid_to__isnull=True)
    assert covered.values("zone").distinct().count() == covered.count() == 154
    members = running_appointments(today()).filter(key="grid_member")
    assert members.values("zone").distinct().count() == members.count() == 154


def forces_are_whole() -> None:
    """The sum of the forces is 626; groups, centre households and heads have the catalogue's ratios."""
    keys = ("grid_member", "community_police", "enforcement_officer", "service_team_member")
    assert running_appointments(today()).filter(key__in=keys).count() == 626
    count = {row["kind"]: row["n"] for row in Body.objects.values("kind").annotate(n=Count("pk"))}
    assert round(count["building_group"] / count["estate_branch"], 2) == 2.31
    assert round(count["centre_household"] / count["estate_branch"], 2) == 4.86
    heads = running_appointments(today()).filter(key="building_head").count()
    assert round(23_100 / heads, 1) == 30.9
    concurrent = running_appointments(today()).filter(key="concurrent_member")
    assert (concurrent.count(), concurrent.values("person").distinct().count()) == (150, 122)
    for body in Body.objects.filter(kind="centre_household").select_related("parent"):
        assert body.place_code.startswith(body.parent.place_code)


@pytest.mark.mechanism("M036")
def test_pingwu_has_the_numbers_of_the_catalogue(built: Built):
    assert built(PROFILES["pingwu"]) == {"I092": [100, 100]}
    assert (Place.objects.filter(level=12).count(), Household.objects.count()) == (10, 12_000)
    assert demo_accounts() == set()
    assert parents_are_right()


def test_hetang_is_built_by_the_same_code_at_an_eighth(built: Built):
    values = built(scaled("hetang"))
    wanted = {"I001": 7, "I002": 7, "I003": 30, "I004": 100, "I005": 18}
    wanted |= {"I006": 18, "I007": 16, "I008": 17, "I009": 16, "I010": 9, "I011": 6}
    assert wanted.items() <= values.items()
    assert demo_accounts() == set()
    assert parents_are_right()
    neighbours_are_whole(heads=5_453 // SCALE + 1_952 // SCALE)


@pytest.mark.slow
@pytest.mark.mechanism("M001", "M005", "M007", "M021", "M022", "M023")
def test_hetang_has_the_numbers_of_the_catalogue(built: Built):
    values = built(PROFILES["hetang"])
    wanted = {"I001": 7, "I002": 62, "I003": 244, "I004": 100, "I005": 147}
    wanted |= {"I006": 148, "I007": 130, "I008": 136, "I009": 135, "I010": 79, "I011": 50}
    assert wanted.items() <= values.items()
    assert Household.objects.count() == 86_908
    joint = Coverage.objects.filter(kind="estate_branch", body__joint=True)
    assert (joint.values("body").distinct().count(), joint.count()) == (4, 10)
    assert Body.objects.filter(kind="estate_branch").count() == 238
    sent = running_appointments(today()).filter(key="first_secretary")
    assert sent.values("body").distinct().count() == 147
    assert f"{147 / 244:.1%}" == "60.2%"
    assert running_appointments(today()).filter(key="work_team_member").count() == 549
    backed = Partnership.objects.filter(kind="backing_unit")
    assert (backed.values("unit").distinct().count(), backed.values("zone").distinct().count()) == (129, 244)
    neighbours_are_whole(heads=7_405)
    sizes = ZoneMembership.objects.filter(kind=Zone.Kind.NEIGHBOURS).values("zone").annotate(homes=Count("pk"))
    assert sizes.filter(homes=12).count() == 5_453
    assert sizes.filter(homes=11).count() == 1_952


def neighbours_are_whole(heads: int) -> None:
    """Every home is in one neighbour area, and every area has a head who lives there and has accepted."""
    assert not Place.objects.filter(level=22, neighbours__isnull=True).exists()
    areas = Zone.objects.filter(kind=Zone.Kind.NEIGHBOURS)
    posts = running_appointments(today()).filter(key="neighbour_head")
    assert areas.count() == posts.count() == posts.values("zone").distinct().count() == heads
    first_homes = areas.annotate(home=Min("memberships__member_code")).values_list("pk", "home")
    living = posts.values_list("zone", "person__residences__household__home_code")
    assert set(living) == set(first_homes)


def test_ningde_is_built_by_the_same_code_at_an_eighth(built: Built):
    values = built(scaled("ningde"))
    wanted = {"I004": 100, "I065": 52, "I066": 50, "I067": 486, "I070": 10, "I071": 1, "I072": 8, "I079": 18}
    wanted |= {"I080": 1_101 // SCALE - 1, "I082": 981 // SCALE - 1}
    wanted |= {"I084": 3 * (31_667 // SCALE) - 1, "I085": 10, "I086": 40_001 // SCALE - 1, "I087": 3_501 // SCALE - 1}
    assert wanted.items() <= values.items()
    assert demo_accounts() == set()
    assert parents_are_right()


@pytest.mark.slow
@pytest.mark.mechanism("M007", "M008", "M026", "M027", "M036", "M037", "M041")
def test_ningde_has_the_numbers_of_the_catalogue(built: Built):
    values = built(PROFILES["ningde"])
    wanted = {"I004": 100, "I065": 416, "I066": 401, "I067": 3_900, "I070": 81, "I071": 10, "I072": 70, "I079": 146}
    wanted |= {"I084": 95_000, "I085": 10, "I086": 40_000, "I087": 3_500}
    assert wanted.items() <= values.items()
    assert Body.objects.filter(kind="centre_household").count() == 3_901
    secretaries = Appointment.objects.filter(key="estate_secretary")
    assert secretaries.values("body").distinct().count() == secretaries.count() == 416
    assert parents_are_right()
