"""`jinlin volunteering match` as a shell meets it: one JSON object, or one sentence with file, line and column."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from jinlin.cli.volunteering import app
from tests.support.tables import csv_file, workbook

OFFERS = (("offer", "capacity"), ("王", 1), ("李", 2))
NEEDS = (("need", "capacity"), ("巡逻", 2), ("送餐", 1), ("理发", 1))
EDGES = (("offer", "need", "benefit"), ("王", "巡逻", 5), ("王", "送餐", 9), ("李", "巡逻", 4), ("李", "送餐", 3))


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    return {
        name: csv_file(tmp_path / f"{name}.csv", *rows)
        for name, rows in (("offers", OFFERS), ("needs", NEEDS), ("edges", EDGES))
    }


def run(files: dict[str, Path], *words: object) -> Result:
    return CliRunner().invoke(app, ["match", *map(str, files.values()), *map(str, words)])


def test_the_outcome_is_one_object(files: dict[str, Path]):
    result = run(files, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert {found.pop(name) >= 0 for name in ("cpu_s", "load_s")} == {True}
    assert found == {
        "placed": 2,
        "benefit": 13,
        "optimal": True,
        "idle": 1,
        "unplaced": [
            {"need": "巡逻", "why": "outbid", "missing": 1},
            {"need": "理发", "why": "no edge", "missing": 1},
        ],
        "pairs": [
            {"offer": "王", "need": "送餐", "benefit": 9},
            {"offer": "李", "need": "巡逻", "benefit": 4},
        ],
    }


def test_pairs_go_to_a_file(files: dict[str, Path], tmp_path: Path):
    result = run(files, "--out", tmp_path / "pairs.csv", "--json")
    assert "pairs" not in json.loads(result.stdout)
    with (tmp_path / "pairs.csv").open(encoding="utf-8") as written:
        assert list(csv.reader(written)) == [["offer", "need", "benefit"], ["王", "送餐", "9"], ["李", "巡逻", "4"]]


def test_quick_says_its_bound_or_that_it_is_optimal(files: dict[str, Path]):
    found = json.loads(run(files, "--quick", "--json").stdout)
    assert found["optimal"] is True or found["benefit"] <= found["optimal"] <= found["benefit"] / 0.9999


def test_a_person_sees_counts(files: dict[str, Path]):
    result = run(files)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "1 × no edge, 1 × outbid" in result.stderr


def test_a_workbook_does_as_well(files: dict[str, Path], tmp_path: Path):
    files["edges"] = workbook(tmp_path / "edges.xlsx", *EDGES)
    assert json.loads(run(files, "--json").stdout)["benefit"] == 13


@pytest.mark.parametrize(
    ("name", "line", "row", "words"),
    [
        ("offers", 2, ("王", 0), "offers.csv, line 2, column capacity: 0 is less than 1. Write how many"),
        ("offers", 3, ("李", ""), "offers.csv, line 3, column capacity: This cell is empty. Fill it in."),
        ("offers", 3, ("王", 1), "offers.csv, line 3, column offer: “王” stands in line 2 already. Keep one"),
        ("needs", 4, ("理发", 0), "needs.csv, line 4, column capacity: 0 is less than 1. Write how many"),
        ("needs", 2, ("巡逻", "两个"), "needs.csv, line 2, column capacity: “两个” is no whole number"),
        ("needs", 3, ("巡逻", 1), "needs.csv, line 3, column need: “巡逻” stands in line 2 already."),
        ("edges", 3, ("张", "送餐", 9), "edges.csv, line 3, column offer: {offers} does not have “张”. Add it"),
        ("edges", 4, ("李", "修鞋", 4), "edges.csv, line 4, column need: {needs} does not have “修鞋”."),
        ("edges", 5, ("李", "巡逻", 3), "edges.csv, line 5, column offer: “李” and “巡逻” stand together in line 4"),
        ("edges", 2, ("王", "巡逻", "5.5"), "edges.csv, line 2, column benefit: “5.5” is no whole number"),
        ("edges", 2, ("王", "巡逻", -5), "edges.csv, line 2, column benefit: -5 is less than 1."),
        ("edges", 1, ("offer", "need", "worth"), "edges.csv: The header row lacks “benefit”."),
        ("edges", 2, ("王", "巡逻", 10**17 * 9), "could overflow"),
    ],
)
def test_bad_input_is_told_in_one_sentence(
    files: dict[str, Path], name: str, line: int, row: tuple[object, ...], words: str
):
    rows = list({"offers": OFFERS, "needs": NEEDS, "edges": EDGES}[name])
    rows[line - 1] = row
    csv_file(files[name], *rows)
    result = run(files, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    [sentence] = result.stderr.strip().splitlines()
    assert words.format(**files) in sentence


def test_a_file_that_is_not_there(files: dict[str, Path], tmp_path: Path):
    files["needs"] = tmp_path / "none.csv"
    result = run(files, "--json")
    assert result.exit_code == 2
    assert "none.csv: No such file or directory. Check the path" in result.stderr


def test_a_folder_that_is_not_there(files: dict[str, Path], tmp_path: Path):
    result = run(files, "--out", tmp_path / "none" / "pairs.csv")
    assert result.exit_code == 2
    assert "there is no such folder" in result.stderr
