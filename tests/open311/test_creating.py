"""Creating service requests: what is taken in, and every refusal of the standard."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jinlin.people.models import Person
from jinlin.requests.models import Category, Channel, Publicity, Request
from tests.open311.conftest import COVER, LAMP, Caller, errors
from tests.support.photos import picture

POINT = {"lat": "25.05", "long": "102.711"}


def test_a_request_comes_in_under_the_callers_name(caller, community):
    answer = caller("resident").post(
        "/requests.json", service_code=LAMP, description="单元门口路灯不亮", address_string="幸福里1号楼", **POINT
    )
    (row,) = answer.json()
    made = Request.objects.get(number=row["service_request_id"])
    assert made.reporter_id == community.persons["resident"].pk
    assert (made.channel, made.category, made.place_text) == (Channel.API, LAMP, "幸福里1号楼")
    assert (made.latitude, made.longitude) == (25.05, 102.711)
    assert row["account_id"] == str(community.account("resident").pk)
    assert "service_notice" in row and "token" not in row


def test_xml_is_answered_in_xml(caller):
    answer = caller("resident").post("/requests.xml", service_code=LAMP, description="灯不亮", **POINT)
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert b"<service_requests><request><service_request_id>" in answer.content


def test_the_key_may_be_a_bearer_token(caller, nobody):
    headers = {"Authorization": f"Bearer {caller('resident').key}"}
    assert nobody.post(headers=headers, service_code=LAMP, address_string="幸福里").status_code == 200


@pytest.mark.parametrize("key", ["", "jinlin_wrong"])
def test_without_a_right_key_nothing_comes_in(nobody, key):
    errors(Caller(key).post("/requests.xml", service_code=LAMP, **POINT), 403)
    errors(Caller(key).post("/requests.json", service_code=LAMP, **POINT), 403)
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("values", "status", "word"),
    [
        ({}, 400, "service_code"),
        ({"service_code": "Z9"}, 404, "Z9"),
        ({"service_code": LAMP}, 400, "address_string"),
        ({"service_code": LAMP, "lat": "25.05"}, 400, "long"),
        ({"service_code": LAMP, "long": "102.711"}, 400, "lat"),
        ({"service_code": LAMP, "lat": "north", "long": "102.7"}, 400, "lat"),
        ({"service_code": LAMP, "lat": "nan", "long": "102.7"}, 400, "lat"),
        ({"service_code": LAMP, "lat": "39.9", "long": "116.4"}, 400, "location"),
        ({"service_code": LAMP, "lat": "102.711", "long": "25.05"}, 400, "location"),
        ({"service_code": LAMP, "address_id": "999999"}, 400, "location"),
        ({"service_code": LAMP, "address_string": "远" * 201}, 400, "address_string"),
        ({"service_code": LAMP, "address_string": "幸福里", "description": "长" * 4001}, 400, "description"),
        ({"service_code": LAMP, "address_string": "幸福里", "media_url": "file:///etc/passwd"}, 400, "media_url"),
        ({"service_code": LAMP, "address_string": "幸福里", "attribute[colour]": "red"}, 400, "attribute[colour]"),
        ({"service_code": LAMP, "address_string": "幸福里", "jurisdiction_id": "city.gov"}, 404, "city.gov"),
        ({"service_code": LAMP, "address_string": "幸福\0里"}, 400, ""),
    ],
)
def test_what_cannot_be_taken_is_named(caller, values, status, word):
    (why,) = errors(caller("resident").post("/requests.json", **values), status)
    assert word in why
    assert not Request.objects.exists()


def test_a_service_that_has_ended_takes_nothing_more(caller):
    Category.objects.filter(code=LAMP).update(active=False)
    errors(caller("resident").post(service_code=LAMP, **POINT), 404)


def test_answers_stand_below_the_words(caller):
    number = caller("resident").create(service_code=COVER, **{"attribute[damage]": "loose"})
    assert Request.objects.get(number=number).text == "路灯不亮\n井盖情况：松动"


def test_without_words_the_services_name_speaks(caller):
    number = caller("resident").create(description="", **{"attribute[pole]": "L-17"})
    assert Request.objects.get(number=number).text == "路灯\n灯杆编号：L-17"


def test_a_needed_answer_that_is_missing_and_one_that_is_not_offered_are_named(caller):
    resident = caller("resident")
    sent = {"service_code": COVER, "address_string": "幸福里"}
    assert "damage" in errors(resident.post(**sent), 400)[0]
    assert "loose" in errors(resident.post(**sent, **{"attribute[damage]": "gone"}), 400)[0]
    two = errors(resident.post(**sent, **{"attribute[damage]": "gone", "attribute[x]": "y"}), 400)
    assert len(two) == 2


@pytest.mark.parametrize(("code", "wrong", "right"), [("people_inside", "many", "3"), ("people_inside", "inf", "2")])
def test_numbers_are_numbers(caller, code, wrong, right):
    resident, sent = caller("resident"), {"service_code": "L101", "address_string": "幸福里"}
    errors(resident.post(**sent, **{f"attribute[{code}]": wrong}), 400)
    assert resident.post(**sent, **{f"attribute[{code}][]": right}).status_code == 200


def test_the_same_send_again_is_the_same_request(caller):
    resident, headers = caller("resident"), {"Idempotency-Key": "k-1"}
    first = resident.post(headers=headers, service_code=LAMP, address_string="幸福里").json()
    assert resident.post(headers=headers, service_code=LAMP, address_string="幸福里").json() == first
    errors(resident.post(headers=headers, service_code=LAMP, address_string="安宁苑"), 400)
    assert Request.objects.count() == 1


def test_who_prefers_a_token_gets_one_and_turns_it_into_the_number(caller, nobody):
    sent = {"service_code": LAMP, "address_string": "幸福里"}
    (row,) = caller("resident").post(headers={"Prefer": "respond-async"}, **sent).json()
    assert "service_request_id" not in row
    (found,) = nobody.rows(f"/tokens/{row['token']}.json")
    assert found == {"service_request_id": Request.objects.get().number, "token": row["token"]}
    errors(nobody.get("/tokens/123456.xml"), 404)


def test_photos_come_as_files_and_anything_else_is_refused(caller):
    resident = caller("resident")
    photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    number = resident.create(media=photo)
    assert Request.objects.get(number=number).photos.count() == 1
    (row,) = resident.rows(f"/requests/{number}.json")
    path = row["media_url"].removeprefix("http://testserver")
    headers = {"Authorization": f"Bearer {resident.key}"}
    shown = resident.client.get(path, headers=headers)
    assert shown["Content-Type"] == "image/jpeg"
    for close in shown._resource_closers:
        close()
    assert resident.client.get(path).status_code == 401
    broken = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    errors(resident.post(service_code=LAMP, address_string="幸福里", media=broken), 400)


def test_public_and_anonymous_are_wishes(caller):
    number = caller("resident").create(public="true", anonymous="true", title="灯")
    made = Request.objects.get(number=number)
    assert (made.publicity, made.reporter_id, made.title) == (Publicity.WISHED, None, "灯")


def test_an_officers_program_enters_for_others_and_a_residents_only_for_itself(caller, community):
    said = {"first_name": "三", "last_name": "张", "phone": "13900001111"}
    number = caller("community_worker").create(**said, address_id=community.buildings[0].code)
    made = Request.objects.get(number=number)
    assert (made.reporter.name, made.entered_by_id) == ("张三", community.account("community_worker").pk)
    before = Person.objects.count()
    number = caller("resident").create(**said)
    assert Request.objects.get(number=number).reporter_id == community.persons["resident"].pk
    assert Person.objects.count() == before
    errors(caller("neighbour_head").post(service_code=LAMP, address_id=community.buildings[3].code, **said), 403)


def test_a_cookie_is_no_key(community, nobody):
    nobody.client.force_login(community.account("resident"))
    errors(nobody.post(service_code=LAMP, address_string="幸福里"), 403)


def test_what_is_too_large_is_refused_in_the_standards_shape(caller, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = "service_code=" + "x" * 2000
    answer = caller("resident").client.post(
        "/open311/v2/requests.json", body, content_type="application/x-www-form-urlencoded"
    )
    errors(answer, 400)
    assert json.loads(answer.content)
