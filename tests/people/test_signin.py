"""Signing in: by code, by password, with a second factor; what is refused, and what nobody can find out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import signing
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from jinlin.people.actions import forget_unproved_accounts, note_contact, open_account
from jinlin.people.models import Account, Person
from jinlin.people.phones import phone_index
from jinlin.platform.access import NOBODY, SYSTEM, actor_of
from jinlin.platform.models import OutboxMessage
from jinlin.requests.actions import Report, raise_request
from tests.people.conftest import newest_code, text_of
from tests.support.community import PASSWORD, Community

NEW = "13700001111"


def ask_code(client: Client, phone: str, **more: Any) -> Any:
    return client.post("/accounts/login/", {"phone": phone, **more})


def enter(client: Client, code: str) -> Any:
    return client.post("/accounts/login/code/confirm/", {"code": code, "action": "verify"})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("written", ["13700001111", "137 0000 1111", "+86 137-0000-1111"])
def test_a_first_sign_in_by_code_opens_an_account(place: Community, client: Client, written: str) -> None:
    answer = ask_code(client, written)
    assert answer["Location"] == "/accounts/login/code/confirm/"
    assert not Person.objects.filter(phone_index=phone_index(NEW), phone_proved_at__isnull=False).exists()
    answer = enter(client, newest_code())
    assert answer["Location"] == "/me/arrive" and is_signed_in(client)
    account = Account.objects.get(person__phone_index=phone_index(NEW))
    assert account.person.phone_proved_at and not account.has_usable_password()
    assert re.fullmatch(r"r-[0-9a-z]{10}", account.username)
    assert not EmailAddress.objects.exists()


def test_the_next_sign_in_meets_the_same_account(place: Community, client: Client) -> None:
    for _ in range(2):
        ask_code(client, NEW)
        enter(client, newest_code())
        client.logout()
    assert Account.objects.filter(person__phone_index=phone_index(NEW)).count() == 1


def test_a_registered_resident_finds_their_household(place: Community, client: Client) -> None:
    resident = place.persons["resident"]
    resident.account.delete()
    ask_code(client, resident.phone)
    enter(client, newest_code())
    assert Account.objects.get(person=resident).pk == int(client.session["_auth_user_id"])
    assert "幸福里1号楼1单元101" in text_of(client.get("/me/"))


def test_known_and_unknown_numbers_look_the_same(place: Community) -> None:
    pages = []
    for phone in (place.persons["resident"].phone, NEW):
        client = Client()
        sent = ask_code(client, phone)
        page = text_of(client.get(sent["Location"]))
        pages.append((sent.status_code, sent["Location"], re.sub(r'value="[^"]+"|\d{3}\*{4}\d{4}', "", page)))
    assert pages[0] == pages[1]
    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize("wrong", ["", "12345", "027-12345678", "1380000000x", "+852 9123 4567"])
def test_what_is_no_mobile_number_is_refused(place: Community, client: Client, wrong: str) -> None:
    answer = ask_code(client, wrong)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not OutboxMessage.objects.exists()


def test_five_wrong_codes_end_the_try(place: Community, client: Client) -> None:
    ask_code(client, NEW)
    right = newest_code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(4):
        assert enter(client, wrong).status_code == 200
    assert enter(client, wrong)["Location"].startswith("/accounts/login/")
    assert enter(client, right).status_code == 302
    assert not is_signed_in(client)


def test_a_code_is_good_for_ten_minutes(place: Community, client: Client, clock: Any) -> None:
    ask_code(client, NEW)
    clock.forward(seconds=601)
    enter(client, newest_code())
    assert not is_signed_in(client)


def test_the_session_keeps_no_number_in_the_clear(place: Community, client: Client) -> None:
    ask_code(client, NEW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        kept = [row[0] for row in cursor.fetchall()]
    assert kept
    assert all(NEW not in opened_with_the_signing_key_alone(row) for row in kept)


def opened_with_the_signing_key_alone(data: str) -> str:
    """Return what somebody reads in a session's row who has Django's key but not the field keys."""

    class Raw:
        def loads(self, contents: bytes) -> str:
            return contents.decode("latin-1")

    return signing.loads(data, salt="django.contrib.sessions.SessionStore", serializer=Raw)


def test_ten_codes_a_day_go_to_one_number(place: Community, client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    for _ in range(10):
        ask_code(Client(), NEW)
    assert ask_code(Client(), NEW).status_code == 429
    assert OutboxMessage.objects.count() == 10


def test_a_number_that_was_only_noted_signs_nobody_in(place: Community, client: Client) -> None:
    noted = note_contact(actor=SYSTEM, name="李四", phone=NEW)
    ask_code(client, NEW)
    enter(client, newest_code())
    assert Account.objects.get(pk=client.session["_auth_user_id"]).person_id != noted.pk


def test_an_account_that_nobody_proved_is_forgotten(place: Community, clock: Any) -> None:
    account = open_account(actor=NOBODY, phone=NEW)
    assert open_account(actor=NOBODY, phone=NEW) == account
    assert forget_unproved_accounts() == 0
    clock.forward(hours=25)
    assert forget_unproved_accounts() == 1
    assert not Person.objects.filter(pk=account.person_id).exists()


def test_user_name_and_password(place: Community, client: Client) -> None:
    form = {"login": "resident", "password": PASSWORD}
    assert client.post("/accounts/login/password/", form)["Location"] == "/me/arrive"
    assert is_signed_in(client)


@pytest.mark.parametrize("login", ["resident", "nobody-at-all", "19900000000"])
def test_a_wrong_password_says_the_same_for_everybody(place: Community, client: Client, login: str) -> None:
    answer = client.post("/accounts/login/password/", {"login": login, "password": "wrong-wrong-1"})
    assert answer.context["form"].non_field_errors() == ["用户名或密码不对。"]


def test_wrong_passwords_are_limited_for_each_user_name(place: Community, client: Client) -> None:
    for _ in range(5):
        client.post("/accounts/login/password/", {"login": "resident", "password": "wrong-wrong-1"})
    client.post("/accounts/login/password/", {"login": "resident", "password": PASSWORD})
    assert not is_signed_in(client)
    client.post("/accounts/login/password/", {"login": "neighbour", "password": PASSWORD})
    assert is_signed_in(client)


def test_a_closed_account_is_told_so(place: Community, client: Client) -> None:
    Account.objects.filter(username="resident").update(is_active=False)
    answer = client.post("/accounts/login/password/", {"login": "resident", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/inactive/" and not is_signed_in(client)


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_confirm_email",
        "account_reset_password",
        "account_signup_by_passkey",
        "socialaccount_connections",
        "mfa_download_recovery_codes",
    ],
)
def test_pages_that_are_not_wanted_do_not_exist(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/email/", "/accounts/password/reset/", "/accounts/"])
def test_addresses_that_are_not_wanted_lead_nowhere(place: Community, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


# --- the second factor of staff ---


@pytest.fixture
def strict(settings: Any) -> None:
    settings.JINLIN_STAFF_SECOND_FACTOR = True


STAFF = ["grid_member", "community_worker", "property_manager", "district_officer", "auditor", "administrator"]


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("path", ["/desk/roll/", "/field/", "/cockpit/"])
def test_staff_without_a_second_factor_are_led_to_set_one_up(
    strict: None, browser_of: Callable[[str], Client], role: str, path: str
) -> None:
    assert browser_of(role).get(path)["Location"] == "/accounts/2fa/"


def test_staff_without_a_second_factor_have_no_rights_anywhere(
    strict: None, browser_of: Callable[[str], Client]
) -> None:
    page = text_of(browser_of("community_worker").get("/me/arrive", follow=True))
    assert "第二重验证" in page or "/accounts/2fa/" not in page
    assert actor_of(browser_of("community_worker").get("/me/").wsgi_request).grants == ()


def test_staff_without_a_second_factor_have_no_rights_in_the_api_either(
    place: Community, browser_of: Callable[[str], Client], settings: Any
) -> None:
    raise_request(actor=place.actor("resident"), report=Report(text="楼道灯坏了"))
    seen = []
    for strict in (False, True):
        settings.JINLIN_STAFF_SECOND_FACTOR = strict
        seen.append(len(browser_of("community_worker").get("/api/v1/requests").json()["rows"]))
    assert seen == [1, 0]


@pytest.mark.parametrize("name", ["resident", "neighbour_head"])
def test_residents_and_neighbour_heads_need_none(strict: None, browser_of: Callable[[str], Client], name: str) -> None:
    assert browser_of(name).get("/me/").status_code == 200
    assert browser_of(name).get("/desk/roll/").status_code in {200, 403}


def test_a_demo_offers_the_second_factor_only(place: Community, browser_of: Callable[[str], Client]) -> None:
    assert browser_of("community_worker").get("/desk/roll/").status_code == 200


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def set_up_app(client: Client) -> str:
    page = client.get("/accounts/2fa/app/")
    secret = page.context["form"].secret
    answer = client.post("/accounts/2fa/app/", {"code": app_code(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery/"
    return secret


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_desk_and_its_secret_is_sealed(
    strict: None, place: Community, client: Client
) -> None:
    client.post("/accounts/login/password/", {"login": "community_worker", "password": PASSWORD})
    assert client.get("/desk/roll/").status_code == 302
    secret = set_up_app(client)
    codes = client.get("/accounts/2fa/recovery/").context["unused_codes"]
    assert len(codes) == 10
    assert client.get("/accounts/2fa/recovery/").context["unused_codes"] == ["****"] * 10
    assert client.get("/desk/roll/").status_code == 200
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept

    other = Client()
    answer = other.post("/accounts/login/password/", {"login": "community_worker", "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/" and not is_signed_in(other)
    other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_signed_in(other)
    other.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert other.get("/desk/roll/").status_code == 200
    third = Client()
    third.post("/accounts/login/password/", {"login": "community_worker", "password": PASSWORD})
    third.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert not is_signed_in(third), "a recovery code works once"


@pytest.mark.django_db(transaction=True)
def test_staff_cannot_remove_their_last_second_factor(strict: None, place: Community, client: Client) -> None:
    client.post("/accounts/login/password/", {"login": "community_worker", "password": PASSWORD})
    set_up_app(client)
    client.post("/accounts/2fa/app/remove/")
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


@pytest.mark.django_db(transaction=True)
def test_residents_may_remove_theirs(place: Community, client: Client) -> None:
    client.post("/accounts/login/password/", {"login": "resident", "password": PASSWORD})
    set_up_app(client)
    client.post("/accounts/2fa/app/remove/")
    assert not Authenticator.objects.exists()


# --- the number, the password, other devices ---


def test_changing_the_number_needs_a_code_to_the_new_one_and_tells_the_old_one(
    place: Community, browser_of: Callable[[str], Client]
) -> None:
    client, resident = browser_of("resident"), place.persons["resident"]
    old = resident.phone
    client.post("/accounts/phone/change/", {"phone": NEW, "action": "change"})
    resident.refresh_from_db()
    assert resident.phone == old
    client.post("/accounts/phone/verify/", {"code": newest_code(), "action": "verify"})
    resident.refresh_from_db()
    assert resident.phone == NEW
    assert OutboxMessage.objects.latest("pk").address == old


def test_somebody_elses_number_cannot_be_taken(place: Community, browser_of: Callable[[str], Client]) -> None:
    client, other = browser_of("resident"), place.persons["neighbour"].phone
    client.post("/accounts/phone/change/", {"phone": other, "action": "change"})
    client.post("/accounts/phone/verify/", {"code": newest_code(), "action": "verify"})
    place.persons["resident"].refresh_from_db()
    assert place.persons["resident"].phone != other


def test_somebody_elses_choice_of_password_must_be_changed_first(place: Community, client: Client) -> None:
    Account.objects.filter(username="community_worker").update(has_first_password=True)
    client.post("/accounts/login/password/", {"login": "community_worker", "password": PASSWORD})
    assert client.get("/desk/roll/")["Location"] == "/accounts/password/change/"
    new = "another-lamp-9-stairs"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", form)
    assert client.get("/desk/roll/").status_code == 200


def test_signing_out_elsewhere_keeps_this_device(place: Community, browser_of: Callable[[str], Client]) -> None:
    here, there = browser_of("resident"), browser_of("resident")
    here.post("/me/sign-out-elsewhere/")
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302


PAGES = [
    "/accounts/login/password/",
    "/accounts/logout/",
    "/accounts/inactive/",
    "/accounts/password/change/",
    "/accounts/phone/change/",
    "/accounts/2fa/",
    "/accounts/2fa/app/",
    "/accounts/2fa/passkeys/",
    "/accounts/2fa/passkeys/add/",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_in_our_shell(place: Community, client: Client, path: str) -> None:
    if "login" not in path:
        client.post("/accounts/login/password/", {"login": "resident", "password": PASSWORD})
    page = text_of(client.get(path))
    assert 'class="page-header"' in page and "allauth/" not in page


@pytest.mark.parametrize(
    ("name", "door"),
    [
        ("resident", "/"),
        ("grid_member", "/field/"),
        ("neighbour_head", "/field/"),
        ("community_worker", "/desk/"),
        ("property_manager", "/desk/"),
        ("district_officer", "/cockpit/"),
        ("auditor", "/desk/audit/"),
        ("administrator", "/desk/accounts/"),
    ],
)
def test_everybody_arrives_at_their_door(
    browser_of: Callable[[str], Client], name: str, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jinlin.people.views.signin._exists", lambda address: True)
    assert browser_of(name).get("/me/arrive")["Location"] == door


def test_a_door_without_pages_is_passed_over(
    browser_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jinlin.people.views.signin._exists", lambda address: address == "/")
    assert browser_of("grid_member").get("/me/arrive")["Location"] == "/"
