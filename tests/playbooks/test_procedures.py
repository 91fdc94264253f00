"""Procedures and gates of a playbook: each mistake is said with line and remedy, and what is shipped runs to its end."""

import pytest

from jinlin.algorithms.step_graph import END, Turn, faults, move
from jinlin.playbooks.loader import load_playbook, playbook_names
from jinlin.playbooks.schema import Procedure
from tests.playbooks.conftest import Edited

OPINION = 'key = "branch_opinion", kind = "opinion"'
VOTE = 'key = "owners_vote", kind = "decide"'
NOTICE = 'key = "decision_disclosed", kind = "disclose"'
MEETING = 'key = "meeting", kind = "discuss"'
TABLE = 'forum = "joint_meeting", sides = ["branch"], quorum = { more_than = "1/2" }'


@pytest.mark.parametrize(
    ("old", "new", "what", "remedy"),
    [
        # The walk
        (
            'then = ["owners_vote", "committee_decides"]',
            'then = ["owners_vote", "nobody"]',
            "leads to no step: nobody",
            "end",
        ),
        ('then = ["owners_vote", "committee_decides"]', 'then = ["owners_vote"]', "no way leads to the step", "then"),
        ('then = ["disclosed"]', 'then = ["committee_meets"]', "form a loop: committee_meets → owners_vote", "later"),
        (NOTICE, 'key = "branch_discusses", kind = "disclose"', "branch_discusses is there twice", "Remove one"),
        (NOTICE, 'key = "end", kind = "disclose"', "end is there twice, or is a word", "another name"),
        (
            'upheld = "committee_discusses", returns = 2',
            'upheld = "result_disclosed", returns = 2',
            "does not come before it",
            "an earlier one",
        ),
        ('upheld = "committee_discusses", returns = 2', 'upheld = "committee_discusses"', "without end", "returns"),
        ('upheld = "committee_discusses", returns = 2', "returns = 2", "goes nowhere back", "Add “failed”"),
        (
            'least_days = 7, upheld = "committee_discusses", returns = 2',
            "least_days = 7",
            "where an upheld objection leads",
            "Add “upheld”",
        ),
        # Times
        (
            'least_days = 7, upheld = "committee_discusses"',
            'least_days = 7, most_days = 5, upheld = "committee_discusses"',
            "it lasts 7 days at least and 5 at most",
            "at least the fewest",
        ),
        (
            'least_days = 7, upheld = "committee_discusses"',
            'upheld = "committee_discusses"',
            "a disclosure of no days",
            "how many days",
        ),
        (
            'most_days = 10, lapse = "goes_on"',
            'lapse = "goes_on"',
            "“most_days”, which is missing",
            "Add “most_days”",
        ),
        ("most_days = 10", "most_days = 0", "has to be more than 0", "The value is 0"),
        # Who
        ('by = { bodies = ["estate_branch"] }, by_hand', "by_hand", "nobody takes the step", "Name bodies"),
        (
            f'{OPINION}, name = "支部意见", name_en = "Opinion of the branch", by = {{ bodies = ["estate_branch"]',
            f'{OPINION}, name = "支部意见", name_en = "Opinion of the branch", by = {{ bodies = ["branch"]',
            "no [[body]] “branch”",
            "estate_branch",
        ),
        (
            'begun_by = { bodies = ["estate_branch"], roles = ["community_worker", "community_secretary"] }',
            'begun_by = { bodies = ["estate_branch"] }, barred = { bodies = ["estate_branch"] }',
            "nobody may begin “小区治理联席会议”",
            "Name bodies",
        ),
        (
            OPINION,
            f'{OPINION}, by_hands = true, skip = ["neighbour"]',
            "unknown key “by_hands”",
            "Did you mean “by_hand”?",
        ),
        (MEETING, f'{MEETING}, skip = ["community_boss"]', "“community_boss” cannot stand", "community_secretary"),
        # Sides and quorum
        (TABLE, 'forum = "meeting"', "no [[forum]] “meeting”", "joint_meeting"),
        (TABLE, 'composition = "governance"', "no [[composition]] “governance”", "governance_1_3_n"),
        (TABLE, 'forum = "joint_meeting", sides = ["army"]', "no “army” in joint_meeting", "supervisory"),
        (TABLE, 'sides = ["branch"]', "sides and a quorum belong to a table", "Add “forum”"),
        (TABLE, TABLE + ', composition = "governance_1_3_n"', "taken at two tables", "Write one of"),
        ('{ more_than = "1/2" }, name = "联席会商"', '{ more_than = "1" }, name = "联席会商"', "can never be met", "below 1"),
        ('{ more_than = "1/2" }, name = "联席会商"', '{ at_least = 0 }, name = "联席会商"', "or always is", "above 0"),
        ('{ more_than = "1/2" }, name = "联席会商"', '{ more_than = 0.5 }, name = "联席会商"', "an exact fraction", "0.5"),
        ('{ more_than = "1/2" }, name = "联席会商"', '{ }, name = "联席会商"', "one of more_than and at_least", "{}"),
        # Rules against each other
        (VOTE, f'{VOTE}, skip = ["community_secretary"]', "must pass, and may be left out", "Remove “must_pass”"),
        (VOTE, f"{VOTE}, by_hand = true", "cannot be concluded by hand", "Remove “by_hand”"),
        (OPINION, f"{OPINION}, must_pass = true, returns = 1", "“branch_opinion” goes nowhere back", "Add “failed”"),
        (OPINION, f"{OPINION}, on_begin = true", "cannot be taken by beginning", "first step"),
        (MEETING, f"{MEETING}, must_pass = true, failed = \"done\", returns = 1", "does not come before", "earlier"),
        (MEETING, f'{MEETING}, apart_from = "done"', "no “done” in joint_meeting.steps", "Add a row"),
        # Matters and gates
        ('matters = ["property_firm", ', 'matters = ["firm", ', "no [[matter]] “firm”", "repair_fund"),
        ('step = "branch_opinion" }', 'step = "opinion" }', "no “opinion” in branch_first.steps", "branch_opinion"),
        ('procedure = "branch_first"', 'procedure = "branch"', "no [[procedure]] “branch”", "branch_first"),
        (
            'most_days = 10, lapse = "goes_on"',
            "most_days = 10",
            "“branch_before_vote” could stay closed for ever",
            "lapse",
        ),
        ('before = ["decide"]', "before = []", "at least 1 row", "The value is"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_line(edited: Edited, old: str, new: str, what: str, remedy: str) -> None:
    findings = edited(old, new, "ningde")
    found = [one for one in findings if what in one.what and remedy in one.remedy and one.line > 1]
    assert found, [(one.line, one.what, one.remedy) for one in findings]


def test_a_role_that_nobody_holds_leaves_nothing_out(edited: Edited) -> None:
    edited('key = "auditor", role = "auditor"', 'key = "auditor", role = "administrator"', "ningde")
    findings = edited(MEETING, f'{MEETING}, skip = ["auditor"]', "ningde")
    assert any("“auditor”" in one.what and one.file == "ningde.toml" for one in findings)


def shipped() -> list[Procedure]:
    return [row for name in playbook_names() for row in load_playbook(name).procedure]


@pytest.mark.parametrize("row", shipped(), ids=lambda row: row.key)
def test_what_is_shipped_runs_to_its_end(row: Procedure) -> None:
    assert faults(row.nodes) == []
    by_key, at = {node.key: node for node in row.nodes}, row.steps[0].key
    for step in row.way:
        assert at == step.key
        at = move(by_key[at], Turn.ON, by_key[at].then[0])
    assert at == END


@pytest.mark.parametrize("row", shipped(), ids=lambda row: row.key)
def test_a_definition_is_the_same_when_it_is_read_from_where_it_is_kept(row: Procedure) -> None:
    assert Procedure.model_validate(row.model_dump(mode="json")) == row


def test_the_six_steps_of_ningde() -> None:
    row = load_playbook("ningde").procedure_named("two_two_two")
    kinds = ["opinion", "discuss", "disclose", "evaluate", "evaluate", "disclose"]
    assert [step.kind for step in row.way] == kinds


def test_the_five_forums_give_every_set_of_them_in_their_order() -> None:
    row = load_playbook("hongshan").procedure_named("five_proposers_forums")
    forums = row.step("screening").then
    assert len(forums) == 5
    for place, key in enumerate(forums):
        assert row.step(key).then == ("conclusion", *forums[place + 1 :])
