"""The commands about requests as a shell meets them: one JSON object, one plain sentence, and the right exit code."""

import csv
import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from itertools import product
from pathlib import Path
from statistics import mean, median
from zlib import crc32

import pytest
import xlsxwriter
from django.db import OperationalError
from typer.testing import CliRunner, Result

from jinlin.cli import places
from jinlin.cli.requests import app
from jinlin.platform.dates import local_day
from jinlin.requests import triage as binding
from jinlin.requests.actions import importing
from jinlin.requests.models import Request
from tests.support.community import Community, make_community
from tests.support.shared import ROOT
from tests.support.tables import csv_file, workbook

HEADER = ("编号", "内容", "时间")
LAMP = ("R-1", "三号楼路灯不亮", "2026-05-06")
LABELLED = ("标题", "正文", "分类")
PHRASES = {
    "L101": ("轿厢抖得厉害", "按钮按了门不开", "维保的人没来", "总在三楼停住"),
    "C10102": ("整夜黑漆漆", "灯泡坏了", "晚上看不见路", "灯罩碎了一地"),
}


def run(*words: object) -> Result:
    """Run a command of `jinlin requests`."""
    return CliRunner().invoke(app, [str(word) for word in words])


def found(*words: object, code: int = 0) -> dict:
    """Return the one JSON object that a command gives."""
    result = run(*words, "--json")
    assert result.exit_code == code, result.stderr
    [line] = result.stdout.splitlines()
    return json.loads(line)


def refused(*words: object) -> str:
    """Return the one sentence with which a command refuses its input."""
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    [line] = result.stderr.strip().splitlines()
    return line


def labelled_rows() -> list[tuple[str, str, str]]:
    return [(f"{a}，", b, code) for code, phrases in PHRASES.items() for a, b in product(phrases, phrases)]


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    return csv_file(tmp_path / "labelled.csv.gz", LABELLED, *labelled_rows())


TEXT = ("--text", "标题", "--text", "正文", "--label", "分类")


class TestImport:
    """jinlin requests import."""

    @pytest.fixture(autouse=True)
    def _place(self, community: Community) -> None:
        """Let there be somebody who receives requests."""

    def test_it_says_what_became_of_the_rows(self, tmp_path: Path) -> None:
        file = csv_file(tmp_path / "a.csv.gz", HEADER, LAMP, ("R-2", "停水", "2026年5月7日 8:00"))
        assert found("import", file) == {"rows": 2, "imported": 2, "repeated": 0, "rejected": []}
        assert found("import", file) == {"rows": 2, "imported": 0, "repeated": 2, "rejected": []}
        assert run("import", file).stdout == ""

    def test_bad_rows_are_listed_and_nothing_comes_in(self, tmp_path: Path) -> None:
        file = csv_file(tmp_path / "a.csv", HEADER, LAMP, ("R-2", "", "昨天"), ("R-1", "别的事", ""))
        answer = found("import", file, code=2)
        assert (answer["rows"], answer["imported"], answer["repeated"]) == (3, 0, 0)
        assert {(row["row"], row["column"]) for row in answer["rejected"]} == {(3, "内容"), (3, "时间"), (4, "编号")}
        assert all(row["why"] for row in answer["rejected"])
        assert not Request.objects.exists()
        assert "3" in run("import", file).stderr

    def test_a_trial_run_writes_nothing(self, tmp_path: Path) -> None:
        file = csv_file(tmp_path / "a.csv", HEADER, LAMP)
        assert found("import", file, "--dry-run")["imported"] == 1
        assert not Request.objects.exists()

    def test_columns_are_mapped_by_hand(self, tmp_path: Path) -> None:
        file = csv_file(tmp_path / "a.csv", ("what", "when"), ("路灯不亮", "2026-05-06"))
        assert "what" in refused("import", file)
        assert found("import", file, "--map", "what=text", "--map", "when=raised_at")["imported"] == 1
        assert "colour" in refused("import", file, "--map", "what=colour")
        assert "nonsense" in refused("import", file, "--map", "nonsense")
        assert "没有" in refused("import", file, "--map", "没有=text")

    def test_merged_cells_are_named(self, tmp_path: Path) -> None:
        file = workbook(tmp_path / "a.xlsx", HEADER, LAMP, LAMP, change=lambda sheet: sheet.merge_cells("A2:A3"))
        assert "A2:A3" in refused("import", file)

    def test_a_formula_without_a_result_is_a_finding(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, HEADER)
            sheet.write_string(1, 0, "R-1")
            sheet.write_formula(1, 1, '="路灯"', value="")
        [row] = found("import", file, code=2)["rejected"]
        assert (row["row"], row["column"]) == (2, "内容")

    def test_200000_empty_rows_are_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text(",".join(HEADER) + "\n" + ",,\n" * 200_000 + ",".join(LAMP) + "\n", encoding="utf-8")
        assert found("import", file)["rows"] == 1

    def test_killed_in_the_middle_nothing_has_landed(self, tmp_path: Path, monkeypatch) -> None:
        file = csv_file(tmp_path / "a.csv", HEADER, *((f"R-{n}", f"第{n}盏路灯不亮", "") for n in range(9)))
        write, batches = importing._Writer._write, []

        def fall(writer, tickets) -> None:
            write(writer, tickets)
            batches.append(Request.objects.count())
            if len(batches) == 2:
                raise MemoryError

        with monkeypatch.context() as patched:
            patched.setattr(importing, "BATCH", 3)
            patched.setattr(importing._Writer, "_write", fall)
            result = run("import", file, "--json")
        assert (batches, result.stdout) == ([3, 6], "")
        assert isinstance(result.exception, MemoryError)
        assert not Request.objects.exists()
        assert found("import", file)["imported"] == 9

    @pytest.mark.parametrize(
        "content",
        [b"", b"\x89PNG\r\n\x1a\n\0\0", b"MZ\0\0", b"<html></html>", b"a,b\n1,2\n", "内容\n".encode("utf-16")[:5]],
    )
    def test_what_is_no_list_of_requests_is_refused(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "a.csv"
        file.write_bytes(content)
        assert refused("import", file)
        assert not Request.objects.exists()

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        assert "absent.csv" in refused("import", tmp_path / "absent.csv")

    def test_an_unknown_district_is_named_with_those_there_are(self, tmp_path: Path) -> None:
        assert "530199" in refused("import", csv_file(tmp_path / "a.csv", HEADER, LAMP), "--district", "110101")


class TestReport:
    """jinlin requests report."""

    @pytest.fixture(autouse=True)
    def _cases(self, community: Community, tmp_path: Path) -> None:
        """Import three cases of two years and two sources."""
        rows = [("1", "路灯不亮", "2025-03-01"), ("2", "停水", "2025-06-01")]
        assert run("import", csv_file(tmp_path / "old.csv", HEADER, *rows)).exit_code == 0
        assert run("import", csv_file(tmp_path / "new.csv", HEADER, ("1", "太吵", "2026-03-01"))).exit_code == 0

    def test_it_counts(self) -> None:
        answer = found("report")
        wanted = {"requests", "by_state", "by_channel", "by_kind", "median_days_to_reply", "transfers", "rates"}
        assert wanted <= answer.keys()
        assert (answer["requests"], answer["by_kind"], answer["rates"]["response"]) == (3, {"投诉": 3}, None)

    def test_days_sources_and_places_narrow_it(self) -> None:
        assert found("report", "--from", "2025-06-01", "--to", "2025-06-01")["requests"] == 1
        assert found("report", "--source", "old")["requests"] == 2
        assert found("report", "--place", "530199")["requests"] == 3
        assert found("report", "--place", "110101")["requests"] == 0

    def test_a_year_stands_beside_the_one_before(self) -> None:
        answer = found("report", "--year", "2026")
        assert [answer[key] for key in ("year", "before", "now", "change", "requests")] == [2026, 2, 1, -0.5, 1]
        assert answer["own_channels"] == {"before": 0, "now": 0, "change": None}
        assert found("report", "--year", "2026", "--source", "new")["change"] is None

    def test_options_that_make_no_sense_are_refused(self) -> None:
        assert "--year" in refused("report", "--year", "2026", "--from", "2026-01-01")
        assert "53019" in refused("report", "--place", "53019")
        assert run("report", "--from", "gestern").exit_code == 2


class TestTrainTriage:
    """jinlin requests train-triage."""

    def test_it_trains_from_any_headers(self, labelled: Path, tmp_path: Path) -> None:
        answer = found("train-triage", labelled, *TEXT, "--out", tmp_path / "model.zip")
        assert (answer["rows"], answer["labels"], answer["passed_over"]) == (32, 2, 0)
        assert answer["per_label"] == {"C10102": 16, "L101": 16}
        assert answer["model_bytes"] == (tmp_path / "model.zip").stat().st_size
        assert 0 < answer["train_cpu_s"] < 15

    def test_the_same_rows_give_the_same_model_from_a_workbook(self, labelled: Path, tmp_path: Path) -> None:
        book = workbook(tmp_path / "a.xlsx", LABELLED, *labelled_rows())
        found("train-triage", labelled, *TEXT, "--out", tmp_path / "a.zip")
        found("train-triage", book, *TEXT, "--out", tmp_path / "b.zip")
        assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()

    def test_rows_without_text_or_label_are_passed_over(self, tmp_path: Path) -> None:
        file = csv_file(
            tmp_path / "a.csv", LABELLED, *labelled_rows(), ("", "", "L101"), ("漏水", "", ""), ("", "", "")
        )
        answer = found("train-triage", file, *TEXT, "--out", tmp_path / "model.zip")
        assert (answer["rows"], answer["passed_over"]) == (32, 2)

    @pytest.mark.parametrize(
        ("words", "named"),
        [
            (("--text", "题目", "--label", "分类"), ("题目", "标题", "正文", "分类")),
            (("--text", "标题", "--label", "类别"), ("类别", "标题", "正文", "分类")),
            (("--text", "x", "--label", "y"), ("x", "y", "标题")),
            (("--text", "分类", "--label", "分类"), ("分类",)),
        ],
    )
    def test_a_missing_column_is_named_with_those_there_are(self, labelled, tmp_path, words, named) -> None:
        sentence = refused("train-triage", labelled, *words, "--out", tmp_path / "m.zip")
        assert all(name in sentence for name in named)
        assert not (tmp_path / "m.zip").exists()

    @pytest.mark.parametrize(
        "rows",
        [
            [(a, b, "L101") for a, b, _code in labelled_rows()],
            [("", "", "")],
            [],
            labelled_rows()[:3],
            [("路灯不亮", "", "C10102"), ("电梯坏了", "", "L101")] * 20,
        ],
        ids=["one label", "empty rows", "no rows", "three rows", "repeats"],
    )
    def test_too_little_to_learn_from_is_refused(self, tmp_path: Path, rows: list) -> None:
        file = csv_file(tmp_path / "a.csv", LABELLED, *rows)
        assert refused("train-triage", file, *TEXT, "--out", tmp_path / "m.zip")
        assert not (tmp_path / "m.zip").exists()

    def test_cells_that_cannot_be_read_are_named(self, tmp_path: Path) -> None:
        file = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([LABELLED, *labelled_rows()]):
                sheet.write_row(number, 0, row)
            sheet.write_formula(7, 2, "=A1", value="")
        assert "8" in refused("train-triage", file, *TEXT, "--out", tmp_path / "m.zip")

    def test_a_missing_file_or_folder_is_named(self, labelled: Path, tmp_path: Path) -> None:
        assert "absent" in refused("train-triage", tmp_path / "absent.csv", *TEXT, "--out", tmp_path / "m.zip")
        assert "nowhere" in refused("train-triage", labelled, *TEXT, "--out", tmp_path / "nowhere" / "m.zip")
        assert "--out" in refused("train-triage", labelled, *TEXT)

    def test_installed_it_works_at_once(self, community: Community, labelled: Path, tmp_path: Path, settings) -> None:
        settings.JINLIN_HOME = tmp_path
        answer = found("train-triage", labelled, *TEXT, "--install")
        assert answer["model_bytes"] == binding.model_place().stat().st_size
        heard = binding.triage("", "轿厢抖得厉害，维保的人没来")
        assert (heard.category, heard.model[:8]) == ("L101", "trained:")

    def test_a_model_that_knows_none_of_our_categories_is_not_installed(
        self, community: Community, tmp_path: Path, settings
    ) -> None:
        settings.JINLIN_HOME = tmp_path
        rows = [(a, b, f"class {code}") for a, b, code in labelled_rows()]
        file = csv_file(tmp_path / "a.csv", LABELLED, *rows)
        assert "class L101" in refused("train-triage", file, *TEXT, "--install")
        assert not binding.model_place().exists()


class TestDoubtfulLabels:
    """jinlin requests doubtful-labels."""

    def test_what_was_mislabelled_is_named_with_its_row_and_the_words(self, tmp_path: Path) -> None:
        rows = labelled_rows()
        rows[5] = (*rows[5][:2], "C10102")
        file = csv_file(tmp_path / "a.csv", LABELLED, ("", "", ""), *rows)
        answer = found("doubtful-labels", file, *TEXT, "--out", tmp_path / "doubtful.csv")
        assert (answer["rows"], answer["found"]) == (32, len(answer["doubtful"]))
        first = answer["doubtful"][0]
        assert (first["row"], first["label"], first["suggested"]) == (8, "C10102", "L101")
        assert first["suggested_confidence"] > first["confidence"]
        assert first["words"]
        assert all(word in first["text"] for word in first["words"])
        [header, line, *_rest] = (tmp_path / "doubtful.csv").read_text("utf-8-sig").splitlines()
        assert header == "row,label,confidence,suggested,suggested_confidence,words,text"
        assert line.startswith("8,C10102,")

    def test_people_read_a_line_for_each(self, tmp_path: Path) -> None:
        rows = labelled_rows()
        rows[5] = (*rows[5][:2], "C10102")
        result = run("doubtful-labels", csv_file(tmp_path / "a.csv", LABELLED, *rows), *TEXT, "--top", "1")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "row 7: C10102" in result.stderr


class TestEvaluateTriage:
    """jinlin requests evaluate-triage."""

    def test_in_folds_and_with_a_model(self, labelled: Path, tmp_path: Path) -> None:
        answer = found("evaluate-triage", labelled, *TEXT, "--folds", "2", "--group", "prefix:12")
        wanted = {"rows", "macro_f1", "accuracy", "per_label", "calibration_error", "predict_ms_per_row", "train_cpu_s"}
        assert wanted <= answer.keys()
        assert answer["rows"] == 32
        assert set(answer["per_label"]) == {"C10102", "L101"}
        found("train-triage", labelled, *TEXT, "--out", tmp_path / "m.zip")
        given = found("evaluate-triage", labelled, *TEXT, "--model", tmp_path / "m.zip")
        assert (given["accuracy"], given["macro_f1"], given["train_cpu_s"]) == (1, 1, 0)

    def test_people_read_the_same(self, labelled: Path) -> None:
        result = run("evaluate-triage", labelled, *TEXT, "--folds", "2")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "macro_f1" in result.stderr

    def test_what_is_no_model_is_refused(self, labelled: Path, tmp_path: Path) -> None:
        assert labelled.name in refused("evaluate-triage", labelled, *TEXT, "--model", labelled)
        assert "absent" in refused("evaluate-triage", labelled, *TEXT, "--model", tmp_path / "absent.zip")

    @pytest.mark.parametrize("group", ["30", "prefix:0", "prefix:x", "suffix:3"])
    def test_groups_are_told_by_their_first_characters(self, labelled: Path, group: str) -> None:
        assert "prefix:30" in refused("evaluate-triage", labelled, *TEXT, "--group", group)

    def test_a_given_model_is_not_trained_in_folds(self, labelled: Path, tmp_path: Path) -> None:
        assert "--model" in refused("evaluate-triage", labelled, *TEXT, "--model", tmp_path / "m", "--folds", "3")

    def test_too_little_is_refused(self, tmp_path: Path) -> None:
        file = csv_file(tmp_path / "a.csv", LABELLED, *labelled_rows()[:3])
        assert refused("evaluate-triage", file, *TEXT)


def test_the_commands_on_files_need_no_database(labelled: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {
        **os.environ,
        "JINLIN_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{home}/none.sqlite3",
        "DJANGO_SETTINGS_MODULE": "jinlin.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [
        sys.executable,
        "-m",
        "jinlin",
        "requests",
        "train-triage",
        labelled,
        *TEXT,
        "--out",
        tmp_path / "m",
        "--json",
    ]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert json.loads(done.stdout)["rows"] == 32
    assert [path.name for path in home.iterdir()] == ["keys.json"]


def test_without_a_database_the_others_say_what_to_do(monkeypatch) -> None:
    def absent() -> None:
        raise OperationalError("no such table: region_district")

    monkeypatch.setattr(places, "every_district", absent)
    assert "jinlin prepare" in refused("report")


class TestRealMessages:
    """The real files of others, read where they lie."""

    def test_hotline_tickets_are_reported_as_the_file_itself_counts(
        self, community: Community, shared_data: Path
    ) -> None:
        file = shared_data / "fuzhou_river_12345" / "tickets_dev.csv"
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert found("import", file) == {"rows": 1025, "imported": 1025, "repeated": 0, "rejected": []}
        answer = found("report")
        passed_on = [int(row["transfers"]) for row in rows]
        days = [int(row["days_to_final_reply"]) for row in rows if row["days_to_final_reply"]]
        assert answer["requests"] == len(rows) == 1025
        assert answer["by_state"] == {"closed": 1025}
        assert answer["by_kind"] == Counter(row["kind"] for row in rows)
        assert answer["by_channel"] == Counter(row["channel"] for row in rows)
        assert answer["median_days_to_reply"] == median(days) == 4
        counted = {str(number): count for number, count in Counter(passed_on).items()}
        assert answer["transfers"]["by_number"] == counted
        assert (
            (answer["transfers"]["total"], answer["transfers"]["max"]) == (sum(passed_on), max(passed_on)) == (3819, 46)
        )
        assert (answer["transfers"]["mean"], answer["transfers"]["median"]) == (mean(passed_on), median(passed_on))
        self.check_columns(rows)
        assert found("import", file) == {"rows": 1025, "imported": 0, "repeated": 1025, "rejected": []}
        assert found("report")["requests"] == 1025

    @staticmethod
    def check_columns(rows: list[dict[str, str]]) -> None:
        """Compare every imported request with its row."""
        kept = {request.external_id: request for request in Request.objects.prefetch_related("steps")}
        for row in rows:
            request = kept[row["id"]]
            [step] = request.steps.all()
            assert (request.text, request.title, step.note) == (row["detail"], row["title"][:120], row["reply"])
            assert (request.place_text, request.anonymous) == (row["river"], row["anonymous"] == "1")
            assert local_day(request.raised_at).isoformat() == row["time"]

    def test_all_messages_come_in_once(self, community: Community, shared_data: Path) -> None:
        file = shared_data / "taidi2020c" / "messages_labelled_dev.csv.gz"
        assert found("import", file) == {"rows": 5622, "imported": 5622, "repeated": 0, "rejected": []}
        assert Request.objects.filter(raised_at_known=False).count() == 3497
        assert found("import", file)["repeated"] == 5622

    def test_triage_learns_from_them_in_time_and_tells_new_ones_apart(self, shared_data: Path, tmp_path: Path) -> None:
        file = shared_data / "taidi2020c" / "messages_labelled_dev.csv.gz"
        options = ("--text", "subject", "--text", "detail", "--label", "label")
        with_held_out = self.split(file, tmp_path)
        answer = found("train-triage", with_held_out[0], *options, "--out", tmp_path / "m.zip")
        assert (answer["labels"], answer["train_cpu_s"] < 15) == (7, True)
        measured = found("evaluate-triage", with_held_out[1], *options, "--model", tmp_path / "m.zip")
        assert answer["rows"] + measured["rows"] == 5622
        assert measured["macro_f1"] >= 0.88
        assert measured["calibration_error"] < 0.06

    @staticmethod
    def split(file: Path, folder: Path) -> tuple[Path, Path]:
        """Write nine tenths of the messages and the rest; those that begin alike stay together."""
        with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        held = [crc32(row[header.index("detail")][:30].encode()) % 10 == 0 for row in rows]
        parts = ([row for row, out in zip(rows, held, strict=True) if out is kept] for kept in (False, True))
        learned, left = (csv_file(folder / name, header, *part) for name, part in zip("ab", parts, strict=True))
        return learned, left


@pytest.mark.slow
def test_grouped_cross_validation_on_real_messages(shared_data: Path) -> None:
    file = shared_data / "taidi2020c" / "messages_labelled_dev.csv.gz"
    words = ("--text", "subject", "--text", "detail", "--label", "label", "--folds", "5", "--group", "prefix:30")
    answer = found("evaluate-triage", file, *words)
    assert answer["rows"] == 5622
    assert answer["macro_f1"] >= 0.897


TOPIC_HEADER = ("编号", "标题", "正文", "时间", "用户", "点赞数", "反对数")


def topic_rows() -> list[tuple[object, ...]]:
    """Return two matters of several messages each, and one message that stands alone."""
    lamps = ("滨河路路灯不亮", "滨河路路灯坏了一排", "滨河路晚上没有路灯", "路灯不亮，滨河路摸黑走路")
    water = ("学府新村停水三天", "学府新村又停水", "学府新村停水没人管")
    told = [
        (f"M{number}", title, f"{title}，请派人处理。")
        for number, title in enumerate((*lamps, *water, "请问怎么办老年卡"))
    ]
    return [(*row, f"2026-05-{number + 1:02}", f"u{number}", 2, "") for number, row in enumerate(told)]


def topics_of(file: Path, *words: object) -> list[object]:
    return ["topics", file, "--text", "标题", "--text", "正文", "--time", "时间", *words]


def test_topics_come_with_place_period_members_and_how_their_heat_was_computed(tmp_path: Path):
    file = csv_file(tmp_path / "messages.csv", TOPIC_HEADER, *topic_rows())
    answer = found(*topics_of(file, "--id", "编号", "--support", "点赞数", "--oppose", "反对数", "--top", 2))
    first, second = answer["topics"]
    assert (first["rank"], first["place"], second["place"]) == (1, "滨河路", "学府新村")
    assert (first["members"], second["members"]) == (["M0", "M1", "M2", "M3"], ["M4", "M5", "M6"])
    assert first["title"] in {row[1] for row in topic_rows()[:4]}
    assert (first["from"], first["to"]) == ("2026-05-01T00:00:00+08:00", "2026-05-04T00:00:00+08:00")
    parts = first["heat_parts"]
    assert first["heat"] == round((parts["voices"] + 0.5 * parts["support"]) * (0.5 + 0.5 * parts["peak"]), 2)
    assert (answer["rows"], answer["passed_over"]) == (8, 0)
    assert answer["cpu_s"] >= 0


def test_topics_are_the_same_from_a_workbook_and_lines_are_counted_where_there_are_no_numbers(tmp_path: Path):
    header, rows = TOPIC_HEADER[1:], [row[1:] for row in topic_rows()]
    file = tmp_path / "messages.xlsx"
    workbook(file, header, *rows)
    [first, *_] = found(*topics_of(file))["topics"]
    assert first["members"] == ["1", "2", "3", "4"]


def test_rows_without_words_or_time_are_passed_over_and_counted(tmp_path: Path):
    rows = [*topic_rows(), ("M8", "", "", "2026-05-09", "", "", ""), ("M9", "学府新村停水", "停水", "", "", "", "")]
    assert found(*topics_of(csv_file(tmp_path / "m.csv", TOPIC_HEADER, *rows)))["passed_over"] == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({3: "gestern"}, ["line 2", "时间", "gestern"]),
        ({5: "many"}, ["line 2", "点赞数", "many"]),
    ],
)
def test_topics_refuse_what_cannot_be_read_by_line_and_column(tmp_path: Path, change: dict[int, str], said: list[str]):
    first, *rows = topic_rows()
    broken = tuple(change.get(place, cell) for place, cell in enumerate(first))
    file = csv_file(tmp_path / "m.csv", TOPIC_HEADER, broken, *rows)
    sentence = refused(*topics_of(file, "--support", "点赞数"))
    assert all(word in sentence for word in said)
    assert "天气" in refused(*topics_of(file, "--support", "天气"))
