"""The public page of a place, its feeds and its open data; and notices through the API."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from django.test import Client

from jinlin.disclosure import actions
from jinlin.disclosure.actions import PublicPlace, PublicWords, Subject
from jinlin.disclosure.models import Objection
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now
from tests.disclosure.notice_cases import TITLE, drafted, look, posted
from tests.support.community import COMMUNITY, DISTRICT, Community, make_community
from tests.support.pages import fetch, signed_in, text_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    return make_community()


def disclosed(count: int, state: str) -> None:
    for number in range(count):
        words = PublicWords(
            f"2026-{state}-{number}", f"路灯{number}", "不亮", "", state, now(), PublicPlace(COMMUNITY), "H1"
        )
        actions.disclose(actor=SYSTEM, subject=Subject(f"t.{state}", number), words=words)


def test_a_place_shows_what_is_posted_what_has_ended_and_its_records(place: Community) -> None:
    posted(place)
    gone = posted(place, title="撤下的公示")
    actions.take_notice_down(actor=SYSTEM, notice_id=gone.pk, reason="内容有误")
    disclosed(1, "closed")
    page = text_of(Client().get(f"/public/{COMMUNITY}/"))
    assert TITLE in page and "路灯0" in page and gone.number in page and "撤下的公示" not in page
    assert Client().get("/public/530199009009/").status_code == 404
    assert TITLE in text_of(Client().get(f"/public/{DISTRICT}/"))


def test_feeds_hold_what_is_shown_with_addresses_that_stay(place: Community) -> None:
    notice = posted(place)
    drafted(place, title="还没公示的稿子")
    gone = posted(place, title="撤下的公示")
    actions.take_notice_down(actor=SYSTEM, notice_id=gone.pk, reason="内容有误")
    disclosed(1, "closed")
    atom = ElementTree.fromstring(Client().get(f"/public/{COMMUNITY}/feed.atom").content)
    titles = [entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")]
    assert sorted(titles) == sorted([TITLE, "路灯0"])
    assert all(entry.findtext(f"{ATOM}updated") and entry.findtext(f"{ATOM}id") for entry in atom.iter(f"{ATOM}entry"))
    feed = json.loads(Client().get(f"/public/{COMMUNITY}/feed.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {item["id"] for item in feed["items"]} == {
        f"http://testserver/public/notices/{notice.number}/", "http://testserver/public/2026-closed-0",
    }  # fmt: skip


def test_open_data_hides_counts_of_few_and_every_column_is_explained(place: Community) -> None:
    posted(place)
    disclosed(4, "closed")
    disclosed(5, "handled")
    tables = {}
    for name in ("notices", "requests"):
        status, contents, _answer = fetch(Client(), f"/public/{COMMUNITY}/{name}.csv")
        assert status == 200
        tables[name] = list(csv.DictReader(io.StringIO(contents.decode("utf-8-sig"))))
    assert {row["state"]: row["requests"] for row in tables["requests"]} == {"closed": "<5", "handled": "5"}
    assert tables["notices"][0]["title"] == TITLE
    package = json.loads(Client().get(f"/public/{COMMUNITY}/datapackage.json").content)
    assert package["licenses"]
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(tables[resource["name"]][0])
        assert all(field["description"] and field["type"] for field in fields)
    assert Client().get(f"/public/{COMMUNITY}/rumours.csv").status_code == 404


def test_programs_read_notices_with_their_versions_and_object_once_for_each_key(place: Community) -> None:
    notice = posted(place)
    actions.change_notice(actor=SYSTEM, notice_id=notice.pk, look=look(text="停车费每月150元。"), reason="写错了")
    rows = Client().get(f"/api/v1/notices?place={COMMUNITY}").json()["rows"]
    assert [row["number"] for row in rows] == [notice.number]
    one = Client().get(f"/api/v1/notices/{notice.number}").json()
    assert [version["version"] for version in one["versions"]] == [2, 1]
    path = f"/api/v1/notices/{notice.number}/objections"
    send = {"path": path, "data": {"text": "费用太高"}, "content_type": "application/json"}
    assert Client().post(**send).status_code == 401
    resident = signed_in(place, "resident")
    answers = [resident.post(**send, headers={"Idempotency-Key": "k"}) for _again in range(2)]
    assert [(answer.status_code, answer.json()["number"]) for answer in answers] == [(201, 1), (201, 1)]
    assert Objection.objects.count() == 1
    actions.take_notice_down(actor=SYSTEM, notice_id=notice.pk, reason="内容有误")
    gone = Client().get(f"/api/v1/notices/{notice.number}").json()
    assert (gone["title"], gone["versions"], gone["state"]) == ("", [], "taken_down")
    assert Client().get("/api/v1/notices/G0").status_code == 404
