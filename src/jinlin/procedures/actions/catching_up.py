"""Catches up with what happened elsewhere: works that ended, and time that ran out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.step_graph import Turn, asks_for_choice
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.messages.notices import notify
from jinlin.platform.sends import ANY_DOOR
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.procedures import rules
from jinlin.procedures.actions.walking import STEPS, Ending, takers, walk
from jinlin.procedures.models import Procedure, Step
from jinlin.procedures.queries import open_step
from jinlin.procedures.states import ProcedureState, StepState, Verb


def catch_up(*, actor: Actor, procedure_id: int) -> bool:
    """Let a procedure go on by what has ended for its open step, or by the time that ran out; return whether it did.

    Raises: NotFound.
    """
    with STEPS.sent(actor, procedure_id, Verb.CONCLUDE, ANY_DOOR, []) as procedure:
        return settle(procedure)


def catch_up_all() -> Tally:
    """Catch up with every procedure that runs; what was missed while nobody was told is found here."""
    running = Procedure.objects.filter(state=ProcedureState.RUNNING).order_by("begun_at", "pk")
    return one_by_one(_catch_up, running.values_list("pk", flat=True).iterator())


def _catch_up(procedure_id: int) -> bool:
    return catch_up(actor=SYSTEM, procedure_id=procedure_id)


def settle(procedure: Procedure) -> bool:
    """Take the open step of a locked procedure where a work that counts leads, or the lapse of its time."""
    step = open_step(procedure)
    if step is None:
        return False
    found = rules.concluding(step, rules.candidates(step))
    if found is not None and not asks_for_choice(step.rules.node, found.turn):
        words = str(found.work.facts.get("words", ""))[:500]
        walk(SYSTEM, procedure, step, Ending(Verb.CONCLUDE, found.turn, words=words, work=found.work))
        return True
    return found is None and step.due_on is not None and step.due_on < today() and _late(procedure, step)


def _late(procedure: Procedure, step: Step) -> bool:
    wanted = step.rules
    if wanted.lapse == "waits":
        _warn(procedure, step)
        return False
    words = _("Nothing was handed in until %(day)s.") % {"day": f"{step.due_on:%Y-%m-%d}"}
    if wanted.lapse == "fails":
        walk(SYSTEM, procedure, step, Ending(Verb.LAPSE, Turn.FAILED, words=words))
    else:
        ending = Ending(Verb.LAPSE, state=StepState.LAPSED, words=words, choice=wanted.then[0])
        walk(SYSTEM, procedure, step, ending)
    return True


def _warn(procedure: Procedure, step: Step) -> None:
    """Tell those who take a step once that its time is over."""
    if step.warned_at is not None:
        return
    step.warned_at = now()
    step.save(update_fields=["warned_at"])
    values = {"title": procedure.title, "step": step.rules.name}
    words = gettext_lazy("This step is overdue: %(step)s, about %(title)s.")
    notify(takers(procedure, step.rules), words, values, link=f"/desk/procedures/{procedure.pk}/")
    record_change(SYSTEM, "procedures.warn", procedure, place_code=procedure.place_code, key=step.key)
