"""Lets merged requests follow the one through which they are answered."""

from jinlin.disclosure.actions import update_state
from jinlin.requests.merged import members_below
from jinlin.requests.models import Publicity, Request
from jinlin.requests.publishing import subject_of


def carry_along(lead: Request, before: str) -> None:
    """Let what is answered through a changed request end when it ends, and show where it stands."""
    if lead.state == before:
        return
    members = members_below(lead)
    Request.objects.filter(pk__in=[member.pk for member in members]).update(closed_at=lead.closed_at)
    for member in members:
        if member.publicity == Publicity.PUBLIC:
            update_state(subject=subject_of(member), state=lead.state)
