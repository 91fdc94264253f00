"""M053 四万活动: a home that wants no visits is left out, coverage counts willing homes only, and issues go to a list."""

from typing import Any

import pytest

from jinlin.lists import actions as lists
from jinlin.lists.actions import NewList
from jinlin.lists.models import Item
from jinlin.outreach.models import Round, Visit
from jinlin.platform.models import Notice
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M053")]


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    return make_community()


def planned(place: Community, **more: Any) -> Any:
    desk = signed_in(place, "community_worker")
    about = {"kind": "homes", "title": "四万走访", "body": place.bodies["service_station"].pk, "place": COMMUNITY,
             "zone": place.estates[0].pk, "on": "2026-05-09"}  # fmt: skip
    return send(desk, "/desk/outreach/new/", **about | more)


def test_m053_a_home_marked_no_visits_is_left_out_and_coverage_counts_the_willing(place: Community, clock: Any) -> None:
    resident = signed_in(place, "resident")
    home = place.homes[0].code
    assert resident.post(f"/outreach/homes/{home}/no-visits/", {"wanted": "on"}).status_code == 302
    assert signed_in(place, "neighbour").post(f"/outreach/homes/{home}/no-visits/", {}).status_code == 403
    assert planned(place).status_code == 302
    made = Round.objects.get()
    assert made.left_out == 1
    assert made.visits.count() == 7
    assert not made.visits.filter(home_code=home).exists()
    notice = Notice.objects.get(person_id=place.persons["neighbour"].pk)
    assert "2026-05-09" in notice.text and "请回复" in notice.text
    assert not Notice.objects.filter(person_id=place.persons["resident"].pk).exists()

    neighbours = made.visits.get(home_code=place.homes[5].code)
    signed_in(place, "neighbour").post(f"/outreach/visits/{neighbours.pk}/decline/")
    desk = signed_in(place, "community_worker")
    first, second = made.visits.exclude(pk=neighbours.pk).order_by("pk")[:2]
    assert send(desk, f"/desk/outreach/visits/{first.pk}/", marks=["enter"]).status_code == 409
    clock.move_to("2026-05-09 10:00")
    refused = send(desk, f"/desk/outreach/visits/{neighbours.pk}/", marks=["enter"])
    assert (refused.status_code, "不接受走访" in text_of(refused)) == (409, True)
    for visit in (first, second):
        answer = send(desk, f"/desk/outreach/visits/{visit.pk}/", marks=["enter", "learn", "solve", "warm"])
        assert answer.status_code == 302
    first.refresh_from_db()
    assert first.marks == ["enter", "learn", "solve", "warm"]
    assert "6户愿意走访，已走访2户" in text_of(desk.get(f"/desk/outreach/{made.pk}/"))
    assert {field.name for field in Visit._meta.get_fields() if field.concrete} == {
        "id", "round", "household", "home_code", "state", "marks", "at", "actor_id",
    }, "nothing about persons is kept"  # fmt: skip


def test_m053_an_issue_is_handed_over_to_a_list_and_says_nothing_of_persons(place: Community, clock: Any) -> None:
    worker = place.actor("community_worker")
    wanted = NewList("problem", "幸福里问题清单", COMMUNITY, place.bodies["residents_committee"])
    problems = lists.open_lists(actor=worker, lists=[wanted])[0]
    planned(place)
    made = Round.objects.get()
    clock.move_to("2026-05-09 10:00")
    desk = signed_in(place, "community_worker")
    issue = f"/desk/outreach/{made.pk}/issue/"
    wrong = send(desk, issue, words="张三13912345678家漏水", list=problems.pk)
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"words"})
    assert send(desk, issue, words="三号楼漏水", list=problems.pk).status_code == 302
    item = Item.objects.get()
    assert (item.title, item.origin, item.list) == ("三号楼漏水", f"round:{made.pk}", problems)
    assert made.findings.get().became == f"item:{item.pk}"
    assert f"/desk/lists/items/{item.pk}/" in desk.get(f"/desk/outreach/{made.pk}/").content.decode()
    assert desk.post(f"/desk/outreach/{made.pk}/close/").status_code == 302
    assert send(desk, issue, words="再来一件").status_code == 409
