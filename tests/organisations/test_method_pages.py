"""The pages on which a district reads playbooks, adopts one, and sets values of it."""

from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jinlin.organisations.models import Body
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.loader import FOLDER
from tests.support.community import Community, make_community

VALUE = "/desk/method/value/?path=clock%3Afinal%2C%2C%3Aamount"
GIVE_BACK = VALUE.replace("value", "give-back", 1)


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def officer(community: Community) -> Client:
    client = Client()
    client.force_login(community.account("district_officer"))
    return client


def test_reading_the_work_method_costs(officer: Client, query_budget: Callable) -> None:
    for name, path in (
        ("method", "/desk/method/"),
        ("method-values", "/desk/method/values/"),
        ("playbook", "/desk/method/playbooks/ningde/"),
        ("adopt-playbook", "/desk/method/playbooks/ningde/adopt/"),
    ):
        with query_budget(f"organisations/{name}"):
            assert officer.get(path).status_code == 200


@pytest.mark.parametrize("name", ["hetang", "hongrun", "ningde", "pingwu", "hongshan"])
def test_each_playbook_is_read_in_plain_words(officer: Client, name: str) -> None:
    words = officer.get(f"/desk/method/playbooks/{name}/").content.decode()
    for key in ("bodies", "posts", "clocks", "lists"):
        assert f'id="{key}"' in words
    for part in ("_committee", "_branch", "None", "()"):
        assert part not in words.split("<main")[1], part


def test_adopting_says_in_numbers_what_it_founds(officer: Client) -> None:
    page = officer.get("/desk/method/playbooks/pingwu/adopt/").content.decode()
    assert "小区党组织 2" in page and "楼栋党组织 4" in page
    assert "虹山社区" in page, "whose duty list no longer holds"
    assert officer.post("/desk/method/playbooks/pingwu/adopt/", follow=True).status_code == 200
    assert current_playbook().profile == "pingwu"
    assert Body.objects.filter(kind="building_organisation").count() == 4
    assert "平武县" in officer.get("/desk/method/").content.decode()


def test_a_value_is_set_shown_and_given_back(officer: Client) -> None:
    assert officer.get(VALUE).status_code == 200
    assert officer.post(VALUE, {"value": "３", "reason": "区政府办公室第5号"}).status_code == 302
    page = officer.get("/desk/method/").content.decode()
    assert "5个工作日" in page and "3个工作日" in page and "区政府办公室第5号" in page and "district_officer" in page
    assert officer.post(GIVE_BACK, {"reason": "废止"}).status_code == 302
    assert "区政府办公室第5号" not in officer.get("/desk/method/").content.decode()


@pytest.mark.parametrize(
    ("path", "value", "here"),
    [
        ("grid_size::tolerance", "10%", "1/10"),
        ("::warning_share", "3 / 4", "3/4"),
        ("slot:charging_sites:filled", " 东门\n\n西门 ", "('东门', '西门')"),
        ("norms::vacancy_alert_days", "14", "14"),
    ],
)
def test_values_are_read_as_people_write_them(officer: Client, path: str, value: str, here: str) -> None:
    table, key, column = path.split(":")
    assert officer.post(f"/desk/method/value/?path={path}", {"value": value, "reason": "试点"}).status_code == 302
    holder = getattr(current_playbook(), table) if table else current_playbook()
    row = next(row for row in holder if row.key == key) if key else holder
    assert str(getattr(row, column)) == here


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("clock:final,,:amount", "很快", "整数"),
        ("clock:final,,:amount", "0", "必须大于0"),
        ("grid_size::tolerance", "0.1", "分数或百分比"),
        ("grid_size::tolerance", "1/0", "分数或百分比"),
        ("slot:display_walls:filled", "甲\n乙\n丙\n丁", "共3项，却写了4个名称"),
    ],
)
def test_what_does_not_fit_is_sent_back_with_what_was_written(
    officer: Client, path: str, value: str, words: str
) -> None:
    answer = officer.post(f"/desk/method/value/?path={path}", {"value": value, "reason": "试点"})
    assert answer.status_code == 422
    assert words in text_of(answer) and value.splitlines()[0] in text_of(answer)


def test_who_may_not_set_sees_none_of_it(community: Community) -> None:
    for name in ("resident", "grid_member", "community_secretary", "subdistrict_officer", "auditor"):
        client = Client()
        client.force_login(community.account(name))
        for path in ("/desk/method/", "/desk/method/values/", VALUE, GIVE_BACK, "/desk/method/playbooks/hetang/adopt/"):
            assert client.get(path).status_code == 403, (name, path)
        assert client.post("/desk/method/playbooks/hetang/adopt/").status_code == 403
    assert Client().get("/desk/method/").status_code == 302
    assert current_playbook().profile == "hongshan"


def test_a_file_in_the_home_folder_needs_no_python(officer: Client, tmp_path: Path, settings) -> None:
    settings.JINLIN_HOME = tmp_path
    (tmp_path / "playbooks").mkdir()
    text = (FOLDER / "hetang.toml").read_text(encoding="utf-8")
    own = text.replace('profile = "hetang"', 'profile = "liuhe"').replace('name = "荷塘区"', 'name = "六合区"')
    (tmp_path / "playbooks" / "liuhe.toml").write_text(own, encoding="utf-8")
    (tmp_path / "playbooks" / "broken.toml").write_text(own.replace("covers", "cover", 1), encoding="utf-8")
    page = officer.get("/desk/method/").content.decode()
    assert "六合区" in page and "broken.toml" in page
    wrong = officer.get("/desk/method/playbooks/broken/")
    assert wrong.status_code == 422 and "broken.toml第" in text_of(wrong)
    assert officer.get("/desk/method/playbooks/broken/adopt/").status_code == 302
    officer.post("/desk/method/playbooks/liuhe/adopt/")
    assert current_playbook().name == "六合区"


def test_unknown_values_and_playbooks_are_not_found(officer: Client) -> None:
    assert officer.get("/desk/method/value/?path=body:property_firm:name").status_code == 404
    assert officer.get("/desk/method/playbooks/atlantis/").status_code == 422
    assert officer.post(GIVE_BACK, {"reason": "x"}).status_code == 404
