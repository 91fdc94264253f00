"""Every kind of mistake in a playbook is answered with file, line, what is wrong and what to do."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from jinlin.cli.playbooks import app
from jinlin.playbooks.loader import FOLDER, check, load_file, load_playbook, playbook_names
from tests.playbooks.conftest import Edited

RUNG = 'level = "subdistrict", body = "subdistrict_office", role'
BRANCH = 'kind = "estate_branch", group = "branch", level = "grid"'


@pytest.mark.parametrize(
    ("profile", "old", "new", "what", "remedy"),
    [
        # Keys and values
        ("hetang", "covers = ", "cover = ", "unknown key “cover”", "Did you mean “covers”?"),
        (
            "hetang",
            'level = "estate", lead = "branch"',
            'level = "estat", lead = "branch"',
            "“estat” cannot stand",
            "estate",
        ),
        ("hongshan", "households = 150", "households = 0", "“households” has to be more than 0", "The value is 0"),
        ("hongshan", "households = 150", 'households = "many"', "“households” is a whole number", "write another"),
        ("hongshan", 'tolerance = "1/5"', 'tolerance = "6/5"', "“tolerance” is 1 or less", "write another"),
        ("ningde", 'key = "branch_year"', 'key = "Branch-year"', "“key” is not written as it should be", "Branch-year"),
        (
            "hetang",
            "seats = 1, needed = 1 },",
            "seats = true, needed = -1 },",
            "“needed” is 0 or more",
            "The value is -1",
        ),
        (
            "hongrun",
            'founded = false, covers = "grid"',
            'founded = "no way", covers = "grid"',
            "is true or false",
            "no way",
        ),
        ("ningde", "amount_fen = 300000, ", "", "“amount_fen” is missing", "Add amount_fen"),
        # Twice
        ("hetang", 'key = "work_team", name', 'key = "branch", name', "branch is there twice", "Remove one"),
        ("hongrun", 'kind = "grid_office"', 'kind = "city_committee"', "city_committee is there twice", "Remove one"),
        ("hongrun", '"I036", "I037"', '"I036", "I036"', "I036 is there twice", "Remove one"),
        ("ningde", '"文明创建宣传岗", ', '"党建工作指导岗", ', "党建工作指导岗 is there twice", "Remove one"),
        # Names that lead nowhere
        (
            "hongrun",
            'above = "building_group"',
            'above = "building_grup"',
            "no [[body]] “building_grup”",
            "building_group",
        ),
        ("ningde", 'filing = "secretary"', 'filing = "secretaries"', "no [[filing]] “secretaries”", "branch_founding"),
        ("hongrun", 'slot = "five_powers"', 'slot = "six_powers"', "no [[slot]] “six_powers”", "five_powers"),
        ("hetang", 'post = "neighbour_head"', 'post = "head"', "no [[post]] “head”", "neighbour_head"),
        (
            "hetang",
            'needs = "self_government_seats"',
            'needs = "seats"',
            "no [[composition]] “seats”",
            "governance_1_6",
        ),
        ("hongshan", 'source = "property"', 'source = "firm"', "no “firm” in composite_member.sources", "property"),
        ("hongshan", 'sector = "park"', 'sector = "forest"', "no “forest” in sector_partner.sectors", "park"),
        ("hetang", 'lead = "branch"', 'lead = "trunk"', "no “trunk” in parts", "branch"),
        (
            "hetang",
            '"a_access_gate", "a_wall"]',
            '"a_access_gate", "a_roof"]',
            "“a_roof” in three_without.items",
            "a_wall",
        ),
        ("hongrun", '"I061"', '"I161"', "there is no indicator I161", "I001 to I100"),
        ("hongshan", '"omni_grid"]', '"omni_grids"]', "there is no shared file “omni_grids”", "omni_grid"),
        # The chain of places
        (
            "pingwu",
            'level = "courtyard", name = "院落"',
            'level = "home", name = "院落"',
            "home is there twice",
            "Remove one",
        ),
        (
            "hetang",
            '{ level = "grid", name = "网格", name_en = "grid" },\n',
            "",
            "has no level “grid”",
            "Add it to the chain",
        ),
        (
            "ningde",
            '{ level = "community", name = "社区", name_en = "community" },\n',
            '{ level = "home", name = "户", name_en = "home" },\n',
            "“grid” stands below “home”, which lies inside it",
            "from the widest to the narrowest",
        ),
        (
            "hetang",
            "chain = [\n",
            'chain = [\n  { level = "neighbours", name = "邻", name_en = "n" },\n',
            "a neighbour area lies inside a community",
            "Move it below",
        ),
        # The chain of bodies
        (
            "ningde",
            'short_name = "市委", name_en = "City committee"',
            'short_name = "市委", name_en = "City committee", above = "estate_branch"',
            "city_committee stands under itself: city_committee → estate_branch → community_committee",
            "no “above”",
        ),
        (
            "hongrun",
            BRANCH,
            BRANCH.replace("grid", "district"),
            "of the lower level “community”",
            "same level or a higher",
        ),
        (
            "hongrun",
            'name = "{place}党小组"',
            'name = "{placе}党小组"',
            "placeholders that cannot be filled",
            "{place}",
        ),
        # Posts
        (
            "hetang",
            "seats = 1, needed = 1 },",
            "seats = 1, needed = 2 },",
            "needs 2 and has 1 seats",
            "at least as many",
        ),
        (
            "hongrun",
            'apart_from = ["secretary_assistant"]',
            'apart_from = ["organisation_specialist"]',
            "apart from itself",
            "",
        ),
        # Tables
        (
            "hetang",
            'bodies = ["work_team"] },\n    {',
            'bodies = ["work_team"], post = "neighbour_head" },\n    {',
            "in 2 ways",
            "",
        ),
        (
            "ningde",
            'bodies = ["estate_branch"], most = 1',
            "most = 1",
            "branch is filled in 0 ways",
            "Write one of bodies",
        ),
        (
            "ningde",
            'bodies = ["estate_branch"], most = 1',
            'bodies = ["estate_branch"], least = 2, most = 1',
            "needs 2 and takes 1",
            "",
        ),
        (
            "ningde",
            'key = "governance_1_3_n"',
            'body = "estate_branch", key = "governance_1_3_n"',
            "or says it twice",
            "level, body",
        ),
        (
            "pingwu",
            'host = "big_committee"',
            'host = "big_committee", level = "estate"',
            "or says it twice",
            "level, host",
        ),
        (
            "ningde",
            'to = ["subdistrict_committee"], headings',
            'to = ["community_committee"], headings',
            "files itself",
            "another",
        ),
        ("ningde", "published = true, days = 20", "days = 20", "incentive_call goes to nobody", "call"),
        ("ningde", 'follows = "incentive_call", holders', 'follows = "secretary", holders', "does not fit it", "call"),
        (
            "ningde",
            'follows = "incentive_call", holders = ["estate_secretary"]',
            'follows = "incentive_call"',
            "fit",
            "call",
        ),
        (
            "hongrun",
            'by = ["city_committee"], barred_for',
            'by = ["subdistrict_office"], barred_for',
            "may not be given",
            "one of",
        ),
        ("hongrun", 'kind = "count" }', 'kind = "choice" }', "population is of the kind “choice”", "choices"),
        ("hongrun", ', slot = "five_powers" }', " }", "powers_review keeps nothing", "Add items"),
        # Numbers that do not fit one another
        (
            "hongshan",
            "visits_a_week_least = 5",
            "visits_a_week_least = 11",
            "fewest visits a week are 11",
            "Let the most",
        ),
        ("hongrun", "count = 6, filled", "count = 5, filled", "6 names for 5 of “6大行动”", "Drop names"),
        # Duties in the grid
        ("hongrun", 'owner = "social_work_department", function', "function", "“owner” is missing", "Add owner"),
        ("hongrun", ', purpose = "提醒居民防范诈骗和盗窃"', "", "“purpose” is missing", "Add purpose"),
        (
            "hongrun",
            'purpose = "提醒居民防范诈骗和盗窃"',
            'purpose = "掌握流动人口行踪"',
            "watches persons: “行踪”",
            "Take the duty out",
        ),
        ("hongrun", 'name = "宣传反诈防盗提示"', 'name = "跟踪陌生人"', "watches persons: “跟踪”", "Take the duty out"),
        (
            "hongrun",
            '["address", "service_need"]',
            '["address", "movements"]',
            "“movements” cannot stand for “personal_data”",
            "contact",
        ),
        (
            "hongrun",
            'owner = "civil_affairs_department"',
            'owner = "property_firm"',
            "property_firm cannot own a duty",
            "by law",
        ),
        # Requests
        (
            "hongshan",
            RUNG,
            RUNG.replace("subdistrict", "estate", 1),
            "the ladder goes from “community” to “estate”",
            "“subdistrict”",
        ),
    ],
)
def test_each_mistake_is_explained(edited: Edited, profile: str, old: str, new: str, what: str, remedy: str):
    findings = edited(old, new, profile)
    matching = [row for row in findings if what in row.what and remedy in row.remedy]
    assert matching, [str(row) for row in findings]
    assert all(row.line > 0 and row.file.endswith(".toml") and row.remedy for row in findings)


def test_a_finding_names_the_line_of_a_row_within_a_row(edited: Edited, tmp_path: Path):
    (finding,) = edited(
        'key = "owners", name = "业主委员会", name_en', 'key = "owners", nme = "业主委员会", name_en', "hetang"
    )[:1]
    lines = (tmp_path / "hetang.toml").read_text(encoding="utf-8").splitlines()
    assert "nme = " in lines[finding.line - 1]


def test_a_file_is_called_like_its_profile(tmp_path: Path):
    (tmp_path / "other.toml").write_text((FOLDER / "hongrun.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (finding,) = check(tmp_path / "other.toml")
    assert (finding.what, finding.file) == ("the file is called other.toml and the profile “hongrun”", "other.toml")


def test_a_row_of_the_place_stands_for_the_shared_rows_with_its_key():
    hongshan, hetang = load_playbook("hongshan"), load_playbook("hetang")
    assert hongshan.body_kind("property_firm").name.startswith("安和物业")
    assert not hetang.body_kind("property_firm").name.startswith("安和物业")
    assert [row.kind for row in hongshan.body].count("property_firm") == 1
    assert [row.body for row in hetang.duties_for("H101")][:2] == ["property_firm", "residents_committee"]


def test_a_sequence_is_taken_whole(tmp_path: Path):
    text = (FOLDER / "hongrun.toml").read_text(encoding="utf-8")
    span = "working_time = [\n  { start = 08:30:00, end = 17:30:00 },\n]\n"
    (tmp_path / "hongrun.toml").write_text(text.replace("# ---- Places", span + "# ---- Places", 1), encoding="utf-8")
    assert len(load_file(tmp_path / "hongrun.toml").working_time) == 1


@pytest.mark.parametrize(
    ("profile", "kinds"),
    [
        ("hongrun", ["centre_household", "building_group", "estate_branch", "community_committee"]),
        (
            "ningde",
            ["estate_branch", "community_committee", "subdistrict_committee", "county_committee", "city_committee"],
        ),
        (
            "pingwu",
            [
                "courtyard_organisation",
                "estate_organisation",
                "community_committee",
                "subdistrict_committee",
                "county_committee",
            ],
        ),
        (
            "pingwu",
            [
                "building_organisation",
                "estate_organisation",
                "community_committee",
                "subdistrict_committee",
                "county_committee",
            ],
        ),
    ],
)
def test_the_chains_are_those_of_the_seeds(profile: str, kinds: list[str]):
    assert [row.kind for row in load_playbook(profile).chain_above(kinds[0])] == kinds


def test_numbers_of_the_seeds():
    ningde, hongrun = load_playbook("ningde"), load_playbook("hongrun")
    assert {row.per: row.amount_fen for row in ningde.entitlement} == {"once": 300_000, "year": 200_000}
    assert hongrun.post_named("community_worker").per_10000_residents == 18
    assert [row.key for row in load_playbook("hetang").post_named("work_team_member").sources] == [
        "office_cadre",
        "political_legal",
        "city_management",
        "subdistrict_cadre",
    ]
    for name in playbook_names():
        grid, norms = load_playbook(name).grid_size, load_playbook(name).norms
        assert (grid.households, str(grid.tolerance)) == (150, "1/5")
        assert (norms.visits_a_week_least, norms.visits_a_week_most) == (5, 10)


def test_every_indicator_is_shown_somewhere_and_each_seed_shows_its_own():
    shown = {name: load_playbook(name).indicators for name in playbook_names()}
    assert {number for numbers in shown.values() for number in numbers} == {f"I{n:03d}" for n in range(1, 101)}
    assert "I004" in shown["hetang"] and "I004" in shown["ningde"]


def test_the_command_explains_and_ends_with_2(tmp_path: Path):
    text = (FOLDER / "hongrun.toml").read_text(encoding="utf-8")
    (tmp_path / "hongrun.toml").write_text(text.replace("covers = ", "cover = ", 1), encoding="utf-8")
    told = CliRunner().invoke(app, ["check", str(tmp_path / "hongrun.toml")])
    line = 1 + text[: text.index("covers = ")].count("\n")
    assert told.exit_code == 2
    assert f"hongrun.toml, line {line}: unknown key “cover”. Did you mean “covers”?" in told.stderr.replace("\n", " ")
    assert CliRunner().invoke(app, ["check", str(FOLDER / "hongrun.toml")]).exit_code == 0
