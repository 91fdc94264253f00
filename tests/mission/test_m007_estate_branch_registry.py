"""M007 支部建在小区: branches set up singly or jointly cover every estate, and none is covered twice."""

from collections.abc import Callable

import pytest

from jinlin.organisations.actions import NewBody, found_bodies
from jinlin.organisations.models import Body
from jinlin.organisations.queries.coverage import coverage_of_kind
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.territory.models import Zone
from tests.people.conftest import text_of
from tests.support.bodies import FOUNDED, at_desk, found, many_estates
from tests.support.community import COMMUNITY, Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M007")]


@pytest.fixture
def place(method: Callable) -> Community:
    place = make_community()
    many_estates(242)
    method("hetang")
    return place


def test_244_estates_of_which_10_share_4_joint_branches(place: Community, method: Callable) -> None:
    playbook, officer = method("hetang"), at_desk(place, "subdistrict_officer")
    by_community: dict[str, list[Zone]] = {}
    for zone in Zone.objects.filter(kind="estate").order_by("label"):
        by_community.setdefault(zone.community_code, []).append(zone)
    communities = [zones for zones in by_community.values() if len(zones) > 3]
    shared = [zones[:size] for zones, size in zip(communities, (3, 3, 2, 2), strict=True)]
    joint = [
        NewBody("estate_branch", f"联合党支部{at}", zones[0].community_code, joint=True, founded_on=FOUNDED,
                covers=tuple(zone.label for zone in zones))
        for at, zones in enumerate(shared)
    ]  # fmt: skip
    small = {zone.pk for zones in shared for zone in zones}
    assert len(small) == 10
    single = [
        NewBody("estate_branch", f"{zone.name}党支部", zone.community_code, zone=zone, founded_on=FOUNDED)
        for zones in by_community.values()
        for zone in zones
        if zone.pk not in small
    ]
    found_bodies(actor=SYSTEM, new=joint)
    assert coverage_of_kind(playbook, "estate_branch", today()).words == "10/244"
    found_bodies(actor=SYSTEM, new=single)
    assert coverage_of_kind(playbook, "estate_branch", today()).words == "244/244"
    assert "244/244" in text_of(officer.get("/desk/bodies/coverage/estate_branch/"))
    assert Body.objects.filter(kind="estate_branch").count() == 238
    one = next(iter(shared))[0]
    answer = officer.post(
        "/desk/bodies/new/?kind=estate_branch", {"name": "又一个支部", "place": one.label, "founded_on": "2024-05-01"}
    )
    assert answer.status_code == 422 and "联合党支部0" in text_of(answer)


def test_a_joint_branch_with_one_estate_is_refused(place: Community) -> None:
    estate = place.estates[0]
    given = {"name": "联合支部", "place": "", "joint": "on", "covers": [estate.label], "founded_on": "2024-05-01"}
    answer = at_desk(place, "community_worker").post("/desk/bodies/new/?kind=estate_branch", given)
    assert answer.status_code == 422 and "covers" in answer.context["form"].errors
    assert not Body.objects.filter(name="联合支部").exists()


def test_everybody_reads_office_and_contact_but_no_members(place: Community) -> None:
    found(
        "estate_branch", "幸福里党支部", COMMUNITY, zone=place.estates[0], phone="0731-2888", office="1号楼 9:00-17:00"
    )
    page = text_of(at_desk(place, "resident").get(f"/estates/{place.estates[0].label}/"))
    assert "0731-2888" in page and "1号楼 9:00-17:00" in page and "测试" not in page
