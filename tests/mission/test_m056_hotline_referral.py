"""M056 市长热线（信箱）交办件: handed over once, answered back under its own number, and compared with the year before."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jinlin.cli.requests import app
from jinlin.platform.errors import WrongState
from jinlin.requests.actions import (
    Judgement,
    Report,
    Where,
    accept_request,
    begin_call_back,
    dispatch_request,
    handle_request,
    raise_request,
    record_call_back,
    sign_for_request,
    start_request,
)
from jinlin.requests.answers import COLUMNS
from jinlin.requests.models import Request
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.tables import csv_file

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M056")]

HEADER = ("工单编号", "诉求内容", "受理时间", "地点", "答复")


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


@pytest.fixture
def cases(tmp_path: Path):
    """Write a file of as many hotline cases of a year; every tenth is at a place that nobody here knows."""

    def write(year: int, count: int) -> Path:
        rows = [
            (f"{year}-{number:04d}", f"第{number}件：路灯不亮", f"{year}-0{1 + number % 4}-15", ward(number), "")
            for number in range(count)
        ]
        return csv_file(tmp_path / f"hotline-{year}.csv", HEADER, *rows)

    return write


def ward(number: int) -> str:
    return "不存在街道" if number % 10 == 0 else "虹山街道"


def run(*words: object, code: int = 0) -> dict[str, Any]:
    result = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout) if result.stdout else {}


def label(name: str) -> str:
    return next(str(column.label) for column in COLUMNS if column.name == name)


def handed_over(file: Path) -> dict[str, Any]:
    return run("import", file, "--source", "12345")


def test_900_after_1000_are_ten_percent_fewer_and_the_same_file_twice_leaves_900(place: Community, cases) -> None:
    assert handed_over(cases(2025, 1000))["imported"] == 1000
    file = cases(2026, 900)
    assert handed_over(file)["imported"] == 900
    assert handed_over(file) == {"rows": 900, "imported": 0, "repeated": 900, "rejected": []}
    where = Where(place_code=place.homes[0].code)
    raise_request(actor=place.actor("resident"), report=Report("楼道灯坏了", where=where))

    found = run("report", "--year", 2026)
    assert (found["year"], found["before"], found["now"], found["change"]) == (2026, 1000, 900, -0.1)
    assert found["own_channels"] == {"before": 0, "now": 1, "change": None}
    assert run("report", "--year", 2026, "--place", place.buildings[0].code)["now"] == 0

    unknown = Request.objects.filter(place_text="不存在街道")
    assert unknown.count() == 190
    assert set(unknown.values_list("place_code", flat=True)) == {COMMUNITY}


def test_the_same_number_with_other_words_is_told_and_nothing_comes_in(place: Community, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "twice.csv", HEADER[:2], ("A-1", "路灯不亮"), ("A-1", "停水"))
    assert [row["row"] for row in run("import", file, code=2)["rejected"]] == [3]
    assert not Request.objects.exists()


def test_a_case_is_handled_and_answered_back_and_after_closing_no_more(place: Community, tmp_path: Path) -> None:
    rows = [
        ("A-1", "三号楼路灯不亮", "2026-05-06", place.buildings[0].code, ""),
        ("A-2", "停水", "2026-05-06", "", "已修复"),
    ]
    handed_over(csv_file(tmp_path / "cases.csv", HEADER, *rows))
    opened, closed = Request.objects.order_by("external_id")
    worker, firm = place.actor("community_worker"), place.actor("property_manager")
    accept_request(actor=worker, request_id=opened.pk, category="C10102")
    dispatch_request(actor=worker, request_id=opened.pk, body_id=place.bodies["property_firm"].pk, basis="职责表第12条")
    sign_for_request(actor=firm, request_id=opened.pk)
    start_request(actor=firm, request_id=opened.pk)
    handle_request(actor=firm, request_id=opened.pk, answer="换了灯泡，亮了。")

    out = tmp_path / "answers.csv"
    assert run("answers", "--source", "12345", "--out", out)["rows"] == 2
    header, *told = csv.reader(out.read_text(encoding="utf-8-sig").splitlines())
    assert len(header) == len(COLUMNS)
    number, reply = header.index(label("external_id")), header.index(label("reply"))
    assert [(row[number], row[reply]) for row in told] == [("A-1", "换了灯泡，亮了。"), ("A-2", "已修复")]
    assert run("answers", "--source", "nobody", "--out", out, code=2) == {}

    with pytest.raises(WrongState):
        handle_request(actor=worker, request_id=closed.pk, answer="再答复一次")
    late = csv_file(tmp_path / "late.csv", HEADER, ("A-2", "停水", "2026-05-06", "", "另一个答复"))
    assert handed_over(late)["repeated"] == 1
    assert [step.note for step in closed.steps.all()] == ["已修复"]


def test_answers_and_call_backs_go_back_in_the_hotlines_own_layout(place: Community, tmp_path: Path) -> None:
    rows = [("A-1", "三号楼路灯不亮", "2026-05-06", place.buildings[0].code, "")]
    handed_over(csv_file(tmp_path / "cases.csv", HEADER, *rows))
    case, worker = Request.objects.get(), place.actor("community_worker")
    accept_request(actor=worker, request_id=case.pk, category="C10102")
    handle_request(actor=worker, request_id=case.pk, answer="换了灯泡，亮了。")
    begin_call_back(actor=worker, request_id=case.pk)
    judgement = Judgement(responded=True, solved="yes", satisfied="mostly", comment="来得慢")
    record_call_back(actor=worker, request_id=case.pk, judgement=judgement)

    header = ("序号", "工单编号", "承办单位", "办理结果", "是否联系", "是否解决", "满意度", "回访意见", "督办人")
    layout = csv_file(
        tmp_path / "form.csv",
        header,
        ("1", "A-9", "", "", "", "", "", "", "张"),
        ("2", "A-1", "", "", "", "", "", "", "李"),
    )
    out = tmp_path / "back.csv"
    written = run("answers", "--source", "12345", "--layout", layout, "--out", out)
    assert (written["rows"], written["answered"], written["unknown"]) == (2, 1, ["A-9"])
    back, unknown, told = csv.reader(out.read_text(encoding="utf-8-sig").splitlines())
    assert tuple(back) == header
    assert unknown == ["1", "A-9", "", "", "", "", "", "", "张"]
    assert told == ["2", "A-1", case.body.name, "换了灯泡，亮了。", "是", "已解决", "基本满意", "来得慢", "李"]

    empty = csv_file(tmp_path / "empty.csv", header)
    assert run("answers", "--source", "12345", "--layout", empty, "--out", tmp_path / "all.xlsx")["rows"] == 1
    nameless = csv_file(tmp_path / "nameless.csv", ("办理结果", "满意度"), ("", ""))
    assert run("answers", "--source", "12345", "--layout", nameless, "--out", out, code=2) == {}
    wrong = ("--map", "序号=nothing")
    assert run("answers", "--source", "12345", "--layout", layout, *wrong, "--out", out, code=2) == {}


def test_a_citys_real_tickets_go_in_and_back_under_their_numbers(
    place: Community, shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "fuzhou_river_12345" / "tickets_dev.csv"
    with file.open(encoding="utf-8-sig", newline="") as handed:
        tickets = {row["id"]: row for row in csv.DictReader(handed)}
    outcome = handed_over(file)
    assert outcome["imported"] == outcome["rows"] == len(tickets)
    out = tmp_path / "back.csv"
    written = run("answers", "--source", "12345", "--layout", file, "--out", out)
    assert (written["answered"], written["unknown"]) == (len(tickets), [])
    with out.open(encoding="utf-8-sig", newline="") as back:
        returned = {row["id"]: row for row in csv.DictReader(back)}
    assert returned.keys() == tickets.keys()
    assert all(returned[number]["transfers"] == ticket["transfers"] for number, ticket in tickets.items())
    replied = [number for number, ticket in tickets.items() if ticket["reply"].strip()]
    assert len(replied) > 500
    assert all("".join(returned[n]["reply"].split()) == "".join(tickets[n]["reply"].split()) for n in replied)
