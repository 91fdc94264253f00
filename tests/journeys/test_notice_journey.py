"""A notice in the browser: drafted, looked through, posted, changed, objected to on the phone, answered, ended."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.conventions import actions as conventions
from jinlin.conventions.actions import NewEdition
from jinlin.disclosure.models import PublicNotice
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from tests.conventions.cases import TEXT
from tests.disclosure.notice_cases import proved
from tests.support.community import Community, make_community


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def seen(visitor: Any, name: str) -> None:
    visitor.assert_accessible()
    visitor.picture(f"notices-{name}")


def press(page: Any, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page: Any, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def heading(page: Any, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_a_notice_is_posted_changed_objected_to_answered_and_ends(new_visitor: Any, community: Community) -> None:
    desk, phone = new_visitor("desktop"), new_visitor("phone")
    desk.sign_in(community.account("community_worker"))
    phone.sign_in(community.account("resident"))
    page = desk.goto("/desk/notices/")
    seen(desk, "desk")
    follow(page, "起草公示")
    heading(page, "起草公示")
    page.get_by_label("标题").fill("停车方案公示")
    page.get_by_label("正文").fill("停车费每月120元。联系人：张三丰，13912345678")
    page.get_by_label("小区", exact=False).last.select_option(label="幸福里")
    seen(desk, "new")
    press(page, "保存公示稿")
    heading(page, "公示前审看")
    expect(page.get_by_label("正文")).to_have_value("停车费每月120元。联系人：***，***********")
    seen(desk, "look")
    press(page, "发布公示")
    expect(page.get_by_text("我已看过").first).to_be_visible()
    page.get_by_label("我已看过").check()
    press(page, "发布公示")
    heading(page, "停车方案公示")
    expect(page.get_by_text("公示中").first).to_be_visible()
    seen(desk, "posted")

    follow(page, "修改公示")
    heading(page, "修改正在公示的内容")
    page.get_by_label("正文").fill("停车费每月100元。")
    page.get_by_label("修改原因").fill("听取意见后降价")
    page.get_by_label("我已看过").check()
    seen(desk, "change")
    press(page, "发布新版本")
    expect(page.get_by_text("听取意见后降价").first).to_be_attached()
    notice = PublicNotice.objects.get()
    assert notice.edition == 2
    desk.goto(f"/public/notices/{notice.number}/sheet/")
    seen(desk, "sheet")

    small = phone.goto("/public/notices/")
    seen(phone, "board")
    follow(small, "停车方案公示")
    heading(small, "停车方案公示")
    seen(phone, "notice")
    follow(small, "提异议")
    heading(small, "提异议")
    small.get_by_label("您对什么有异议").fill("希望再低一些")
    seen(phone, "object")
    press(small, "提交异议")
    expect(small.get_by_text("已收到您的异议")).to_be_visible()
    seen(phone, "objected")

    desk.goto(f"/desk/notices/{notice.pk}/")
    follow(page, "希望再低一些")
    heading(page, "答复异议")
    page.get_by_label("不成立", exact=True).check()
    page.get_by_label("答复", exact=True).fill("已按成本核算。")
    page.get_by_label("我已看过").check()
    seen(desk, "answer")
    press(page, "答复异议")
    expect(page.get_by_text("异议已答复").first).to_be_visible()
    proved(community, notice)
    PublicNotice.objects.update(last_day=today() - timedelta(days=1))
    page.reload()
    follow(page, "结束公示")
    heading(page, "结束公示")
    seen(desk, "end")
    press(page, "结束公示")
    expect(page.get_by_text("公示已结束")).to_be_visible()
    for visitor, name, path in (
        (phone, "ended", f"/public/notices/{notice.number}/"),
        (phone, "archive", "/public/notices/?show=ended"),
        (phone, "place", f"/public/{notice.place_code}/"),
    ):
        visitor.goto(path)
        expect(visitor.page.get_by_text("停车方案公示").first).to_be_visible()
        seen(visitor, name)


def test_a_draft_of_a_covenant_is_read_and_commented_on(new_visitor: Any, community: Community) -> None:
    new = NewEdition("covenant", community.estates[0], community.bodies["residents_committee"], TEXT)
    edition = conventions.draft_edition(actor=SYSTEM, new=new)
    desk, phone = new_visitor("desktop"), new_visitor("phone")
    desk.sign_in(community.account("community_worker"))
    phone.sign_in(community.account("resident"))
    page = desk.goto("/desk/conventions/")
    seen(desk, "conventions")
    desk.goto(f"/desk/conventions/versions/{edition.pk}/")
    seen(desk, "convention-desk")
    follow(page, "公开征求意见")
    heading(page, "公开征求意见")
    seen(desk, "convention-open")
    press(page, "公开征求意见")
    expect(page.get_by_text("草案已公开征求意见")).to_be_visible()
    small = phone.goto(f"/conventions/versions/{edition.pk}/")
    seen(phone, "convention-version")
    follow(small, "提意见")
    heading(small, "提意见")
    small.get_by_label("您的意见").fill("要写明谁来牵头")
    seen(phone, "convention-comment")
    press(small, "提交意见")
    expect(small.get_by_text("已收到您的意见")).to_be_visible()
    phone.goto("/conventions/")
    seen(phone, "convention-list")
    phone.goto(f"/conventions/{edition.convention_id}/")
    seen(phone, "convention")
