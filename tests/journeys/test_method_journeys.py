"""A district adopts a work method and sets a number of it, in the browser."""

from typing import Any

import pytest

from jinlin.organisations.models import Body
from jinlin.playbooks.here import ADOPTED, current_playbook, forget
from tests.support.community import Community, make_community


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def test_adopt_a_playbook_and_set_a_number(new_visitor: Any, community: Community) -> None:
    officer = new_visitor("desktop")
    officer.sign_in(community.account("administrator"))
    page = officer.goto("/desk/method/")
    officer.assert_accessible()
    officer.picture("method")

    officer.go(page.get_by_role("link", name="宁德市", exact=True))
    page.wait_for_url("**/playbooks/ningde/")
    officer.assert_accessible()
    officer.picture("playbook")
    officer.follow("采用这个工作法")
    page.wait_for_url("**/adopt/")
    officer.assert_accessible()
    officer.picture("adopt")
    officer.press("采用这个工作法")
    page.wait_for_url("**/desk/method/")
    assert "宁德市" in page.get_by_role("heading", level=1).inner_text()
    assert Body.objects.filter(kind="city_committee").count() == 1

    officer.follow("设定本地数值")
    page.wait_for_url("**/values/")
    officer.assert_accessible()
    officer.picture("values")
    officer.go(page.get_by_role("link", name="办结 · 时限", exact=True))
    page.wait_for_url("**/value/?path=*")
    officer.assert_accessible()
    page.get_by_label("本地数值").fill("三天")
    page.get_by_label("理由").fill("市委办2026年第5号")
    officer.press("设定数值")
    assert "整数" in page.locator("main").inner_text()
    officer.assert_accessible()
    page.get_by_label("本地数值").fill("3")
    officer.press("设定数值")
    page.wait_for_url("**/desk/method/")
    officer.assert_accessible()
    officer.picture("set")
    row = page.get_by_role("row", name="办结 · 时限").inner_text()
    assert "5个工作日" in row and "3个工作日" in row and "市委办2026年第5号" in row
    forget(ADOPTED)
    assert current_playbook().clock_for("final", "H101", "ordinary").amount == 3

    officer.follow("恢复原值 办结 · 时限")
    page.wait_for_url("**/give-back/?path=*")
    officer.assert_accessible()
    page.get_by_label("理由").fill("通知已废止")
    officer.press("恢复原值")
    page.wait_for_url("**/desk/method/")
    assert "没有不同" in page.locator("main").inner_text()
