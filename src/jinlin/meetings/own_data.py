"""What meetings know of a person, in the export of their own data."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from jinlin.meetings.models import Invitation
from jinlin.platform.errors import Words


def meetings_of(person_id: int) -> Iterable[dict[Words, Any]]:
    """Yield the meetings that a person was invited to or sat at; how they voted is kept with the seat only."""
    mine = Q(person_id=person_id) | Q(attendances__person_id=person_id)
    rows = Invitation.objects.filter(mine).select_related("meeting").distinct()
    for row in rows.order_by("meeting__starts_at", "pk"):
        came = row.attendances.filter(person_id=person_id).first()
        yield {
            pgettext_lazy("meeting", "Meeting"): row.meeting.title,
            pgettext_lazy("meeting", "Begins"): row.meeting.starts_at,
            pgettext_lazy("meeting", "As"): row.name,
            pgettext_lazy("meeting", "Came"): came.came_at if came else "",
        }
