"""What a playbook says of ballots is checked: bars that can be met, methods with what they need, periods that fit."""

import pytest
from pydantic import ValidationError

from jinlin.playbooks.checks.voting import RULES
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.schema import BallotBar, BallotKind

ROW = {
    "key": "vote", "name": "表决", "name_en": "Vote", "method": "consent", "electorate": "households",
    "called_by": ["community_worker"], "agreement": [{"of": "roll", "more_than": "1/2"}],
}  # fmt: skip


def problems(**change):
    playbook = load_playbook("hongshan").model_copy(update={"ballot": (BallotKind.model_validate(ROW | change),)})
    return [path for rule in RULES for path, _what, _remedy in rule(playbook)]


def test_a_right_row_has_no_problem():
    assert problems() == []


@pytest.mark.parametrize("bar", [{}, {"more_than": "1/2", "at_least": "1/2"}, {"more_than": 0.5}, {"more_than": "3/2"}])
def test_a_bar_says_one_exact_share(bar):
    with pytest.raises(ValidationError):
        BallotBar.model_validate(bar)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"agreement": [{"more_than": "1"}]}, ("ballot", 0, "agreement", 0, "more_than")),
        ({"participation": [{"of": "cast", "at_least": "1/2"}]}, ("ballot", 0, "participation", 0)),
        ({"agreement": []}, ("ballot", 0)),
        ({"method": "appraise"}, ("ballot", 0, "secrecy")),
        ({"days_least": 9, "days_most": 3}, ("ballot", 0, "days_least")),
    ],
)
def test_a_wrong_row_is_found(change, path):
    assert problems(**change) == [path]


def test_every_place_says_by_which_ballots_it_decides():
    for profile in ("hetang", "hongrun", "hongshan", "ningde", "pingwu"):
        kinds = {row.key: row for row in load_playbook(profile).ballot}
        assert kinds["owners_special"].basis
        assert kinds["appraisal"].secrecy == "secret"
