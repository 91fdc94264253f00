"""The life of a post in the browser: offered at the desk, accepted at home, deputised for a leave, handed to a successor."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.organisations.models import Appointment
from jinlin.platform.dates import today
from tests.support.browser import Visitor
from tests.support.community import COMMUNITY, Community, make_community

DAY = timedelta(days=1)


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def signed_in(visitor: Visitor, community: Community, who: str) -> Visitor:
    visitor.sign_in(community.account(who))
    return visitor


def test_from_the_offer_to_the_successor(new_visitor: Any, community: Community) -> None:
    committee, resident = community.bodies["residents_committee"], community.persons["resident"]
    worker = signed_in(new_visitor("desktop"), community, "community_worker")
    page = worker.goto(f"/desk/bodies/{committee.pk}/give-post/")
    worker.assert_accessible()
    page.get_by_label("居民代表").check()
    page.locator("#id_phone").fill(resident.phone)
    page.locator("#id_hours").fill("周三 14:00-17:00")
    worker.press("给岗位")
    page.wait_for_url("**/desk/posts/*/")
    assert "待答复" in page.inner_text("main")
    worker.assert_accessible()
    worker.picture("post")

    home = signed_in(new_visitor("phone"), community, "resident")
    page = home.goto("/me/posts/")
    home.assert_accessible()
    home.picture("my-posts")
    page.locator("input[name=listed]").check()
    home.press("接受")
    assert "姓名向居民公开" in page.inner_text("main")
    home.assert_accessible()
    page = home.goto("/duty/")
    assert "居民代表" in page.inner_text("main")
    home.assert_accessible()
    home.picture("on-duty")
    page = home.goto(f"/duty/{COMMUNITY}/")
    home.assert_accessible()
    home.picture("duty-table")

    held = community.persons["grid_member"].appointments.get()
    admin = signed_in(new_visitor("desktop-admin"), community, "administrator")
    page = admin.goto(f"/desk/posts/{held.pk}/deputy/")
    admin.assert_accessible()
    page.locator("#id_phone").fill(community.persons["neighbour"].phone)
    page.locator("#id_first_day").fill((today() + DAY).isoformat())
    page.locator("#id_last_day").fill((today() + 5 * DAY).isoformat())
    admin.press("指定代理人")
    page.wait_for_url(f"**/desk/posts/{held.pk}/")
    assert "休假与代理" in page.inner_text("main")

    page = admin.goto(f"/desk/posts/{held.pk}/recall/")
    admin.assert_accessible()
    page.locator("#id_because").fill("调任其他社区")
    page.locator("#id_phone").fill(resident.phone)
    admin.press("按此日期免去")
    page.wait_for_function(f"!location.pathname.includes('/{held.pk}/')")
    successor = Appointment.objects.get(key="grid_member", person=resident)
    held.refresh_from_db()
    assert held.successor == successor and successor.term_from == today() + DAY
    page = admin.goto("/desk/posts/")
    admin.assert_accessible()
    admin.picture("posts")


@pytest.mark.parametrize("path", ["vacancies/", "staffing/", "roster/", "results/"])
def test_the_desk_pages_are_accessible(new_visitor: Any, community: Community, path: str) -> None:
    for size in ("desktop", "phone"):
        visitor = signed_in(new_visitor(size), community, "administrator")
        visitor.goto(f"/desk/posts/{path}")
        visitor.assert_accessible()
        visitor.picture(f"posts-{path.strip('/')}-{size}")
