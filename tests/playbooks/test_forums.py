"""Forums in a playbook: what cannot be is explained, and shares are exact."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.playbooks.checks import playbook_problems
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.schema import Forum, Majority, Portion

PARTY = {"key": "party", "name": "方", "name_en": "Party", "bodies": ("residents_committee",)}
SOUND = {
    "key": "talk", "name": "议事", "name_en": "Talk", "level": "estate", "convened_by": ("residents_committee",),
    "sides": (PARTY,), "votes": "side", "majority": {"more_than": "1/2"},
}  # fmt: skip


def found(**changes: Any) -> list[tuple[Any, ...]]:
    """Return where the check finds fault with hongshan and one forum more."""
    playbook = load_playbook("hongshan")
    forum = Forum.model_validate(SOUND | changes)
    changed = playbook.model_copy(update={"forum": (*playbook.forum, forum)})
    return [path[2:] for path, _what, _remedy in playbook_problems(changed)]


def test_a_sound_forum_passes() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"convened_by": "nobody"}, ("convened_by",)),
        ({"guests": ("nobody",)}, ("guests",)),
        ({"composition": "nothing", "sides": ()}, ("composition",)),
        ({"sides": ()}, ("sides",)),
        ({"roll": "residents_representative"}, ("sides",)),
        ({"sides": (PARTY, PARTY)}, ("sides", 1)),
        ({"sides": (PARTY | {"post": "grid_member"},)}, ("sides", 0)),
        ({"sides": (PARTY | {"bodies": ("nobody",)},)}, ("sides", 0, "bodies")),
        ({"sides": (PARTY | {"bodies": (), "post": "nobody"},)}, ("sides", 0, "post")),
        ({"sides": (PARTY | {"bodies": (), "partnership": "none"},)}, ("sides", 0, "partnership")),
        ({"departments": ({"category": "Z9", "bodies": ("fire_brigade",)},)}, ("departments", 0, "category")),
        ({"departments": ({"category": "P1", "bodies": ("nobody",)},)}, ("departments", 0, "bodies")),
        ({"votes": "member"}, ("votes",)),
        ({"votes": "none"}, ("majority",)),
        ({"votes": "none", "majority": None, "quorum": {"more_than": "1/2"}}, ("quorum",)),
        ({"majority": {"more_than": "1"}}, ("majority",)),
        ({"speakers": True}, ("speakers",)),
        ({"carries_tasks": True}, ("carries_tasks",)),
    ],
)
def test_a_forum_that_cannot_be_is_told_where(changes: dict[str, Any], where: tuple[Any, ...]) -> None:
    assert where in found(**changes)


def test_a_portion_says_one_thing_and_takes_no_float() -> None:
    for wrong in ({}, {"more_than": "1/2", "at_least": "1/2"}, {"more_than": 0.5}):
        with pytest.raises(ValueError, match=r"more_than|分数|fraction"):
            Portion.model_validate(wrong)


@given(st.integers(0, 200), st.integers(0, 200), st.fractions(0, 1, max_denominator=20))
def test_more_than_and_at_least_differ_exactly_at_the_share(part: int, whole: int, share: Fraction) -> None:
    more, least = Majority(more_than=share).met_by(part, whole), Majority(at_least=share).met_by(part, whole)
    assert (more, least) == ((part > share * whole, part >= share * whole) if whole else (False, False))


def test_the_narrowest_row_of_departments_counts() -> None:
    meeting = load_playbook("ningde").forum_named("joint_meeting")
    assert meeting.departments_for("P106") == ("fire_brigade", "housing_department")
    assert meeting.departments_for("P102") == ("traffic_police", "city_management_department")
    assert meeting.departments_for("K1") == ()
