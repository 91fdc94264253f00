"""What procedures do when a work has come to its end elsewhere; what is missed here is caught up later."""

from jinlin.platform.access import SYSTEM
from jinlin.platform.events import react_to
from jinlin.platform.works import Concluded, split_subject
from jinlin.procedures.actions import catch_up
from jinlin.procedures.models import Step


@react_to(Concluded)
def go_on(event: Concluded) -> None:
    """Look whether the work concludes the step for which it was done."""
    kind, row_id = split_subject(event.subject)
    step = Step.objects.filter(pk=row_id).first() if kind == "step" else None
    if step is not None:
        catch_up(actor=SYSTEM, procedure_id=step.procedure_id)
