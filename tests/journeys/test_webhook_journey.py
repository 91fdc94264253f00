"""An administrator registers an address, tests it, and reads in the log how it went."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from jinlin.webhooks.actions import deliver_due
from tests.support.community import make_community
from tests.webhooks.receiver import receiver


def test_an_address_is_registered_and_tested(desktop, phone, settings):
    settings.JINLIN_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    community = make_community()
    with receiver() as server:
        page = desktop.page
        desktop.sign_in(community.account("administrator"))
        desktop.goto("/desk/webhooks/")
        desktop.assert_accessible()
        desktop.follow("登记推送地址")
        page.get_by_label("地址").fill(server.url("/ok"))
        desktop.assert_accessible()
        page.get_by_role("button", name="登记该地址").click()
        expect(page.get_by_text("whsec_")).to_be_visible()
        page.get_by_role("button", name="发送测试").click()
        page.get_by_text("等待推送").wait_for()
        deliver_due()
        page.reload()
        expect(page.get_by_text("已送达")).to_be_visible()
        desktop.assert_accessible()
        desktop.picture("webhook")
        phone.sign_in(community.account("administrator"))
        phone.goto(urlsplit(page.url).path)
        phone.assert_accessible()
        phone.picture("webhook-phone")
