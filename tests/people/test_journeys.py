"""In a browser: the first sign-in on a telephone, a passkey, and a scan of every page of the people app."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from jinlin.people.actions import ask_mandate, claim_home, issue_card, open_contact
from jinlin.people.models import Account, Mandate, ResidenceClaim
from jinlin.platform.messages import notify
from tests.people.conftest import newest_code
from tests.support.community import PASSWORD, Community

pytestmark = pytest.mark.django_db(transaction=True)


def fill_and_send(visitor: Any, **fields: str) -> None:
    for name, value in fields.items():
        visitor.page.fill(f"[name={name}]", value)
    visitor.go(visitor.page.locator("main form .btn-primary"))


def test_a_resident_signs_in_by_telephone_and_joins_with_a_card(place: Community, phone: Any) -> None:
    _card, code = issue_card(actor=place.actor("community_worker"), home_code=place.homes[3].code)
    page = phone.goto("/me/join/")
    phone.assert_accessible()
    fill_and_send(phone, phone="137 0000 1111")
    phone.assert_accessible()
    fill_and_send(phone, code=newest_code())
    assert page.url.endswith("/me/join/"), "signing in leads back to where one was"
    page.fill("[name=code]", code.lower())
    page.click("text=租户")
    page.click("main .btn-primary")
    page.wait_for_url("**/me/")
    expect(page.get_by_text("幸福里1号楼1单元401").first).to_be_visible()
    phone.assert_accessible()


def test_it_works_without_scripts(place: Community, new_visitor: Any) -> None:
    visitor = new_visitor("phone", java_script_enabled=False)
    page = visitor.goto("/accounts/login/")
    fill_and_send(visitor, phone="13700001111")
    fill_and_send(visitor, code=newest_code())
    page.goto(f"{visitor.address}/me/")
    assert Account.objects.filter(person__phone_proved_at__isnull=False, username__startswith="r-").count() == 1
    visitor.go(page.locator("form[action='/accounts/logout/'] button"))
    assert page.get_by_text("您已退出登录").count() == 1


def with_authenticator(visitor: Any) -> None:
    """Plug in a security key that says yes to everything."""
    devtools = visitor.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_signs_in_alone(place: Community, desktop: Any, settings: Any) -> None:
    settings.JINLIN_STAFF_SECOND_FACTOR = settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    with_authenticator(desktop)
    page = desktop.goto("/accounts/login/password/")
    fill_and_send(desktop, login="community_worker", password=PASSWORD)
    desktop.goto("/desk/roll/")
    assert page.url.endswith("/accounts/2fa/")
    desktop.go(page.get_by_text("添加通行密钥"))
    desktop.assert_accessible()
    page.check("[name=passwordless]")
    page.click("[data-passkey-start]")
    page.wait_for_url("**/accounts/2fa/recovery/")
    desktop.assert_accessible()
    desktop.goto("/accounts/2fa/passkeys/")
    desktop.assert_accessible()
    desktop.goto("/desk/roll/")
    assert page.url.endswith("/desk/roll/")
    desktop.goto("/accounts/logout/")
    desktop.go(page.locator("main .btn-primary"))
    desktop.goto("/accounts/login/")
    page.click("[data-passkey-start]")
    expect(page).not_to_have_url(re.compile("/accounts/"))
    desktop.goto("/desk/roll/")
    assert page.url.endswith("/desk/roll/"), "the passkey is the second factor too"


def test_a_passkey_that_fails_says_so(place: Community, desktop: Any) -> None:
    page = desktop.goto("/accounts/login/")
    page.route("**/accounts/login/passkey/", lambda route: route.abort())
    page.click("[data-passkey-start]")
    expect(page.get_by_text("没有成功")).to_be_visible()


RESIDENT = [
    "/me/",
    "/me/data/",
    "/me/notices/",
    "/me/digest/",
    "/me/looks/",
    "/me/export/",
    "/me/delete/",
    "/me/keys/",
    "/me/claim/",
    "/me/mandates/",
    "/me/mandates/{mandate}/",
    "/accounts/2fa/app/",
    "/accounts/phone/change/",
    "/accounts/password/change/",
]
DESK = {
    "community_worker": [
        "/desk/roll/",
        "/desk/roll/?q=没有的地方",
        "/desk/roll/{home}/",
        "/desk/claims/",
        "/desk/claims/{claim}/refuse/",
    ],
    "auditor": ["/desk/audit/", "/desk/audit/?seals=1"],
    "administrator": [
        "/desk/accounts/",
        "/desk/accounts/new/",
        "/desk/accounts/{account}/",
        "/desk/accounts/{account}/post/",
        "/desk/accounts/{account}/post/?body={body}",
        "/desk/accounts/{account}/first-password/",
        "/desk/posts/{post}/end/",
    ],
}


@pytest.fixture
def numbers(place: Community) -> dict[str, Any]:
    """Give every page something to show, and return the numbers in their addresses."""
    ask_mandate(actor=place.actor("neighbour"), phone=place.persons["resident"].phone)
    claim_home(actor=place.actor("neighbour"), home_code=place.homes[0].code, role="tenant")
    open_contact(actor=place.actor("community_worker"), person_id=place.persons["resident"].pk)
    notify([place.persons["resident"].pk], "路灯已修好", link="/me/")
    return {
        "mandate": Mandate.objects.get().pk,
        "claim": ResidenceClaim.objects.get().pk,
        "home": place.homes[0].code,
        "account": place.account("community_worker").pk,
        "body": place.bodies["residents_committee"].pk,
        "post": place.persons["community_worker"].appointments.get().pk,
    }


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_the_pages_of_a_resident_have_no_findings(
    place: Community, numbers: dict[str, Any], new_visitor: Any, width: str
) -> None:
    visitor = new_visitor(width)
    visitor.sign_in(place.account("resident"))
    for path in RESIDENT:
        visitor.goto(path.format(**numbers))
        visitor.assert_accessible()


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_the_pages_of_the_desk_have_no_findings(
    place: Community, numbers: dict[str, Any], new_visitor: Any, width: str
) -> None:
    for name, paths in DESK.items():
        visitor = new_visitor(f"{width}-{name}")
        visitor.sign_in(place.account(name))
        for path in paths:
            visitor.goto(path.format(**numbers))
            visitor.assert_accessible()
