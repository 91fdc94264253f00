"""Public records through the API: anybody reads what was checked for publication, and nothing else."""

from datetime import timedelta

import pytest

from jinlin.disclosure.actions import PublicPlace, PublicWords, Subject, disclose, take_down
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now
from tests.api.programs import refusal


@pytest.fixture
def published(community):
    """Give a function that publishes a record with a number."""

    def publish(number: int, **more):
        words = {
            "number": f"20260508-{number:04d}",
            "title": "楼道灯坏了",
            "text": "三楼的灯不亮。",
            "answer": "已更换。",
            "state": "closed",
            "happened_at": now() - timedelta(minutes=number),
            "place": PublicPlace(community.buildings[0].code, "幸福里1号楼", 102.701, 25.05),
            "category": "E1",
            "category_name": "城市管理事件",
        } | more
        return disclose(actor=SYSTEM, subject=Subject("requests.request", number), words=PublicWords(**words))

    return publish


def test_the_list_goes_on_by_key(published, nobody):
    for number in range(1, 53):
        published(number)
    first = nobody.get("/public").json()
    second = nobody.get("/public", older=first["older"]).json()
    numbers = [row["number"] for row in first["rows"] + second["rows"]]
    assert numbers == [f"20260508-{number:04d}" for number in range(1, 53)]
    assert second["older"] == ""


def test_the_list_is_narrowed(published, nobody):
    published(1)
    published(2, title="树枝断了", text="路边树枝断了。", category="E2", state="in_progress")

    def numbers(**wanted):
        return [row["number"][-1] for row in nobody.get("/public", **wanted).json()["rows"]]

    assert numbers(q="树枝") == ["2"]
    assert numbers(category="E1") == ["1"]
    assert numbers(finished="true") == ["1"]
    assert numbers(place="530199") == ["1", "2"] and numbers(place="110101") == []
    assert numbers(first="2100-01-01") == []


@pytest.mark.parametrize("query", [{"place": "x"}, {"first": "someday"}, {"finished": "perhaps"}, {"older": "x"}])
def test_a_filter_that_is_none(nobody, query):
    refusal(nobody.get("/public", **query), 422, "invalid")


def test_one_record(published, nobody):
    published(1)
    record = nobody.get("/public/20260508-0001").json()
    assert record["answer"] == "已更换。" and record["longitude"] == 102.701 and record["photos"] == []


def test_what_was_never_public_and_what_is_no_more(published, nobody):
    refusal(nobody.get("/public/20260508-0001"), 404, "not_found")
    published(1)
    take_down(actor=SYSTEM, subject=Subject("requests.request", 1), reason="写错了")
    refusal(nobody.get("/public/20260508-0001"), 410, "gone")
    assert nobody.get("/public").json()["rows"] == []


def test_the_points_in_a_box(published, nobody):
    published(1)
    published(2, place=PublicPlace("530199001001", "虹山社区"))
    answer = nobody.get("/public/points", bbox="102.70,25.04,102.71,25.06")
    assert answer["Content-Type"] == "application/geo+json"
    (feature,) = answer.json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [102.701, 25.05]}
    assert nobody.get("/public/points", bbox="103,25.04,103.1,25.06").json()["features"] == []


@pytest.mark.parametrize("bbox", ["1,2,3", "a,b,c,d", "103,25,102,26", "nan,nan,nan,nan", "0,0,999,1", "1e999,0,1,1"])
def test_a_box_that_is_none(nobody, bbox):
    refusal(nobody.get("/public/points", bbox=bbox), 422, "invalid")


def test_the_points_cost_few_statements(published, nobody, query_budget):
    published(1)
    nobody.get("/public/points", bbox="102,25,103,26")
    with query_budget("api/points"):
        nobody.get("/public/points", bbox="102,25,103.5,26")
