"""Lists and single requests: who sees what, filters, pages, updates, and the bulk file."""

import csv
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from jinlin.platform.dates import now
from jinlin.requests.actions import (
    Look,
    accept_request,
    decline_request,
    merge_request,
    note_internally,
    publish_request,
    withdraw_publication,
)
from jinlin.requests.models import Request
from tests.open311.conftest import LAMP, errors


@pytest.fixture
def public(caller, community):
    """The number of a public request, as it was looked at."""
    number = caller("resident").create(public="true", description="王小明家门口路灯不亮，电话13812345678")
    found = Request.objects.get(number=number)
    look = Look(title="路灯不亮", text="门口路灯不亮", answer="已报修")
    publish_request(actor=community.actor("community_worker"), request_id=found.pk, look=look)
    return number


@pytest.fixture
def private(caller):
    """The number of a request that only the resident and those at work on it see."""
    return caller("resident").create(description="楼道灯坏了")


def numbers(rows):
    return [row["service_request_id"] for row in rows]


def test_nobody_reads_the_public_words_and_nothing_else(nobody, public, private):
    (row,) = nobody.rows("/requests.json")
    assert row["service_request_id"] == public
    assert row["description"] == "门口路灯不亮"
    assert row["status_notes"] == "已报修"
    assert "13812345678" not in nobody.get("/requests.xml").content.decode()
    errors(nobody.get(f"/requests/{private}.json"), 404)


def test_the_reporter_reads_the_whole_of_their_own(caller, public, private):
    rows = caller("resident").rows("/requests.json")
    assert numbers(rows) == [private, public]
    assert "13812345678" in rows[1]["description"]
    assert rows[0]["agency_responsible"]


@pytest.mark.parametrize(("name", "sees"), [("neighbour", 1), ("community_worker", 2), ("auditor", 2)])
def test_others_read_what_is_theirs_by_post(caller, public, private, name, sees):
    rows = caller(name).rows("/requests.json")
    assert len(rows) == sees
    assert len(set(numbers(rows))) == sees


def test_a_record_taken_down_is_gone_at_once(nobody, community, public):
    found = Request.objects.get(number=public)
    withdraw_publication(actor=community.actor("community_worker"), request_id=found.pk, reason="误公开")
    assert nobody.rows("/requests.json") == []
    errors(nobody.get(f"/requests/{public}.xml"), 404)


def test_states_are_open_or_closed_and_notes_say_more(caller, community, private):
    resident, worker = caller("resident"), community.actor("community_worker")
    found = Request.objects.get(number=private)
    assert resident.rows("/requests.json", status="closed") == []
    accept_request(actor=worker, request_id=found.pk, category=LAMP, note="明天去看")
    (row,) = resident.rows(f"/requests/{private}.json", extensions="true")
    assert (row["status"], row["status_notes"]) == ("open", "明天去看")
    assert row["expected_datetime"]
    assert row["extended_attributes"]["detailed_status"] == "accepted"
    decline_request(actor=worker, request_id=found.pk, reason="不在本社区")
    (row,) = resident.rows("/requests.json", status="closed,open")
    assert (row["status"], row["status_notes"]) == ("closed", "不在本社区")
    assert resident.rows("/requests.json", status="open") == []


def test_one_request_as_the_openapi_has_it(caller, private):
    assert caller("resident").rows(f"/request/{private}.json")["service_request_id"] == private
    (row,) = caller("resident").rows(f"/requests/{private}.json")
    assert row["service_request_id"] == private


def test_lists_are_narrowed_by_service_time_and_number(caller, private, public):
    resident = caller("resident")
    assert resident.rows("/requests.json", service_code="E10106") == []
    assert len(resident.rows("/requests.json", service_code=f"{LAMP},E10106")) == 2
    yesterday, long_ago = now() - timedelta(days=1), now() - timedelta(days=200)
    assert len(resident.rows("/requests.json", start_date=yesterday.isoformat())) == 2
    assert resident.rows("/requests.json", end_date=yesterday.isoformat()) == []
    assert resident.rows("/requests.json", start_date=long_ago.isoformat()) == []
    Request.objects.filter(number=private).update(received_at=long_ago)
    assert numbers(resident.rows("/requests.json")) == [public]
    asked = {"service_request_id": f"{private},{public},unknown", "status": "closed"}
    assert set(numbers(resident.rows("/requests.json", **asked))) == {private, public}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("start_date", "yesterday"),
        ("start_date", "2026-01-01T00:00:00"),
        ("start_date", "0001-01-01T00:00:00+14:00"),
        ("status", "in progress"),
        ("page", "0"),
        ("page", "9" * 30),
        ("per_page", "1001"),
        ("per_page", "many"),
    ],
)
def test_arguments_that_cannot_be_read_are_400(nobody, name, value):
    (why,) = errors(nobody.get("/requests.xml", **{name: value}), 400)
    assert name in why


def test_more_than_90_days_and_the_wrong_order_are_400(nobody):
    errors(nobody.get("/requests.json", start_date="2026-01-01T00:00:00Z", end_date="2026-06-01T00:00:00Z"), 400)
    errors(nobody.get("/requests.json", start_date="2026-02-01T00:00:00Z", end_date="2026-01-01T00:00:00Z"), 400)


def test_pages_follow_each_other_and_their_links_carry_no_key(caller):
    resident = caller("resident")
    made = [resident.create(description=f"第{number}盏灯") for number in range(5)]
    first = resident.get("/requests.json", per_page=2)
    assert 'page=2>; rel="next"' in first["Link"]
    assert resident.key not in first["Link"]
    pages = [numbers(resident.rows("/requests.json", per_page=2, page=page)) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [number for page in pages for number in page] == made[::-1]
    assert 'rel="prev"' in resident.get("/requests.json", per_page=2, page=3)["Link"]


def test_a_list_costs_the_same_however_long(caller, community, public, query_budget):
    resident = caller("resident")
    for number in range(20):
        resident.create(description=f"第{number}盏灯", address_id=community.buildings[0].code)
    resident.rows("/requests.json")
    with query_budget("open311/requests"):
        assert len(resident.rows("/requests.json")) == 21


def test_updates_are_told_and_taken(caller, community, private, nobody):
    resident = caller("resident")
    errors(nobody.get("/servicerequestupdates.json"), 403)
    accept_request(
        actor=community.actor("community_worker"),
        request_id=Request.objects.get(number=private).pk,
        category=LAMP,
        note="明天去看",
    )
    sent = {"service_request_id": private, "description": "今天更暗了", "update_id": "u-9", "status": "OPEN"}
    (made,) = resident.post("/servicerequestupdates.json", **sent).json()
    assert made == {"update_id": "u-9", "service_request_id": private}
    assert resident.post("/servicerequestupdates.json", **sent).json() == [made]
    rows = resident.rows("/servicerequestupdates.json", service_request_id=private)
    assert [row["description"] for row in rows][1:] == ["明天去看", "今天更暗了"]
    assert rows[1]["external_status_code"] == "accepted"
    tree = ElementTree.fromstring(resident.get("/servicerequestupdates.xml").content)
    assert tree.tag == "service_request_updates"
    assert {update.tag for update in tree} == {"request_update"}
    errors(caller("neighbour").post("/servicerequestupdates.json", **sent), 404)
    assert caller("neighbour").rows("/servicerequestupdates.json") == []


def test_words_among_officers_are_no_update(caller, community, private):
    found = Request.objects.get(number=private)
    note_internally(actor=community.actor("community_worker"), request_id=found.pk, note="此人常来")
    told = caller("resident").get("/servicerequestupdates.json").content.decode()
    assert "此人常来" not in told and len(caller("resident").rows("/servicerequestupdates.json")) == 1


def test_the_bulk_file_has_the_formats_columns(caller, nobody, public, private):
    answer = caller("resident").get("/requests.csv")
    rows = list(csv.DictReader(b"".join(answer.streaming_content).decode().splitlines()))
    assert list(rows[0])[:3] == ["service_request_id", "requested_datetime", "updated_datetime"]
    assert [row["service_request_id"] for row in rows] == [private, public]
    assert rows[0]["status_description"] == "open" and rows[0]["closed_date"] == ""
    (seen,) = csv.DictReader(b"".join(nobody.get("/requests.csv").streaming_content).decode().splitlines())
    assert seen["description"] == "门口路灯不亮"


def test_pages_of_others_may_read_without_a_cookie(nobody):
    assert nobody.get("/requests.json")["Access-Control-Allow-Origin"] == "*"


def test_one_that_is_answered_through_another_follows_it(caller, community):
    resident, neighbour = caller("resident"), caller("neighbour")
    place = community.buildings[0].code
    lead, other = neighbour.create(address_id=place), resident.create(address_id=place)
    worker, by_number = community.actor("community_worker"), lambda number: Request.objects.get(number=number).pk
    merge_request(actor=worker, request_id=by_number(other), into=lead, reason="同一盏灯")
    (row,) = resident.rows(f"/requests/{other}.json", extensions="true")
    assert (row["status"], row["extended_attributes"]["detailed_status"]) == ("open", "received")
    assert numbers(resident.rows("/requests.json", status="open")) == [other]

    accept_request(actor=worker, request_id=by_number(lead), category=LAMP, note="明天去看")
    decline_request(actor=worker, request_id=by_number(lead), reason="由供电局处理")
    (row,) = resident.rows("/requests.json", status="closed")
    assert (row["service_request_id"], row["status"], row["status_notes"]) == (other, "closed", "由供电局处理")
    assert resident.rows("/requests.json", status="open") == []
