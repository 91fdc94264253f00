"""An officer reads what the place reports, goes back to an earlier day, and opens the records behind a number."""

from datetime import date
from typing import Any

import pytest

from jinlin.organisations.models import Body
from jinlin.platform.access import Role
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.methods import work_by


@pytest.fixture
def community(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Community:
    made = make_community()
    work_by(monkeypatch, "hongrun")
    Body.objects.bulk_create(
        Body(kind="building_group", name=f"{number}栋党小组", place_code=COMMUNITY, founded_on=date(2021, 9, 1))
        for number in range(1, 61)
    )
    return made


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_from_the_figure_to_its_records(new_visitor: Any, community: Community, device: str) -> None:
    officer = new_visitor(device)
    officer.sign_in(community.account(Role.DISTRICT_OFFICER))
    page = officer.goto("/cockpit/indicators")
    officer.assert_accessible()
    officer.picture(f"indicators-{device}")
    officer.go(page.get_by_role("link", name="60", exact=True))
    page.wait_for_url("**/cockpit/indicators/I049?*")
    officer.assert_accessible()
    officer.picture(f"rows-{device}")
    assert "60条记录" in page.locator("main").inner_text()
    officer.go(page.locator("a[rel=next]"))
    page.wait_for_url("**after=*")
    assert page.locator("tr[data-row]").count() == 10
    officer.follow("全部指标")
    page.get_by_label("截至日期").fill("2021-08-31")
    officer.press("查看这一天")
    page.wait_for_url("**on=2021-08-31*")
    row = page.get_by_role("row", name="楼栋党小组")
    assert row.get_by_role("link", name="0", exact=True).count() == 1
