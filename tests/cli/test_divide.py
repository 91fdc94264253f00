"""`jinlin territory divide` as a shell meets it: a plan and one JSON object, or one sentence with file, line and column."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from jinlin.cli.territory import app
from tests.support.tables import csv_file

BUILDINGS = (
    ("building", "community", "estate", "households", "x", "y", "area", "perimeter"),
    ("1栋", "东园", "甲", 80, 0, 0, 400, 80),
    ("2栋", "东园", "甲", 70, 20, 0, 400, 80),
    ("3栋", "东园", "乙", 75, 40, 0, 400, 80),
    ("4栋", "东园", "", 75, 60, 0, 400, 80),
    ("5栋", "西园", "甲", 40, 80, 0, 400, 80),
)
ADJACENCY = (
    ("a", "b", "shared_length", "crosses_major_road"),
    ("1栋", "2栋", 20, 0),
    ("2栋", "3栋", 20, 1),
    ("3栋", "4栋", 20, 0),
    ("4栋", "5栋", 20, 0),
)
GRIDS = (("community", "grids"), ("东园", 2), ("西园", 1))


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    tables = {"buildings": BUILDINGS, "adjacency": ADJACENCY, "grids": GRIDS}
    return {name: csv_file(tmp_path / f"{name}.csv", *rows) for name, rows in tables.items()}


def run(files: dict[str, Path], *words: object) -> Result:
    out = files["buildings"].with_name("plan.csv")
    command = ["divide", files["buildings"], files["adjacency"], "--grids", files["grids"], "--out", out, *words]
    return CliRunner().invoke(app, [str(word) for word in command])


def refused(files: dict[str, Path], *words: object) -> str:
    result = run(files, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    [line] = result.stderr.strip().splitlines()
    return line


def plan_beside(files: dict[str, Path]) -> list[list[str]]:
    with files["buildings"].with_name("plan.csv").open(encoding="utf-8") as written:
        return list(csv.reader(written))


@pytest.mark.parametrize("mode", ["keep", "balance"])
def test_the_plan_is_a_file_and_its_figures_one_object(files: dict[str, Path], mode: str):
    result = run(files, "--mode", mode, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert {found.pop(name) >= 0 for name in ("cpu_s", "load_s")} == {True}
    assert found == {
        "grids": 3,
        "mean_deviation": 0.0,
        "max_deviation": 0.0,
        "within_10": 1.0,
        "within_20": 1.0,
        "extra_estate_pieces": 0,
        "grids_over_major_road": 0,
        "compactness": pytest.approx(0.7272, abs=1e-3),
    }
    assert plan_beside(files) == [
        ["building", "grid_code"],
        ["1栋", "东园001"],
        ["2栋", "东园001"],
        ["3栋", "东园002"],
        ["4栋", "东园002"],
        ["5栋", "西园001"],
    ]


def test_a_person_sees_the_figures(files: dict[str, Path]):
    result = run(files)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "grids" in result.stderr


def test_the_number_of_grids_follows_from_the_households_wished_for(files: dict[str, Path], tmp_path: Path):
    files["grids"] = csv_file(tmp_path / "none.csv", GRIDS[0], GRIDS[2])
    assert json.loads(run(files, "--households", 100, "--json").stdout)["grids"] == 4


def test_cells_may_be_left_out(files: dict[str, Path], tmp_path: Path):
    files["buildings"] = csv_file(tmp_path / "buildings.csv", *(row[:6] for row in BUILDINGS))
    found = json.loads(run(files, "--json").stdout)
    assert (found["grids"], found["compactness"]) == (3, None)


@pytest.mark.parametrize(
    ("name", "line", "row", "words"),
    [
        (
            "buildings",
            3,
            ("2栋", "东园", "甲", -7, 20, 0, 400, 80),
            "line 3, column households: -7 is less than 0. Write",
        ),
        (
            "buildings",
            3,
            ("2栋", "东园", "甲", "七", 20, 0, 400, 80),
            "line 3, column households: “七” is no whole number",
        ),
        ("buildings", 3, ("2栋", "东园", "甲", 7, "", 0, 400, 80), "line 3, column x: This cell is empty. Fill it in."),
        (
            "buildings",
            3,
            ("2栋", "东园", "甲", 7, 20, "北", 400, 80),
            "line 3, column y: “北” is no number. Write metres",
        ),
        (
            "buildings",
            3,
            ("2栋", "东园", "甲", 7, 20, 0, 0, 80),
            "line 3, column area: The area of building 2栋 cannot be 0",
        ),
        (
            "buildings",
            3,
            ("2栋", "东园", "甲", 7, 20, 0, "", 80),
            "line 3, column area: “” is no number. Write square metres",
        ),
        (
            "buildings",
            3,
            ("1栋", "东园", "甲", 7, 20, 0, 400, 80),
            "line 3, column building: The building 1栋 is there twice",
        ),
        (
            "buildings",
            3,
            ("1栋", "西园", "甲", 7, 20, 0, 400, 80),
            "line 3, column community: The building 1栋 lies in two",
        ),
        ("buildings", 1, BUILDINGS[0][:7], "The columns area and perimeter belong together. Add the other one"),
        (
            "buildings",
            1,
            ("building", "community", "小区", *BUILDINGS[0][3:]),
            "The header row lacks “estate”. Add that",
        ),
        ("buildings", 1, ("building", "社区", *BUILDINGS[0][2:]), "buildings.csv: The header row lacks “community”"),
        (
            "adjacency",
            2,
            ("1栋", "9栋", 20, 0),
            "line 2, column b: The building 9栋 is not among the buildings; add it",
        ),
        ("adjacency", 2, ("1栋", "1栋", 20, 0), "line 2, column b: The building 1栋 cannot border on itself; remove"),
        ("adjacency", 2, ("1栋", "2栋", -1, 0), "line 2, column shared_length: The shared_length of the border of 1栋"),
        (
            "adjacency",
            2,
            ("1栋", "2栋", 20, "大路"),
            "line 2, column crosses_major_road: “大路” is neither yes nor no.",
        ),
        (
            "adjacency",
            5,
            ("2栋", "1栋", 5, 0),
            "line 5, column shared_length: The border of 2栋 and 1栋 is there twice",
        ),
        (
            "adjacency",
            3,
            ("3栋", "5栋", 20, 0),
            "line 4, column community: The buildings of community 东园 do not hang",
        ),
        ("grids", 2, ("东园", 5), "line 2, column grids: The community 东园 cannot have 5 grids, because it has 4"),
        ("grids", 2, ("东园", 0), "line 2, column grids: 0 is less than 1. Write how many grids"),
        ("grids", 3, ("东园", 1), "line 3, column community: “东园” stands in line 2 already."),
        ("grids", 3, ("北园", 1), "line 3, column community: The community 北园 has no buildings; remove"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(files: dict[str, Path], name: str, line: int, row: tuple, words: str):
    tables = {"buildings": BUILDINGS, "adjacency": ADJACENCY, "grids": GRIDS}
    rows = list(tables[name])
    rows[line - 1] = row
    files[name] = csv_file(files[name], *rows)
    assert words in refused(files)


def test_a_missing_file_or_folder_is_named(files: dict[str, Path], tmp_path: Path):
    assert "nowhere: there is no such folder" in refused(files, "--out", tmp_path / "nowhere" / "plan.csv")
    files["adjacency"] = tmp_path / "none.csv"
    assert "none.csv: No such file" in refused(files)


def test_the_same_seed_gives_the_same_file(files: dict[str, Path]):
    first = [run(files, "--seed", seed) and plan_beside(files) for seed in (4, 4)]
    assert first[0] == first[1]
