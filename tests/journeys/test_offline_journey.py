"""The field door without a network: two drafts with photos on the phone become two requests, once and in order."""

from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.requests.models import Request
from tests.support.community import Community, make_community
from tests.support.photos import picture


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


@pytest.fixture
def member(new_visitor: Any, community: Community) -> Any:
    """A grid member's phone that has opened the form once while there was a network."""
    visitor = new_visitor("phone")
    visitor.sign_in(community.account("grid_member"))
    page = visitor.goto("/field/report")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.open('jinlin-field-1').then(kept => kept.keys()).then(keys => keys.length > 4)")
    return visitor


def entered(visitor: Any, words: str, shade: int) -> None:
    """Fill the form in without a network and send it."""
    page = visitor.goto("/field/report")
    photo = {"name": f"{shade}.jpg", "mimeType": "image/jpeg", "buffer": picture(shade)}
    page.locator("[data-photos-input]").set_input_files(photo)
    page.locator("[data-photos-previews] li").first.wait_for()
    page.locator("textarea").first.fill(words)
    page.locator("summary", has_text="说不清位置").click()
    page.locator("input[name='place-words']").fill("幸福里3号楼前")
    page.get_by_role("button", name="提交", exact=False).last.click()
    page.wait_for_url("**/field/to-send")


def test_from_the_draft_without_a_network_to_the_case(member: Any, community: Community) -> None:
    member.context.set_offline(True)
    entered(member, "第一件：井盖响", 1)
    entered(member, "第二件：路灯不亮", 2)
    page = member.page
    expect(page.locator("[data-outbox-list] li")).to_have_count(2)
    member.picture("offline-queue")
    assert not Request.objects.exists()

    member.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-outbox-done] li")).to_have_count(2)
    expect(page.locator("[data-outbox-list] li")).to_have_count(0)
    member.assert_accessible()
    made = list(Request.objects.order_by("pk"))
    assert [row.text for row in made] == ["第一件：井盖响", "第二件：路灯不亮"]
    assert [row.photos.count() for row in made] == [1, 1]
    assert all(row.raised_at < row.received_at and row.raised_at_known for row in made)
    page.reload()
    expect(page.locator("[data-outbox-list] li")).to_have_count(0)
    assert Request.objects.count() == 2


def test_what_is_refused_stays_with_its_reason_and_the_others_go_on(member: Any, community: Community) -> None:
    member.context.set_offline(True)
    page = member.goto("/field/report")
    page.get_by_role("button", name="保存在本机").click()
    page.wait_for_url("**/field/to-send")
    entered(member, "路灯不亮", 3)
    member.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-outbox-done] li")).to_have_count(1)
    expect(page.locator("[data-outbox-list] li")).to_have_count(1)
    expect(page.get_by_text("未被接收")).to_be_visible()
    member.assert_accessible()
    page.get_by_role("button", name="从本机删除", exact=False).click()
    expect(page.locator("[data-outbox-list] li")).to_have_count(0)
    assert Request.objects.get().text == "路灯不亮"


def test_whose_sign_in_has_ended_keeps_the_drafts(member: Any, community: Community) -> None:
    member.context.set_offline(True)
    entered(member, "路灯不亮", 4)
    member.context.clear_cookies(name="sessionid")
    member.context.set_offline(False)
    member.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(member.page.get_by_text("请重新登录")).to_be_visible()
    expect(member.page.locator("[data-outbox-list] li")).to_have_count(1)
    assert not Request.objects.exists()
