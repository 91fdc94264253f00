"""Two requests about one trouble, in the browser: merged at the desk, read by the second reporter, taken out again."""

from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.requests.models import Request
from jinlin.requests.states import State
from tests.requests.desk_cases import raised
from tests.support.community import Community, make_community


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def state_of(request: Request) -> str:
    request.refresh_from_db()
    return request.state


def test_merged_read_and_taken_out_again(new_visitor: Any, community: Community) -> None:
    lead = raised(community, "整个小区的路灯都不亮")
    other = raised(community, "我家楼下的灯也不亮", who="neighbour", home=5)

    worker = new_visitor("desktop")
    worker.sign_in(community.account("community_worker"))
    page = worker.goto(f"/desk/requests/{other.pk}")
    worker.follow("并入另一件")
    page.get_by_label("主件编号").fill(lead.number)
    page.get_by_label("为何是同一件事").fill("同一条线路")
    worker.assert_accessible()
    worker.press("并入另一件")
    page.wait_for_url("**done=*")
    assert state_of(other) == State.MERGED
    worker.assert_accessible()
    worker.picture("merged-desk")
    worker.go(page.get_by_role("link", name=lead.number))
    expect(page.get_by_role("link", name=other.number)).to_be_visible()
    worker.assert_accessible()

    neighbour = new_visitor("phone")
    neighbour.sign_in(community.account("neighbour"))
    own = neighbour.goto(f"/my/requests/{other.pk}")
    assert lead.number in own.inner_text("main") and "整个小区的路灯都不亮" not in own.inner_text("main")
    neighbour.assert_accessible()
    neighbour.picture("merged-reporter")

    page = worker.goto(f"/desk/requests/{other.pk}/unmerge")
    page.get_by_label("理由").fill("查看后不是同一条线路")
    worker.press("撤销并案")
    page.wait_for_url("**done=*")
    assert state_of(other) == State.RECEIVED and other.lead_id is None
    own = neighbour.goto(f"/my/requests/{other.pk}")
    assert "恢复单独办理" in own.inner_text("main")
