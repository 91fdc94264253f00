"""Reads of procedures that more than one screen needs: their dots, who has to act, what counts, and the shares of a kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from jinlin.algorithms.step_graph import usual_way
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Procedure as Rules
from jinlin.playbooks.schema import Step as StepRules
from jinlin.procedures import rules
from jinlin.procedures.models import Procedure, Step
from jinlin.procedures.states import ProcedureState, StepState


@dataclass(frozen=True)
class Dot:
    """One step as it is shown: what it is, and its last visit; None for one to come."""

    rules: StepRules
    visit: Step | None

    @property
    def state(self) -> str:
        """The state of the visit; `to_come` for a step without one."""
        return self.visit.state if self.visit else "to_come"


def dots(procedure: Procedure, visits: Sequence[Step]) -> list[Dot]:
    """Return the steps of a procedure in the order of its walk: those it has behind it, the open one, and those to come.

    A step that the walk went back to stands once, with its last visit; of several that may follow the first is shown.
    """
    definition = procedure.definition.rules
    trail: list[Step] = []
    for visit in visits:
        again = next((place for place, before in enumerate(trail) if before.key == visit.key), len(trail))
        trail = [*trail[:again], visit]
    found = [Dot(definition.step(visit.key), visit) for visit in trail]
    if procedure.state == ProcedureState.RUNNING and trail:
        coming = usual_way(definition.nodes, trail[-1].key)[1:]
        found += [Dot(definition.step(key), None) for key in coming]
    return found


def the_procedure(procedure_id: int) -> Procedure:
    """Return a procedure. Raises: NotFound."""
    found = Procedure.objects.select_related("definition", "zone", "body").filter(pk=procedure_id).first()
    if found is None:
        raise NotFound
    return found


def visits_of(procedure: Procedure) -> list[Step]:
    """Return every visit of a step, the first one first, with the proofs that lie with it."""
    rows = list(procedure.visits.prefetch_related("proofs__file").order_by("number"))
    for row in rows:
        row.procedure = procedure
    return rows


def open_step(procedure: Procedure) -> Step | None:
    """Return the step that is open; None once the procedure is over."""
    found = procedure.visits.filter(state=StepState.OPEN).first()
    if found is not None:
        found.procedure = procedure
    return found


def kinds() -> dict[str, Rules]:
    """Return the procedures that the work method has today, by key."""
    return {row.key: row for row in current_playbook().procedure}


def kind_of(key: str) -> Rules:
    """Return the procedure of the work method of that key. Raises: Invalid."""
    found = kinds().get(key)
    if found is None:
        raise Invalid(fields={"kind": key})
    return found


def kinds_for(actor: Actor, subject_kind: str) -> list[Rules]:
    """Return the procedures for a matter of this kind that the actor is not barred from."""
    wanted = subject_kind or "own"
    return [row for row in kinds().values() if wanted in row.subjects and not rules.is_barred(actor, row)]


def narrowed(rows: QuerySet[Procedure], kind: str = "", state: str = "") -> QuerySet[Procedure]:
    """Keep the procedures of a kind, and those of a state; `late` stands for those whose open step is overdue."""
    if kind:
        rows = rows.filter(definition__key=kind)
    if state == "late":
        return rows.filter(pk__in=overdue().values("procedure"))
    return rows.filter(state=state) if state else rows


def overdue() -> QuerySet[Step]:
    """Return the open steps whose last day is over."""
    return Step.objects.filter(state=StepState.OPEN, due_on__lt=today())


def share_complete(rows: QuerySet[Procedure]) -> Fraction | None:
    """Return the share of procedures that went through all their steps, none left out; None where there are none."""
    total = rows.count()
    gaps = Step.objects.filter(state__in=[StepState.SKIPPED, StepState.LAPSED])
    whole = rows.filter(state=ProcedureState.COMPLETE).exclude(pk__in=gaps.values("procedure"))
    return Fraction(whole.count(), total) if total else None


def counts_by_kind(rows: QuerySet[Procedure]) -> list[dict[str, object]]:
    """Return for each kind how many procedures there are, run, are complete and have an overdue step."""
    late = Q(visits__state=StepState.OPEN, visits__due_on__lt=today())
    return list(
        rows.order_by()
        .values("definition__key")
        .annotate(
            total=Count("pk", distinct=True),
            running=Count("pk", distinct=True, filter=Q(state=ProcedureState.RUNNING)),
            complete=Count("pk", distinct=True, filter=Q(state=ProcedureState.COMPLETE)),
            late=Count("pk", distinct=True, filter=late),
        )
        .order_by("definition__key")
    )
