"""Keeps pages to those whose posts they are for."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from jinlin.platform.access import Actor, Role, actor_of

View = Callable[..., HttpResponse]


def kept_by(check: Callable[[Actor], object]) -> Callable[[View], View]:
    """Let only those in whom `check` does not refuse; the view gets the actor after the request."""

    def kept(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = actor_of(request)
            check(actor)
            return view(request, actor, *args, **kwargs)

        return page

    return kept


def for_holders_of(roles: Collection[Role]) -> Callable[[View], View]:
    """Let only those in who hold one of `roles`; the view gets the actor after the request.

    Raises:
        NotSignedIn, NotAllowed.
    """
    return kept_by(lambda actor: actor.must_hold(roles))
