"""Bodies in the browser: what an estate's page tells everybody, and a matter's way from filing to its receipt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.organisations.actions import (
    NewFiling,
    NewLine,
    NewTask,
    NewTie,
    answer_filing,
    file_matter,
    give_tasks,
    partner,
    pledge,
    write_sheet,
)
from jinlin.organisations.models import Body, Filing
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from tests.support.bodies import FOUNDED, found, seat
from tests.support.browser import Visitor
from tests.support.community import COMMUNITY, Community, make_community


@pytest.fixture
def community(transactional_db: None) -> Community:
    return make_community()


def lived_in(community: Community) -> None:
    """Give the first estate a branch, a team, a backing unit, work and facts."""
    estate = community.estates[0]
    branch = found("estate_branch", "幸福里党支部", zone=estate, phone="0731-28880001", office="1号楼架空层 9:00-17:00")
    team = found("work_team", "驻幸福里工作队", zone=estate, phone="0731-28880002")
    unit = found("district_unit", "区财政局", COMMUNITY[:6])
    partner(actor=SYSTEM, new=NewTie("backing_unit", unit, FOUNDED, zone=estate, agreement="2024年后援协议"))
    due = today() + timedelta(days=20)
    pledge(actor=SYSTEM, new=NewTask("backing_pledge", "安装健身器材", unit, due, host=branch, zone=estate))
    work = {"given_by": branch, "zone": estate, "plan": "春季共治计划", "due_on": due}
    give_tasks(
        actor=SYSTEM,
        tasks=[NewTask("joint_task", f"{body.name}清理楼道", body, **work) for body in (branch, team)],
    )
    for item in ("b_property_service", "b_person_in_charge", "b_lasting_solution"):
        write_sheet(actor=SYSTEM, sheet="three_without", line=NewLine(item, estate, False, FOUNDED))


def test_the_page_of_an_estate(new_visitor: Any, community: Community, method: Callable) -> None:
    method("hetang")
    lived_in(community)
    for name in ("phone", "desktop"):
        visitor: Visitor = new_visitor(name)
        page = visitor.goto("/estates/")
        visitor.assert_accessible()
        visitor.picture("estates")
        visitor.follow("幸福里")
        page.wait_for_url(f"**/estates/{community.estates[0].label}/")
        visitor.assert_accessible()
        visitor.picture("estate")
        shown = page.locator("main").inner_text()
        assert "4/7" in shown and "区财政局" in shown and "测试" not in shown
        visitor.go(page.get_by_role("link", name="虹山社区"))
        page.wait_for_url("**/communities/**")
        visitor.assert_accessible()
        visitor.picture("community")


DESK_PAGES = {
    "bodies": "/desk/bodies/",
    "found": "/desk/bodies/new/?kind=estate_branch",
    "bodies-import": "/desk/bodies/import/",
    "ties": "/desk/bodies/ties/",
    "filings": "/desk/filings/",
    "work": "/desk/tasks/",
    "tables": "/desk/bodies/tables/governance_1_6/",
    "coverage": "/desk/bodies/coverage/estate_branch/",
    "sheets": "/desk/sheets/",
    "sheet": "/desk/sheets/three_without/",
}


def test_the_pages_at_the_desk(new_visitor: Any, community: Community, method: Callable) -> None:
    method("hetang")
    lived_in(community)
    pages = dict(DESK_PAGES)
    pages["body"] = f"/desk/bodies/{Body.objects.get(name='幸福里党支部').pk}/"
    pages["sheet-history"] = f"/desk/sheets/three_without/{community.estates[0].pk}/"
    for size in ("desktop", "phone"):
        worker: Visitor = new_visitor(size)
        worker.sign_in(community.account("community_worker"))
        for name, path in pages.items():
            worker.goto(path)
            worker.assert_accessible()
            worker.picture(f"desk-{name}")


def test_a_matter_from_filing_to_receipt(new_visitor: Any, community: Community, method: Callable) -> None:
    method("pingwu")
    social = found("social_organisation", "非遗志愿社")
    seat(community, "resident", social, "member")
    member: Visitor = new_visitor("phone")
    member.sign_in(community.account("resident"))
    page = member.goto("/desk/filings/")
    member.assert_accessible()
    page.locator("details summary", has_text="报送事项").click()
    member.follow("组织活动审核")
    page.locator("input[name=title]").fill("端午非遗体验")
    for area in page.locator("textarea").all():
        area.fill("面向全体居民的非遗体验活动")
    member.assert_accessible()
    member.picture("desk-new-filing")
    member.press("报送")
    page.wait_for_url("**/desk/filings/*/")
    filing = Filing.objects.get()

    secretary: Visitor = new_visitor("desktop")
    secretary.sign_in(community.account("community_secretary"))
    page = secretary.goto(f"/desk/filings/{filing.pk}/")
    secretary.assert_accessible()
    secretary.picture("desk-filing")
    secretary.press("登记答复")
    assert page.locator("[aria-invalid=true], .field-error").count() > 0
    page.locator("input[name=verdict][value=pass]").check()
    secretary.press("登记答复")
    filing.refresh_from_db()
    assert filing.state == "accepted" and filing.receipt in page.locator("main").inner_text()
    secretary.assert_accessible()


def test_the_choice_of_somebody_for_a_post(new_visitor: Any, community: Community, method: Callable) -> None:
    method("ningde")
    found("estate_branch", "幸福里小区党支部", zone=community.estates[0])
    committee = Body.objects.get(kind="community_committee")
    for size in ("phone", "desktop"):
        secretary: Visitor = new_visitor(size)
        secretary.sign_in(community.account("community_secretary"))
        page = secretary.goto(f"/desk/bodies/{committee.pk}/filings/secretary/")
        secretary.press("报送")
        assert page.locator("[aria-invalid=true]").count() == 6
        secretary.assert_accessible()
        secretary.picture("desk-new-choice")
    page.locator("input[name=phone]").fill(community.persons["resident"].phone)
    page.locator("select[name=subject]").select_option(label="幸福里小区党支部")
    for area in page.locator("textarea").all():
        area.fill("邻里都找她")
    secretary.press("报送")
    page.wait_for_url("**/desk/filings/*/")
    secretary.assert_accessible()
    secretary.picture("desk-choice")
    assert "测试0" in page.locator("main").inner_text()

    resident: Visitor = new_visitor("phone")
    resident.sign_in(community.account("resident"))
    assert "邻里都找她" in resident.goto("/me/posts/").locator("main").inner_text()
    resident.assert_accessible()


def test_a_report_is_written_published_and_commented_on(new_visitor: Any, community: Community) -> None:
    committee = community.bodies["residents_committee"]
    seat(community, "resident", committee, "committee_member", listed=True)
    own: Visitor = new_visitor("phone")
    own.sign_in(community.account("resident"))
    page = own.goto("/me/posts/")
    own.assert_accessible()
    own.picture("my-posts-report")
    own.follow("年度述职")
    for area in page.locator("textarea").all():
        area.fill("三处路灯已修好")
    own.assert_accessible()
    own.picture("my-report")
    own.press("报送")
    page.wait_for_url("**/me/posts/")
    report = Filing.objects.get()
    answer_filing(actor=SYSTEM, filing_id=report.pk, body_id=report.answers.get().body_id, verdict="pass")

    for size in ("phone", "desktop"):
        neighbour: Visitor = new_visitor(size)
        neighbour.sign_in(community.account("neighbour"))
        page = neighbour.goto(f"/published/{report.pk}/")
        neighbour.assert_accessible()
        neighbour.picture("published")
    page.locator("textarea").fill("又坏了一盏")
    neighbour.press("提交意见")
    expect(page.get_by_role("button", name="修改我的意见")).to_be_visible()
    assert report.answers.filter(person__isnull=False).get().ground == "又坏了一盏"


def test_the_page_of_calls(new_visitor: Any, community: Community, method: Callable) -> None:
    method("ningde")
    office = Body.objects.get(kind="organisation_office")
    words = {"offer": "培训名额十个", "terms": "任小区书记满一年"}
    file_matter(actor=SYSTEM, new=NewFiling("incentive_call", "2026年后备干部培训", office, words))
    for size in ("phone", "desktop"):
        visitor: Visitor = new_visitor(size)
        page = visitor.goto("/calls/")
        visitor.assert_accessible()
        visitor.picture("calls")
        visitor.follow("2026年后备干部培训")
        page.wait_for_url("**/published/*/")
        visitor.assert_accessible()
        visitor.picture("call")


def test_a_firm_sees_its_instructor(new_visitor: Any, community: Community, method: Callable) -> None:
    method("ningde")
    firm = community.bodies["property_firm"]
    held = seat(community, "neighbour", firm, "property_instructor")
    line = NewLine("visit", held, "建议设立党员示范岗", today())
    write_sheet(actor=SYSTEM, sheet="instructor_visits", line=line)
    for size in ("phone", "desktop"):
        manager: Visitor = new_visitor(size)
        manager.sign_in(community.account("property_manager"))
        page = manager.goto(f"/desk/bodies/{firm.pk}/")
        manager.assert_accessible()
        manager.picture("firm")
        assert "建议设立党员示范岗" in page.locator("main").inner_text()
