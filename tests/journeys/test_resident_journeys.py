"""A resident's whole way through a request, on a phone and at a desk; the desk's steps are taken by actions."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.platform.access import Actor
from jinlin.requests.actions import (
    accept_request,
    dispatch_request,
    handle_on_the_spot,
)
from jinlin.requests.models import Rating, Request
from tests.support.browser import Visitor
from tests.support.community import Community, make_community
from tests.support.photos import photo, picture

DEVICES = ("phone", "desktop")
MOST_TAPS_TO_RAISE = 4


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    """A photo on the device."""
    path = tmp_path / "lamp.jpg"
    path.write_bytes(picture(1))
    return path


def by_the_desk(community: Community, request_id: int) -> None:
    """Accept and dispatch to the body of the grid members."""
    worker = community.actor("community_worker")
    accept_request(actor=worker, request_id=request_id, category="H107")
    body = community.bodies["residents_committee"]
    dispatch_request(actor=worker, request_id=request_id, body_id=body.pk, basis="职责表第12条")


def handled(grid_member: Actor, request_id: int, answer: str = "换了灯泡") -> None:
    handle_on_the_spot(actor=grid_member, request_id=request_id, answer=answer, photos=[photo(2)])


def judge(visitor: Visitor, *, solved: str, satisfied: str) -> None:
    """Answer the three questions on the page that is open and send them."""
    page = visitor.page
    visitor.go(page.locator('a[href$="/rate"]'))
    visitor.assert_accessible()
    for name, value in (("responded", "yes"), ("solved", solved), ("satisfied", satisfied)):
        page.locator(f'input[name="{name}"][value="{value}"]').check()
    visitor.go(page.locator("main form button.btn-primary"))
    page.wait_for_url("**/my/requests/*")


@pytest.mark.parametrize("device", DEVICES)
def test_raise_handle_rate_close(new_visitor: Any, community: Community, camera: Path, device: str) -> None:
    visitor = new_visitor(device)
    visitor.sign_in(community.account("resident"))
    page = visitor.goto("/")
    visitor.assert_accessible()
    visitor.go(page.locator('main a[href="/raise"]'))
    visitor.assert_accessible()
    page.locator('textarea[name="text"]').fill("路灯坏了三天")
    page.locator('input[name="photos"]').set_input_files(camera)
    page.locator("[data-photos-previews] li").wait_for()
    page.locator('input[name="place-pick"], input[name="place"]').first.check()
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/receipt")
    visitor.assert_accessible()
    made = Request.objects.get()
    assert made.place_code == community.buildings[0].code
    assert made.photos.count() == 1
    assert page.locator(".receipt-code").first.inner_text() == made.number

    by_the_desk(community, made.pk)
    handled(community.actor("grid_member"), made.pk)
    visitor.go(page.locator("main .actions a.btn-primary"))
    visitor.assert_accessible()
    page.locator(".timeline img").first.wait_for()
    judge(visitor, solved="yes", satisfied="yes")
    visitor.assert_accessible()
    made.refresh_from_db()
    assert made.state == "closed"
    visitor.goto("/my/requests/?state=closed")
    visitor.assert_accessible()
    assert page.locator(".request-card").count() == 1


@pytest.mark.parametrize("device", DEVICES)
def test_anonymous_with_the_follow_link(new_visitor: Any, community: Community, device: str) -> None:
    page = new_visitor(device).goto("/raise")
    page.locator('textarea[name="text"]').fill("有人半夜放音乐")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/receipt")
    number, code = page.locator(".receipt-code").all_inner_texts()

    later = new_visitor(device)
    page = later.goto("/follow")
    later.assert_accessible()
    page.locator('input[name="number"]').fill(number)
    page.locator('input[name="code"]').fill(code)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/my/requests/*")
    assert code not in page.url
    made = Request.objects.get()
    assert (made.reporter_id, made.anonymous) == (None, True)
    later.go(page.locator('a[href$="/add"]'))
    later.assert_accessible()
    page.locator('textarea[name="note"]').fill("今晚又来了")
    page.locator("main form button.btn-primary").click()
    page.get_by_text("今晚又来了").wait_for()
    by_the_desk(community, made.pk)
    handled(community.actor("grid_member"), made.pk, "和那家说好了")
    page.reload()
    judge(later, solved="yes", satisfied="mostly")
    made.refresh_from_db()
    assert made.state == "closed"


@pytest.mark.parametrize("device", DEVICES)
def test_sent_back_and_reworked(new_visitor: Any, community: Community, device: str) -> None:
    visitor = new_visitor(device)
    visitor.sign_in(community.account("resident"))
    page = visitor.goto("/raise")
    page.locator('textarea[name="text"]').fill("路灯坏了三天")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/receipt")
    made = Request.objects.get()
    by_the_desk(community, made.pk)
    handled(community.actor("grid_member"), made.pk, "说是修了")
    visitor.goto(f"/my/requests/{made.pk}")
    judge(visitor, solved="no", satisfied="no")
    made.refresh_from_db()
    assert made.state == "reworked"
    handled(community.actor("grid_member"), made.pk, "这次真的亮了")
    page.reload()
    judge(visitor, solved="yes", satisfied="yes")
    made.refresh_from_db()
    assert made.state == "closed"
    assert list(Rating.objects.order_by("pk").values_list("solved", flat=True)) == ["no", "yes"]


def test_raising_takes_four_taps_without_scripts(new_visitor: Any, community: Community, camera: Path) -> None:
    visitor = new_visitor("phone", java_script_enabled=False)
    visitor.sign_in(community.account("resident"))
    page, taps = visitor.goto("/"), 0

    def tap(selector: str) -> None:
        nonlocal taps
        page.locator(selector).first.click()
        taps += 1

    tap('main a[href="/raise"]')
    page.locator('textarea[name="text"]').fill("路灯坏了三天")
    page.locator('input[name="photos"]').set_input_files(camera)
    taps += 1
    tap('input[name="place-pick"], input[name="place"]')
    tap("main form button.btn-primary")
    page.wait_for_url("**/receipt")
    assert taps <= MOST_TAPS_TO_RAISE
    made = Request.objects.get()
    assert (made.photos.count(), made.place_code) == (1, community.buildings[0].code)


def test_emergency_numbers_appear_while_typing(phone: Visitor, community: Community) -> None:
    page = phone.goto("/raise")
    numbers = page.locator('[data-danger-shown] a[href="tel:119"]')
    expect(numbers).to_be_hidden()
    page.locator('textarea[name="text"]').press_sequentially("三楼着火了")
    numbers.wait_for()
    phone.assert_accessible()


def test_a_double_tap_makes_one_request(phone: Visitor, community: Community) -> None:
    page = phone.goto("/raise")
    page.locator('textarea[name="text"]').fill("路灯坏了三天")
    page.locator("main form button.btn-primary").dblclick()
    page.wait_for_url("**/receipt")
    assert Request.objects.count() == 1
    assert page.locator(".receipt-code").count() == 2


@pytest.mark.parametrize("device", DEVICES)
def test_the_field_door(new_visitor: Any, community: Community, camera: Path, device: str) -> None:
    visitor = new_visitor(device)
    visitor.sign_in(community.account("neighbour_head"))
    for path in ("", "register", "entered", "report", "report/other", "report/matter", "report/opinion"):
        visitor.goto(f"/field/{path}")
        visitor.assert_accessible()
    page = visitor.goto("/field/")
    visitor.go(page.locator('main a[href="/field/report"]'))
    page.locator('input[name="photos"]').set_input_files(camera)
    page.locator('select[name="category"]').select_option("G1")
    page.locator('input[name="place-search"]').fill("幸福里1号楼")
    page.locator('button[name="place-do"][value="find"]').click()
    page.locator('input[name="place"]').first.check()
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/field/receipt/**")
    visitor.assert_accessible()
    made = Request.objects.get()
    assert (made.function, made.photos.count()) == ("snap", 1)
    by_the_desk(community, made.pk)

    member = new_visitor(device)
    member.sign_in(community.account("grid_member"))
    page = member.goto("/field/")
    member.go(page.locator(".request-card a").first)
    member.assert_accessible()
    member.go(page.locator('main a[href$="/handle"]'))
    member.assert_accessible()
    page.locator('textarea[name="answer"]').fill("清走了")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"**/field/requests/{made.pk}*")
    made.refresh_from_db()
    assert made.state == "handled"
