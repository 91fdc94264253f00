"""A vote of a building from the desk to the phone: prepared, announced, cast after a second look, counted and read."""

from datetime import timedelta

from playwright.sync_api import expect

from jinlin.platform.dates import now
from jinlin.voting import actions
from jinlin.voting.models import Ballot
from tests.support.community import make_community


def test_a_building_votes_on_the_phone_and_on_paper(desktop, phone):
    community = make_community()
    page = desktop.page
    desktop.sign_in(community.account("community_worker"))
    desktop.goto("/desk/ballots/")
    desktop.assert_accessible()
    page.get_by_role("link", name="拟定表决").click()
    page.get_by_label("户代表表决").check()
    page.get_by_label("标题").fill("要不要加装电梯")
    page.get_by_label("说明").fill("1号楼要不要加装电梯，费用按方案分摊。")
    page.get_by_label("表决事项").fill("是否同意加装电梯")
    page.get_by_label("幸福里1号楼", exact=True).check()
    desktop.assert_accessible()
    desktop.picture("vote-prepare")
    page.get_by_role("button", name="拟定").click()
    page.get_by_role("link", name="发布").click()
    desktop.assert_accessible()
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("应投4票，已投0票")).to_be_visible()
    desktop.picture("vote-announced")

    phone.sign_in(community.account("resident"))
    phone.goto("/ballots/")
    phone.assert_accessible()
    phone.picture("votes")
    phone.page.get_by_role("link", name="要不要加装电梯").click()
    phone.assert_accessible()
    phone.picture("vote-one")
    phone.page.get_by_role("link", name="去投票").click()
    phone.page.get_by_role("button", name="下一步").click()
    expect(phone.page.get_by_text("请选择一项").first).to_be_visible()
    phone.page.get_by_label("赞成").check()
    phone.assert_accessible()
    phone.picture("vote-paper")
    phone.page.get_by_role("button", name="下一步").click()
    expect(phone.page.get_by_role("heading", name="检查选票")).to_be_visible()
    phone.assert_accessible()
    phone.picture("vote-check")
    phone.page.get_by_role("button", name="投出").click()
    expect(phone.page.get_by_text("您的票已投入票箱。")).to_be_visible()
    phone.assert_accessible()

    page.get_by_role("link", name="录入纸质票").click()
    page.get_by_label("反对").check()
    desktop.assert_accessible()
    page.get_by_role("button", name="录入纸质票").click()
    expect(page.get_by_text("已投2票")).to_be_visible()
    page.get_by_role("link", name="名册").last.click()
    expect(page.get_by_role("heading", name="名册")).to_be_visible()
    desktop.assert_accessible()

    ballot = Ballot.objects.get()
    past = {"opens_at": now() - timedelta(days=8), "closes_at": now() - timedelta(days=1)}
    Ballot.objects.filter(pk=ballot.pk).update(**past)
    actions.count_due()
    phone.goto(f"/ballots/{ballot.pk}/")
    expect(phone.page.get_by_text("1 / 4")).to_be_visible()
    phone.assert_accessible()
    phone.picture("vote-result")
    desktop.goto(f"/desk/ballots/{ballot.pk}/sheet/")
    desktop.assert_accessible()
    desktop.picture("vote-sheet")
