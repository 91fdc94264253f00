"""Lists in the browser: a problem list at the desk, an item taken on and closed, an order placed and supported on the phone."""

from typing import Any

import pytest

from jinlin.lists import actions
from jinlin.lists.actions import NewItem, NewList
from jinlin.lists.models import Item
from tests.support.community import COMMUNITY, Community, make_community


@pytest.fixture
def community(transactional_db: None) -> Community:
    made = make_community()
    body = made.bodies["residents_committee"]
    lists = [
        NewList(
            "problem", "幸福里问题清单", COMMUNITY, body, made.estates[0], [NewItem("路灯不亮"), NewItem("车棚漏雨")]
        ),
        NewList("need", "需求清单", COMMUNITY, body, items=[NewItem("夜间照明")]),
        NewList("order", "群众下单", COMMUNITY, body),
    ]
    actions.open_lists(actor=made.actor("community_worker"), lists=lists)
    return made


def seen(visitor: Any, name: str) -> None:
    visitor.assert_accessible()
    visitor.picture(f"lists-{name}")


def test_an_item_is_linked_taken_on_and_an_order_is_placed(new_visitor: Any, community: Community) -> None:
    desk, phone = new_visitor("desktop"), new_visitor("phone")
    desk.sign_in(community.account("community_worker"))
    phone.sign_in(community.account("resident"))
    page = desk.goto("/desk/lists/")
    seen(desk, "desk")
    desk.follow("需求清单")
    desk.follow("夜间照明")
    desk.follow("关联所回应的事项")
    page.get_by_label("路灯不亮").check()
    seen(desk, "link")
    desk.press("关联")
    seen(desk, "item")
    desk.follow("认领")
    seen(desk, "claim")
    desk.press("认领")
    assert Item.objects.get(title="夜间照明").state == "claimed"
    problem = Item.objects.get(title="路灯不亮")
    for name, path in {"list": f"{problem.list_id}/", "add": f"{problem.list_id}/add/",
                       "sheet": f"{problem.list_id}/sheet/", "new": "new/"}.items():  # fmt: skip
        desk.goto(f"/desk/lists/{path}")
        seen(desk, name)

    page = phone.goto("/")
    phone.follow("问题与项目")
    seen(phone, "phone")
    phone.follow("群众下单")
    phone.follow("我要下单")
    page.get_by_label("希望办什么").fill("建车棚")
    seen(phone, "order")
    phone.press("提交订单")
    seen(phone, "ordered")
    phone.goto(f"/lists/{problem.list_id}/")
    seen(phone, "one")
    phone.goto(f"/lists/items/{problem.pk}/")
    seen(phone, "trace")
