"""A conversation on the phone: prepared at the desk, a statement said and shown, votes, groups, and what all share."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.opinions import actions
from jinlin.opinions.actions.finding import look_anew
from jinlin.opinions.models import Conversation
from tests.opinions.conftest import SEEDS, camps, people_of
from tests.support.community import Community, make_community


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def seen(visitor: Any, name: str) -> None:
    visitor.assert_accessible()
    visitor.picture(f"opinions-{name}")


def press(page: Any, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Any, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def test_from_a_question_to_what_all_share(new_visitor: Any, community: Community) -> None:
    desk, resident = new_visitor("desktop"), new_visitor("phone")
    desk.sign_in(community.account("community_worker"))
    page = desk.goto("/desk/opinions/new/")
    page.get_by_label("题目").fill("中庭怎么用才好")
    seen(desk, "new")
    press(page, "准备")
    page.wait_for_url("**/desk/opinions/")
    follow(page, "中庭怎么用才好")
    page.wait_for_url(re.compile(r"/desk/opinions/\d+/$"))
    follow(page, "放入看法")
    page.wait_for_url("**/seeds/")
    page.locator("textarea").fill("\n".join(SEEDS))
    press(page, "放入看法")
    page.wait_for_url(re.compile(r"/desk/opinions/\d+/$"))
    follow(page, "开放")
    page.wait_for_url("**/open/")
    press(page, "开放")
    page.wait_for_url(re.compile(r"/desk/opinions/\d+/$"))
    row = Conversation.objects.get()

    resident.sign_in(community.account("resident"))
    page = resident.goto(f"/opinions/{row.pk}/vote/")
    seen(resident, "vote")
    press(page, "同意")
    expect(page.get_by_text("第2条，共5条")).to_be_visible()
    page.goto(page.url.replace("/vote/", "/say/"))
    page.locator("textarea").fill("路灯应当早一点亮")
    seen(resident, "say")
    press(page, "提交看法")
    page.wait_for_url(re.compile(r"/opinions/\d+/$"))

    page = desk.goto(f"/desk/opinions/{row.pk}/")
    seen(desk, "desk-one")
    follow(page, "展示")
    page.wait_for_url("**/show/")
    press(page, "展示")
    page.wait_for_url(re.compile(r"/desk/opinions/\d+/$"))
    camps(row, people_of(community, 15), 7)
    look_anew(row.pk)
    page = resident.goto(f"/opinions/{row.pk}/")
    expect(page.get_by_role("heading", name="大家的共识")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("甲群"))).to_be_visible()
    page.get_by_text("用表格看全部看法").click()
    expect(page.get_by_role("table")).to_be_visible()
    seen(resident, "picture")
    actions.close_conversation(actor=community.actor("community_worker"), conversation_id=row.pk)
    expect(resident.goto(f"/opinions/{row.pk}/").get_by_text("已结束")).to_be_visible()
