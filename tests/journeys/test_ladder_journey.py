"""More time asked for by the firm and granted by the subdistrict, and a matter taken up to a joint meeting, in the browser."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.platform.access import Role
from jinlin.platform.dates import now, today
from jinlin.requests.models import Approval, JointMeeting, Request
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


def signed_in(visitor: Visitor, community: Community, who: str) -> Visitor:
    visitor.sign_in(community.account(who))
    return visitor


def seen(visitor: Visitor, name: str) -> None:
    visitor.assert_accessible()
    visitor.picture(f"ladder-{name}")


def open_step(visitor: Visitor, request: Request, name: str) -> Any:
    """Open a step from the page of the request, as somebody does who reads there that it can be taken."""
    page = visitor.goto(f"/desk/requests/{request.pk}")
    folded = page.locator("main summary", has_text="提出申请")
    link = page.locator("main a.btn", has_text=name)
    if folded.count() and not link.first.is_visible():
        folded.click()
    visitor.go(link.first)
    return page


def send(visitor: Visitor) -> None:
    visitor.go(visitor.page.locator("main form button.btn-primary").first)
    visitor.page.wait_for_url("**?done=*")


@pytest.mark.parametrize("device", SIZES)
def test_the_firm_asks_for_more_time_and_the_subdistrict_grants_it(
    new_visitor: Any, community: Community, device: str
) -> None:
    request = at(community, State.IN_PROGRESS)
    due = request.promises["final"]
    firm = signed_in(new_visitor(device), community, "property_manager")
    page = open_step(firm, request, "申请延期")
    page.locator("input[name=amount]").fill("2")
    page.locator("textarea[name=reason]").fill("水泵要从厂里订，周三到货。")
    seen(firm, "ask")
    send(firm)
    seen(firm, "asked")

    street = signed_in(new_visitor(device), community, "subdistrict_officer")
    page = street.goto("/desk/")
    seen(street, "to-decide")
    street.go(page.locator("main a", has_text=request.title).first)
    page.wait_for_url(f"**/desk/requests/{request.pk}*")
    seen(street, "request-to-decide")
    street.go(page.locator("main a[href*='/approvals/']").first)
    page.wait_for_url("**/approvals/*")
    page.locator("input[name=decision][value=grant]").check()
    seen(street, "decide")
    street.press("提交审批")
    page.wait_for_url(f"**/desk/requests/{request.pk}*")
    seen(street, "decided")
    assert Approval.objects.get().state == Approval.State.GRANTED
    request.refresh_from_db()
    assert request.promises["final"] > due

    resident = signed_in(new_visitor(device), community, "resident")
    page = resident.goto(f"/my/requests/{request.pk}")
    seen(resident, "extended")
    assert "需要更多时间办理" in page.inner_text("main") and "水泵要从厂里订" not in page.inner_text("main")


@pytest.mark.parametrize("device", SIZES)
def test_a_matter_goes_up_to_a_joint_meeting_that_decides(
    new_visitor: Any, community: Community, monkeypatch: pytest.MonkeyPatch, device: str
) -> None:
    request = at(community, State.IN_PROGRESS)
    work_by(monkeypatch, "ningde")
    branch = found("estate_branch", "幸福里党支部", zone=community.estates[0])
    seat(community, "neighbour", branch, "estate_secretary", role=Role.BODY_MEMBER)
    Request.objects.filter(pk=request.pk).update(body=branch)
    head = signed_in(new_visitor(device), community, "neighbour")
    page = open_step(head, request, "逐级上报")
    page.locator("textarea[name=reason]").fill("要物业、业委会和居民代表坐在一起商量。")
    seen(head, "climb")
    send(head)
    request.refresh_from_db()
    assert (request.rung, request.body) == ("meeting", branch)

    page = open_step(head, request, "召集联席会议")
    page.locator("input[name=day]").fill(f"{today() + timedelta(days=3)}")
    page.locator("input[name=time]").fill("14:30")
    page.locator("input[name=place]").fill("小区活动室")
    seen(head, "call")
    send(head)
    seen(head, "called")
    meeting = JointMeeting.objects.get()
    assert {"property_firm", "owners_committee"} <= {body.kind for body in meeting.invited.all()}

    offered = page.locator("main a.btn").all_inner_texts()
    assert "召集联席会议" not in offered and "记录会议结果" not in offered

    JointMeeting.objects.update(meets_at=now() - timedelta(hours=1))
    page = open_step(head, request, "记录会议结果")
    page.locator("textarea[name=decision]").fill("物业更换水泵，费用从公共收益中列支。")
    page.locator("input[name=due_on]").fill(f"{today() + timedelta(days=10)}")
    page.locator("textarea[name=minutes]").fill("到会四方。物业说明情况，业委会同意。")
    seen(head, "minutes")
    send(head)
    seen(head, "met")
    meeting.refresh_from_db()
    assert meeting.held_at is not None and meeting.decision.startswith("物业更换水泵")

    resident = signed_in(new_visitor(device), community, "resident")
    page = resident.goto(f"/my/requests/{request.pk}")
    seen(resident, "decision")
    shown = page.inner_text("main")
    assert "费用从公共收益中列支" in shown and "到会四方" not in shown
