"""What the JSON API's answers about requests share: who calls, how an id and a key are written, where each is added."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Header, Path, Router

from jinlin.platform.access import Actor
from jinlin.platform.limits import address_of
from jinlin.requests.following import key_of, request_behind
from jinlin.requests.models import Request

IdempotencyKey = Annotated[str, Header("", alias="Idempotency-Key", max_length=100)]
RequestId = Annotated[int, Path(ge=1, lt=2**63)]
Number = Annotated[str, Path(max_length=40)]
FollowCode = Annotated[str, Path(max_length=40)]
router = Router()
following = Router()
categories = Router()
figures = Router()


def caller_of(request: HttpRequest) -> Actor:
    """Return the caller, where that must be somebody.

    Raises:
        NotSignedIn.
    """
    actor: Actor = request.auth
    actor.must_be_signed_in()
    return actor


def follower_of(request: HttpRequest, number: str, code: str) -> tuple[Actor, Request]:
    """Return the holder of a code as an actor, and the request that it opens."""
    found = request_behind(number=number, code=code, sender=address_of(request))
    return Actor(opened=frozenset({key_of(found.pk)})), found
