"""M013 “1+6”治理共同体: an estate's seven forces, how many are there, and which are missing."""

from collections.abc import Callable

import pytest

from jinlin.organisations.models import Body
from jinlin.organisations.queries.tables import tables_of_estates
from jinlin.platform.dates import today
from jinlin.territory.models import Zone
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found, many_estates, seat
from tests.support.community import make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M013")]


def test_branch_team_and_neighbour_heads_are_three_of_seven(
    method: Callable, django_assert_max_num_queries: Callable
) -> None:
    place = make_community()
    playbook, estate = method("hetang"), place.estates[0]
    Body.objects.filter(zone__isnull=False).update(active=False)
    branch = found("estate_branch", "幸福里党支部", zone=estate, phone="0731-2888")
    found("work_team", "驻幸福里工作队", zone=estate)
    seat(place, "neighbour_head", branch, "neighbour_head", zone=estate)
    page = text_of(at_desk(place, "resident").get(f"/estates/{estate.label}/"))
    assert "3/7" in page and "0731-2888" in page
    for missing in ("物业公司", "业主委员会", "社会组织", "志愿服务组织"):
        assert missing in page.split("缺：")[1], missing
    overview = text_of(at_desk(place, "community_worker").get("/desk/bodies/tables/governance_1_6/"))
    assert "3/7" in overview and "0/7" in overview
    many_estates(242)
    zones = list(Zone.objects.filter(kind="estate"))
    with django_assert_max_num_queries(8):
        tables = tables_of_estates(playbook, "governance_1_6", zones, today())
    assert len(tables) == 244 and sum(table.filled for table in tables.values()) == 3


def test_one_team_is_not_two_forces_and_an_unknown_force_is_none(method: Callable) -> None:
    place = make_community()
    method("hetang")
    worker, estate = at_desk(place, "community_worker"), place.estates[0]
    found("volunteer_organisation", "红马甲", zone=estate)
    given = {"name": "红马甲", "place": estate.label, "founded_on": "2024-05-01"}
    twice = worker.post("/desk/bodies/new/?kind=social_organisation", given)
    assert twice.status_code == 422 and "name" in twice.context["form"].errors
    assert "kind" in worker.get("/desk/bodies/new/?kind=supervisory_committee").context["form"].fields
