"""Checks across the rows about public notices and conventions."""

from collections.abc import Callable, Iterator

from jinlin.playbooks.checks.problems import Problem, repeated
from jinlin.playbooks.schema import Playbook


def _kinds_stand_once(playbook: Playbook) -> Iterator[Problem]:
    yield from repeated("notice", [row.key for row in playbook.notice])
    yield from repeated("convention", [row.key for row in playbook.convention])


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (_kinds_stand_once,)
