"""The grid workbench in a browser: proposed, compared, edited, approved by somebody else; the whole on map and in tables."""

from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.territory.models import GridPlan, Zone
from jinlin.territory.states import PlanState
from tests.support.community import COMMUNITY, Community, make_community

ONE, TWO = f"{COMMUNITY}001", f"{COMMUNITY}002"


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def proposed(visitor: Any, mode: str) -> GridPlan:
    page = visitor.goto("/desk/grids/propose/")
    visitor.assert_accessible()
    page.locator("#id_target").fill("8")
    page.locator(f"input[name=mode][value={mode}]").check()
    visitor.go(page.locator("button.btn-primary"))
    return GridPlan.objects.latest("pk")


def test_from_the_proposal_to_the_grids_of_today(new_visitor: Any, community: Community) -> None:
    worker = new_visitor("desktop")
    worker.sign_in(community.account("community_worker"))
    first, second = proposed(worker, "keep"), proposed(worker, "balance")

    page = worker.goto("/desk/grids/")
    worker.assert_accessible()
    for plan in (first, second):
        page.locator(f"input[name=plan][value='{plan.pk}']").check()
    page.get_by_role("button", name="比较勾选的两个方案").click()
    page.wait_for_url("**/compare/**")
    page.locator("[data-map-frame]:visible").first.wait_for()
    worker.assert_accessible()
    worker.picture("grid-compare")

    page = worker.goto(f"/desk/grids/{first.pk}/?grid={ONE}")
    page.locator("[data-map-frame]:visible").wait_for()
    worker.assert_accessible()
    worker.picture("grid-plan")
    building = community.buildings[1].code
    page.locator(f"input[name=building][value='{building}']").check()
    click_on_the_right_of_the_map(page)
    expect(page.locator(f"input[name=grid][value='{TWO}']")).to_be_checked()
    page.get_by_role("button", name="划转楼栋").click()
    expect(page.get_by_text("已划转")).to_be_visible()
    first.refresh_from_db()
    assert first.assignment[building] == TWO
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("已提交")).to_be_visible()

    officer = new_visitor("desktop-officer")
    officer.sign_in(community.account("subdistrict_officer"))
    page = officer.goto(f"/desk/grids/{first.pk}/approve/")
    officer.assert_accessible()
    officer.picture("grid-approve")
    page.locator("button.btn-primary").click()
    expect(page.get_by_text("方案已生效")).to_be_visible()
    officer.assert_accessible()
    first.refresh_from_db()
    assert first.state == PlanState.IN_FORCE
    assert Zone.objects.get(label=TWO).boundary is not None

    visitor = new_visitor("phone")
    page = visitor.goto(f"/places/{TWO}/")
    expect(page.get_by_role("link", name="幸福里2号楼")).to_be_visible()
    page.get_by_role("button", name="看地图").click()
    page.locator("[data-map-frame]:visible").wait_for()
    visitor.assert_accessible()
    visitor.picture("grid-public")


def click_on_the_right_of_the_map(page: Any) -> None:
    """Click on the second grid, which lies in the east, away from its buildings."""
    canvas = page.locator("[data-map-canvas] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * 0.62, "y": box["height"] * 0.25})


def test_the_workbench_fits_a_phone_and_works_without_scripts(new_visitor: Any, community: Community) -> None:
    visitor = new_visitor("phone", java_script_enabled=False)
    visitor.sign_in(community.account("community_worker"))
    plan = proposed_without_scripts(visitor)
    page = visitor.goto(f"/desk/grids/{plan.pk}/?grid={ONE}")
    visitor.picture("grid-plan")
    page.locator("input[name=building]").last.check()
    page.locator("input[name=grid]").first.check()
    visitor.press("划转楼栋")
    assert GridPlan.objects.get(pk=plan.pk).version == plan.version + 1


def proposed_without_scripts(visitor: Any) -> GridPlan:
    page = visitor.goto("/desk/grids/propose/")
    page.locator("#id_target").fill("8")
    visitor.go(page.locator("button.btn-primary"))
    return GridPlan.objects.latest("pk")
