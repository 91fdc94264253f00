"""Spreadsheets of requests: what each column becomes, all rows or none, none twice, and nothing guessed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import translation

from jinlin.platform.access import SYSTEM
from jinlin.platform.errors import Invalid
from jinlin.platform.models import AuditEntry, Counter
from jinlin.requests.actions import ImportOutcome, import_requests
from jinlin.requests.actions import importing as importing_module
from jinlin.requests.models import Request, Step, Suggestion
from jinlin.requests.tasks import suggest_for
from jinlin.territory.models import Place
from tests.support.community import COMMUNITY, DISTRICT, SUBDISTRICT, Community, make_community
from tests.support.tables import csv_file, workbook

HEADER = ("编号", "内容", "时间")
LAMP = ("R-1", "三号楼路灯不亮", "2026-05-06 14:30")
WATER = ("R-2", "五号楼停水两天", "2026-05-07")


@pytest.fixture
def community(db: None, clock) -> Community:
    return make_community()


@pytest.fixture
def take(community: Community, tmp_path: Path):
    """Import rows below a header as a file of the same name each time."""

    def run(*rows, header=HEADER, file: Path | None = None, **options) -> ImportOutcome:
        path = file or csv_file(tmp_path / "tickets.csv", header, *rows)
        return import_requests(actor=SYSTEM, path=path, **options)

    return run


def counts(outcome: ImportOutcome) -> tuple[int, int, int, int]:
    return outcome.rows, outcome.imported, outcome.repeated, len(outcome.rejected)


def blamed(outcome: ImportOutcome) -> list[tuple[int, str]]:
    return [(finding.row, finding.column) for finding in outcome.rejected]


def test_a_ticket_becomes_closed_history(take) -> None:
    header = (
        "id",
        "title",
        "detail",
        "time",
        "kind",
        "channel",
        "reply",
        "days_to_final_reply",
        "transfers",
        "anonymous",
    )
    take(("7", "路灯", "不亮", "2020-09-03", "咨询", "微信", "已修好", "6", "3", "1"), header=header)
    request = Request.objects.get()
    assert (request.title, request.text, request.kind, request.channel) == ("路灯", "不亮", "consultation", "wechat")
    assert (request.state, request.transfers, request.days_to_reply, request.anonymous) == ("closed", 3, 6, True)
    assert (request.external_source, request.external_id) == ("tickets", "7")
    assert request.raised_at == datetime(2020, 9, 2, 16, tzinfo=UTC)
    assert request.closed_at == datetime(2020, 9, 8, 16, tzinfo=UTC)
    step = Step.objects.get()
    assert (step.verb, step.state, step.note, step.at) == ("import", "closed", "已修好", request.closed_at)


def test_a_missing_time_is_that_of_the_import_and_marked(take, clock) -> None:
    take(("R-1", "路灯不亮", ""))
    request = Request.objects.get()
    assert not request.raised_at_known
    assert request.raised_at == clock.now


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_sources_own_words_stay_where_ours_say_less_in_any_language(take, language: str) -> None:
    with translation.override(language):
        take(
            ("1", "路灯不亮", "投诉", "e福州app"),
            ("2", "停水", "表扬", "微信"),
            header=("编号", "内容", "类型", "渠道"),
        )
    first, second = Request.objects.order_by("external_id")
    assert (first.kind, first.channel, first.labels) == ("complaint", "import", {"channel": "e福州app"})
    assert (second.channel, second.labels) == ("wechat", {"kind": "表扬"})


def test_a_file_comes_in_once(take) -> None:
    assert counts(take(LAMP, WATER)) == (2, 2, 0, 0)
    assert counts(take(LAMP, WATER)) == (2, 0, 2, 0)
    assert counts(take(LAMP, WATER, ("R-3", "垃圾没人清", ""))) == (3, 1, 2, 0)
    assert Request.objects.count() == 3
    assert AuditEntry.objects.filter(verb="requests.import").count() == 2


def test_the_same_numbers_of_two_systems_are_two_requests(take) -> None:
    take(LAMP, source="hotline")
    take(LAMP, source="mailbox")
    assert Request.objects.count() == 2


def test_without_numbers_the_same_words_at_the_same_time_are_a_repeat(take) -> None:
    header = ("内容", "时间")
    assert counts(take(LAMP[1:], LAMP[1:], WATER[1:], header=header)) == (3, 2, 1, 0)
    assert counts(take(LAMP[1:], (LAMP[1], "2026-05-01"), header=header)) == (2, 1, 1, 0)


def test_a_row_that_stands_twice_is_a_repeat_and_a_number_with_other_words_is_refused(take) -> None:
    assert counts(take(LAMP, LAMP)) == (2, 1, 1, 0)
    outcome = take(WATER, LAMP, ("R-2", "别的事", ""), source="other")
    assert counts(outcome) == (3, 0, 0, 1)
    assert blamed(outcome) == [(4, "编号")]
    assert "2" in outcome.rejected[0].why
    assert not Request.objects.filter(external_source="other").exists()


def test_one_bad_row_keeps_all_out_and_every_fault_is_named(take) -> None:
    header = (*HEADER, "转办次数", "纬度", "匿名")
    outcome = take(
        (*LAMP, "1", "25.05", "否"),
        ("R-2", "", "昨天", "-1", "北边", "也许"),
        ("R-3", "停水", "2031-01-01", "1.5", "", ""),
        header=header,
    )
    assert outcome.imported == 0
    assert sorted(blamed(outcome)) == sorted(
        [(3, name) for name in ("内容", "时间", "转办次数", "纬度", "匿名")] + [(4, "时间"), (4, "转办次数")]
    )
    assert not Request.objects.exists()


def test_a_trial_run_finds_the_same_and_writes_nothing(take) -> None:
    assert counts(take(LAMP, WATER, dry_run=True)) == (2, 2, 0, 0)
    assert counts(take(LAMP, ("R-2", "", ""), dry_run=True)) == (2, 0, 0, 1)
    assert not Request.objects.exists()
    assert not Counter.objects.filter(name__startswith="request:").exists()
    assert not AuditEntry.objects.filter(verb="requests.import").exists()


def test_stopped_in_the_middle_nothing_has_landed(take, monkeypatch) -> None:
    monkeypatch.setattr(importing_module, "BATCH", 2)
    rows = [(f"R-{number}", f"第{number}盏路灯不亮", "") for number in range(6)]
    seen: list[int] = []

    def stop(count: int) -> None:
        seen.append(Request.objects.count())
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(*rows, advance=stop)
    assert seen == [2, 4]
    assert (Request.objects.count(), Step.objects.count()) == (0, 0)
    assert counts(take(*rows)) == (6, 6, 0, 0)
    assert Request.objects.order_by("number").first().number == "20260508-0001"


def test_a_place_is_known_by_code_or_exact_name_and_never_guessed(take, community: Community) -> None:
    building = community.buildings[2]
    words = [building.code, building.address, "虹山社区", "虹山街道", "金山街道", "1号楼", "幸福里3号楼旁边的路灯"]
    take(*((f"R-{n}", "路灯不亮", word) for n, word in enumerate(words)), header=("编号", "内容", "地点"))
    found = list(Request.objects.order_by("external_id").values_list("place_code", "place_text"))
    assert found == [
        (building.code, ""),
        (building.code, building.address),
        (COMMUNITY, "虹山社区"),
        (SUBDISTRICT, "虹山街道"),
        (COMMUNITY, "金山街道"),
        (community.buildings[0].code, "1号楼"),
        (COMMUNITY, "幸福里3号楼旁边的路灯"),
    ]
    grid = Request.objects.get(external_id="R-0")
    assert (grid.grid_id, grid.estate_id) == (building.grid_id, building.estate_id)


def test_a_name_that_several_places_have_means_none(take, community: Community) -> None:
    twin = {"name": "望江社区", "address": "望江社区", "level": 12, "search": "", "valid_from": "2020-01-01"}
    for number in (2, 3):
        Place.objects.create(code=f"{SUBDISTRICT}00{number}", **twin)
    take(("R-1", "路灯不亮", "望江社区"), header=("编号", "内容", "地点"))
    request = Request.objects.get()
    assert (request.place_code, request.place_text) == (DISTRICT, "望江社区")


def test_a_district_without_places_is_told_so(db: None, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        import_requests(actor=SYSTEM, path=csv_file(tmp_path / "a.csv", HEADER, LAMP))


def test_who_raised_it_is_kept_with_people_and_not_at_all_when_anonymous(take) -> None:
    header = ("编号", "内容", "姓名", "电话", "匿名")
    take(("1", "路灯不亮", "王小明", "13800138000", ""), ("2", "停水", "李小红", "13900139000", "1"), header=header)
    named, anonymous = Request.objects.order_by("external_id")
    assert named.reporter.name == "王小明"
    assert anonymous.reporter_id is None
    assert "138" not in named.search + str(named.labels)


def test_what_nobody_has_taken_up_is_promised_an_answer_from_now_on(take, clock) -> None:
    take(
        ("1", "三号楼路灯不亮", "", ""),
        ("2", "停水", "已修复", ""),
        ("3", "太吵", "", "办理中"),
        header=("编号", "内容", "答复", "状态"),
    )
    waiting, closed, running = Request.objects.order_by("external_id")
    assert set(waiting.promises) == {"dispatch", "first_answer"}
    assert {row.started_at for row in waiting.clocks.all()} == {clock.now}
    assert waiting.due_at == waiting.steps.get().due_at == min(row.due_at for row in waiting.clocks.all())
    assert (closed.promises, closed.due_at, running.promises) == ({}, None, {})


def test_open_ones_get_a_suggestion_afterwards_and_closed_ones_need_none(take) -> None:
    take(("1", "三号楼路灯不亮", ""), ("2", "电梯困人", "已救出"), header=("编号", "内容", "答复"))
    waiting = Request.objects.get(external_id="1")
    assert waiting.state == "received"
    suggest_for.call(request_ids=[waiting.pk])
    assert Suggestion.objects.get().category == "C10102"


def test_a_category_of_ours_is_set_and_another_stays_a_label(take) -> None:
    take(("1", "a", "C10102"), ("2", "b", "道路照明设施"), ("3", "c", "城乡建设"), header=("编号", "内容", "分类"))
    found = dict(Request.objects.values_list("external_id", "category"))
    assert (found["1"], found["3"]) == ("C10102", "")
    assert Request.objects.get(external_id="3").labels == {"category": "城乡建设"}


def test_headers_of_any_kind_are_mapped_by_hand(take) -> None:
    assert counts(take(("a", "b"), header=("what", "ref"), mapping={"what": "text", "ref": "external_id"})) == (
        1,
        1,
        0,
        0,
    )
    assert (Request.objects.get().text, Request.objects.get().external_id) == ("a", "b")


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        (("编号", "时间"), {}),
        (("内容", "诉求内容"), {}),
        (("内容", "时间"), {"没有": "title"}),
        (("内容", "时间"), {"内容": "colour"}),
    ],
)
def test_headers_that_do_not_fit_are_refused(take, header, mapping) -> None:
    with pytest.raises(Invalid):
        take(("x", "y"), header=header, mapping=mapping)


def test_workbooks_with_real_dates_text_dates_and_formulas(take, tmp_path: Path) -> None:
    rows = [HEADER, ("R-1", "路灯不亮", datetime(2026, 5, 6, 14, 30)), ("R-2", "停水", "2026年5月6日 14:30")]
    take(file=workbook(tmp_path / "tickets.xlsx", *rows))
    assert {row.raised_at for row in Request.objects.all()} == {datetime(2026, 5, 6, 6, 30, tzinfo=UTC)}

    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ("R-8", "电梯坏了"))
        sheet.write_formula(1, 2, "=TODAY()", value="")
    outcome = take(file=path)
    assert blamed(outcome) == [(2, "时间")]
    assert Request.objects.count() == 2


def test_merged_cells_are_refused(take, tmp_path: Path) -> None:
    path = workbook(tmp_path / "m.xlsx", HEADER, LAMP, WATER, change=lambda sheet: sheet.merge_cells("C2:C3"))
    with pytest.raises(Invalid, match="C2:C3"):
        take(file=path)


def test_markup_emoji_and_foreign_scripts_stay_as_they_are(take) -> None:
    words = ["<script>alert(1)</script>", "🚒🚒", "Лифт не работает", "=1+1"]
    take(*((f"R-{n}", text) for n, text in enumerate(words)), header=("编号", "内容"))
    assert list(Request.objects.order_by("external_id").values_list("text", flat=True)) == words


def test_a_text_of_100000_characters_is_a_finding(take) -> None:
    assert blamed(take(("R-1", "长" * 100_000, ""))) == [(2, "内容")]
