"""Checks across the rows about requests, and across those of the category catalogue."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from string import Formatter
from typing import get_args

from django.utils.translation import gettext as _

from jinlin.playbooks.checks.problems import Problem, repeated, unknown
from jinlin.playbooks.lines import Path
from jinlin.playbooks.schema import ANSWER_PLACEHOLDERS, Catalogue, DutyTask, Milestone, Playbook, Role

MAY_BE_MISSING = {"body_member"}
"""Roles without which a place can work: where nobody serves in a body but its officers."""


LADDER_LEVELS = frozenset({"district", "subdistrict", "community", "estate"})
"""Levels at which somebody answers for what happens; the others only divide the work."""


def catalogue_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with a category tree."""
    yield from repeated("category", [row.code for row in catalogue.category])
    seen: set[str] = set()
    for index, row in enumerate(catalogue.category):
        if row.parent and row.parent not in seen:
            what = _("%(code)s stands before or without its parent %(parent)s")
            yield ("category", index), what % {"code": row.code, "parent": row.parent}, _("Move it below.")
        seen.add(row.code)
        yield from repeated(("category", index, "questions"), [question.key for question in row.questions])


def _unique_keys(playbook: Playbook) -> Iterator[Problem]:
    yield from repeated("answer", [row.key for row in playbook.answer])
    yield from repeated("hot_rule", [row.key for row in playbook.hot_rule])
    yield from repeated("clock", [(row.name, row.category, row.urgency) for row in playbook.clock])
    for table in ("kind", "function", "channel"):
        yield from repeated(table, [row.code for row in getattr(playbook, table)])


def _bodies_exist(playbook: Playbook) -> Iterator[Problem]:
    yield from unknown(_named_bodies(playbook), [row.kind for row in playbook.body], "body")


def _named_bodies(playbook: Playbook) -> Iterator[tuple[Path, str]]:
    """Every place in the file that names a body."""
    for index, duty in enumerate(playbook.duty):
        yield ("duty", index, "body"), duty.body
        yield from ((("duty", index, "support"), body) for body in duty.support)
    for index, rung in enumerate(playbook.ladder):
        yield ("ladder", index, "body"), rung.body
        yield from ((("ladder", index, "bodies"), body) for body in rung.bodies)
    for index, rule in enumerate(playbook.hot_rule):
        yield ("hot_rule", index, "body"), rule.body
        yield from ((("hot_rule", index, "tasks", number, "body"), task.body) for number, task in enumerate(rule.tasks))


def _ladder_without_gap(playbook: Playbook) -> Iterator[Problem]:
    """A rung may be left out only below the lowest and above the highest one; several may stand at one level."""
    chain = [row.level for row in playbook.chain if row.level in LADDER_LEVELS]
    rungs = [row.level for row in playbook.ladder if row.level in chain]
    climbing = chain[::-1]
    for index, (below, above) in enumerate(pairwise(rungs), start=1):
        if climbing.index(above) - climbing.index(below) not in {0, 1}:
            expected = climbing[min(climbing.index(below) + 1, len(climbing) - 1)]
            what = _("the ladder goes from “%(below)s” to “%(above)s”") % {"below": below, "above": above}
            remedy = _("Add the rung of “%(level)s” between, or mend the order.") % {"level": expected}
            yield ("ladder", index, "level"), what, remedy


def _rungs_fit_their_kind(playbook: Playbook) -> Iterator[Problem]:
    compositions = [row.key for row in playbook.composition]
    for index, rung in enumerate(playbook.ladder):
        if (rung.kind == "meeting") != (rung.composition is not None):
            what = _("a meeting has a composition, and no other rung has one")
            yield ("ladder", index, "composition"), what, _("Add or remove “composition”.")
        if (rung.kind == "whistle") != bool(rung.bodies):
            what = _("a whistle calls bodies, and no other rung does")
            yield ("ladder", index, "bodies"), what, _("Add or remove “bodies”.")
    named = [
        (("ladder", i, "composition"), row.composition) for i, row in enumerate(playbook.ladder) if row.composition
    ]
    yield from unknown(named, compositions, "composition")


def _duty_levels(playbook: Playbook) -> Iterator[Problem]:
    levels = {row.kind: row.level for row in playbook.body}
    for index, row in enumerate(playbook.duty):
        level = levels.get(row.body, row.level)
        if level != row.level:
            what = _("%(body)s works at the level “%(level)s”") % {"body": row.body, "level": level}
            yield ("duty", index, "level"), what, _("Write level = “%(level)s”.") % {"level": level}


def _categories_exist(playbook: Playbook) -> Iterator[Problem]:
    known = playbook.categories.by_code
    used = [(("duty", i, "category"), row.category) for i, row in enumerate(playbook.duty)]
    used += [(("clock", i, "category"), row.category) for i, row in enumerate(playbook.clock)]
    for path, code in used:
        if code and code not in known:
            yield (
                path,
                _("the catalogue has no category “%(code)s”") % {"code": code},
                _("Use a code of the catalogue."),
            )


def _somebody_answers_for_all(playbook: Playbook) -> Iterator[Problem]:
    for task in get_args(DutyTask):
        if not any(row.category == "" and row.task == task for row in playbook.duty):
            what = _("no duty to %(task)s covers all categories") % {"task": task}
            yield ("duty",), what, _("Add a duty of %(task)s with an empty category.") % {"task": task}


def _roles_filled(playbook: Playbook) -> Iterator[Problem]:
    filled = {row.role for row in playbook.post}
    for role in get_args(Role):
        if role not in filled | MAY_BE_MISSING:
            yield ("post",), _("no post has the role “%(role)s”") % {"role": role}, _("Add a post for it.")


def _clocks_complete(playbook: Playbook) -> Iterator[Problem]:
    general = {row.name for row in playbook.clock if not row.category and row.urgency is None}
    for name in get_args(Milestone):
        if name not in general:
            remedy = _("Add a clock without category and urgency.")
            yield ("clock",), _("“%(name)s” has no general limit") % {"name": name}, remedy


def _answers_readable(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.answer):
        if (row.verb == "decline") != (row.reason is not None):
            what = _("every answer that declines has a reason, and no other one")
            yield ("answer", index), what, _("Add or remove the reason.")
        wrong = wrong_placeholders(row.body, ANSWER_PLACEHOLDERS)
        if wrong:
            what = _("placeholders that cannot be filled: %(names)s") % {"names": ", ".join(wrong)}
            yield ("answer", index, "body"), what, placeholders_remedy(ANSWER_PLACEHOLDERS)


def wrong_placeholders(text: str, known: frozenset[str]) -> list[str]:
    """Placeholders in a text that nothing fills, or what is wrong with its brackets."""
    try:
        names = {field[1] for field in Formatter().parse(text) if field[1] is not None}
    except ValueError as error:
        return [str(error)]
    return sorted(f"{{{name}}}" for name in names - known)


def placeholders_remedy(known: frozenset[str]) -> str:
    """Say which placeholders a text may carry."""
    return _("Use %(names)s.") % {"names": ", ".join(f"{{{name}}}" for name in sorted(known))}


def _weights_sum_to_one(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.rating):
        total = row.weight_response + row.weight_solution + row.weight_satisfaction
        if total != Fraction(1):
            what = _("the three weights add up to %(total)s") % {"total": total}
            yield ("rating", index), what, _("Make them add up to 1.")


def _working_time_runs_forward(playbook: Playbook) -> Iterator[Problem]:
    last = None
    for index, span in enumerate(playbook.working_time):
        if span.start >= span.end or (last is not None and span.start < last):
            yield ("working_time", index), _("spans overlap or run backwards"), _("Order them by time of day.")
        last = span.end


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (
    _unique_keys,
    _bodies_exist,
    _ladder_without_gap,
    _rungs_fit_their_kind,
    _duty_levels,
    _categories_exist,
    _somebody_answers_for_all,
    _roles_filled,
    _clocks_complete,
    _answers_readable,
    _weights_sum_to_one,
    _working_time_runs_forward,
)
