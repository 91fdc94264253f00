"""From a request that an estate cannot settle to a joint meeting, its resolution, and the result that everybody reads."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.meetings.models import Meeting, Resolution
from jinlin.organisations.models import Body
from jinlin.platform.access import Role
from jinlin.platform.dates import LOCAL, now, today
from jinlin.requests import actions
from jinlin.requests.models import Request
from jinlin.requests.states import State
from tests.requests.desk_cases import at
from tests.support.bodies import found, seat
from tests.support.browser import Visitor
from tests.support.community import Community, make_community
from tests.support.methods import work_by

SIZES = ("phone", "desktop")


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def seen(visitor: Visitor, name: str) -> None:
    visitor.assert_accessible()
    visitor.picture(f"meeting-{name}")


def press(page: Any, back: str) -> None:
    page.locator("main form button.btn-primary").first.click()
    page.wait_for_url(back)


def escalated(community: Community, monkeypatch: pytest.MonkeyPatch) -> Request:
    """Let a request of an estate stand with its branch, at whose table the estate sits down."""
    request = at(community, State.IN_PROGRESS)
    actions.classify_request(
        actor=community.actor("community_worker"), request_id=request.pk, category="H104", urgency="ordinary"
    )
    work_by(monkeypatch, "ningde")
    branch = found("estate_branch", "幸福里党支部", zone=community.estates[0])
    seat(community, "neighbour", branch, "estate_secretary", role=Role.BODY_MEMBER)
    Request.objects.filter(pk=request.pk).update(body=branch)
    return request


@pytest.mark.parametrize("device", SIZES)
def test_a_request_is_talked_over_decided_carried_out_and_read(
    new_visitor: Any, community: Community, monkeypatch: pytest.MonkeyPatch, device: str
) -> None:
    request = escalated(community, monkeypatch)
    head = new_visitor(device)
    head.sign_in(community.account("neighbour"))
    page = head.goto(f"/desk/requests/{request.pk}")
    page.get_by_role("link", name="召集会议").click()
    page.wait_for_url("**/desk/meetings/new/**")
    starts = (now() + timedelta(minutes=20)).astimezone(LOCAL)
    page.locator("select[name=forum]").select_option("joint_meeting")
    page.locator("input[name=day]").fill(f"{starts:%Y-%m-%d}")
    page.locator("input[name=begins]").fill(f"{starts:%H:%M}")
    page.locator("input[name=room]").fill("小区活动室")
    page.locator("select[name=category]").select_option("H1")
    seen(head, "call")
    page.locator("main form button.btn-primary").first.click()
    page.wait_for_url("**/desk/meetings/*/")
    meeting = Meeting.objects.get()
    assert meeting.subject == f"request:{request.pk}"
    back = f"**/desk/meetings/{meeting.pk}/"
    seen(head, "prepared")

    page.get_by_role("link", name="开会").click()
    press(page, back)
    housing = Body.objects.get(kind="housing_department")
    for name in ("幸福里党支部", housing.name):
        page.get_by_role("button", name=f"已到会 {name}").click()
        expect(page.get_by_role("button", name=f"已离席 {name}")).to_be_visible()
    seen(head, "in-session")
    page.get_by_role("link", name="登记决议").click()
    page.locator("input[name=words]").fill("更换下水主管道")
    page.locator("select[name=body]").select_option(label=housing.name)
    page.locator("input[name=due_on]").fill(f"{today() + timedelta(days=10)}")
    seen(head, "resolve")
    press(page, back)
    page.get_by_role("link", name="填写答复").first.click()
    page.locator("textarea[name=words]").fill("住建局十天内更换主管道。")
    press(page, back)
    page.get_by_role("link", name="填写会议纪要").click()
    page.locator("textarea[name=words]").fill("支部和住建局到会，同意更换主管道。")
    press(page, back)
    page.get_by_role("link", name="结束会议").click()
    press(page, back)
    page.get_by_role("link", name="公开纪要").click()
    page.locator("input[name=confirmed]").check()
    seen(head, "publish")
    press(page, back)
    expect(page.get_by_role("link", name="公开页面")).to_be_visible()

    resolution = Resolution.objects.get()
    page = head.goto(f"/desk/meetings/resolutions/{resolution.pk}/")
    page.get_by_role("link", name="报告落实").click()
    page.locator("textarea[name=words]").fill("主管道已更换，试水正常。")
    press(page, f"**/desk/meetings/resolutions/{resolution.pk}/")
    seen(head, "carried-out")

    resident = new_visitor(device)
    resident.sign_in(community.account("resident"))
    page = resident.goto(f"/meetings/{meeting.pk}/")
    seen(resident, "public")
    shown = page.inner_text("main")
    assert all(words in shown for words in ("更换下水主管道", housing.name, "试水正常", "同意更换主管道"))
    page = resident.goto(f"/my/requests/{request.pk}")
    assert "住建局十天内更换主管道" in page.inner_text("main")
