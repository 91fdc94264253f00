"""Checks across the rows about requests, and across those of the category catalogue."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from string import Formatter
from typing import get_args

from jinlin.playbooks.checks.problems import Problem, repeated
from jinlin.playbooks.lines import Path
from jinlin.playbooks.schema import ANSWER_PLACEHOLDERS, Answer, Catalogue, DutyTask, Milestone, Playbook, Role


def catalogue_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with a category tree."""
    yield from repeated("category", [row.code for row in catalogue.category])
    seen: set[str] = set()
    for index, row in enumerate(catalogue.category):
        if row.parent and row.parent not in seen:
            yield ("category", index), f"{row.code} stands before or without its parent {row.parent}", "Move it below."
        seen.add(row.code)


def _unique_keys(playbook: Playbook) -> Iterator[Problem]:
    yield from repeated("body", [row.kind for row in playbook.body])
    yield from repeated("answer", [row.key for row in playbook.answer])
    yield from repeated("slot", [row.key for row in playbook.slot])
    yield from repeated("chain", [row.level for row in playbook.chain])
    yield from repeated("post", [row.key for row in playbook.post])
    yield from repeated("clock", [(row.name, row.category, row.urgency) for row in playbook.clock])


def _named_bodies(playbook: Playbook) -> Iterator[tuple[Path, str]]:
    """Every place in the file that names a body."""
    for index, duty in enumerate(playbook.duty):
        yield ("duty", index, "body"), duty.body
        yield from ((("duty", index, "support"), body) for body in duty.support)
    for index, post in enumerate(playbook.post):
        yield from ((("post", index, "bodies"), body) for body in post.bodies)
    for index, rung in enumerate(playbook.ladder):
        yield ("ladder", index, "body"), rung.body


def _bodies_exist(playbook: Playbook) -> Iterator[Problem]:
    known = {row.kind for row in playbook.body}
    for path, body in _named_bodies(playbook):
        if body not in known:
            yield path, f"no body has the kind {body!r}", f"Use one of {', '.join(sorted(known))}, or add a [[body]]."


def _levels_in_chain(playbook: Playbook) -> Iterator[Problem]:
    chain = {row.level for row in playbook.chain}
    used = [(("body", i, "level"), row.level) for i, row in enumerate(playbook.body)]
    used += [(("post", i, "level"), row.level) for i, row in enumerate(playbook.post)]
    used += [(("ladder", i, "level"), row.level) for i, row in enumerate(playbook.ladder)]
    for path, level in used:
        if level not in chain:
            yield path, f"the chain of this place has no level {level!r}", "Add it to [[chain]] or use another level."


def _ladder_without_gap(playbook: Playbook) -> Iterator[Problem]:
    """A rung may be left out only below the lowest and above the highest one."""
    chain = [row.level for row in playbook.chain]
    rungs = [row.level for row in playbook.ladder if row.level in chain]
    climbing = chain[::-1]
    for index, (below, above) in enumerate(pairwise(rungs), start=1):
        step = climbing.index(above) - climbing.index(below)
        if step != 1:
            expected = climbing[min(climbing.index(below) + 1, len(climbing) - 1)]
            what = f"the ladder goes from {below!r} to {above!r}"
            yield ("ladder", index, "level"), what, f"Add the rung of {expected!r} between, or mend the order."


def _duty_levels(playbook: Playbook) -> Iterator[Problem]:
    levels = {row.kind: row.level for row in playbook.body}
    for index, row in enumerate(playbook.duty):
        if levels.get(row.body, row.level) != row.level:
            what = f"{row.body} works at the level {levels[row.body]!r}, not {row.level!r}"
            yield ("duty", index, "level"), what, f"Write level = {levels[row.body]!r}."


def _categories_exist(playbook: Playbook) -> Iterator[Problem]:
    known = playbook.categories.by_code
    used = [(("duty", i, "category"), row.category) for i, row in enumerate(playbook.duty)]
    used += [(("clock", i, "category"), row.category) for i, row in enumerate(playbook.clock)]
    for path, code in used:
        if code and code not in known:
            yield path, f"the catalogue has no category {code!r}", "Use a code of the catalogue."


def _somebody_answers_for_all(playbook: Playbook) -> Iterator[Problem]:
    for task in get_args(DutyTask):
        if not any(row.category == "" and row.task == task for row in playbook.duty):
            yield ("duty",), f"no duty to {task} covers all categories", f'Add a [[duty]] of {task} with category = "".'


def _roles_filled(playbook: Playbook) -> Iterator[Problem]:
    filled = {row.role for row in playbook.post}
    for role in get_args(Role):
        if role not in filled:
            yield ("post",), f"no post has the role {role!r}", "Add a [[post]] for it."


def _clocks_complete(playbook: Playbook) -> Iterator[Problem]:
    general = {row.name for row in playbook.clock if not row.category and row.urgency is None}
    for name in get_args(Milestone):
        if name not in general:
            yield ("clock",), f"{name!r} has no general limit", "Add a [[clock]] without category and urgency."


def _answers_readable(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.answer):
        if (row.verb == "decline") != (row.reason is not None):
            yield (
                ("answer", index),
                "every answer that declines has a reason, and no other one",
                "Add or remove `reason`.",
            )
        wrong = _wrong_placeholders(row)
        if wrong:
            remedy = "Use " + ", ".join(f"{{{name}}}" for name in sorted(ANSWER_PLACEHOLDERS)) + "."
            yield ("answer", index, "body"), f"placeholders that cannot be filled: {', '.join(wrong)}", remedy


def _wrong_placeholders(answer: Answer) -> list[str]:
    try:
        names = {name for _, name, _, _ in Formatter().parse(answer.body) if name is not None}
    except ValueError as error:
        return [str(error)]
    return sorted(f"{{{name}}}" for name in names - ANSWER_PLACEHOLDERS)


def _weights_sum_to_one(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.rating):
        total = row.weight_response + row.weight_solution + row.weight_satisfaction
        if total != Fraction(1):
            yield ("rating", index), f"the three weights add up to {total}", "Make them add up to 1."


def _working_time_runs_forward(playbook: Playbook) -> Iterator[Problem]:
    last = None
    for index, span in enumerate(playbook.working_time):
        if span.start >= span.end or (last is not None and span.start < last):
            yield ("working_time", index), "spans overlap or run backwards", "Order them by time of day."
        last = span.end


def _slots_not_overfilled(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.slot):
        if len(row.filled) > row.count:
            yield ("slot", index, "filled"), f"{len(row.filled)} names for {row.count} slots", "Drop names."


RULES: tuple[Callable[[Playbook], Iterator[Problem]], ...] = (
    _unique_keys,
    _bodies_exist,
    _levels_in_chain,
    _ladder_without_gap,
    _duty_levels,
    _categories_exist,
    _somebody_answers_for_all,
    _roles_filled,
    _clocks_complete,
    _answers_readable,
    _weights_sum_to_one,
    _working_time_runs_forward,
    _slots_not_overfilled,
)
