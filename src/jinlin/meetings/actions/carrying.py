"""Takes what earlier meetings of a forum left open on to the next agenda."""

from django.db.models import Max

from jinlin.meetings.actions.common import LONGEST_ITEM
from jinlin.meetings.models import AgendaItem, Meeting
from jinlin.meetings.queries.results import open_tasks_before
from jinlin.meetings.states import ResolutionState
from jinlin.playbooks.schema import Forum


def carry_tasks(meeting: Meeting, forum: Forum) -> None:
    """Put each open task of earlier meetings on the agenda once, and take off what was done since; within a transaction."""
    if not forum.carries_tasks:
        return
    untouched = meeting.items.filter(carried__isnull=False, opened_at__isnull=True, views__isnull=True)
    untouched.exclude(carried__state=ResolutionState.RUNNING).delete()
    known = set(meeting.items.values_list("carried_id", flat=True))
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    left = [task for task in open_tasks_before(meeting) if task.pk not in known]
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, number=number, title=task.words[:LONGEST_ITEM], carried=task)
        for number, task in enumerate(left, start=last + 1)
    )
