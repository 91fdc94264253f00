"""What procedures answer when other apps ask: whether a work may begin, what a step is, and what was done for a matter."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.gates import Intent, guards
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.platform.works import Matter, Outcome, Purpose, Work, describes, split_subject, tells_works
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Gate
from jinlin.playbooks.wording import name_of
from jinlin.procedures import rules
from jinlin.procedures.models import Participant, Procedure, Step
from jinlin.procedures.states import ProcedureState, StepState

OUTCOMES = {
    ProcedureState.COMPLETE: Outcome.PASSED,
    ProcedureState.STOPPED: Outcome.FAILED,
    ProcedureState.WITHDRAWN: Outcome.FAILED,
}
OVER = frozenset({StepState.DONE, StepState.LAPSED, StepState.SKIPPED})


@guards
def what_comes_first(intent: Intent) -> Ruling:
    """Refuse a work for a step that is not open, and one before which another step has to be over."""
    step = _step_of(intent.subject)
    if step is not None and step.state != StepState.OPEN:
        return no(_("This step is over; it cannot be taken again."))
    same = _procedures_for(intent.subject, step)
    matters = {intent.matter, *same.values_list("matter", flat=True)}
    for gate in current_playbook().gate:
        listed = matters & set(gate.matters) or intent.kind in gate.works
        if listed and intent.purpose in gate.before and not _is_over(gate, same):
            return no(_closed(gate))
    return YES


def _step_of(subject: str) -> Step | None:
    kind, row_id = split_subject(subject) if subject else ("", 0)
    return Step.objects.select_related("procedure").filter(pk=row_id).first() if kind == "step" else None


def _procedures_for(subject: str, step: Step | None) -> QuerySet[Procedure]:
    """Return the procedures for one matter: the one that is named, by itself or by its step, and those begun for the same."""
    kind, row_id = split_subject(subject) if subject else ("", 0)
    named = step.procedure if step else Procedure.objects.filter(pk=row_id).first() if kind == "procedure" else None
    subjects = [name for name in (subject, named.subject if named else "", named.subject_name if named else "") if name]
    return Procedure.objects.filter(Q(subject__in=subjects) | Q(pk=named.pk if named else 0))


def _is_over(gate: Gate, same: QuerySet[Procedure]) -> bool:
    """Whether the gate's step is over, or its time has run out, in one of the procedures for a matter."""
    visits = Step.objects.filter(procedure__in=same.filter(definition__key=gate.procedure), key=gate.step)
    late = visits.filter(state=StepState.OPEN, due_on__lt=today())
    return visits.filter(state__in=OVER).exists() or late.exists()


def _closed(gate: Gate) -> str:
    procedure = current_playbook().procedure_named(gate.procedure)
    values = {"step": name_of(procedure.step(gate.step)), "procedure": name_of(procedure)}
    return _("“%(step)s” comes first. Begin “%(procedure)s” for this matter.") % values


@describes("step")
def describe_step(actor: Actor, row_id: int) -> Matter | None:
    """Tell of a step as the matter for which others work."""
    rows = Step.objects.select_related("procedure__definition")
    step = rows.filter(pk=row_id).first()
    if step is None:
        return None
    procedure = step.procedure
    taken = rules.may_take(actor, procedure, step.rules) or rules.hosts(actor, procedure)
    return Matter(
        step.subject, procedure.title, procedure.text or procedure.title, procedure.place_code,
        f"/desk/procedures/{procedure.pk}/", step.state == StepState.OPEN and bool(taken), lambda: _followers(procedure),
    )  # fmt: skip


@describes("procedure")
def describe_procedure(actor: Actor, row_id: int) -> Matter | None:
    """Tell of a procedure as a matter of others."""
    found = Procedure.objects.select_related("definition").filter(pk=row_id).first()
    if found is None:
        return None
    return Matter(
        found.subject_name, found.title, found.text or found.title, found.place_code, f"/procedures/{found.pk}/",
        rules.has_part(actor, found), lambda: _followers(found),
    )  # fmt: skip


def _followers(procedure: Procedure) -> set[int]:
    """Whoever began it as a resident, and all who took part in one of its steps."""
    took_part = Participant.objects.filter(step__procedure=procedure).values_list("person_id", flat=True)
    return {*took_part, procedure.person_id} - {None}


@tells_works
def tell_procedures(subject: str) -> Iterable[Work]:
    """Tell which procedures were begun for a matter."""
    for row in Procedure.objects.filter(subject=subject).select_related("definition"):
        yield Work(
            subject=subject,
            purpose=Purpose(row.definition.rules.steps[-1].kind),
            title=f"{row.definition.rules.name}：{row.title}",
            url=f"/procedures/{row.pk}/",
            begun_at=row.begun_at,
            concluded_at=row.ended_at,
            outcome=OUTCOMES.get(ProcedureState(row.state)),
        )
