"""Checks across the rows about public notices."""

from collections.abc import Callable, Iterator

from jinlin.playbooks.checks.problems import Problem, repeated
from jinlin.playbooks.schema import Playbook


def _kinds_stand_once(playbook: Playbook) -> Iterator[Problem]:
    yield from repeated("notice", [row.key for row in playbook.notice])


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (_kinds_stand_once,)
