"""M002 网格划分: 23,100 households of 12 communities in 154 grids about 150 each, approved for a day, old ones kept."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from jinlin.people.models import Household
from jinlin.platform.dates import today
from jinlin.platform.models import Notice
from jinlin.territory.models import GridPlan, Place, Zone, ZoneMembership
from jinlin.territory.states import PlanState
from tests.support.community import SUBDISTRICT, Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M002")]
TARGET, HOUSEHOLDS, GRIDS = 150, 23_100, 154
SIZES = [1_950] * 10 + [1_800] * 2
COLUMNS, PER_BUILDING = 6, 30
BEGINNING = date(2020, 1, 1)


@pytest.fixture
def city() -> Community:
    """Twelve communities beside the small one, which is emptied, with buildings of 30 households in rows of six."""
    made = make_community()
    Household.objects.filter(home_code__startswith=made.buildings[0].code[:12]).delete()
    Place.objects.filter(code__startswith=made.buildings[0].code[:12], level__gt=12).update(valid_to=BEGINNING)
    places, households = [], []
    for number, size in enumerate(SIZES):
        community = f"{SUBDISTRICT}{number + 101:03d}"
        places.append(row(community, f"社区{number + 1}"))
        for at in range(size // PER_BUILDING):
            spot = {"longitude": 102.5 + number / 100 + at % COLUMNS / 1000, "latitude": 25.0 + at // COLUMNS / 1000}
            places.append(row(f"{community}{at + 1:04d}", f"{at + 1}号楼", **spot))
            homes = (f"{community}{at + 1:04d}01{home:04d}" for home in range(1, PER_BUILDING + 1))
            households += [Household(home_code=home, valid_from=BEGINNING) for home in homes]
    Place.objects.bulk_create(places)
    Household.objects.bulk_create(households, batch_size=5_000)
    return made


def row(code: str, name: str, **more: Any) -> Place:
    return Place(code=code, level=len(code), name=name, address=name, search="", valid_from=BEGINNING, **more)


def desk(city: Community, who: str) -> Client:
    client = Client()
    client.force_login(city.account(who))
    return client


def proposed(city: Community, who: str = "subdistrict_officer", **entered: Any) -> Any:
    form = {"target": TARGET, "mode": "keep", "seed": 1} | entered
    return desk(city, who).post(f"/desk/grids/propose/?of={SUBDISTRICT}", form)


def test_23100_households_become_154_grids_each_in_one_community(city: Community) -> None:
    answer = proposed(city)
    assert answer.status_code == 302
    rows = desk(city, "subdistrict_officer").get(answer["Location"]).context["view"].rows
    assert len(rows) == GRIDS and sum(grid.households for grid in rows) == HOUSEHOLDS
    assert len({grid.community for grid in rows}) == len(SIZES)
    plan = GridPlan.objects.get()
    assert all(grid[:12] == building[:12] for building, grid in plan.assignment.items())
    assert len(plan.assignment) * PER_BUILDING == HOUSEHOLDS
    assert max(abs(grid.households - TARGET) for grid in rows) <= TARGET * 0.2


def test_somebody_else_approves_and_every_household_has_one_grid_from_that_day(city: Community) -> None:
    path = proposed(city)["Location"]
    desk(city, "subdistrict_officer").post(f"{path}hand-in/")
    assert desk(city, "subdistrict_officer").get(f"{path}approve/").status_code == 403
    officer = desk(city, "district_officer")
    sent = {"effective_from": today().isoformat(), "version": 2}
    assert officer.post(f"{path}approve/", sent).status_code == 302
    assert GridPlan.objects.get().state == PlanState.IN_FORCE
    open_ones = ZoneMembership.objects.filter(kind="grid", valid_to__isnull=True, zone__valid_to__isnull=True)
    members = list(open_ones.exclude(member_code__startswith=f"{SUBDISTRICT}001").values_list("member_code", flat=True))
    assert len(members) == len(set(members)) == HOUSEHOLDS // PER_BUILDING
    assert Zone.objects.filter(kind="grid", valid_from=today()).count() == GRIDS
    assert Place.objects.filter(level=16, valid_to__isnull=True, grid__isnull=True).count() == 0
    assert Notice.objects.filter(text__contains="网格").exists()


@pytest.mark.parametrize("entered", [{"target": -150}, {"target": "每格150"}, {"number-530199001101": 999}])
def test_a_size_that_cannot_be_is_refused(city: Community, entered: dict[str, Any]) -> None:
    answer = proposed(city, **entered)
    assert answer.status_code == 422 and answer.context["form"].errors
    assert not GridPlan.objects.exists()
