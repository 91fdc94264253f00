"""`jinlin deliberation opinion-groups` as a shell meets it: one JSON object, or one sentence that says what is wrong."""

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from jinlin.cli.deliberation import app
from tests.support.tables import csv_file

STATEMENTS = 8
PEOPLE = {**{f"{n}": 1 for n in range(5)}, **{f"{n}": -1 for n in range(5, 12)}}


def lean(person: str, statement: int) -> int:
    """Return the vote of somebody: all agree with the last two statements, and with the others the first five."""
    return 1 if statement >= STATEMENTS - 2 else PEOPLE[person]


COMMENTS = [("comment-id", "moderated", "comment-body"), *((n, 1, f"话{n}") for n in range(STATEMENTS))]
VOTES = [
    ("timestamp", "comment-id", "voter-id", "vote"),
    *((1000 + n, n, person, lean(person, n)) for person in PEOPLE for n in range(STATEMENTS)),
]
MATRIX = [
    ("participant", "group-id", *range(STATEMENTS)),
    *((person, 9, *(lean(person, n) for n in range(STATEMENTS))) for person in PEOPLE),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    csv_file(tmp_path / "comments.csv", *COMMENTS)
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["opinion-groups", str(folder), *words])


def answer(folder: Path) -> dict:
    result = run(folder, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def refusal(folder: Path) -> str:
    result = run(folder, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    return " ".join(result.stderr.split())


def test_the_outcome_is_one_object(folder: Path):
    csv_file(folder / "votes.csv", *VOTES)
    found = answer(folder)
    assert (found["participants"], found["statements"], found["votes"]) == (12, 8, 96)
    assert {"load_s", "cpu_s", "silhouette"} <= found.keys()
    assert [(group["id"], group["size"]) for group in found["groups"]] == [(0, 7), (1, 5)]
    assert found["groups"][1]["members"] == ["0", "1", "2", "3", "4"]
    first = found["groups"][1]["representative"][0]
    assert (first["side"], first["agree"], first["disagree"], first["seen"]) == ("agree", 5, 0, 5)
    assert 0 < first["repness"] < 1
    assert [one["statement"] for one in found["consensus"]] == ["6", "7"]
    assert found["consensus"][0]["groups"] == [
        {"agree": 7, "disagree": 0, "seen": 7},
        {"agree": 5, "disagree": 0, "seen": 5},
    ]


def test_the_matrix_gives_the_same_whatever_groups_it_names(folder: Path):
    csv_file(folder / "votes.csv", *VOTES)
    by_lines = answer(folder)
    (folder / "votes.csv").unlink()
    csv_file(folder / "participants-votes.csv", *MATRIX)
    by_matrix = answer(folder)
    for name in ("groups", "consensus", "participants", "votes"):
        assert by_matrix[name] == by_lines[name]


def test_packed_files_do_as_well(folder: Path):
    csv_file(folder / "votes.csv", *VOTES)
    for name in ("comments.csv", "votes.csv"):
        path = folder / name
        (folder / f"{name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    assert len(answer(folder)["groups"]) == 2


def test_the_latest_vote_counts_wherever_it_stands(folder: Path):
    csv_file(folder / "votes.csv", VOTES[0], (9000, 6, "0", -1), *VOTES[1:])
    assert answer(folder)["consensus"][-1]["disagree"] == 1


def test_what_cannot_count_is_counted_and_said(folder: Path):
    csv_file(folder / "votes.csv", *VOTES, (1, 77, "0", 1), (2, 77, "99", 1))
    result = run(folder)
    assert result.exit_code == 0
    assert "2 votes are on statements that comments.csv does not have" in " ".join(result.stderr.split())
    assert "1 participants have no votes" in result.stderr
    (folder / "votes.csv").unlink()
    csv_file(
        folder / "participants-votes.csv", (*MATRIX[0], 77), *((*row, 1) for row in MATRIX[1:]), ("50", "", *[""] * 9)
    )
    said = " ".join(run(folder).stderr.split())
    assert "1 columns are of statements that comments.csv does not have" in said
    assert "1 participants have no votes" in said


def test_moderated_out_statements_are_left_out(folder: Path):
    csv_file(folder / "comments.csv", *COMMENTS[:-1], (7, -1, "话7"))
    csv_file(folder / "votes.csv", *VOTES)
    found = answer(folder)
    assert found["moderated_out"] == 1
    assert [one["statement"] for one in found["consensus"]] == ["6"]


@pytest.mark.parametrize(
    ("name", "rows", "words"),
    [
        ("votes.csv", [("comment-id", "vote")], "lacks “voter-id”"),
        ("votes.csv", [], "votes.csv: The file"),
        ("votes.csv", VOTES[:1], "Nobody has voted on a statement that is shown."),
        (
            "votes.csv",
            [VOTES[0], (1, 0, "0", 2)],
            "votes.csv, line 2, column vote: 2 is more than 1. A vote is 1 (agree)",
        ),
        ("votes.csv", [VOTES[0], (1, 0, "0", "x")], "votes.csv, line 2, column vote: “x” is no whole number"),
        ("votes.csv", [VOTES[0], (1, 0, "", 1)], "votes.csv, line 2, column voter-id: This cell is empty."),
        ("participants-votes.csv", [("group-id", 0)], "lacks “participant”"),
        ("participants-votes.csv", [("participant", 0), ("1", 5)], "line 2, column 0: “5” is no vote. A vote is 1"),
        ("participants-votes.csv", [("participant", 0), ("1", 1), ("1", 1)], "“1” stands in line 2 already."),
        ("comments.csv", [("comment-body",), ("话",)], "lacks “comment-id”"),
        ("comments.csv", COMMENTS[:1], "There are no statements."),
        ("comments.csv", [*COMMENTS[:2], (0, 1, "又")], "“0” stands in line 2 already."),
        ("comments.csv", [COMMENTS[0], (0, 5, "话")], "line 2, column moderated: “5” is not known."),
    ],
)
def test_bad_input_is_told_in_one_sentence(folder: Path, name: str, rows: list[tuple], words: str):
    if name == "comments.csv":
        csv_file(folder / "votes.csv", *VOTES)
    csv_file(folder / name, *rows)
    assert words in refusal(folder)


def test_a_missing_file_or_folder_is_named(folder: Path):
    assert "there is no votes.csv or participants-votes.csv" in refusal(folder)
    assert "there is no such folder" in refusal(folder / "none")


def test_a_person_sees_sizes(folder: Path):
    csv_file(folder / "votes.csv", *VOTES)
    result = run(folder)
    assert result.stdout == ""
    assert "7 (disagree 0" in result.stderr


def test_a_real_export_is_read(shared_data: Path):
    found = answer(shared_data / "polis" / "15-per-hour-seattle")
    assert (found["participants"], found["statements"], found["votes"]) == (339, 54, 2872)
    assert sum(group["size"] for group in found["groups"]) + found["ungrouped"] == 339
