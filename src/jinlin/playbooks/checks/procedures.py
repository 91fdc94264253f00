"""Checks of procedures and gates: every step can be reached, every procedure ends, no rule stands against another."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from jinlin.algorithms.step_graph import Fault, Reason, faults, steps_after
from jinlin.playbooks.checks.problems import Problem, missing, one_of, repeated, unknown
from jinlin.playbooks.lines import Path
from jinlin.playbooks.schema import Actors, Playbook, Portion, Procedure, Step

BY_WORK_ONLY = frozenset({"decide", "disclose"})
"""A decision needs its votes and a disclosure its notice: nobody's word stands for them."""
CAN_FAIL = frozenset({"discuss", "decide", "evaluate"})
REFERENCES = {"bodies": "body", "posts": "post"}
Rule = Callable[[Playbook], Iterator[Problem]]


def _steps(playbook: Playbook) -> Iterator[tuple[Path, Procedure, Step]]:
    for index, row in enumerate(playbook.procedure):
        yield from ((("procedure", index, "steps", number), row, step) for number, step in enumerate(row.steps))


def _unique_keys(playbook: Playbook) -> Iterator[Problem]:
    for table in ("procedure", "gate", "matter"):
        yield from repeated(table, [row.key for row in getattr(playbook, table)])


def _actors(playbook: Playbook) -> Iterator[tuple[Path, Actors]]:
    for index, row in enumerate(playbook.procedure):
        yield ("procedure", index, "begun_by"), row.begun_by
        yield ("procedure", index, "barred"), row.barred
    yield from (((*path, "by"), step.by) for path, _row, step in _steps(playbook))


def _actors_are_there(playbook: Playbook) -> Iterator[Problem]:
    known = {"body": [row.kind for row in playbook.body], "post": [row.key for row in playbook.post]}
    filled = {row.role for row in playbook.post}
    for path, actors in _actors(playbook):
        for column, table in REFERENCES.items():
            uses = (((*path, column), name) for name in getattr(actors, column))
            yield from unknown(uses, known[table], table)
        yield from _roles_are_held(path, actors.roles, filled)
    for path, _row, step in _steps(playbook):
        yield from _roles_are_held((*path, "skip"), step.skip, filled)


def _roles_are_held(path: Path, roles: tuple[str, ...], filled: set) -> Iterator[Problem]:
    for role in roles:
        if role not in filled:
            yield path, _("no post has the role “%(role)s”") % {"role": role}, _("Name another role, or add a post.")


def _somebody_acts(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.procedure):
        if row.begun_by.is_nobody or _all_barred(row):
            what = _("nobody may begin “%(name)s”") % {"name": row.name}
            yield ("procedure", index, "begun_by"), what, _("Name bodies, posts, roles or residents.")
    for path, _row, step in _steps(playbook):
        if step.by.is_nobody:
            what = _("nobody takes the step “%(step)s”") % {"step": step.key}
            yield (*path, "by"), what, _("Name bodies, posts, roles or residents.")


def _all_barred(row: Procedure) -> bool:
    columns = ("bodies", "posts", "roles")
    open_to = [set(getattr(row.begun_by, column)) - set(getattr(row.barred, column)) for column in columns]
    return not any(open_to) and not (row.begun_by.residents and not row.barred.residents)


def _walks_end(playbook: Playbook) -> Iterator[Problem]:
    for index, row in enumerate(playbook.procedure):
        places = {step.key: number for number, step in enumerate(row.steps)}
        for fault in faults(row.nodes):
            yield ("procedure", index, "steps", places[fault.step]), _fault(fault), _remedy(fault.reason)


def _fault(fault: Fault) -> str:
    way = " → ".join(fault.witness)
    words = {
        Reason.UNKNOWN: _("“%(step)s” leads to no step: %(way)s"),
        Reason.REPEATED: _("%(step)s is there twice, or is a word of the walk itself"),
        Reason.LOOP: _("the steps form a loop: %(way)s"),
        Reason.UNREACHED: _("no way leads to the step “%(step)s”"),
        Reason.NOT_BACK: _("“%(step)s” goes back to “%(way)s”, which does not come before it"),
        Reason.ENDLESS: _("“%(step)s” can go back without end: %(way)s"),
    }
    return words[fault.reason] % {"step": fault.step, "way": way}


def _remedy(reason: Reason) -> str:
    return {
        Reason.UNKNOWN: _("Name a step of this procedure, or “end”."),
        Reason.REPEATED: _("Remove one of the two, or give it another name."),
        Reason.LOOP: _("Let “then” lead to later steps only; what goes back says “failed” or “upheld”."),
        Reason.UNREACHED: _("Name it in the “then” of an earlier step."),
        Reason.NOT_BACK: _("Name the step itself or an earlier one."),
        Reason.ENDLESS: _("Write “returns”, or new_proof = true."),
    }[reason]


def _times_fit(playbook: Playbook) -> Iterator[Problem]:
    for path, _row, step in _steps(playbook):
        if step.most_days is not None and step.least_days > step.most_days:
            words = {"least": step.least_days, "most": step.most_days}
            what = _("it lasts %(least)s days at least and %(most)s at most") % words
            yield (*path, "least_days"), what, _("Let the most be at least the fewest.")
        if step.lapse != "waits" and step.most_days is None:
            what = _("“lapse” says what happens after “most_days”, which is missing")
            yield (*path, "lapse"), what, _("Add “most_days”, or remove “lapse”.")
        if step.kind == "disclose" and step.least_days == 0:
            what = _("a disclosure of no days")
            yield (*path, "least_days"), what, _("Write for how many days it is read at least.")


def _tables_are_there(playbook: Playbook) -> Iterator[Problem]:
    for table in ("composition", "forum"):
        known = [row.key for row in getattr(playbook, table)]
        named = ((path, getattr(step, table)) for path, _row, step in _steps(playbook))
        yield from unknown((((*path, table), key) for path, key in named if key), known, table)


def _sides_sit_there(playbook: Playbook) -> Iterator[Problem]:
    for path, _row, step in _steps(playbook):
        if not (step.forum or step.composition) and (step.sides or step.quorum):
            what = _("sides and a quorum belong to a table, which is not named")
            yield (*path, "sides"), what, _("Add “forum” or “composition”.")
        if step.forum and step.composition:
            what = _("“%(step)s” is taken at two tables") % {"step": step.key}
            yield (*path, "composition"), what, _("Write one of “forum” and “composition”.")
        parts = {part.key for part in playbook.parts_at(step)}
        for side in step.sides if step.forum or step.composition else ():
            yield from missing((*path, "sides"), f"{step.forum or step.composition}", side, parts)


def _quorums_can_be_met(playbook: Playbook) -> Iterator[Problem]:
    for path, _row, step in _steps(playbook):
        if step.quorum and not _can_be_met(step.quorum):
            what = _("this quorum can never be met, or always is")
            yield (*path, "quorum"), what, _("Write at_least above 0, or more_than below 1.")


def _can_be_met(quorum: Portion) -> bool:
    return quorum.more_than < 1 if quorum.more_than is not None else bool(quorum.at_least)


def _must_pass_and_may_not(playbook: Playbook) -> Iterator[Problem]:
    for path, _row, step in _steps(playbook):
        if step.must_pass and (step.skip or step.lapse == "goes_on"):
            what = _("“%(step)s” must pass, and may be left out") % {"step": step.key}
            yield path, what, _("Remove “must_pass”, or “skip” and lapse = “goes_on”.")
        if (step.must_pass or step.failed) and step.kind not in CAN_FAIL and step.lapse != "fails":
            what = _("“%(step)s” cannot fail") % {"step": step.key}
            yield path, what, _("Remove “must_pass” and “failed”, or write lapse = “fails”.")
        if (step.returns or step.new_proof) and not step.node.backs:
            what = _("“%(step)s” goes nowhere back") % {"step": step.key}
            yield path, what, _("Add “failed” or “upheld”, or remove “returns” and “new_proof”.")


def _by_hand_where_it_may(playbook: Playbook) -> Iterator[Problem]:
    for path, row, step in _steps(playbook):
        if (step.by_hand or step.on_begin) and step.kind in BY_WORK_ONLY:
            what = _("a step of the kind “%(kind)s” cannot be concluded by hand") % {"kind": step.kind}
            yield path, what, _("Remove “by_hand” and “on_begin”.")
        if step.on_begin and (step is not row.steps[0] or len(step.then) > 1 or step.proofs or step.node.backs):
            what = _("“%(step)s” cannot be taken by beginning") % {"step": step.key}
            remedy = _("Write “on_begin” for a first step without proofs, choice and way back.")
            yield (*path, "on_begin"), what, remedy
        if step.kind == "disclose" and step.upheld is None:
            what = _("“%(step)s” does not say where an upheld objection leads back to") % {"step": step.key}
            yield path, what, _("Add “upheld”.")


def _doers_took_an_earlier_step(playbook: Playbook) -> Iterator[Problem]:
    for path, row, step in _steps(playbook):
        before = {one.key for one in row.steps if step.key in steps_after(row.nodes, one.key)}
        yield from missing((*path, "apart_from"), f"{row.key}.steps", step.apart_from, before - {step.key})


def _matters_are_there(playbook: Playbook) -> Iterator[Problem]:
    known = [row.key for row in playbook.matter]
    for table in ("procedure", "gate"):
        for index, row in enumerate(getattr(playbook, table)):
            yield from unknown((((table, index, "matters"), name) for name in row.matters), known, "matter")


def _gates_open(playbook: Playbook) -> Iterator[Problem]:
    procedures = {row.key: row for row in playbook.procedure}
    uses = ((("gate", index, "procedure"), gate.procedure) for index, gate in enumerate(playbook.gate))
    yield from unknown(uses, procedures, "procedure")
    for index, gate in enumerate(playbook.gate):
        row = procedures.get(gate.procedure)
        steps = {step.key: step for step in row.steps} if row else {}
        yield from missing(("gate", index, "step"), f"{gate.procedure}.steps", gate.step, steps) if row else ()
        step = steps.get(gate.step)
        if step and step.lapse == "waits":
            what = _("the gate “%(gate)s” could stay closed for ever") % {"gate": gate.key}
            yield ("gate", index, "step"), what, _("Give its step “most_days” and lapse = “goes_on”.")
        if row and (barred := set(gate.matters) - set(row.matters)) and row.matters:
            what = _("“%(procedure)s” is not for %(matters)s") % {"procedure": row.key, "matters": one_after(barred)}
            yield ("gate", index, "matters"), what, one_of(row.matters)


def one_after(names: set[str]) -> str:
    """Return names in a fixed order."""
    return ", ".join(sorted(names))


RULES: tuple[Rule, ...] = (
    _unique_keys,
    _actors_are_there,
    _somebody_acts,
    _walks_end,
    _times_fit,
    _tables_are_there,
    _sides_sit_there,
    _quorums_can_be_met,
    _must_pass_and_may_not,
    _by_hand_where_it_may,
    _doers_took_an_earlier_step,
    _matters_are_there,
    _gates_open,
)
