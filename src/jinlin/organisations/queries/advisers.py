"""Those who were sent to a body from outside to advise it, and what is written down about their visits."""

from dataclasses import dataclass, field
from datetime import date

from jinlin.organisations.models import Appointment, Body, SheetEntry
from jinlin.organisations.queries.posts import running_appointments
from jinlin.playbooks.schema import Playbook


@dataclass(frozen=True)
class Adviser:
    """An adviser of a body with the notes of the sheets about their post, the newest first."""

    appointment: Appointment
    notes: list[tuple[str, SheetEntry]] = field(default_factory=list)


def advisers_of(playbook: Playbook, body: Body, on: date) -> list[Adviser]:
    """Return the advisers of a body on a day: holders of posts that are for outsiders only."""
    keys = {post.key for post in playbook.post if post.outsider and body.kind in post.bodies}
    if not keys:
        return []
    rows = running_appointments(on).filter(body=body, key__in=keys).select_related("person").order_by("term_from", "pk")
    found = {row.pk: Adviser(row) for row in rows}
    items = {
        (sheet.key, item.key): item.name
        for sheet in playbook.sheet
        if keys & set(sheet.posts)
        for item in sheet.items
        if item.kind == "text"
    }
    for entry in SheetEntry.objects.filter(appointment__in=found).order_by("-holds_from", "-pk"):
        if name := items.get((entry.sheet, entry.item)):
            found[entry.appointment_id].notes.append((name, entry))
    return list(found.values())
