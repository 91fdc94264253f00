"""Deadlines as a calendar by a secret address, the work order on paper, and codes at places that begin a request there."""

import pytest
from django.test import Client

from jinlin.requests.actions import Report, Where, accept_request, dispatch_request, raise_request
from jinlin.requests.models import Request
from tests.mission.test_m003_grid_unified_code import scanned
from tests.support.community import COMMUNITY, make_community
from tests.support.pages import send, signed_in, text_of


@pytest.fixture
def community(db):
    return make_community()


@pytest.fixture
def dispatched(community) -> Request:
    """A request that lies with the property firm of the first estate."""
    report = Report("王小明家楼道灯坏了，电话13812345678", where=Where(place_code=community.homes[0].code))
    found = raise_request(actor=community.actor("resident"), report=report).request
    worker = community.actor("community_worker")
    accept_request(actor=worker, request_id=found.pk, category="C10102")
    firm = community.bodies["property_firm"]
    return dispatch_request(actor=worker, request_id=found.pk, body_id=firm.pk, basis="物业服务合同")


def address_of(community, name: str) -> str:
    """Make the address of somebody's calendar and return its path."""
    return signed_in(community, name).post("/desk/calendar").context["address"].removeprefix("http://testserver")


def test_the_calendar_has_what_ones_own_body_owes(community, dispatched):
    answer = Client().get(address_of(community, "property_manager"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode().replace("\r\n ", "")
    assert f"SUMMARY:{dispatched.number} 路灯" in text
    assert f"DTEND:{dispatched.due_at:%Y%m%dT%H%M%SZ}" in text
    assert dispatched.number not in Client().get(address_of(community, "department_officer")).content.decode()


def test_nobodys_words_or_names_are_in_it(community, dispatched):
    text = Client().get(address_of(community, "property_manager")).content.decode().replace("\r\n ", "")
    for personal in ("王小明", "13812345678", "楼道灯", community.homes[0].code):
        assert personal not in text


def test_an_address_made_anew_ends_the_one_before_and_so_does_taking_it_back(community, dispatched):
    first = address_of(community, "property_manager")
    second = address_of(community, "property_manager")
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    manager = signed_in(community, "property_manager")
    assert second not in text_of(manager.get("/desk/calendar"))
    manager.post("/desk/calendar/end")
    assert Client().get(second).status_code == 404
    assert Client().get("/calendar/guess.ics").status_code == 404


def test_rights_end_with_the_post_and_the_account(community, dispatched):
    address = address_of(community, "property_manager")
    community.bodies["property_firm"].__class__.objects.filter(kind="property_firm").update(active=False)
    assert dispatched.number not in Client().get(address).content.decode()
    account = community.account("property_manager")
    account.is_active = False
    account.save(update_fields=["is_active"])
    assert Client().get(address).status_code == 404


def test_residents_have_no_calendar_of_deadlines(community):
    assert signed_in(community, "resident").post("/desk/calendar").status_code == 403


def test_the_work_order_leads_back_by_its_code_and_names_nobody(community, dispatched):
    page = signed_in(community, "property_manager").get(f"/desk/requests/{dispatched.pk}/work-order")
    text = text_of(page)
    assert dispatched.number in text and "路灯" in text and community.homes[0].address in text
    assert scanned(page.context["picture"]) == f"http://testserver/field/requests/{dispatched.pk}"
    assert community.persons["resident"].name not in text
    assert signed_in(community, "department_officer").get(page.request["PATH_INFO"]).status_code == 404


@pytest.mark.parametrize("kind", ["building", "estate", "community"])
def test_the_code_on_a_poster_begins_a_request_there(community, kind):
    building, estate = community.buildings[2], community.estates[1]
    unit = {"building": building.code, "estate": estate.label, "community": COMMUNITY}[kind]
    page = Client().get(f"/places/{unit}/poster/")
    address = scanned(page.context["raise_picture"]).removeprefix("http://testserver")
    visitor = Client()
    assert visitor.get(address).status_code == 200
    assert send(visitor, address, text="路灯不亮", place=address.partition("place=")[2]).status_code == 302
    made = Request.objects.get()
    expected = {"building": building.code, "estate": COMMUNITY, "community": COMMUNITY}[kind]
    assert made.place_code == expected


def test_the_form_shows_the_scanned_place_and_forgets_an_unknown_one(community):
    building = community.buildings[0]
    assert building.address in text_of(Client().get(f"/raise?place={building.code}"))
    assert Client().get("/raise?place=99999999").status_code == 200
    assert Client().get("/raise?place=%00").status_code == 200
