"""What all pages of the desk door share: who may come in, and how a list is turned into a page."""

from django.http import HttpRequest

from jinlin.platform.access import Actor, Role
from jinlin.platform.doors import for_holders_of
from jinlin.platform.errors import NotFound
from jinlin.requests.models import Request
from jinlin.requests.queries.one import one
from jinlin.requests.rules import HANDLER_ROLES

DESK_ROLES = HANDLER_ROLES | {Role.AUDITOR}
FROM_INBOX = "inbox"
"""What a form carries so that its end leads back to the inbox."""

desk_page = for_holders_of(DESK_ROLES)
"""For those in whose post is work at the desk."""


def request_of(actor: Actor, request_id: int) -> Request:
    """Return a request that the actor may see.

    Raises:
        NotFound.
    """
    found = one(actor, request_id)
    if found is None:
        raise NotFound
    return found


def draft_done(request: HttpRequest) -> str:
    """Return the name of the draft that was sent just now, from `?done=`, so that the device forgets it."""
    row_id, dash, slug = request.GET.get("done", "").partition("-")
    return f"desk-{request.user.pk}-{row_id}-{slug}" if dash and row_id.isdecimal() else ""
