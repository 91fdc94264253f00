"""M037 服务岗位认领（10类）: ten categories, places that fill up, a waiting list, shifts that the host confirms."""

import pytest
from django.test import Client

from jinlin.playbooks.loader import load_playbook
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.queries import categories
from jinlin.volunteering.states import State
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M037")]


@pytest.fixture
def place(clock, district) -> Community:
    return make_community()


def post(desk: Client, place: Community, **more: object):
    words = {
        "category": "people",
        "title": "楼道保洁",
        "place": COMMUNITY,
        "body": place.bodies["residents_committee"].pk,
        "places": 2,
        "first_day": "2026-05-08",
    }
    return desk.post("/desk/volunteering/posts/new/", {**words, **more})


def test_the_table_of_ningde_holds_exactly_ten_categories_three_of_them_named() -> None:
    table = categories(load_playbook("ningde"), Posting.Kind.POST)
    assert len(table) == 10
    assert [*table.values()][:3] == ["党建工作指导岗", "文明创建宣传岗", "环境卫生保洁岗"]
    assert "11" not in table


def test_the_third_claim_of_two_places_waits_and_the_shift_is_confirmed_by_the_host(place: Community) -> None:
    desk = signed_in(place, "community_worker")
    assert post(desk, place).status_code == 302
    made = Posting.objects.get()
    people = [signed_in(place, name) for name in ("resident", "neighbour", "grid_member")]
    assert "剩2个名额" in text_of(people[0].get("/volunteering/"))
    answers = [text_of(one.post(f"/volunteering/posts/{made.pk}/claim/", follow=True)) for one in people]
    assert "认领成功" in answers[0] and "候补" in answers[2]
    assert "已满，可候补" in text_of(people[0].get("/volunteering/"))
    assert list(made.pairings.order_by("pk").values_list("state", flat=True)) == ["accepted", "accepted", "waiting"]

    first = Pairing.objects.order_by("pk").first()
    served = {"day": "2026-05-08", "minutes": 60, "solved": "三楼堆物"}
    assert people[0].post(f"/volunteering/mine/{first.pk}/served/", served).status_code == 302
    assert people[0].post(f"/desk/volunteering/services/{first.pk}/confirm/").status_code == 403
    assert "三楼堆物" in text_of(desk.get("/desk/volunteering/services/"))
    assert desk.post(f"/desk/volunteering/services/{first.pk}/confirm/").status_code == 302
    assert "已确认分钟数 60" in text_of(desk.get("/desk/volunteering/"))
    assert "解决问题 1" in text_of(desk.get("/desk/volunteering/"))

    people[1].post(f"/volunteering/mine/{Pairing.objects.order_by('pk')[1].pk}/withdraw/")
    assert Pairing.objects.order_by("pk").last().state == State.ACCEPTED


def test_an_eleventh_category_and_no_places_are_refused_with_the_form_kept(place: Community) -> None:
    desk = signed_in(place, "community_worker")
    for wrong in ({"category": "eleventh"}, {"places": 0}, {"title": ""}):
        answer = post(desk, place, **wrong)
        assert answer.status_code == 422
        assert 'value="2026-05-08"' in answer.content.decode()
    assert not Posting.objects.exists()
