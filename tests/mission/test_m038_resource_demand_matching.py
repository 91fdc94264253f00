"""M038 资源清单与需求清单对接: two lists meet with reasons, what stays open says why, and a person agrees."""

import pytest
from django.test import Client

from jinlin.organisations.models import Body
from jinlin.volunteering.models import Pairing, Posting
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M038")]


@pytest.fixture
def place(clock) -> Community:
    return make_community()


@pytest.fixture
def unit(place: Community) -> Body:
    return Body.objects.create(name="供电所", kind="member_unit", place_code=COMMUNITY, outside=True)


def put_up(desk: Client, word: str, body: Body, category: str, title: str, **more: object):
    words = {
        "category": category,
        "title": title,
        "place": COMMUNITY,
        "body": body.pk,
        "places": 1,
        "first_day": "2026-05-08",
    }
    return desk.post(f"/desk/volunteering/{word}/new/", {**words, **more})


def test_five_demands_and_four_resources_of_which_three_fit(place: Community, unit: Body) -> None:
    desk, committee = signed_in(place, "community_worker"), place.bodies["residents_committee"]
    saturday = {"weekdays": ["5"], "first_hour": 9, "end_hour": 12}
    for category in ("venue", "care", "culture", "funds", "goods"):
        assert put_up(desk, "needs", committee, category, f"需求-{category}", **saturday).status_code == 302
    for category in ("venue", "care", "culture", "advice"):
        assert put_up(desk, "offers", unit, category, f"资源-{category}", **saturday).status_code == 302

    page = text_of(desk.post("/desk/volunteering/matching/", {"place": COMMUNITY}))
    assert page.count("← 资源-") == 3
    assert "类别相同：场地" in page and "星期六都有空" in page
    assert page.count("还缺1个") == 2 and "没有同类资源" in page
    assert "未用上的资源" in page and "资源-advice" in page
    assert set(Pairing.objects.values_list("state", flat=True)) == {"proposed"}

    pair = Pairing.objects.order_by("pk").first()
    assert desk.post(f"/desk/volunteering/services/{pair.pk}/agree/").status_code == 302
    pair.refresh_from_db()
    assert pair.state == "accepted"


def test_a_demand_without_a_quantity_and_a_resource_past_its_date_are_refused(place: Community, unit: Body) -> None:
    desk = signed_in(place, "community_worker")
    assert put_up(desk, "needs", place.bodies["residents_committee"], "venue", "场地", places="").status_code == 422
    late = {"first_day": "2026-01-01", "last_day": "2026-02-01"}
    answer = put_up(desk, "offers", unit, "venue", "场地", **late)
    assert answer.status_code == 422 and "截止日期已过" in text_of(answer)
    assert not Posting.objects.exists()
