"""The checks that go across a playbook's rows: every reference leads somewhere, nothing needed is missing."""

from collections.abc import Iterator

from jinlin.playbooks.checks import (
    approvals,
    disclosures,
    forums,
    lists,
    organisations,
    places,
    procedures,
    proposals,
    requests,
    voting,
    watching,
)
from jinlin.playbooks.checks.problems import Problem
from jinlin.playbooks.checks.requests import catalogue_problems
from jinlin.playbooks.schema import Playbook

__all__ = ["Problem", "catalogue_problems", "playbook_problems"]


def playbook_problems(playbook: Playbook) -> Iterator[Problem]:
    """What is wrong with a playbook whose rows are each right by themselves."""
    tables = (
        places,
        requests,
        approvals,
        organisations,
        lists,
        forums,
        proposals,
        voting,
        procedures,
        disclosures,
        watching,
    )
    for rule in (rule for table in tables for rule in table.RULES):
        yield from rule(playbook)
