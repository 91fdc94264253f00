"""M050 居民问题清单: items are claimed one by one, a list with open items is not closed, and what nobody claims is a to-do."""

from typing import Any

import pytest

from jinlin.lists import actions
from jinlin.lists.actions import NewItem, NewList
from jinlin.lists.models import Item, ItemList
from jinlin.lists.recurring import warn
from jinlin.platform.models import Notice
from tests.support.community import COMMUNITY, make_community
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M050")]


def test_m050_with_three_of_four_closed_it_cannot_be_closed_and_stands_at_75_percent(clock: Any, district: Any) -> None:
    place = make_community()
    desk, worker = signed_in(place, "community_worker"), place.actor("community_worker")
    firm, committee = place.bodies["property_firm"], place.bodies["residents_committee"]
    answer = send(desk, "/desk/lists/new/", kind="problem", title="幸福里问题清单", place=COMMUNITY,
                  zone=place.estates[0].pk, body=committee.pk)  # fmt: skip
    assert answer.status_code == 302
    made = ItemList.objects.get()
    for title in ("路灯不亮", "电动车进楼", "垃圾堆放", "门禁坏了"):
        assert send(desk, f"/desk/lists/{made.pk}/add/", title=title, source="resident").status_code == 302
    items = list(Item.objects.order_by("pk"))
    for item in items[:3]:
        path = f"/desk/lists/items/{item.pk}"
        assert send(desk, f"{path}/claim/", body=firm.pk, due_on="2026-05-20").status_code == 302
        manager = signed_in(place, "property_manager")
        assert send(manager, f"{path}/settle/", words="修好了").status_code == 302
        assert manager.get(f"{path}/").status_code == 200
        assert manager.post(f"{path}/check/", {"key": "k"}).status_code == 403
        assert send(desk, f"{path}/check/").status_code == 302
    assert desk.post(f"/desk/lists/{made.pk}/close/").status_code == 302
    made.refresh_from_db()
    assert made.closed_at is None
    page = text_of(desk.get(f"/desk/lists/{made.pk}/"))
    assert "还有1项没有办结" in page
    assert "75%" in page
    assert "75%" in text_of(signed_in(place, "resident").get("/lists/"))
    actions.decline_items(actor=worker, item_ids=[items[3].pk], words="已列入明年计划")
    desk.post(f"/desk/lists/{made.pk}/close/")
    made.refresh_from_db()
    assert made.closed_at is not None


def test_m050_an_item_without_claimer_after_the_set_days_becomes_a_to_do(clock: Any, district: Any) -> None:
    place = make_community()
    new = NewList("problem", "幸福里问题清单", COMMUNITY, place.bodies["service_station"], items=[NewItem("路灯不亮")])
    made = actions.open_lists(actor=place.actor("community_worker"), lists=[new])[0]
    desk = signed_in(place, "community_worker")
    clock.forward(days=6)
    warn()
    assert "幸福里" not in text_of(desk.get("/desk/lists/?state=unclaimed"))
    clock.forward(days=2)
    warn()
    warn()
    assert "幸福里" in text_of(desk.get("/desk/lists/?state=unclaimed"))
    assert "无人认领超期" in text_of(desk.get(f"/desk/lists/{made.pk}/"))
    told = Notice.objects.filter(text__contains="路灯不亮")
    assert set(told.values_list("person_id", flat=True)) == {place.persons["community_worker"].pk}
    item = Item.objects.get()
    send(desk, f"/desk/lists/items/{item.pk}/claim/", body=place.bodies["service_station"].pk, due_on="2026-06-01")
    assert "幸福里" not in text_of(desk.get("/desk/lists/?state=unclaimed"))
