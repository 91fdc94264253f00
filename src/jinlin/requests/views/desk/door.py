"""What all pages of the desk door share: who may come in, and how a list is turned into a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from jinlin.platform.access import Actor, Role, actor_of
from jinlin.platform.errors import NotFound
from jinlin.requests.models import Request
from jinlin.requests.queries import desk as queries
from jinlin.requests.rules import HANDLER_ROLES

DESK_ROLES = HANDLER_ROLES | {Role.AUDITOR}
FROM_INBOX = "inbox"
"""What a form carries so that its end leads back to the inbox."""

View = Callable[..., HttpResponse]


def desk_page(view: View) -> View:
    """Let only those in whose post is work at the desk; the view gets the actor after the request.

    Raises:
        NotSignedIn, NotAllowed.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = actor_of(request)
        actor.must_hold(DESK_ROLES)
        return view(request, actor, *args, **kwargs)

    return page


def request_of(actor: Actor, request_id: int) -> Request:
    """Return a request that the actor may see.

    Raises:
        NotFound.
    """
    found = queries.one(actor, request_id)
    if found is None:
        raise NotFound
    return found


def draft_done(request: HttpRequest) -> str:
    """Return the name of the draft that was sent just now, from `?done=`, so that the device forgets it."""
    row_id, dash, slug = request.GET.get("done", "").partition("-")
    return f"desk-{request.user.pk}-{row_id}-{slug}" if dash and row_id.isdecimal() else ""
