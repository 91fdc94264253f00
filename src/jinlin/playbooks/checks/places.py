"""Checks about the chain of levels, what is only counted, and what the place shows."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from jinlin.playbooks.checks.problems import Problem, repeated
from jinlin.playbooks.lines import Path
from jinlin.playbooks.schema import INDICATORS, PlaceLevel, Playbook

HEIGHT: dict[PlaceLevel, int] = {
    "district": 7,
    "subdistrict": 6,
    "community": 5,
    "grid": 4,
    "group": 4,
    "estate": 4,
    "courtyard": 3,
    "building": 2,
    "entrance": 1,
    "home": 0,
}
"""Levels of one height may stand in either order; a neighbour area may stand anywhere below the community."""


def _unique_keys(playbook: Playbook) -> Iterator[Problem]:
    yield from repeated("chain", [row.level for row in playbook.chain])
    yield from repeated("slot", [row.key for row in playbook.slot])
    yield from repeated("indicators", playbook.indicators)
    yield from repeated("includes", playbook.includes)


def _chain_goes_down(playbook: Playbook) -> Iterator[Problem]:
    order = [(index, row.level) for index, row in enumerate(playbook.chain) if row.level in HEIGHT]
    for (_above, above), (index, below) in pairwise(order):
        if HEIGHT[above] < HEIGHT[below]:
            what = _("“%(below)s” stands below “%(above)s”, which lies inside it")
            remedy = _("List the levels from the widest to the narrowest.")
            yield ("chain", index), what % {"below": below, "above": above}, remedy
    levels = [row.level for row in playbook.chain]
    if "neighbours" in levels and "community" not in levels[: levels.index("neighbours")]:
        what = _("a neighbour area lies inside a community")
        yield ("chain", levels.index("neighbours")), what, _("Move it below the community.")


def _levels_in_chain(playbook: Playbook) -> Iterator[Problem]:
    chain = {row.level for row in playbook.chain}
    for path, level in _levels_named(playbook):
        if level not in chain:
            what = _("the chain of this place has no level “%(level)s”") % {"level": level}
            yield path, what, _("Add it to the chain or use another level.")


def _levels_named(playbook: Playbook) -> Iterator[tuple[Path, PlaceLevel]]:
    tables = ("body", "post", "ladder", "composition", "partnership", "sheet", "slot", "duty", "procedure")
    columns = [(table, "level") for table in tables] + [("body", "covers")]
    for table, column in columns:
        for index, row in enumerate(getattr(playbook, table)):
            if level := getattr(row, column):
                yield (table, index, column), level


def _slots_not_overfilled(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.slot):
        path = ("slot", index, "filled")
        if len(row.filled) > row.count:
            what = _("%(names)s names for %(count)s of “%(slot)s”")
            yield path, what % {"names": len(row.filled), "count": row.count, "slot": row.name}, _("Drop names.")
        yield from repeated(path, row.filled)


def _indicators_exist(playbook: Playbook) -> Iterator[Problem]:
    for index, number in enumerate(playbook.indicators):
        if number not in INDICATORS:
            what = _("there is no indicator %(number)s") % {"number": number}
            known = {"first": INDICATORS[0], "last": INDICATORS[-1]}
            yield ("indicators", index), what, _("Use one from %(first)s to %(last)s.") % known


def _norms_in_order(playbook: Playbook) -> Iterator[Problem]:
    least, most = playbook.norms.visits_a_week_least, playbook.norms.visits_a_week_most
    if least > most:
        what = _("the fewest visits a week are %(least)s and the most %(most)s") % {"least": least, "most": most}
        yield ("norms", "visits_a_week_most"), what, _("Let the most be at least the fewest.")


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (
    _unique_keys,
    _chain_goes_down,
    _levels_in_chain,
    _slots_not_overfilled,
    _indicators_exist,
    _norms_in_order,
)
