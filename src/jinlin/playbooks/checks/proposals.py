"""Checks across the rows about proposals: the forums and the bodies that they name are there."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from jinlin.playbooks.checks.problems import Problem, repeated, unknown
from jinlin.playbooks.schema import Playbook


def _proposers_are_there_once(playbook: Playbook) -> Iterator[Problem]:
    yield from repeated("proposer", [row.key for row in playbook.proposer])


def _bodies_are_there(playbook: Playbook) -> Iterator[Problem]:
    uses = ((("proposer", i, "bodies"), kind) for i, row in enumerate(playbook.proposer) for kind in row.bodies)
    yield from unknown(uses, [row.kind for row in playbook.body], "body")


def _forums_are_there(playbook: Playbook) -> Iterator[Problem]:
    uses = ((("proposals", "forums"), key) for key in playbook.proposals.forums)
    yield from unknown(uses, [row.key for row in playbook.forum], "forum")


def _answer_follows_screening(playbook: Playbook) -> Iterator[Problem]:
    if playbook.proposals.answer_days < playbook.proposals.screening_days:
        what = _("the answer would be due before the screening")
        yield ("proposals", "answer_days"), what, _("Give the answer more days than the screening.")


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (
    _proposers_are_there_once,
    _bodies_are_there,
    _forums_are_there,
    _answer_follows_screening,
)
