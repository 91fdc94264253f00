"""Everything that a playbook can name has words of the screen."""

from typing import get_args

from jinlin.playbooks.adjusting import COLUMNS as ADJUSTABLE
from jinlin.playbooks.schema.requests import Milestone
from jinlin.playbooks.wording import COLUMNS, MILESTONES, TABLES


def test_every_clock_has_a_name() -> None:
    assert set(get_args(Milestone)) == set(MILESTONES)


def test_every_value_that_a_place_sets_has_a_name() -> None:
    assert set(ADJUSTABLE) <= set(TABLES)
    assert {column for columns in ADJUSTABLE.values() for column in columns} <= set(COLUMNS)
