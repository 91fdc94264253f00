"""What goes to paper and to the pocket: a poster that begins a request, a work order, a calendar of deadlines."""

from playwright.sync_api import expect

from jinlin.requests.actions import Report, Where, raise_request
from jinlin.requests.models import Request
from tests.mission.test_m003_grid_unified_code import scanned
from tests.support.community import make_community


def test_a_scanned_poster_begins_a_request_at_its_building(phone):
    community = make_community()
    building = community.buildings[0]
    phone.goto(f"/places/{building.code}/poster/")
    phone.assert_accessible()
    phone.picture("poster")
    picture = phone.page.locator("img").first.get_attribute("src")
    phone.goto("/raise?" + scanned(picture).partition("?")[2])
    phone.assert_accessible()
    expect(phone.page.get_by_text(building.address).first).to_be_visible()
    phone.page.get_by_label("发生了什么").fill("楼道灯不亮")
    phone.press("提交诉求")
    phone.page.get_by_text("查询码").first.wait_for()
    assert Request.objects.get().place_code == building.code


def test_a_work_order_is_printed_and_the_calendar_subscribed_to(desktop):
    community = make_community()
    report = Report("三号楼路灯不亮，晚上看不见台阶。", where=Where(place_code=community.buildings[0].code))
    made = raise_request(actor=community.actor("resident"), report=report).request
    desktop.sign_in(community.account("community_worker"))
    desktop.goto(f"/desk/requests/{made.pk}")
    desktop.follow("打印工作单")
    desktop.assert_accessible()
    desktop.picture("work-order")
    desktop.page.emulate_media(media="print")
    desktop.picture("work-order-print")
    desktop.page.emulate_media(media="screen")
    desktop.goto("/desk/calendar")
    desktop.press("生成地址")
    assert ".ics" in desktop.page.locator("main").inner_text()
    desktop.assert_accessible()
    desktop.picture("calendar")
