"""Checks across the rows about ballots: each bar can be met, and each method has the bars that it needs."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from jinlin.playbooks.checks.problems import Problem, repeated
from jinlin.playbooks.schema import Playbook


def _one_of_each_key(playbook: Playbook) -> Iterator[Problem]:
    yield from repeated("ballot", [row.key for row in playbook.ballot])


def _bars_can_be_met(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.ballot):
        for column in ("participation", "agreement"):
            for place, bar in enumerate(getattr(row, column)):
                if bar.more_than == 1:
                    what = _("nothing is more than the whole")
                    yield ("ballot", index, column, place, "more_than"), what, _("Write at_least = 1.")


def _participation_is_of_the_roll(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.ballot):
        for place, bar in enumerate(row.participation):
            if bar.of != "roll":
                what = _("participation is a share of the roll")
                yield ("ballot", index, "participation", place), what, _("Write of = “roll”.")


def _methods_have_their_bars(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.ballot):
        if row.method != "choose" and not row.agreement:
            what = _("“%(key)s” has no bar at which it passes") % {"key": row.key}
            yield ("ballot", index), what, _("Write “agreement” with one bar at least.")
        if row.method == "appraise" and row.secrecy != "secret":
            what = _("an appraisal is given without a name")
            yield ("ballot", index, "secrecy"), what, _("Write secrecy = “secret”.")


def _days_fit(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.ballot):
        if row.days_least > row.days_most:
            what = _("“days_least” is more than “days_most”")
            yield ("ballot", index, "days_least"), what, _("Swap the two.")


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (
    _one_of_each_key,
    _bars_can_be_met,
    _participation_is_of_the_roll,
    _methods_have_their_bars,
    _days_fit,
)
