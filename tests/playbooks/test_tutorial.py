"""The tutorial of a sixth place works as it is printed: its blocks are a sound playbook after every step, and are adopted."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from jinlin.organisations.models import Body, Coverage
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.loader import check, load_file
from tests.architecture.source import ROOT
from tests.support.community import make_community

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
    assert len(STEPS) == PAGE.count("\n## Step ") == 6


@pytest.mark.parametrize("count", range(1, 7))
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
