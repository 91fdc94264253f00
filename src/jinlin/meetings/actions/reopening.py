"""Takes resolutions up again that were reported as carried out, where too many of those concerned found nothing solved."""

from django.utils.translation import gettext

from jinlin.meetings.actions.resolving import STEPS
from jinlin.meetings.models import Resolution
from jinlin.meetings.states import ResolutionState, ResolutionVerb
from jinlin.platform.access import SYSTEM
from jinlin.platform.sends import Door
from jinlin.platform.works import Outcome, Purpose, works_for


def reopen_poor() -> int:
    """Take up again every resolution whose appraisal since it was carried out ended poorly; return how many."""
    done = Resolution.objects.filter(state=ResolutionState.DONE).order_by("pk")
    return sum(reopen_if_poor(resolution_id) for resolution_id in done.values_list("pk", flat=True))


def reopen_if_poor(resolution_id: int) -> bool:
    """Take one up again if an appraisal that ended after it was carried out says so; return whether."""
    row = Resolution.objects.filter(pk=resolution_id, state=ResolutionState.DONE).first()
    if row is None or not _was_poor(row):
        return False
    columns = {"closed_at": None, "warned_at": None}
    words = gettext("Too many of those concerned found it not solved.")
    STEPS.take(SYSTEM, row.pk, ResolutionVerb.REOPEN, Door(seen=str(row.version)), words=words, columns=columns)
    return True


def _was_poor(row: Resolution) -> bool:
    appraisals = (work for work in works_for(f"resolution:{row.pk}") if work.purpose == Purpose.EVALUATE)
    return any(
        work.outcome == Outcome.FAILED and work.concluded_at and row.closed_at and work.concluded_at > row.closed_at
        for work in appraisals
    )
