"""Lets approved grid plans take effect when their day has come."""

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.errors import WrongState
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.territory.actions.grid_plans import return_plan
from jinlin.territory.actions.grids import locked_ground, put_into_force
from jinlin.territory.grid_words import in_words, joined
from jinlin.territory.models import GridPlan
from jinlin.territory.queries.grid_plans import faults_of
from jinlin.territory.states import PlanState

MOST_REASON = 200


def put_due_plans_into_force() -> Tally:
    """Put every approved plan into force whose day has come; one that does not fit any more goes back to its authors."""
    due = GridPlan.objects.filter(state=PlanState.APPROVED, effective_from__lte=today())
    return one_by_one(_begin, list(due.order_by("effective_from", "approved_at", "pk").values_list("pk", flat=True)))


@transaction.atomic
def _begin(plan_id: int) -> bool:
    plan = GridPlan.objects.select_for_update().get(pk=plan_id)
    if plan.state != PlanState.APPROVED:
        raise WrongState
    ground = locked_ground(plan.place_code)
    names = {building.code: building.address for building in ground.buildings}
    faults = joined(in_words(fault, names) for fault in faults_of(plan, ground))
    if faults:
        reason = _("On its day the plan did not fit any more: %(faults)s") % {"faults": faults}
        return_plan(actor=SYSTEM, plan_id=plan_id, reason=reason[:MOST_REASON])
        return False
    put_into_force(SYSTEM, plan, ground)
    return True
