"""jinlin mission: what holds, fails and is missing of the 195 mechanisms."""

import json

import pytest
import typer
from typer.testing import CliRunner

from jinlin.assessment.mechanisms import mechanisms
from jinlin.cli.mission import mission


@pytest.fixture
def run(tmp_path, settings):
    """Run the command with a record of outcomes, or with none."""
    settings.JINLIN_HOME = tmp_path
    record = tmp_path / "mission.json"
    app = typer.Typer()
    app.command()(mission)

    def call(*words: str, outcomes: dict[str, str] | None = None):
        if outcomes is not None:
            record.write_text(json.dumps({"at": "2026-05-08T01:00:00+00:00", "outcomes": outcomes}), encoding="utf-8")
        return CliRunner().invoke(app, words)

    return call


def test_the_catalogue_is_whole():
    assert [m.id for m in mechanisms()] == [f"M{number:03}" for number in range(1, 196)]
    assert len({m.key for m in mechanisms()}) == 195


def test_without_a_run_everything_is_missing(run):
    answer = run("--json")
    assert answer.exit_code == 0
    found = json.loads(answer.stdout)
    assert found["total"] == 195
    assert (found["holds"], found["fails"]) == ([], [])
    assert len(found["missing"]) == 195


def test_outcomes_of_the_last_run_are_told(run):
    found = json.loads(run("--json", outcomes={"M042": "holds", "M046": "fails"}).stdout)
    assert (found["holds"], found["fails"]) == (["M042"], ["M046"])
    assert len(found["missing"]) == 193


def test_people_read_names_and_counts(run):
    answer = run(outcomes={"M042": "holds", "M046": "fails"})
    assert "接诉即办" in answer.stdout
    assert "1 holds, 1 fails, 193 missing" in answer.stdout
