"""The public pages: list, filters, map points, one record and its photos; nothing but what was made public."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from jinlin.disclosure.actions import PublicPlace, PublicWords, Subject, disclose, take_down, update_state
from jinlin.disclosure.models import Disclosure
from jinlin.platform.access import SYSTEM
from jinlin.platform.errors import Invalid
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.photos import photo

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 5, 8, 1, tzinfo=UTC)


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def public(
    number: int, *, state: str = "handled", title: str = "路灯坏了", east: float = 102.712, **more: Any
) -> Disclosure:
    words = {
        "number": f"20260508-{number:04d}",
        "title": title,
        "text": "晚上太黑。",
        "answer": "",
        "state": state,
        "happened_at": MORNING + timedelta(minutes=number),
        "place": PublicPlace(f"{COMMUNITY}0001", "幸福里1号楼", east, 25.05),
        "category": "C10102",
        "category_name": "路灯",
        "body_name": "安和物业",
    }
    return disclose(actor=SYSTEM, subject=Subject("requests.request", number), words=PublicWords(**(words | more)))


def test_nobody_needs_to_sign_in(place: Community) -> None:
    record = public(1)
    client = Client()
    assert "路灯坏了" in client.get("/public/").content.decode()
    assert "晚上太黑" in client.get(f"/public/{record.number}").content.decode()


def test_an_empty_list_says_what_belongs_there(place: Community) -> None:
    page = Client().get("/public/").content.decode()
    assert "empty-state" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=电梯", 1),
        ("q=没有的词", 0),
        ("category=C10102", 1),
        ("finished=yes", 1),
        ("finished=no", 1),
        ("first=2026-05-08&last=2026-05-08", 2),
        ("last=2026-05-07", 0),
        (f"place={COMMUNITY}0001", 1),
        (f"place={COMMUNITY}0003", 1),
    ],
)
def test_filters(place: Community, query: str, count: int) -> None:
    public(1)
    elsewhere = PublicPlace(f"{COMMUNITY}0003", "安宁苑3号楼", 102.713, 25.05)
    public(2, title="电梯坏了", state="closed", category="L102", category_name="电梯故障停运", place=elsewhere)
    page = Client().get(f"/public/?{query}")
    assert page.context["total"] == count == len(page.context["rows"])


def test_a_filter_that_cannot_be_read_says_so(place: Community) -> None:
    public(1)
    page = Client().get("/public/?first=gestern")
    assert page.status_code == 422 and not page.context["rows"]


def test_pages_by_key(place: Community) -> None:
    for number in range(1, 46):
        public(number)
    client, seen, path = Client(), [], "/public/"
    while path:
        page = client.get(path)
        seen += [row.number for row in page.context["rows"]]
        path = page.context["older_url"] and f"/public/{page.context['older_url']}"
    assert seen == sorted(seen, reverse=True) and len(seen) == 45


def test_only_the_newest_version_is_shown(place: Community) -> None:
    public(1)
    second = public(1, title="路灯修好了", answer="换了灯泡。")
    assert second.version == 2
    page = Client().get("/public/")
    assert [row.title for row in page.context["rows"]] == ["路灯修好了"]
    shown = Client().get(f"/public/{second.number}").content.decode()
    assert "换了灯泡" in shown


def test_state_and_rating_are_shown_and_words_stay(place: Community) -> None:
    record = public(1)
    update_state(subject=Subject("requests.request", 1), state="closed", rating="mostly")
    shown = Client().get(f"/public/{record.number}")
    shown = shown.context["record"]
    assert (shown.state, shown.rating, shown.text, shown.version) == ("closed", "mostly", "晚上太黑。", 1)


def test_what_was_taken_down_is_gone_and_what_never_was_is_not_found(place: Community) -> None:
    record = public(1, photos=[(photo(1), "before")])
    picture = record.photos.get()
    take_down(actor=SYSTEM, subject=Subject("requests.request", 1), reason="有人认出来了")
    client = Client()
    assert client.get(f"/public/{record.number}").status_code == 410
    assert client.get("/public/20260508-9999").status_code == 404
    assert client.get(reverse("disclosure:photo", args=[picture.pk])).status_code == 404
    assert "有人认出来了" not in client.get(f"/public/{record.number}").content.decode()
    assert not client.get("/public/").context["rows"]
    take_down(actor=SYSTEM, subject=Subject("requests.request", 1), reason="再来一次")


def test_photos_before_and_after_are_public_and_cached(place: Community) -> None:
    record = public(1, photos=[(photo(1), "before"), (photo(2), "after")])
    page = Client().get(f"/public/{record.number}")
    assert (len(page.context["before"]), len(page.context["after"])) == (1, 1)
    url = page.context["before"][0]
    answer = Client().get(url)
    assert answer["Content-Type"] == "image/jpeg" and "public" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    assert Client().get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_photos_that_were_not_chosen_have_no_public_address(place: Community) -> None:
    assert Client().get(reverse("disclosure:photo", args=[1])).status_code == 404


@pytest.mark.parametrize("words", ["电话13812345678", "3号楼2单元301", "身份证430202199001011232"])
def test_personal_words_never_get_in(place: Community, words: str) -> None:
    with pytest.raises(Invalid):
        public(1, text=words)


def test_a_home_is_too_close(place: Community) -> None:
    with pytest.raises(Invalid):
        public(1, place=PublicPlace(f"{COMMUNITY}0001010101"))


def points(query: str = "") -> list[dict[str, Any]]:
    answer = Client().get(f"/public/points.json{query}")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/geo+json"
    return json.loads(answer.content)["features"]


def test_points_of_the_box(place: Community) -> None:
    public(1, east=102.711)
    public(2, east=102.721)
    public(3, place=PublicPlace(COMMUNITY, "虹山社区"))
    assert {point["properties"]["code"] for point in points()} == {"20260508-0001", "20260508-0002"}
    (one,) = points("?bbox=102.71,25,102.715,26")
    assert one["geometry"] == {"type": "Point", "coordinates": [102.711, 25.05]}
    assert one["properties"]["url"] == "/public/20260508-0001"
    assert not points("?q=没有的词")


def test_the_ground_lies_below_the_points(place: Community) -> None:
    public(1)
    kinds = [point["geometry"]["type"] for point in points("?ground=on&q=路灯")]
    assert kinds[-1] == "Point" and set(kinds[:-1]) == {"Polygon"}


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "5,5,1,1", "nan,0,1,1", "-200,0,1,1", "1,2,3,4,5"])
def test_a_box_that_is_none_gets_a_clear_answer(place: Community, box: str) -> None:
    answer = Client().get(f"/public/points.json?bbox={box}")
    assert answer.status_code == 422 and "bbox" in answer.json()["errors"]


def codes(query: str = "") -> list[str]:
    return [point["properties"]["code"] for point in points(query)]


@pytest.mark.parametrize("query", ["", "?bbox=102,25,103,26", "?finished=no"])
def test_the_points_follow_each_change_at_once(place: Community, query: str) -> None:
    assert codes(query) == []
    public(1)
    public(2)
    assert codes(query) == ["20260508-0002", "20260508-0001"]
    take_down(actor=SYSTEM, subject=Subject("requests.request", 2), reason="写错了")
    assert codes(query) == ["20260508-0001"]
    public(1, title="路灯修好了")
    assert [point["properties"]["name"] for point in points(query)] == ["路灯修好了"]


def test_no_cache_may_show_a_point_that_was_taken_down(place: Community) -> None:
    assert Client().get("/public/points.json")["Cache-Control"] == "no-cache"


def test_a_database_that_was_put_back_shows_the_points_that_it_has(place: Community) -> None:
    public(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        public(2)
        assert len(points()) == 2
        raise RuntimeError
    assert codes() == ["20260508-0001"]


def test_the_points_cost_a_look_at_the_number_of_changes(place: Community, query_budget: Any) -> None:
    public(1)
    Client().get("/public/points.json")
    with query_budget("public/points"):
        Client().get("/public/points.json?bbox=102,25,103,26")


def test_statements_of_the_public_pages(place: Community, query_budget: Any) -> None:
    for number in range(1, 30):
        record = public(number)
    for name, path in (("list", "/public/"), ("record", f"/public/{record.number}")):
        Client().get(path)
        with query_budget(f"public/{name}"):
            Client().get(path)


def test_a_record_is_found_by_an_index_on_its_number(db):
    columns = [index.fields for index in Disclosure._meta.indexes]
    assert ["number"] in columns
    if connection.vendor == "sqlite":
        assert "disclosure_number" in Disclosure.objects.filter(number="XQ20260001").explain()
