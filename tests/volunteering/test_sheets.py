"""Lists go out as spreadsheets without names and come in whole or not at all, and a repeat changes nothing."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from jinlin.organisations.models import Body
from jinlin.volunteering.actions import NewPosting, claim, post
from jinlin.volunteering.imports import REPORT_COLUMNS, SERVICE_COLUMNS, posting_columns
from jinlin.volunteering.models import Pairing, Posting, Report
from jinlin.volunteering.times import times_of, windows_of
from tests.support.community import COMMUNITY, Community
from tests.support.pages import fetch, signed_in, text_of

pytestmark = pytest.mark.django_db

OFFER = {
    "类别": "人力支持",
    "名称": "搬运队",
    "单位": "供电所",
    "社区": "虹山社区",
    "数量": "3",
    "时间": "周六9-12，周日14-17",
}
NEED = OFFER | {"名称": "周六搬运", "单位": "虹山社区居委会"}


@pytest.fixture
def desk(place: Community, units: list[Body]) -> Client:
    Body.objects.filter(pk=place.bodies["residents_committee"].pk).update(name="虹山社区居委会")
    return signed_in(place, "community_worker")


def sheet(*rows: dict[str, Any], name: str = "表.csv") -> SimpleUploadedFile:
    lines = [",".join(rows[0]), *(",".join(f'"{cell}"' for cell in row.values()) for row in rows)]
    return SimpleUploadedFile(name, "\n".join(lines).encode())


def send(desk: Client, word: str, file: SimpleUploadedFile) -> HttpResponse:
    return desk.post(f"/desk/volunteering/{word}/sheet/", {"file": file})


@pytest.mark.parametrize(("word", "row"), [("offers", OFFER), ("needs", NEED), ("posts", NEED)])
def test_a_list_comes_in_once_and_a_repeat_changes_nothing(desk: Client, word: str, row: dict[str, str]) -> None:
    for _time in range(2):
        answer = send(desk, word, sheet(row, row | {"名称": "另一件"}))
        assert answer.status_code == 302, text_of(answer)
    made = Posting.objects.order_by("pk")
    assert next((one.title, one.places, one.windows) for one in made) == (row["名称"], 3, [[5, 9, 12], [6, 14, 17]])
    assert made.count() == 2


@pytest.mark.parametrize(
    ("wrong", "column", "why"),
    [
        ({"时间": ""}, "时间", "空"),
        ({"时间": "有空就来"}, "时间", "不是时间"),
        ({"时间": "周六12-9"}, "时间", "开始"),
        ({"数量": "0"}, "数量", "1"),
        ({"数量": "很多"}, "数量", ""),
        ({"类别": "第十一类"}, "类别", "列表"),
        ({"社区": "没有的社区"}, "社区", "没有"),
        ({"单位": "没有的单位"}, "单位", "没有"),
        ({"名称": "找张三13812345678"}, "名称", "电话"),
        ({"名称": "身份证11010519491231002X"}, "名称", "电话"),
    ],
)
def test_each_fault_is_said_at_its_row_and_nothing_is_taken(desk: Client, wrong: dict, column: str, why: str) -> None:
    answer = send(desk, "offers", sheet(OFFER, OFFER | {"名称": "另一件"} | wrong))
    assert answer.status_code == 422
    (finding,) = answer.context["findings"]
    assert (finding.row, finding.column) == (3, column)
    assert why in finding.why
    assert not Posting.objects.exists()


def test_the_same_row_twice_is_a_finding(desk: Client) -> None:
    answer = send(desk, "offers", sheet(OFFER, OFFER))
    assert "重复" in answer.context["findings"][0].why and not Posting.objects.exists()


def workbook(columns: Sequence[Any], fill: Any) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        for index, column in enumerate(columns):
            page.write_string(0, index, str(column.label))
        fill(page)
    return SimpleUploadedFile("表.xlsx", buffer.getvalue())


def test_merged_cells_are_refused_and_empty_rows_passed_over(desk: Client) -> None:
    columns = posting_columns(Posting.Kind.OFFER)
    merged = send(desk, "offers", workbook(columns, lambda page: page.merge_range(1, 0, 2, 0, "人力支持")))
    assert merged.status_code == 422 and "合并" in text_of(merged)

    def far_below(page: Any) -> None:
        values = {"category": "人力支持", "title": "搬运队", "body": "供电所", "place": COMMUNITY, "places": "2"}
        for index, column in enumerate(columns):
            page.write_string(200_000, index, {**values, "windows": "随时"}.get(column.name, ""))

    assert send(desk, "offers", workbook(columns, far_below)).status_code == 302
    assert Posting.objects.get().windows == []


def test_a_formula_without_a_result_is_a_finding(desk: Client) -> None:
    columns = posting_columns(Posting.Kind.OFFER)

    def formula(page: Any) -> None:
        for index, column in enumerate(columns):
            page.write_string(1, index, OFFER.get(str(column.label), ""))
        page.write_formula(1, 5, "=1+1", value="")
        page.write_string(1, 2, "供电所")
        page.write_string(1, 3, COMMUNITY)

    answer = send(desk, "offers", workbook(columns, formula))
    assert answer.status_code == 422 and not Posting.objects.exists()
    assert {finding.column for finding in answer.context["findings"]} == {"数量"}


def test_reports_of_units_come_in_once(desk: Client) -> None:
    rows = [{"单位": "供电所", "社区": COMMUNITY, "类型": stage, "日期": "2026-05-06"} for stage in ("报到", "报告")]
    for _time in range(2):
        assert send(desk, "reports", sheet(*rows)).status_code == 302
    assert sorted(Report.objects.values_list("stage", flat=True)) == ["back", "in"]
    late = send(desk, "reports", sheet(rows[0] | {"日期": "2027-05-06"}))
    assert late.status_code == 422 and Report.objects.count() == 2


def test_a_sheet_with_hours_confirms_services_once_and_never_ones_own(place: Community, desk: Client, put_up) -> None:
    open_post = put_up("post", "楼道保洁", places=3)
    row = claim(actor=place.actor("resident"), posting_id=open_post.pk)
    own = claim(actor=place.actor("community_worker"), posting_id=open_post.pk)
    line = {"编号": row.pk, "日期": "2026-05-07", "分钟": 90, "解决问题": "三楼堆物"}
    refused = send(desk, "services", sheet(line, line | {"编号": own.pk}, line | {"编号": 999_999}))
    assert [finding.row for finding in refused.context["findings"]] == [3, 4]
    for _time in range(2):
        assert send(desk, "services", sheet(line)).status_code == 302
    done = Pairing.objects.get(pk=row.pk)
    assert (done.state, done.minutes, done.solved) == ("confirmed", 90, "三楼堆物")
    other_hours = send(desk, "services", sheet(line | {"分钟": 500}))
    assert other_hours.status_code == 422 and "不能再确认" in other_hours.context["findings"][0].why


def test_what_goes_out_names_no_person_and_can_come_in_again(place: Community, desk: Client, put_up) -> None:
    put_up("post", "楼道保洁", windows=[(5, 9, 12)], place_code=COMMUNITY)
    post(
        actor=place.actor("resident"),
        new=NewPosting(
            Posting.Kind.OFFER,
            "people",
            "帮搬东西",
            1,
            COMMUNITY,
            person=place.persons["resident"],
            windows=[(6, 9, 12)],
        ),
    )
    claim(actor=place.actor("resident"), posting_id=Posting.objects.get(kind="post").pk)
    names = [person.name for person in place.persons.values()]
    for word in ("posts", "offers", "needs", "reports", "services"):
        for kind in ("csv", "xlsx"):
            status, contents, _answer = fetch(desk, f"/desk/volunteering/{word}/export.{kind}")
            assert status == 200 and contents
            assert kind == "xlsx" or not any(name in contents.decode() for name in names), word
    _status, contents, _answer = fetch(desk, "/desk/volunteering/posts/export.csv")
    assert send(desk, "posts", SimpleUploadedFile("posts.csv", contents)).status_code == 302
    assert Posting.objects.filter(kind="post").count() == 1


@pytest.mark.parametrize("word", ["posts", "offers", "needs", "reports", "services"])
def test_the_template_is_for_hosts_and_auditors_change_nothing(place: Community, desk: Client, word: str) -> None:
    address = f"/desk/volunteering/{word}/sheet/"
    assert desk.get(f"{address}?as=template").content[:2] == b"PK"
    auditor = signed_in(place, "auditor")
    columns = {"reports": REPORT_COLUMNS, "services": SERVICE_COLUMNS}.get(word, posting_columns(Posting.Kind.OFFER))
    row = {str(column.label): "1" for column in columns if column.name not in {"windows", "reported_on", "day"}}
    row |= {str(column.label): "2026-05-06" for column in columns if column.name in {"reported_on", "day"}}
    row |= {str(column.label): "随时" for column in columns if column.name == "windows"}
    assert send(auditor, word, sheet(row)).status_code == 403
    assert signed_in(place, "resident").get(address).status_code == 403


def test_times_are_read_back_as_they_are_written() -> None:
    windows = [(0, 0, 24), (5, 9, 12), (6, 14, 17)]
    assert windows_of(times_of(windows)) == windows
    assert windows_of("星期六 9:00—12:00、礼拜天 14点到17点") == [(5, 9, 12), (6, 14, 17)]
    assert windows_of(" 随时 ") == []
    for text in ("周八9-12", "周六9:30-12:00", "周六", "周六9-12有空", ""):
        with pytest.raises(ValueError):
            windows_of(text)
