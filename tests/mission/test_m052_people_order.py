"""M052 群众“下单”: residents order, each household supports once, and the share by source is told."""

from datetime import date
from typing import Any

import pytest

from jinlin.lists import actions
from jinlin.lists.actions import NewItem, NewList
from jinlin.lists.models import Item, ItemList
from jinlin.people.models import Household, Residence
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M052")]


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    return make_community()


def opened(place: Community) -> ItemList:
    new = NewList("order", "群众下单", COMMUNITY, place.bodies["residents_committee"])
    return actions.open_lists(actor=place.actor("community_worker"), lists=[new])[0]


def test_m052_eight_of_residents_and_two_of_the_government_are_80_percent(place: Community) -> None:
    orders, desk, worker = opened(place), signed_in(place, "community_worker"), place.actor("community_worker")
    resident = signed_in(place, "resident")
    for number in range(8):
        answer = send(resident, f"/lists/{orders.pk}/order/", title=f"修路灯{number}", choice="repair")
        assert answer.status_code == 302
    items = [NewItem(f"政府项目{number}", source="government") for number in range(2)]
    actions.add_items(actor=worker, list_id=orders.pk, items=items)
    page = text_of(desk.get(f"/desk/lists/{orders.pk}/"))
    assert "居民 80.0%" in page and "政府 20.0%" in page
    assert "居民 80.0%" in text_of(desk.get("/desk/lists/?kind=order"))


def test_m052_a_household_supports_once_and_what_most_want_comes_first(place: Community) -> None:
    orders, resident, neighbour = opened(place), signed_in(place, "resident"), signed_in(place, "neighbour")
    for title in ("修路灯", "建车棚"):
        send(resident, f"/lists/{orders.pk}/order/", title=title)
    shed = Item.objects.get(title="建车棚")
    support = f"/lists/items/{shed.pk}/support/"
    assert "1户支持" in text_of(neighbour.get(f"/lists/items/{shed.pk}/"))
    neighbour.post(support, {"key": "a"})
    shed.refresh_from_db()
    assert shed.supports == 2
    for client in (neighbour, resident):
        assert "已经支持过" in text_of(client.post(support, {"key": "b"}, follow=True))
    household = Household.objects.get(home_code=place.homes[5].code)
    Residence.objects.create(person=place.persons["grid_member"], household=household, role="resident", proof="desk",
                             valid_from=date(2020, 1, 1))  # fmt: skip
    assert "已经支持过" in text_of(signed_in(place, "grid_member").post(support, {"key": "c"}, follow=True))
    assert signed_in(place, "auditor").post(support, {"key": "d"}).status_code == 403
    shed.refresh_from_db()
    assert shed.supports == 2
    page = text_of(resident.get(f"/lists/{orders.pk}/"))
    assert page.index("建车棚") < page.index("修路灯")


def test_m052_an_order_is_taken_on_or_answered_why_not_and_its_household_hears(place: Community) -> None:
    orders, desk, resident = opened(place), signed_in(place, "community_worker"), signed_in(place, "resident")
    for title in ("修路灯", "建游泳池"):
        send(resident, f"/lists/{orders.pk}/order/", title=title)
    lamp, pool = Item.objects.order_by("pk")
    assert send(desk, f"/desk/lists/items/{pool.pk}/decline/").status_code == 422
    assert send(desk, f"/desk/lists/items/{pool.pk}/decline/", words="小区没有空地").status_code == 302
    assert "小区没有空地" in text_of(resident.get(f"/lists/items/{pool.pk}/"))
    firm = place.bodies["property_firm"]
    send(desk, f"/desk/lists/items/{lamp.pk}/claim/", body=firm.pk, due_on="2026-05-20")
    send(signed_in(place, "property_manager"), f"/desk/lists/items/{lamp.pk}/settle/", words="换了灯泡")
    assert send(resident, f"/lists/items/{lamp.pk}/rework/", words="还是不亮").status_code == 302
    send(signed_in(place, "property_manager"), f"/desk/lists/items/{lamp.pk}/settle/", words="换了线路")
    assert send(resident, f"/lists/items/{lamp.pk}/check/").status_code == 302
    lamp.refresh_from_db()
    assert lamp.state == "closed"
    assert "建游泳池" in text_of(resident.get("/me/notices/"))
    wrong = send(resident, f"/lists/{orders.pk}/order/", title="找张三13912345678")
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"title"})
