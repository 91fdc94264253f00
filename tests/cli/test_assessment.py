"""jinlin assessment indicators: one object with each figure, its formula and the number of records behind it."""

import json
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from jinlin.cli.assessment import app
from jinlin.playbooks.loader import load_playbook
from jinlin.territory.models import Place
from tests.support.community import make_community
from tests.support.methods import work_by

CODE = "530199002"


@pytest.fixture
def run(db, district, monkeypatch):
    """Run the command in a place that reports four indicators."""
    playbook = load_playbook("hongshan")
    work_by(monkeypatch, playbook.model_copy(update={"indicators": ("I001", "I046", "I067", "I098")}))

    def call(*words: str, profile: str = "hongshan"):
        monkeypatch.setenv("JINLIN_PROFILE", profile)
        return CliRunner().invoke(app, ["indicators", *words])

    return call


def test_each_indicator_comes_with_its_formula_and_the_records_behind_it(run):
    make_community()
    answer = run("--profile", "hongshan", "--json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)["indicators"]
    assert list(found) == ["I001", "I046", "I067"]
    assert {"value": 1, "bound": "=", "rows": 1}.items() <= found["I001"].items()
    assert {"value": [1, 2], "rows": 3}.items() <= found["I046"].items()
    assert {"value": 0, "bound": ">", "rows": 0}.items() <= found["I067"].items()
    assert all(one["unit"] and one["formula"] for one in found.values())


def test_a_day_may_be_named(run):
    make_community()
    day = date(2024, 5, 1)
    Place.objects.create(code=CODE, level=9, name="新街道", address="新街道", search="", valid_from=day)
    before = run("--on", str(day - timedelta(days=1)), "--json")
    after = run("--on", str(day), "--json")
    counts = [json.loads(answer.stdout)["indicators"]["I001"]["value"] for answer in (before, after)]
    assert counts == [1, 2]


def test_a_profile_that_is_not_built_gets_a_sentence(run):
    answer = run("--profile", "hetang", profile="hetang")
    assert answer.exit_code == 2
    assert "not built yet" in answer.stderr and "jinlin demo --profile hetang" in answer.stderr


def test_an_unknown_profile_gets_the_known_ones(run):
    answer = run("--profile", "atlantis")
    assert answer.exit_code == 2
    assert "hetang" in answer.stderr and "pingwu" in answer.stderr
