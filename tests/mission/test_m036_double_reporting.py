"""M036 “双报到”与“双报到双服务双报告”: units and members report where they live, serve, and report back."""

import re

import pytest
from django.test import Client

from jinlin.organisations.models import Body
from jinlin.volunteering.models import Report
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M036")]


@pytest.fixture
def place(clock) -> Community:
    return make_community()


@pytest.fixture
def unit(place: Community) -> Body:
    return Body.objects.create(name="供电所", kind="member_unit", place_code=COMMUNITY, outside=True, head_count=4)


def report(client: Client, unit: Body, **more: str):
    return client.post("/volunteering/report/", {"stage": "in", "place": COMMUNITY, "unit": unit.pk, **more})


def test_one_member_three_times_and_a_unit_without_a_community(place: Community, unit: Body) -> None:
    Body.objects.create(name="小学", kind="member_unit", place_code=COMMUNITY, outside=True)
    resident, desk = signed_in(place, "resident"), signed_in(place, "community_worker")
    for _time in range(3):
        assert report(resident, unit).status_code == 302
    words = {"unit": unit.pk, "place": COMMUNITY, "stage": "in", "day": "2026-05-08"}
    assert desk.post("/desk/volunteering/reports/new/", words).status_code == 302

    board = text_of(desk.get("/desk/volunteering/"))
    assert re.search(r"已报到单位\D*1\D*全部单位\D*2", board), board
    assert re.search(r"报到人次\D*3\D*1人 共4", board), board
    assert "小学" in text_of(desk.get("/desk/volunteering/units/?reported=no"))


def test_the_six_steps_of_both_tracks_leave_their_lines(place: Community, unit: Body) -> None:
    resident, desk = signed_in(place, "resident"), signed_in(place, "community_worker")
    report(resident, unit)
    report(resident, unit, stage="back", words="帮社区修了三次水管")
    for stage in ("in", "back"):
        words = {"unit": unit.pk, "place": COMMUNITY, "stage": stage, "day": "2026-05-08"}
        desk.post("/desk/volunteering/reports/new/", words)
    stages = set(Report.objects.values_list("track", "stage"))
    assert stages == {("member", "in"), ("member", "back"), ("unit", "in"), ("unit", "back")}
    assert "帮社区修了三次水管" in text_of(resident.get("/volunteering/mine/"))


def test_another_community_another_person_and_a_service_of_ones_own_are_refused(place: Community, unit: Body) -> None:
    homeless = signed_in(place, "grid_member")
    assert "还不知道您住在哪里" in text_of(homeless.get("/volunteering/report/"))
    assert report(homeless, unit).status_code == 422
    assert report(signed_in(place, "resident"), unit, place="530199001002").status_code == 422
    assert signed_in(place, "neighbour").get("/desk/volunteering/reports/").status_code == 403
    assert not Report.objects.exists()
