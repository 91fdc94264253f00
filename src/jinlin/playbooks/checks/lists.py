"""Checks across the rows about lists: what they answer is there, and nothing answers itself by a round."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from jinlin.playbooks.checks.problems import Problem, repeated, unknown
from jinlin.playbooks.schema import Playbook


def _kinds_are_there(playbook: Playbook) -> Iterator[Problem]:
    keys = [row.key for row in playbook.item_list]
    yield from repeated("item_list", keys)
    uses = ((("item_list", i, "answers"), key) for i, row in enumerate(playbook.item_list) for key in row.answers)
    yield from unknown(uses, keys, "item_list")


def _no_circle(playbook: Playbook) -> Iterator[Problem]:
    answers = {row.key: set(row.answers) for row in playbook.item_list}
    for index, row in enumerate(playbook.item_list):
        below, front = set(), answers[row.key]
        while front:
            below |= front
            front = set().union(*(answers.get(key, set()) for key in front)) - below
        if row.key in below:
            what = _("“%(key)s” answers itself by a round") % {"key": row.key}
            yield ("item_list", index, "answers"), what, _("Let each kind answer only kinds that come before it.")


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (_kinds_are_there, _no_circle)
