"""A round in the browser: announced at the desk, declined on the phone, logged outside; a session with what was heard."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.outreach.models import Round, Visit
from jinlin.platform.dates import today
from tests.support.community import Community, make_community


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def seen(visitor: Any, name: str) -> None:
    visitor.assert_accessible()
    visitor.picture(f"outreach-{name}")


def test_a_round_is_announced_declined_and_logged(new_visitor: Any, community: Community) -> None:
    desk, phone, outside = new_visitor("desktop"), new_visitor("phone"), new_visitor("phone")
    desk.sign_in(community.account("community_worker"))
    page = desk.goto("/desk/outreach/")
    desk.follow("安排走访或院坝会")
    page.get_by_label("名称").fill("四万走访")
    page.get_by_label("小区、院坝或网格").select_option(label="幸福里（小区）")
    page.get_by_label("日期").fill(f"{today() + timedelta(days=1):%Y-%m-%d}")
    seen(desk, "new")
    desk.press("发布")
    seen(desk, "round")
    made = Round.objects.get()

    phone.sign_in(community.account("resident"))
    page = phone.goto("/me/")
    phone.follow("走访和院坝会")
    seen(phone, "coming")
    phone.press("这次不方便")
    seen(phone, "declined")
    assert made.visits.get(state="declined").home_code == community.homes[0].code
    phone.press("不再接受走访")
    seen(phone, "no-visits")

    Round.objects.update(on=today())
    outside.sign_in(community.account("grid_member"))
    page = outside.goto(f"/desk/outreach/{made.pk}/")
    seen(outside, "field")
    visit = made.visits.exclude(state="declined").order_by("home_code").first()
    page = outside.goto(f"/desk/outreach/visits/{visit.pk}/")
    page.get_by_label("进家门").check()
    seen(outside, "visit")
    outside.press("登记走访")
    assert Visit.objects.get(pk=visit.pk).state == "made"
    page = desk.goto(f"/desk/outreach/{made.pk}/issue/")
    page.locator("textarea").fill("三号楼漏水")
    seen(desk, "issue")
    desk.press("登记问题")
    desk.goto(f"/desk/outreach/{made.pk}/wish/")
    seen(desk, "wish")
    page = desk.goto(f"/desk/outreach/{made.pk}/")
    desk.press("结束")
    desk.goto("/desk/outreach/")
    seen(desk, "rounds")
