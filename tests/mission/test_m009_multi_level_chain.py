"""M009 四级/五级组织体系: a request goes up the chain step by step, and from its top by the tiered route."""

from collections.abc import Callable

import pytest
from django.test import Client

from jinlin.organisations.models import Body
from jinlin.requests.actions import Report, Where, raise_request
from jinlin.requests.models import Request
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found
from tests.support.community import Community, make_community
from tests.support.pages import send

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M009")]


@pytest.fixture
def place(method: Callable) -> Community:
    place = make_community()
    method("hongrun")
    found("estate_branch", "一网格支部", zone=place.grids[0])
    found("building_group", "1号楼党小组", place.buildings[0].code)
    found("centre_household", "101中心户", place.homes[0].code)
    return place


def at_centre_household(place: Community, worker: Client) -> Request:
    report = Report(text="楼道灯不亮", where=Where(place_code=place.homes[0].code))
    request = raise_request(actor=place.actor("resident"), report=report).request
    url = f"/desk/requests/{request.pk}"
    send(worker, f"{url}/accept", category="W104", urgency="ordinary")
    centre = Body.objects.get(name="101中心户").pk
    send(worker, f"{url}/dispatch", choice="other", body=centre, basis="党员中心户先看一看")
    request.refresh_from_db()
    assert request.body_id == centre
    return request


def test_three_times_up_is_at_the_community_and_a_fourth_is_refused(place: Community) -> None:
    worker = at_desk(place, "community_worker")
    request = at_centre_household(place, worker)
    page = text_of(worker.get(f"/desk/requests/{request.pk}"))
    names = ["101中心户", "1号楼党小组", "一网格支部", "虹山社区党委"]
    assert [page.index(name, page.index("下一步去向")) for name in names] == sorted(
        page.index(name, page.index("下一步去向")) for name in names
    )
    for name in names[1:]:
        assert send(worker, f"/desk/requests/{request.pk}/hand-up", reason="这一级办不了").status_code == 302
        request.refresh_from_db()
        assert request.body.name == name
    assert request.transfers == 0
    assert request.steps.filter(verb="climb").count() == 3
    refused = worker.post(
        f"/desk/requests/{request.pk}/hand-up", {"reason": "还要往上", "version": request.version, "key": "a" * 32}
    )
    assert refused.status_code in {422, 409} and "分级" in text_of(refused)
    request.refresh_from_db()
    assert request.body.name == "虹山社区党委"


def test_a_skipped_level_and_a_level_that_is_not_there(place: Community) -> None:
    worker = at_desk(place, "community_worker")
    committee = Body.objects.get(kind="community_committee")
    given = {"name": "跳级小组", "place": place.buildings[1].code, "parent": committee.pk, "founded_on": "2024-05-01"}
    answer = worker.post("/desk/bodies/new/?kind=building_group", given)
    assert answer.status_code == 422 and "parent" in answer.context["form"].errors
    assert "kind" in worker.get("/desk/bodies/new/?kind=courtyard_organisation").context["form"].fields
