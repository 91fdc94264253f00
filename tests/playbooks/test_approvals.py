"""The side procedures of a playbook: what is wrong with one is said with line and remedy, and they fit the request's states."""

from pathlib import Path

import pytest

from jinlin.playbooks.checks.approvals import DECIDERS, STATES
from jinlin.playbooks.loader import load_playbook, playbook_names
from jinlin.requests.models import Approval
from jinlin.requests.rules import RECEPTION_ROLES
from jinlin.requests.rules.approvals import BY_APPROVAL
from jinlin.requests.states import TABLE, State, Verb
from tests.playbooks.conftest import Edited


@pytest.mark.parametrize(
    ("old", "new", "what", "remedy"),
    [
        ('kind = "extension"', 'kind = "extention"', "“extention” cannot stand for “kind”", "extension"),
        ('kind = "supervision"', 'kind = "suspension"', "suspension is there twice", "Remove one"),
        (
            'decided_by = ["community_secretary", "subdistrict_officer", "district_officer"], states = ["accepted"',
            'decided_by = ["property_manager"], states = ["accepted"',
            "“property_manager” does not see",
            "community_secretary",
        ),
        ('states = ["closed"]', 'states = ["received"]', "can do nothing in the state “received”", "closed"),
        ('longest = 5, unit = "working_days", ', "", "“longest” belongs to", "Add or remove"),
        ("longest = 90, unit", "longest = 0, unit", "more than 0", "The value is 0"),
        ('unit = "natural_days", told', 'unit = "working_days", told', "days of the calendar", "natural_days"),
        ("stops_after = true", "stops_after = false", "clocks stand after a suspension", "Add or remove"),
        ("新的办结时限是{due}", "新的办结时限是{date}", "{date}", "{due}"),
        ('asked_by = ["handler"], decided_by', 'asked_by = ["firm"], decided_by', "“firm” cannot stand", "handler"),
    ],
)
def test_each_mistake_is_named_with_its_line(edited: Edited, old: str, new: str, what: str, remedy: str) -> None:
    findings = edited(old, new)
    found = [one for one in findings if what in one.what and remedy in one.remedy]
    assert found, [(one.line, one.what, one.remedy) for one in findings]
    folder = Path(__file__).parents[2] / "src/jinlin/playbooks/shared"
    lines = (folder / "common.toml").read_text(encoding="utf-8").splitlines()
    assert any("kind" in lines[one.line - 1] or "approval" in lines[one.line - 1] for one in found)


@pytest.mark.parametrize(
    ("old", "new", "what", "remedy"),
    [
        (', composition = "governance_1_3_n" }', " }", "a meeting has a composition", "Add or remove"),
        ('composition = "governance_1_3_n"', 'composition = "governance"', "no [[composition]] “governance”", "1_3_n"),
        ('kind = "whistle", bodies', 'kind = "body", bodies', "a whistle calls bodies", "Add or remove"),
        (
            'bodies = ["enforcement_team", "city',
            'bodies = ["enforcers", "city',
            "no [[body]] “enforcers”",
            "enforcement_team",
        ),
        ('kind = "meeting", comp', 'kind = "party", comp', "“party” cannot stand for “kind”", "meeting"),
    ],
)
def test_each_mistake_on_the_ladder_is_named(edited: Edited, old: str, new: str, what: str, remedy: str) -> None:
    findings = edited(old, new, "ningde")
    assert any(what in one.what and remedy in one.remedy and one.line > 1 for one in findings), [
        (one.line, one.what, one.remedy) for one in findings
    ]


@pytest.mark.parametrize("name", playbook_names())
def test_every_shipped_place_has_the_four_that_all_need(name: str) -> None:
    kinds = {row.kind for row in load_playbook(name).approval}
    assert kinds >= {"extension", "suspension", "supervision", "appeal"}
    assert ("return" in kinds) == (name == "hetang")


def test_the_checks_know_the_states_and_kinds_of_requests() -> None:
    assert set(STATES) == set(Approval.Kind)
    assert set(DECIDERS) == set(RECEPTION_ROLES)
    for states in STATES.values():
        assert states <= set(State)
        assert states <= set(TABLE.sources(Verb.ASK))
    for verb, kind in BY_APPROVAL.items():
        assert STATES[kind] == set(TABLE.sources(verb))
