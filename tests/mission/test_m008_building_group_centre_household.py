"""M008 楼栋党小组与党员中心户: 154 branches, 356 groups and 748 centre households, counted and kept in their buildings."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from jinlin.organisations.actions import NewBody, found_bodies
from jinlin.organisations.actions.reminding import remind_of_posts
from jinlin.organisations.models import Appointment, Body
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.models import Notice
from jinlin.territory.models import Place, Zone, ZoneMembership
from tests.people.conftest import text_of
from tests.support.bodies import FOUNDED, at_desk, found
from tests.support.community import COMMUNITY, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M008")]
OTHER = f"{COMMUNITY[:9]}201"
BRANCHES, GROUPS, CENTRES = 154, 356, 748


def hongrun_places() -> tuple[list[Zone], list[Place], list[Place]]:
    """Make 154 grids, 356 buildings and 748 homes in a community of their own."""
    Place.objects.create(code=OTHER, level=12, name="红润社区", address="红润社区", search="", valid_from=FOUNDED)
    grids = Zone.objects.bulk_create(
        Zone(kind="grid", label=f"{OTHER}{n:03d}", name=f"网格{n}", community_code=OTHER, valid_from=FOUNDED)
        for n in range(1, BRANCHES + 1)
    )
    buildings = Place.objects.bulk_create(
        Place(code=f"{OTHER}{n + 1:04d}", level=16, name=f"{n + 1}号楼", address=f"红润{n + 1}号楼", search="",
              grid=grids[n % BRANCHES], valid_from=FOUNDED)
        for n in range(GROUPS)
    )  # fmt: skip
    ZoneMembership.objects.bulk_create(
        ZoneMembership(zone=building.grid, kind="grid", member_code=building.code, valid_from=FOUNDED)
        for building in buildings
    )
    homes = Place.objects.bulk_create(
        Place(code=f"{buildings[n % GROUPS].code}01{n // GROUPS + 1:04d}", level=22, name=str(n), address=f"户{n}",
              search="", valid_from=FOUNDED)
        for n in range(CENTRES)
    )  # fmt: skip
    return grids, buildings, homes


def test_154_branches_356_groups_748_centre_households(method: Callable) -> None:
    place = make_community()
    method("hongrun")
    grids, buildings, homes = hongrun_places()
    rows = [
        *(NewBody("centre_household", f"中心户{n}", home.code, founded_on=FOUNDED) for n, home in enumerate(homes)),
        *(NewBody("building_group", f"党小组{n}", one.code, founded_on=FOUNDED) for n, one in enumerate(buildings)),
        *(NewBody("estate_branch", f"党支部{n}", OTHER, zone=zone, founded_on=FOUNDED) for n, zone in enumerate(grids)),
    ]
    Body.objects.create(kind="community_committee", name="红润社区党委", place_code=OTHER, founded_on=FOUNDED)
    started = time.process_time()
    made = found_bodies(actor=SYSTEM, new=rows)
    assert len(made) == BRANCHES + GROUPS + CENTRES
    assert time.process_time() - started < 30
    page = text_of(at_desk(place, "subdistrict_officer").get("/desk/bodies/coverage/estate_branch/"))
    for words in ("154", "356", "748", "2.31", "4.86"):
        assert words in page, words


def test_a_group_needs_its_branch_and_a_centre_household_its_building(method: Callable) -> None:
    place = make_community()
    method("hongrun")
    worker, building = at_desk(place, "community_worker"), place.buildings[0]
    found("estate_branch", "一网格支部", zone=place.grids[0])
    group = found("building_group", "1号楼党小组", building.code)
    for kind, code in (("building_group", place.buildings[2].code), ("centre_household", place.homes[5].code)):
        answer = worker.post(
            f"/desk/bodies/new/?kind={kind}",
            {"name": "新的", "place": code, "parent": group.pk, "founded_on": "2024-05-01"},
        )
        assert answer.status_code == 422 and "parent" in answer.context["form"].errors, kind


def test_a_contact_point_is_named_only_with_consent_and_the_community_told_when_it_falls_vacant(
    clock: Any, method: Callable
) -> None:
    place = make_community()
    method("hongrun")
    found("estate_branch", "一网格支部", zone=place.grids[0])
    found("building_group", "1号楼党小组", place.buildings[0].code)
    centre = found("centre_household", "101中心户", place.homes[0].code, office="每晚7点到9点")
    worker, own = at_desk(place, "community_worker"), at_desk(place, "resident")
    posts = [post.key for post in worker.get(f"/desk/bodies/{centre.pk}/give-post/").context["posts"]]
    given = {
        "phone": place.persons["resident"].phone,
        "post": str(posts.index("centre_keeper")),
        "term_from": today().isoformat(),
    }
    assert worker.post(f"/desk/bodies/{centre.pk}/give-post/", given).status_code == 302
    post = Appointment.objects.get(key="centre_keeper")
    assert not post.is_running(today()), "only asked"
    own.post(f"/me/posts/{post.pk}/accept/")
    url = f"/estates/{place.estates[0].label}/"
    client = at_desk(place, "neighbour")
    assert "测试0" not in text_of(client.get(url)) and "101中心户" not in text_of(client.get(url))
    own.post(f"/me/posts/{post.pk}/name/", {"listed": "yes"})
    page = text_of(client.get(url))
    assert "测试0" in page and "每晚7点到9点" in page and "1号楼" in page
    clock.forward(days=1)
    at_desk(place, "resident").post(f"/me/posts/{post.pk}/leave/")
    assert "测试0" not in text_of(client.get(url))
    told = Notice.objects.filter(person_id=place.persons["community_worker"].pk, text__contains="101中心户")
    for _day in range(4):
        remind_of_posts()
        clock.forward(days=1)
    assert [notice.text for notice in told] == ["101中心户的党员中心户联络人自2026-05-09起空缺。"]
    assert not Notice.objects.filter(person_id=place.persons["neighbour"].pk).exists()
    assert "101中心户" in text_of(at_desk(place, "community_worker").get(told.get().link))
