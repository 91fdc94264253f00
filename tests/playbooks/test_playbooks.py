"""Playbooks: the shipped ones are sound, and a wrong one is answered with line, reason and remedy."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.utils.translation import override

from jinlin.platform.errors import Invalid
from jinlin.playbooks.lines import line_numbers
from jinlin.playbooks.loader import FOLDER, Finding, PlaybookError, check, load_catalogue, load_playbook, playbook_names
from jinlin.playbooks.schema import Catalogue, Playbook


@pytest.fixture(scope="module")
def hongshan() -> Playbook:
    return load_playbook("hongshan")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(FOLDER / "catalogues" / "categories.toml")


@pytest.mark.parametrize("name", playbook_names())
def test_shipped_playbooks_are_sound(name: str):
    assert check(FOLDER / f"{name}.toml") == []


def test_catalogue_has_the_levels_it_promises(catalogue: Catalogue):
    per_level = [sum(row.level == level for row in catalogue.category) for level in (1, 2, 3)]
    assert 12 <= per_level[0] <= 16
    assert 70 <= per_level[1] <= 110
    assert per_level[2] > 0
    assert sum(per_level) == len(catalogue.category)


def test_catalogue_names_are_distinct_and_every_entry_has_keywords(catalogue: Catalogue):
    assert len({row.name for row in catalogue.category}) == len(catalogue.category)
    assert len({row.name_en for row in catalogue.category}) == len(catalogue.category)
    assert all(row.keywords for row in catalogue.category)


def test_entries_inherit_kind_and_urgency(catalogue: Catalogue):
    assert catalogue.by_code["C10102"].kind == "component"
    assert catalogue.by_code["L102"].urgency == "urgent"
    assert catalogue.by_code["L104"].urgency == "ordinary"


def test_path_runs_from_the_entry_to_the_top(catalogue: Catalogue):
    assert [row.code for row in catalogue.path("E10104")] == ["E10104", "E101", "E1"]


def test_every_category_has_a_body_that_answers(hongshan: Playbook):
    for row in hongshan.categories.category:
        assert hongshan.duties_for(row.code)


def test_the_most_specific_duty_comes_first_and_gives_its_article(hongshan: Playbook):
    duties = hongshan.duties_for("E10104")
    assert [row.category for row in duties] == ["E10104", "E1", ""]
    assert duties[0].basis.startswith("职责表第3条：")


def test_each_level_has_a_body_that_receives(hongshan: Playbook):
    assert [row.level for row in hongshan.intake_duties()] == ["community", "subdistrict", "district"]


def test_duties_of_one_category_keep_their_order(hongshan: Playbook):
    assert [row.body for row in hongshan.duties_for("H101")][:2] == ["property_firm", "property_management_committee"]


@pytest.mark.parametrize(
    ("name", "category", "urgency", "amount", "unit"),
    [
        ("first_answer", "H101", "ordinary", 24, "natural_hours"),
        ("final", "H101", "ordinary", 5, "working_days"),
        ("dispatch", "H101", "ordinary", 24, "natural_hours"),
        ("dispatch", "U104", "urgent", 2, "natural_hours"),
        ("dispatch", "E10503", "emergency", 1, "natural_hours"),
        ("final", "C10101", "urgent", 6, "natural_hours"),
        ("final", "E10101", "ordinary", 4, "working_hours"),
        ("final", "E10101", "emergency", 24, "natural_hours"),
        ("final", "U101", "urgent", 24, "natural_hours"),
        ("final", "K101", "ordinary", 1, "working_days"),
    ],
)
def test_clock_comes_from_the_narrowest_row(hongshan: Playbook, name, category, urgency, amount, unit):
    clock = hongshan.clock_for(name, category, urgency)
    assert clock is not None
    assert (clock.amount, clock.unit) == (amount, unit)


def test_rates_are_exact(hongshan: Playbook):
    scheme = hongshan.rating_on(date(2026, 5, 8))
    weights = (scheme.weight_response, scheme.weight_solution, scheme.weight_satisfaction)
    assert weights == (Fraction(1, 10), Fraction(1, 2), Fraction(2, 5))
    assert scheme.basically_satisfied == Fraction(9, 10)
    assert hongshan.rating_on(date(2019, 1, 1)) is scheme


def test_unknown_profile_names_the_known_ones():
    with pytest.raises(PlaybookError, match=r"Use one of .*hongshan"):
        load_playbook("hongshn")


def test_misspelt_key_gets_its_file_line_and_a_suggestion(edited):
    (finding,) = edited('category = "E10405", body', 'category = "E10405", suport = [], body')
    assert finding.what == "unknown key “suport”"
    assert finding.remedy == "Did you mean “support”?"
    lines = (FOLDER / "shared" / "duties.toml").read_text(encoding="utf-8").splitlines()
    assert (finding.file, 'category = "E10405"' in lines[finding.line - 1]) == ("duties.toml", True)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('body = "enforcement_team"', 'body = "enforcement"', "there is no [[body]] “enforcement”"),
        ('role = "auditor"', 'role = "inspector"', "“inspector” cannot stand for “role”"),
        ('category = "E10405"', 'category = "E10499"', "the catalogue has no category “E10499”"),
        ('weight_solution = "1/2"', 'weight_solution = "2/5"', "the three weights add up to 9/10"),
        ('basically_satisfied = "9/10"', "basically_satisfied = 0.9", "write an exact fraction"),
        ("编号{number}已经受理", "编号{nummer}已经受理", "placeholders that cannot be filled: {nummer}"),
        ("编号{number}已经受理", "编号{number已经受理", "placeholders that cannot be filled"),
        ('key = "accepted"', 'key = "received"', "received is there twice"),
        ('catalogue = "categories"', 'catalogue = "kategorien"', "there is no catalogue “kategorien”"),
        ('profile = "hongshan"', "profile = hongshan", "this is not TOML"),
        (
            'amount = 1, unit = "working_days", starts = "handled"',
            'amount = 1, starts = "handled"',
            "“unit” is missing",
        ),
        ('verb = "accept"', 'verb = "decline"', "every answer that declines has a reason"),
        ("end = 12:00:00 }", "end = 15:00:00 }", "spans overlap or run backwards"),
    ],
)
def test_wrong_playbooks_are_refused_in_words(edited, old: str, new: str, what: str):
    findings = edited(old, new)
    assert any(what in row.what for row in findings)
    assert all(row.line > 0 and row.remedy for row in findings)


def test_child_without_parent_is_found(tmp_path: Path):
    path = tmp_path / "tree.toml"
    path.write_text(
        'category = [\n  { code = "Q101", name = "a", name_en = "a", kind = "event", urgency = "ordinary" },\n]\n',
        encoding="utf-8",
    )
    assert check(path) == [Finding(2, "Q101 stands before or without its parent Q1", "Move it below.", "tree.toml")]


def test_missing_file_and_foreign_encoding(tmp_path: Path):
    assert "cannot be read" in check(tmp_path / "none.toml")[0].what
    path = tmp_path / "gbk.toml"
    path.write_bytes("name = '虹山'".encode("gbk"))
    assert "not UTF-8" in check(path)[0].what


def test_lines_of_rows_within_rows():
    text = "a = [\n  { b = 1, c = [\n    { d = 1 },\n    { d = 2 },\n  ] },\n  { b = 2 },\n]\n[t]\ne = 1\n"
    found = line_numbers(text)
    assert found["a", 0, "c", 1] == 4
    assert found["a", 1] == 6
    assert found["t", "e"] == 9


def test_lines_of_tables_rows_and_keys():
    found = line_numbers("a = 1\n[t]\nb = 2\n[[r]]\nc = 3\n[[r]]\nc = 4\nrows = [\n  { d = 1 },\n  { d = 2 },\n]\n")
    assert found["a",] == 1
    assert found["t", "b"] == 3
    assert found["r", 1, "c"] == 7
    assert found["r", 1, "rows", 1] == 10


def test_what_another_work_method_brought_is_told_in_words(hongshan: Playbook):
    for asked in (lambda: hongshan.body_kind("moon_base"), lambda: hongshan.post_named("moon_keeper")):
        with pytest.raises(KeyError) as refused:
            asked()
        assert isinstance(refused.value, Invalid)
        with override("zh-hans"):
            assert "不再采用的工作法" in str(refused.value)
