"""A wish on the phone, from the wall to the wisher's confirmation, and the help that goes on after it."""

from typing import Any

import pytest

from jinlin.wishes.models import SupportPair, Wish
from tests.support.community import Community, make_community


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def seen(visitor: Any, name: str) -> None:
    visitor.assert_accessible()
    visitor.picture(f"wishes-{name}")


def test_from_the_wall_to_the_confirmation_and_a_support_pair(new_visitor: Any, community: Community) -> None:
    resident, neighbour, desk = (new_visitor(kind) for kind in ("phone", "phone", "desktop"))
    for visitor, name in ((resident, "resident"), (neighbour, "neighbour"), (desk, "community_worker")):
        visitor.sign_in(community.account(name))
    page = resident.goto("/raise?function=wish")
    seen(resident, "new")
    page.get_by_label("您的心愿是什么").fill("想学手机视频")
    page.get_by_label("昵称").fill("老李")
    resident.press("提交心愿")
    page.wait_for_url("**/receipt/")
    seen(resident, "receipt")
    wish = Wish.objects.get()

    page = desk.goto("/desk/wishes/")
    seen(desk, "desk")
    desk.follow("想学手机视频")
    seen(desk, "desk-one")
    desk.follow("审核通过，上墙")
    seen(desk, "desk-step")
    desk.press("审核通过，上墙")

    page = neighbour.goto("/")
    neighbour.follow("心愿墙")
    seen(neighbour, "wall")
    neighbour.follow("想学手机视频")
    seen(neighbour, "one")
    neighbour.follow("我来认领")
    neighbour.press("我来认领")
    neighbour.press("查看许愿人联系方式")
    seen(neighbour, "claimed")
    neighbour.goto(f"/wishes/{wish.pk}/")
    neighbour.follow("办好了")
    page.get_by_label("请用您自己的话").or_(page.locator("textarea")).first.fill("教了两次，会用了")
    neighbour.press("办好了")

    page = resident.goto("/wishes/mine/")
    seen(resident, "mine")
    resident.follow("想学手机视频")
    seen(resident, "to-confirm")
    resident.follow("心愿已实现")
    resident.press("心愿已实现")
    wish.refresh_from_db()
    assert wish.state == "confirmed"

    page = neighbour.goto(f"/wishes/{wish.pk}/")
    neighbour.follow("提出结对帮扶")
    page.locator("textarea").fill("每周六一起买菜")
    seen(neighbour, "offer")
    neighbour.press("提出")
    pair = SupportPair.objects.get()
    page = resident.goto(f"/wishes/pairs/{pair.pk}/")
    seen(resident, "pair-offered")
    resident.follow("接受帮扶")
    resident.press("接受帮扶")
    page = neighbour.goto(f"/wishes/pairs/{pair.pk}/")
    neighbour.follow("记一次联系")
    seen(neighbour, "pair-log")
    page.get_by_label("办理情况").or_(page.locator("#id_words")).first.fill("一起去了菜场")
    neighbour.press("记一次联系")
    seen(neighbour, "pair")
    assert pair.contacts.count() == 1
    desk.goto("/desk/wishes/pairs/")
    seen(desk, "desk-pairs")
    desk.goto("/desk/wishes/new/")
    seen(desk, "desk-new")
    head = new_visitor("phone")
    head.sign_in(community.account("neighbour_head"))
    head.goto("/field/wishes/new/")
    seen(head, "field-new")
