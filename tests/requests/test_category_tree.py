"""A place's own category tree from a spreadsheet: codes, names, words, and what becomes of the categories there were."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jinlin.algorithms.triage.training import train_model
from jinlin.cli.app import app
from jinlin.platform.access import SYSTEM
from jinlin.platform.errors import Invalid
from jinlin.platform.models import AuditEntry
from jinlin.requests.actions import install_triage_model, load_categories, replace_categories
from jinlin.requests.models import Category, Request
from jinlin.requests.queries.choices import categories
from jinlin.requests.states import State
from jinlin.requests.triage import triage
from tests.requests.desk_cases import at
from tests.support.community import Community, make_community
from tests.support.pages import signed_in
from tests.support.tables import csv_file

HEADER = ("level1", "level2", "level3")
ROWS = [
    ("城乡建设", "住房", "房屋拆迁"),
    ("城乡建设", "住房", "其他"),
    ("城乡建设", "市政", "其他"),
    ("环境保护", "", ""),
]


@pytest.fixture(autouse=True)
def _home(db: None, tmp_path, settings) -> None:
    settings.JINLIN_HOME = tmp_path


@pytest.fixture(autouse=True)
def place(_home: None) -> Community:
    return make_community()


def names(*codes: str) -> list[str]:
    return [Category.objects.get(code=code).name for code in codes]


def paths() -> dict[str, list[str]]:
    rows = dict(Category.objects.filter(active=True).values_list("code", "name"))
    return {code: [rows[code[:end]] for end in range(2, len(code) + 1, 2)] for code in rows}


def test_each_level_gets_codes_below_the_one_above(tmp_path: Path) -> None:
    before = set(Category.objects.values_list("code", flat=True))
    loaded = load_categories(actor=SYSTEM, path=csv_file(tmp_path / "a.csv", HEADER, *ROWS))
    assert (loaded.added, loaded.known, loaded.closed) == (7, 0, 0)
    found = {tuple(path): code for code, path in paths().items() if code not in before}
    assert set(found) == {
        ("城乡建设",), ("城乡建设", "住房"), ("城乡建设", "住房", "房屋拆迁"), ("城乡建设", "住房", "其他"),
        ("城乡建设", "市政"), ("城乡建设", "市政", "其他"), ("环境保护",),
    }  # fmt: skip
    assert all(code.startswith(found[path[:-1]]) for path, code in found.items() if len(path) > 1)
    assert before <= set(categories())


def test_the_same_file_again_changes_nothing_and_words_are_added(tmp_path: Path) -> None:
    load_categories(actor=SYSTEM, path=csv_file(tmp_path / "a.csv", HEADER, *ROWS))
    codes = list(Category.objects.values_list("code", flat=True))
    header, row = (*HEADER, "关键词"), (*ROWS[0], "补偿款、安置房，补偿款")
    loaded = load_categories(actor=SYSTEM, path=csv_file(tmp_path / "b.csv", header, row, row))
    assert (loaded.added, loaded.known) == (0, 3)
    assert list(Category.objects.values_list("code", flat=True)) == codes
    assert Category.objects.get(name="房屋拆迁").keywords == ["补偿款", "安置房"]
    found = triage("", "安置房的补偿款什么时候发")
    assert names(found.category) == ["房屋拆迁"]


def test_replaced_the_others_are_closed_and_come_back_with_their_codes(tmp_path: Path) -> None:
    before = categories()
    own = csv_file(tmp_path / "a.csv", HEADER, *ROWS)
    assert replace_categories(actor=SYSTEM, path=own).closed == len(before)
    assert not set(categories()) & set(before)
    lamps = Category.objects.get(code="C10102")
    row = (*names("C1", "C101"), lamps.name)
    assert load_categories(actor=SYSTEM, path=csv_file(tmp_path / "b.csv", HEADER, row)).known == 3
    assert {"C1", "C101", "C10102"} <= set(categories())
    assert AuditEntry.objects.filter(verb="requests.load_categories").count() == 2


def test_categories_of_open_requests_stay_and_closed_ones_keep_their_names(place: Community, tmp_path: Path) -> None:
    running, ended = at(place, State.ACCEPTED), at(place, State.CLOSED)
    Request.objects.filter(pk=ended.pk).update(category="L102")
    loaded = replace_categories(actor=SYSTEM, path=csv_file(tmp_path / "a.csv", HEADER, *ROWS))
    assert loaded.kept == ("C1", "C101", "C10102") and running.category == "C10102"
    assert set(loaded.kept) <= set(categories()) and "L102" not in categories()
    page = signed_in(place, "community_worker").get(f"/desk/requests/{ended.pk}")
    assert page.context["category"] == Category.objects.get(code="L102").name
    Request.objects.filter(pk=running.pk).update(state=State.CLOSED)
    again = replace_categories(actor=SYSTEM, path=csv_file(tmp_path / "a.csv", HEADER, *ROWS))
    assert (again.closed, again.kept) == (3, ())


def test_cells_left_empty_by_merging_take_the_name_above_of_the_same_branch(tmp_path: Path) -> None:
    rows = [("城乡建设", "住房", "拆迁"), ("", "", "物业"), ("", "市政", "路灯"), ("交通", "", "")]
    load_categories(actor=SYSTEM, path=csv_file(tmp_path / "a.csv", HEADER, *rows))
    assert ["城乡建设", "住房", "物业"] in paths().values()
    assert ["城乡建设", "市政", "路灯"] in paths().values()


@pytest.mark.parametrize(
    "rows",
    [
        [("交通", "", "停车")],
        [("", "住房", "")],
        [("城乡建设", "住房", "拆迁"), ("交通", "", "停车")],
        [("长" * 65, "", "")],
        [],
        [("城乡建设", f"第{number}类", "") for number in range(100)],
    ],
    ids=["gap", "no first level", "gap below another branch", "too long", "empty", "too many"],
)
def test_a_tree_that_cannot_be_is_refused_as_a_whole(tmp_path: Path, rows: list) -> None:
    before = Category.objects.count()
    with pytest.raises(Invalid):
        replace_categories(actor=SYSTEM, path=csv_file(tmp_path / "a.csv", HEADER, *rows))
    assert Category.objects.count() == before
    assert Category.objects.filter(active=True).count() == before


@pytest.mark.data
def test_a_tree_of_517_lines_becomes_the_districts_and_a_model_of_its_first_level_is_of_use(
    shared_data: Path,
) -> None:
    command = ["requests", "load-categories", str(shared_data / "taidi2020c" / "label_tree.csv"), "--replace", "--json"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["added"] + found["known"] == Category.objects.filter(active=True).count() > 600
    assert sum(len(code) == 2 for code in categories()) == 15
    texts = [f"{words}{number}" for number in range(20) for words in ("水污染严重", "老师补课收费")]
    model = train_model(texts, ["环境保护", "教育文体"] * 20)
    assert install_triage_model(actor=SYSTEM, model=model) == []
    assert names(triage("", "河水污染严重").category) == ["环境保护"]
