"""The tutorial of a sixth place works as it is printed: its blocks are a sound playbook after every step, and are adopted."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from jinlin.organisations.models import Body, Coverage
from jinlin.platform.works import Outcome
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.loader import check, load_file
from tests.architecture.source import ROOT
from tests.support.bodies import seat
from tests.support.community import make_community
from tests.support.pages import signed_in, text_of
from tests.support.procedures import begin, take
from tests.support.works import WorksOfTests, works_of_tests

__all__ = ["works_of_tests"]

PAGE = (ROOT / "docs" / "operators" / "playbooks.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
(MISTAKE,) = re.findall(r"^```toml mistake\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
(ANSWER,) = re.findall(r"^```text\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def written(folder: Path, steps: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "xinan.toml"
    path.write_text("\n".join(steps), encoding="utf-8")
    return path


def test_the_page_has_all_its_steps():
    assert len(STEPS) == PAGE.count("\n## Step ") == 7


@pytest.mark.parametrize("count", range(1, 8))
def test_the_file_is_sound_after_each_step(tmp_path: Path, count: int):
    assert check(written(tmp_path, STEPS[:count])) == []


def test_the_mistake_is_answered_as_printed(tmp_path: Path):
    above = len("\n".join(STEPS[:3]).splitlines()) + 1
    with translation.override("zh-hans"):
        findings = check(written(tmp_path, [*STEPS[:3], MISTAKE]))
        as_printed = [str(replace(found, line=found.line - above)) for found in findings]
    assert as_printed == ANSWER.splitlines()


@pytest.mark.django_db
def test_the_sixth_place_is_adopted_without_python(tmp_path: Path, settings: Any):
    settings.JINLIN_HOME = tmp_path
    path = written(tmp_path / "playbooks", STEPS)
    community, client = make_community(), Client()
    client.force_login(community.account("administrator"))
    assert "新安区" in client.get("/desk/method/").content.decode()
    assert client.post("/desk/method/playbooks/xinan/adopt/").status_code == 302
    assert current_playbook() == load_file(path)
    branches = Body.objects.filter(kind="estate_branch")
    assert {body.zone for body in branches} == set(community.estates)
    assert {body.parent.kind for body in branches} == {"community_committee"}
    assert Coverage.objects.filter(body__in=branches).count() == len(community.estates)
    assert current_playbook().grid_size.households == 200


@pytest.mark.django_db
def test_its_own_procedure_runs_without_python(tmp_path: Path, settings: Any, clock: Any, works_of_tests: WorksOfTests):
    settings.JINLIN_HOME = tmp_path
    written(tmp_path / "playbooks", STEPS)
    community, client = make_community(), Client()
    client.force_login(community.account("administrator"))
    assert client.post("/desk/method/playbooks/xinan/adopt/").status_code == 302
    branch = Body.objects.get(kind="estate_branch", zone=community.estates[0])
    seat(community, "neighbour_head", branch, "estate_secretary", role="body_member")
    resident, secretary = signed_in(community, "resident"), signed_in(community, "neighbour_head")

    procedure = begin(resident, community, "council_founding", title="成立幸福里议事会", matter="council")
    assert take(secretary, procedure, "branch", words="支持", proof_minutes="到会5人").status_code == 302
    alone = take(secretary, procedure, "talk", words="只有支部", proof_minutes="一方", sides=["branch"])
    assert alone.status_code == 422 and "业委会" in text_of(alone)
    given = {"words": "同意成立", "proof_minutes": "两方到会", "sides": ["branch", "owners"]}
    assert take(secretary, procedure, "talk", **given).status_code == 302
    works_of_tests.conclude(procedure, Outcome.FAILED)
    assert take(secretary, procedure, "talk", **given).status_code == 302
    assert works_of_tests.conclude(procedure, Outcome.PASSED).at_key == "notice"
    clock.forward(days=7)
    assert works_of_tests.conclude(procedure, Outcome.DONE).state == "complete"
    page = text_of(Client().get(f"/procedures/{procedure.pk}/"))
    assert "议事会五步成立法" in page and "结果公示" in page
