"""The administrator's work: staff accounts, first passwords, posts; and that it opens no request and no household."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from jinlin.organisations.actions import NewAppointment, appoint, end_appointment
from jinlin.organisations.models import Appointment, Body
from jinlin.people.actions import (
    create_staff_account,
    deactivate_account,
    open_account,
    reactivate_account,
    set_first_password,
)
from jinlin.people.models import Account, Person
from jinlin.platform.access import NOBODY, Role, actor_for
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound
from jinlin.requests.actions import Report, raise_request
from jinlin.requests.rules import visible_to
from tests.people.conftest import text_of
from tests.support.community import PASSWORD, Community, make_community

ADMIN = "administrator"


@pytest.fixture
def place(db: None) -> Community:
    return make_community()


@pytest.fixture
def admin(place: Community) -> Client:
    client = Client()
    client.force_login(place.account(ADMIN))
    return client


def refused(act: Callable[..., object], **arguments: object) -> bool:
    try:
        act(**arguments)
    except NotAllowed:
        return True
    return False


def given(place: Community, account: Account, name: str = ADMIN) -> Appointment:
    body = Body.objects.get(kind="service_station")
    new = NewAppointment(account.person, body, "community_worker", today())
    return appoint(actor=place.actor(name), new=new)


def test_an_account_with_a_first_password_and_a_post(place: Community, admin: Client, client: Client) -> None:
    form = {"username": "hongshan-worker2", "name": "王芳", "phone": "13700002222"}
    page = text_of(admin.post("/desk/accounts/new/", form))
    password = re.search(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}", page)[0]
    account = Account.objects.get(username="hongshan-worker2")
    assert account.has_first_password and account.check_password(password) and not account.person.phone_proved_at
    body = Body.objects.get(kind="service_station")
    path = f"/desk/accounts/{account.pk}/post/"
    assert "服务站" in text_of(admin.get(f"{path}?q=服务站"))
    answer = admin.post(f"{path}?body={body.pk}", {"post": "0", "term_from": today(), "source": "虹街发〔2026〕8号"})
    assert answer["Location"] == f"/desk/accounts/{account.pk}/"
    assert actor_for(account.pk, account.person_id).roles == {Role.COMMUNITY_WORKER}
    client.post("/accounts/login/password/", {"login": account.username, "password": password})
    assert client.get("/desk/roll/")["Location"] == "/accounts/password/change/"


def test_who_opens_accounts_and_gives_posts(place: Community) -> None:
    person = place.persons["resident"].account
    everybody = [name for name in place.persons if name != ADMIN]
    for name in everybody:
        actor = place.actor(name)
        assert refused(create_staff_account, actor=actor, username=f"x-{name}", name="x"), name
        assert refused(set_first_password, actor=actor, account_id=person.pk), name
        assert refused(deactivate_account, actor=actor, account_id=place.account(ADMIN).pk), name
        assert refused(given, place=place, account=person, name=name), name
    for path in ("/desk/accounts/", "/desk/accounts/new/", f"/desk/accounts/{person.pk}/"):
        for name in everybody:
            client = Client()
            client.force_login(place.account(name))
            assert client.get(path).status_code == 403, (path, name)


@pytest.mark.parametrize("field", ["username", "name", "phone"])
@pytest.mark.parametrize(
    "value", ["", "ab", "r-something", "community_worker", "COMMUNITY_WORKER", "with space", "19900000000"]
)
def test_accounts_that_cannot_be(place: Community, field: str, value: str) -> None:
    good = {"username": "somebody-new", "name": "王芳", "phone": ""}
    bad = {
        "username": value != "19900000000",
        "name": value == "",
        "phone": value != "",
    }[field]
    if not bad:
        return
    before = Account.objects.count()
    with pytest.raises(Invalid):
        create_staff_account(actor=place.actor(ADMIN), **{**good, field: value})
    assert Account.objects.count() == before


def test_a_number_with_an_account_leads_to_that_account(place: Community, admin: Client) -> None:
    answer = admin.post("/desk/accounts/new/", {"username": "another", "name": "王芳", "phone": "19900000000"})
    assert answer.status_code == 422 and "resident" in text_of(answer)
    assert f"/desk/accounts/{place.account('resident').pk}/" in text_of(admin.get("/desk/accounts/?q=19900000000"))


def test_residents_accounts_are_not_listed_and_cannot_be_taken_over(place: Community, admin: Client) -> None:
    own = open_account(actor=NOBODY, phone="13700003333")
    Person.objects.filter(pk=own.person_id).update(name="赵小明")
    assert own.username not in text_of(admin.get("/desk/accounts/"))
    assert "赵小明" not in text_of(admin.get(f"/desk/accounts/{own.pk}/"))
    for act in (set_first_password, deactivate_account):
        with pytest.raises(NotFound):
            act(actor=place.actor(ADMIN), account_id=own.pk)
    given(place, own)
    with pytest.raises(NotAllowed):
        set_first_password(actor=place.actor(ADMIN), account_id=own.pk)
    assert deactivate_account(actor=place.actor(ADMIN), account_id=own.pk)


def test_resetting_takes_away_sessions_and_second_factor(place: Community, admin: Client, client: Client) -> None:
    worker = place.account("community_worker")
    Authenticator.objects.create(user=worker, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(worker)
    assert "重置" in text_of(admin.get(f"/desk/accounts/{worker.pk}/first-password/"))
    page = text_of(admin.post(f"/desk/accounts/{worker.pk}/first-password/"))
    password = re.search(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}", page)[0]
    worker.refresh_from_db()
    assert worker.check_password(password) and not worker.check_password(PASSWORD)
    assert not Authenticator.objects.exists()
    assert client.get("/me/").status_code == 302


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(
    place: Community, admin: Client, client: Client
) -> None:
    worker = place.account("community_worker")
    client.force_login(worker)
    admin.post(f"/desk/accounts/{worker.pk}/close/")
    assert client.get("/me/").status_code == 302
    admin.post(f"/desk/accounts/{worker.pk}/open/")
    client.force_login(Account.objects.get(pk=worker.pk))
    assert client.get("/me/").status_code == 200
    with pytest.raises(Invalid):
        deactivate_account(actor=place.actor(ADMIN), account_id=place.account(ADMIN).pk)


def test_a_post_ends_with_its_last_day(place: Community, admin: Client) -> None:
    worker = place.persons["community_worker"]
    appointment = worker.appointments.get()
    admin.post(f"/desk/posts/{appointment.pk}/end/", {"last_day": today() - timedelta(days=1)})
    assert not place.actor("community_worker").grants
    with pytest.raises(Invalid):
        end_appointment(actor=place.actor(ADMIN), appointment_id=appointment.pk, last_day=today() + timedelta(days=9))
    with pytest.raises(Invalid):
        end_appointment(
            actor=place.actor(ADMIN), appointment_id=appointment.pk, last_day=appointment.term_from - timedelta(days=1)
        )


def test_an_administrator_stays_one_until_another_ends_it(place: Community) -> None:
    own = place.persons[ADMIN].appointments.get()
    with pytest.raises(NotAllowed):
        end_appointment(actor=place.actor(ADMIN), appointment_id=own.pk, last_day=today())


def test_an_administrator_of_one_community_keeps_to_it(place: Community) -> None:
    Appointment.objects.filter(person=place.persons[ADMIN]).update(place_code="530199001001")
    district_post = place.persons["district_officer"].appointments.get()
    with pytest.raises(NotFound):
        end_appointment(actor=place.actor(ADMIN), appointment_id=district_post.pk, last_day=today())
    body = Body.objects.get(kind="request_centre")
    with pytest.raises(NotAllowed):
        new = NewAppointment(place.persons["resident"], body, "request_centre_officer", today())
        appoint(actor=place.actor(ADMIN), new=new)


def test_an_administrator_sees_no_request_and_no_household(place: Community, admin: Client) -> None:
    raise_request(actor=place.actor("resident"), report=Report(text="楼道灯坏了"))
    assert not visible_to(place.actor(ADMIN)).exists()
    assert admin.get("/desk/roll/").status_code == 403


@pytest.mark.parametrize("body", ["", "0", "x", "99999999999999999999", "-1"])
def test_a_body_that_is_none_leads_to_the_choice(place: Community, admin: Client, body: str) -> None:
    answer = admin.get(f"/desk/accounts/{place.account('resident').pk}/post/?body={body}")
    assert answer.status_code == 200 and "bodies" in answer.context


def test_the_list_of_accounts_costs(place: Community, admin: Client, query_budget: Callable) -> None:
    admin.get("/desk/accounts/")
    with query_budget("organisations/accounts"):
        admin.get("/desk/accounts/")


HERE, ELSEWHERE = "530199001001", "530199001002"


@pytest.fixture
def local(place: Community) -> Community:
    """The place with an administrator of one community only."""
    Appointment.objects.filter(person=place.persons[ADMIN]).update(place_code=HERE)
    return place


def test_nobody_appoints_themselves(place: Community, admin: Client) -> None:
    own = place.account(ADMIN)
    with pytest.raises(NotAllowed, match=r"\S"):
        given(place, own)
    body = Body.objects.get(kind="service_station")
    path = f"/desk/accounts/{own.pk}/post/?body={body.pk}"
    assert admin.get(path).status_code == 403
    assert admin.post(path, {"post": "0", "term_from": today()}).status_code == 403
    assert own.person.appointments.count() == 1
    page = text_of(admin.get(f"/desk/accounts/{own.pk}/"))
    assert "不能给自己岗位" in page and "/post/" not in page


@pytest.mark.parametrize("act", [set_first_password, deactivate_account, reactivate_account])
@pytest.mark.parametrize(
    ("holder", "theirs"),
    [
        ("community_worker", True),
        ("property_manager", True),
        ("subdistrict_officer", False),
        ("district_officer", False),
        ("auditor", False),
    ],
)
def test_a_local_administrator_touches_only_accounts_of_the_area(
    local: Community, act: Callable[..., object], holder: str, theirs: bool
) -> None:
    assert refused(act, actor=local.actor(ADMIN), account_id=local.account(holder).pk) is not theirs


@pytest.mark.parametrize("act", [set_first_password, deactivate_account])
def test_one_post_outside_the_area_keeps_the_account_out_of_reach(local: Community, act: Callable[..., object]) -> None:
    worker = local.account("community_worker")
    other = worker.person.appointments.create(
        body=local.bodies["service_station"],
        key="auditor",
        role=Role.AUDITOR,
        place_code=ELSEWHERE,
        term_from=today(),
        accepted_on=today(),
    )
    assert refused(act, actor=local.actor(ADMIN), account_id=worker.pk)
    worker.refresh_from_db()
    assert worker.is_active and worker.check_password(PASSWORD)
    other.term_from = other.accepted_on = other.term_to = today() - timedelta(days=1)
    other.save()
    assert not refused(act, actor=local.actor(ADMIN), account_id=worker.pk)


def test_a_former_holder_stays_with_the_administrators_of_the_former_area(local: Community) -> None:
    officer = local.account("district_officer")
    officer.person.appointments.update(term_to=today() - timedelta(days=1))
    assert refused(set_first_password, actor=local.actor(ADMIN), account_id=officer.pk)


def test_a_local_administrator_gives_no_post_at_a_body_outside_the_area(local: Community) -> None:
    department = local.bodies["city_management_department"]
    resident, station = local.persons["resident"], local.bodies["service_station"]
    outside = NewAppointment(resident, department, "department_officer", today(), place_code=HERE)
    assert refused(appoint, actor=local.actor(ADMIN), new=outside)
    inside = NewAppointment(resident, station, "community_worker", today(), place_code=HERE)
    assert not refused(appoint, actor=local.actor(ADMIN), new=inside)
    post = local.persons["department_officer"].appointments.get()
    Appointment.objects.filter(pk=post.pk).update(place_code=HERE)
    assert refused(end_appointment, actor=local.actor(ADMIN), appointment_id=post.pk, last_day=today())


def test_the_page_of_an_account_outside_the_area_offers_nothing(local: Community, admin: Client) -> None:
    page = text_of(admin.get(f"/desk/accounts/{local.account('district_officer').pk}/"))
    assert "辖区之外" in page and "first-password" not in page and "/close/" not in page
