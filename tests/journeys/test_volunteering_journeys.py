"""A neighbour finds a post on the phone and serves; the desk lets needs and offers meet and confirms what was done."""

from typing import Any

import pytest

from jinlin.organisations.models import Body
from jinlin.volunteering.actions import NewPosting, post
from jinlin.volunteering.models import Pairing, Posting
from tests.support.community import COMMUNITY, Community, make_community


@pytest.fixture
def community(transactional_db: None) -> Community:
    made = make_community()
    unit = Body.objects.create(name="供电所", kind="member_unit", place_code=COMMUNITY, outside=True, head_count=8)
    worker, committee = made.actor("community_worker"), made.bodies["residents_committee"]
    saturday = [(5, 9, 12)]
    for kind, title, body in (
        ("post", "陪老人就医", committee),
        ("need", "周六搬运", committee),
        ("offer", "搬运队", unit),
    ):
        new = NewPosting(Posting.Kind(kind), "people", title, 2, COMMUNITY, body, windows=saturday)
        post(actor=worker, new=new)
    return made


def seen(visitor: Any, name: str) -> None:
    visitor.assert_accessible()
    visitor.picture(f"volunteering-{name}")


def test_find_a_post_claim_it_and_serve_and_the_desk_confirms(new_visitor: Any, community: Community) -> None:
    phone = new_visitor("phone")
    phone.sign_in(community.account("resident"))
    page = phone.goto("/")
    phone.go(page.get_by_role("link", name="服务岗位"))
    page.wait_for_url("**/volunteering/")
    seen(phone, "posts")
    phone.follow("陪老人就医")
    page.wait_for_url("**/posts/*/")
    seen(phone, "post")
    phone.go(page.get_by_role("main").get_by_role("button").first)
    page.wait_for_url("**/mine/")
    seen(phone, "mine")
    phone.follow("我已完成")
    page.wait_for_url("**/served/")
    seen(phone, "served")
    page.get_by_label("解决").fill("三楼老人就医")
    phone.go(page.get_by_role("main").get_by_role("button"))
    page.wait_for_url("**/mine/")
    phone.goto("/volunteering/offer/")
    seen(phone, "offer")
    phone.goto("/volunteering/report/")
    seen(phone, "report")

    desk = new_visitor("desktop")
    desk.sign_in(community.account("community_worker"))
    page = desk.goto("/desk/volunteering/")
    seen(desk, "board")
    desk.go(page.get_by_role("link", name="供需对接"))
    page.wait_for_url("**/matching/")
    desk.go(page.get_by_role("main").get_by_role("button").first)
    assert "星期六都有空" in page.locator("main").inner_text()
    seen(desk, "matching")
    desk.press("同意对接：周六搬运")
    assert Pairing.objects.get(offer__isnull=False).state == "accepted"

    desk.goto("/desk/volunteering/services/")
    seen(desk, "services")
    desk.press("确认服务")
    claimed = Pairing.objects.select_related("posting").get(person__isnull=False)
    assert (claimed.state, claimed.solved) == ("confirmed", "三楼老人就医")
    for name, path in {
        "units": "units/", "reports": "reports/", "list": "posts/", "new": "posts/new/", "sheet": "offers/sheet/",
        "posting": f"postings/{claimed.posting_id}/", "close": f"postings/{claimed.posting_id}/close/",
    }.items():  # fmt: skip
        desk.goto(f"/desk/volunteering/{path}")
        seen(desk, name)

    outside = new_visitor("phone-field")
    outside.sign_in(community.account("grid_member"))
    outside.goto("/field/volunteering/")
    seen(outside, "field")


def test_the_calendar_of_what_units_share(new_visitor: Any, community: Community) -> None:
    for size in ("phone", "desktop"):
        visitor = new_visitor(size)
        page = visitor.goto("/volunteering/shared/")
        seen(visitor, "shared")
        assert "9:00–12:00" in page.locator("main").inner_text() and "供电所" in page.locator("main").inner_text()
