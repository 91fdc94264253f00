"""The bar of the desk: a secretary opens a group and goes to its page, by hand on a phone, by keys, and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.community import Community, make_community


@pytest.fixture
def place(transactional_db: Any, district: Any) -> Community:
    """The small place."""
    return make_community()


def secretary(place: Community) -> Any:
    """The account of the secretary."""
    return place.account("community_secretary")


def test_a_group_opens_and_leads_to_its_page(phone: Any, place: Community):
    phone.sign_in(secretary(place))
    page = phone.goto("/desk/")
    bar = page.get_by_role("navigation", name="页面")
    expect(bar.get_by_role("link", name="收件箱")).to_be_visible()
    expect(bar.get_by_role("link", name="心愿")).to_be_hidden()
    phone.picture("bar-phone")
    bar.get_by_text("民意清单").click()
    phone.assert_accessible()
    bar.get_by_role("link", name="心愿").click()
    page.wait_for_url("**/desk/wishes/")
    expect(bar.locator('[aria-current="page"]')).to_have_text("心愿")
    phone.picture("bar-phone-wishes")


def test_keys_alone_open_a_group(desktop: Any, place: Community):
    desktop.sign_in(secretary(place))
    page = desktop.goto("/desk/")
    bar = page.get_by_role("navigation", name="页面")
    bar.locator("summary", has_text="组织人员").focus()
    page.keyboard.press("Enter")
    expect(bar.get_by_role("link", name="任务")).to_be_visible()
    expect(bar.get_by_role("link", name="收件箱")).to_be_hidden()
    desktop.assert_accessible()
    desktop.picture("bar-desktop")


def test_the_groups_open_without_scripts(new_visitor: Any, place: Community):
    visitor = new_visitor("desktop", java_script_enabled=False)
    visitor.sign_in(secretary(place))
    page = visitor.goto("/desk/lists/")
    bar = page.get_by_role("navigation", name="页面")
    expect(bar.get_by_role("link", name="走访")).to_be_visible()
    bar.get_by_text("数据设置").click()
    expect(bar.get_by_role("link", name="地点")).to_be_visible()
