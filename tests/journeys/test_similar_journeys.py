"""While somebody writes, what was raised near by already is shown, and they decide: a resident at home, staff at the desk."""

from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.platform.access import NOBODY
from jinlin.requests.actions import Look, Report, Where, publish_request, raise_request
from jinlin.requests.models import Request
from tests.support.community import Community, make_community
from tests.support.photos import photo

AGAIN = "三号楼前的路灯坏了，晚上太黑不敢走"


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


@pytest.fixture
def lamp(community: Community) -> Request:
    """A public request about a lamp, with a photo."""
    where = Where(place_code=community.buildings[0].code)
    report = Report(text="3号楼前面的路灯坏了三天，晚上很黑", where=where, wished_public=True, photos=[photo(1)])
    made = raise_request(actor=NOBODY, report=report, sender="lamp").request
    look = Look(title="楼前路灯不亮", text="路灯坏了三天。", photo_ids=[row.pk for row in made.photos.all()])
    publish_request(actor=community.actor("community_worker"), request_id=made.pk, look=look)
    return made


def test_a_resident_is_led_to_the_same_matter(new_visitor: Any, community: Community, lamp: Request) -> None:
    visitor = new_visitor("phone")
    visitor.sign_in(community.account("resident"))
    page = visitor.goto("/raise")
    page.locator('textarea[name="text"]').fill(AGAIN)
    card = page.locator("#similar .request-card")
    expect(card).to_contain_text("楼前路灯不亮")
    expect(card.locator("img")).to_be_visible()
    visitor.assert_accessible()
    visitor.picture("similar-raise")
    visitor.go(page.locator(f'#similar .buttons a[href="/public/{lamp.number}"]'))
    page.wait_for_url(f"**/public/{lamp.number}")
    assert page.locator("main form button.btn-primary").count() == 1


def test_whoever_means_another_matter_is_not_asked_again(new_visitor: Any, community: Community, lamp: Request) -> None:
    visitor = new_visitor("desktop")
    visitor.sign_in(community.account("resident"))
    page = visitor.goto("/raise")
    page.locator('textarea[name="text"]').fill(AGAIN)
    page.locator("#similar button").click()
    expect(page.locator("#similar .request-card")).to_have_count(0)
    page.locator('textarea[name="text"]').press_sequentially("，请来人看看")
    page.wait_for_timeout(1_500)
    expect(page.locator("#similar .request-card")).to_have_count(0)
    visitor.assert_accessible()
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/receipt")
    assert Request.objects.count() == 2


def test_staff_see_open_cases_near_by_while_they_enter_a_call(
    new_visitor: Any, community: Community, lamp: Request
) -> None:
    visitor = new_visitor("desktop")
    visitor.sign_in(community.account("community_worker"))
    page = visitor.goto("/desk/requests/new")
    page.locator('textarea[name="text"]').fill(AGAIN)
    expect(page.locator("#similar .request-card")).to_contain_text(lamp.title)
    visitor.assert_accessible()
    visitor.picture("similar-desk")
    assert page.locator(f'#similar .buttons a[href="/desk/requests/{lamp.pk}"]').count() == 1
