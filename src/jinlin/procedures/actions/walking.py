"""The engine: closes the open step of a locked procedure and goes where its outcome leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.step_graph import END, STOPPED, Turn, move
from jinlin.organisations.rules import speaking_appointments
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, JinlinError, Words
from jinlin.platform.events import announce
from jinlin.platform.messages.notices import notify
from jinlin.platform.stepping import Steps, Taken, locked_row, write_line
from jinlin.platform.works import Concluded, Outcome, Work, matter_of
from jinlin.playbooks.schema import Step as StepRules
from jinlin.procedures import rules
from jinlin.procedures.models import Procedure, Step
from jinlin.procedures.states import PROCEDURES, ProcedureState, StepState, Verb

ENDS = {END: (Verb.COMPLETE, Outcome.PASSED), STOPPED: (Verb.STOP, Outcome.FAILED)}
CLOSED_AS = {Turn.ON: StepState.DONE, Turn.FAILED: StepState.FAILED, Turn.UPHELD: StepState.UPHELD}
TOLD: Mapping[str, Words] = {
    Verb.COMPLETE: gettext_lazy("All steps are done: %(title)s."),
    Verb.STOP: gettext_lazy("It did not pass and ends here: %(title)s."),
    Verb.WITHDRAW: gettext_lazy("It was withdrawn: %(title)s."),
}
"""What whoever began a procedure hears of its end."""


@dataclass(frozen=True)
class Ending:
    """How an open step ends: by which verb, in which state if not that of its outcome, with what, and what follows."""

    verb: Verb
    turn: Turn = Turn.ON
    state: StepState | None = None
    words: str = ""
    choice: str = ""
    work: Work | None = None
    sides: tuple[str, ...] = ()


def walk(actor: Actor, procedure: Procedure, step: Step, ending: Ending) -> None:
    """Close the open step of a locked procedure and go where that leads.

    Raises:
        Invalid: where several steps may follow and none of them is chosen.
    """
    node = step.rules.node
    went_back = [state for state, to in ((StepState.FAILED, node.failed), (StepState.UPHELD, node.upheld)) if to]
    gone_back = procedure.visits.filter(key=step.key, state__in=went_back).count()
    try:
        to = move(node, ending.turn, ending.choice, gone_back)
    except ValueError:
        raise Invalid(fields={"choice": _("Say which step follows.")}) from None
    _close(step, ending)
    goes_on = to not in ENDS
    columns = {"at_key": to} if goes_on else {}
    STEPS.advance(actor, procedure, ending.verb, words=ending.words, columns=columns)
    if not goes_on:
        end(procedure, *ENDS[to])
        return
    if ending.turn != Turn.ON:
        STEPS.advance(SYSTEM, procedure, Verb.GO_BACK)
    open_visit(procedure, to, returned=ending.turn != Turn.ON, needs_new=node.new_proof and ending.turn != Turn.ON)


def _close(step: Step, ending: Ending) -> None:
    step.state = ending.state or CLOSED_AS[ending.turn]
    step.ended_at, step.words = now(), ending.words
    work = ending.work
    if work is not None:
        step.work_title, step.work_url = str(work.title)[:120], work.url
    step.sides = sorted({*ending.sides, *(work.sides if work else ())})
    step.save()


def end(procedure: Procedure, verb: Verb, outcome: Outcome, *, actor: Actor = SYSTEM, words: str = "") -> None:
    """End a locked procedure, and tell those whose matter it is."""
    STEPS.advance(actor, procedure, verb, words=words, columns={"at_key": "", "ended_at": now()})
    if procedure.subject:
        announce(Concluded(procedure.subject, procedure.subject_name, outcome))


def open_visit(procedure: Procedure, key: str, *, returned: bool = False, needs_new: bool = False) -> Step:
    """Open a step of a locked procedure, and tell those who take it."""
    wanted = procedure.definition.rules.step(key)
    due_on = today() + timedelta(days=wanted.most_days) if wanted.most_days else None
    step = Step.objects.create(
        procedure=procedure, key=key, number=procedure.visits.count() + 1, opened_at=now(), due_on=due_on,
        returned=returned, needs_new=needs_new,
    )  # fmt: skip
    if not wanted.on_begin:
        values = {"title": procedure.title, "step": wanted.name}
        words = gettext_lazy("The next step is yours: %(step)s, about %(title)s.")
        notify(takers(procedure, wanted), words, values, link=f"/desk/procedures/{procedure.pk}/")
    return step


def takers(procedure: Procedure, wanted: StepRules) -> set[int]:
    """Return the persons who act for the bodies that take a step, and the holders of the posts that do."""
    spot = rules.spot_of(procedure)
    bodies = rules.bodies_at(spot, wanted.by.bodies)
    members = speaking_appointments().filter(body__in=bodies.values("pk")).values_list("person_id", flat=True)
    holders = rules.posts_at(spot, wanted.by.posts).values_list("person_id", flat=True)
    return {*members, *holders}


def _followers(procedure: Procedure) -> Iterable[int]:
    """Whoever began it, and those who follow the matter that it was begun for."""
    own = {procedure.person_id} - {None}
    try:
        return {*own, *(matter_of(SYSTEM, procedure.subject).followers() if procedure.subject else ())}
    except JinlinError:
        return own


def _lock(_actor: Actor, procedure_id: int) -> Procedure:
    return locked_row(Procedure, procedure_id, "definition", "zone")


def _write(taken: Taken[Procedure]) -> None:
    key = taken.before.get("at_key", taken.row.at_key)
    key = taken.row.at_key if taken.verb == Verb.GO_BACK else key
    write_line(taken.actor, taken.row, taken.verb, taken.words, key=key)


def _about(procedure: Procedure) -> Mapping[str, Any]:
    return {"place_code": procedure.place_code}


def _tell(taken: Taken[Procedure]) -> None:
    if taken.row.state != ProcedureState.RUNNING and taken.verb in TOLD:
        link = f"/procedures/{taken.row.pk}/"
        notify(_followers(taken.row), TOLD[taken.verb], {"title": taken.row.title}, link=link)


STEPS: Steps[Procedure] = Steps(
    audited="procedures.{verb}",
    table=PROCEDURES,
    lock=_lock,
    may=rules.may,
    about=_about,
    write=_write,
    follow=_tell,
)
