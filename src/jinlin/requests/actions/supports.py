"""Me too (附议): a household says that a public request is theirs as well, and hears how it goes on."""

from datetime import timedelta

from jinlin.people import actions as people
from jinlin.people.supports import recount, supports_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import NotFound
from jinlin.platform.limits import count_towards
from jinlin.platform.rows import fetch_locked, save
from jinlin.platform.sends import Send, sent_once
from jinlin.requests import rules
from jinlin.requests.actions.steps import Door
from jinlin.requests.models import Request
from jinlin.requests.supporting import KIND, support_subject

MOST_FROM_ONE_ADDRESS = 60
MOST_FROM_ONE_ACCOUNT = 60
WINDOW = timedelta(hours=1)
NO_DOOR = Door()


def support_request(*, actor: Actor, request_id: int, door: Door = NO_DOOR) -> Request:
    """Say me too for a public request; a household that has done so already changes nothing.

    Raises:
        NotSignedIn, NotFound: also for one that is not public.
        NotAllowed: for one's own, and for one that is finished.
        TooMany: after 60 within an hour from one account or from one address.
        RepeatedSend, KeyReused.
    """
    return _change(actor, request_id, door, "support", 1)


def withdraw_support(*, actor: Actor, request_id: int, door: Door = NO_DOOR) -> Request:
    """Take the me too of one's household back.

    Raises:
        NotSignedIn, NotFound, TooMany, RepeatedSend, KeyReused.
    """
    return _change(actor, request_id, door, "withdraw_support", -1)


def _change(actor: Actor, request_id: int, door: Door, verb: str, by: int) -> Request:
    actor.must_be_signed_in()
    _limit(actor, door)
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, verb]) as send:
        request = fetch_locked(Request, request_id, without=("search", "labels"))
        if request is None or not rules.is_readable_by_all(request):
            raise NotFound
        subject = support_subject(request.pk)
        if by > 0:
            rules.may_support(actor, request).enforce()
            changed = people.give_support(actor=actor, subject=subject)
        else:
            changed = people.take_back_support(actor=actor, subject=subject)
        if changed:
            _count(actor, request, verb, by, send)
    return request


def _limit(actor: Actor, door: Door) -> None:
    count_towards("support", f"account:{actor.account_id}", most=MOST_FROM_ONE_ACCOUNT, window=WINDOW)
    if door.sender:
        count_towards("support", f"address:{door.sender}", most=MOST_FROM_ONE_ADDRESS, window=WINDOW)


def _count(actor: Actor, request: Request, verb: str, by: int, send: Send) -> None:
    request.supports += by
    save(request, ["supports"])
    record_change(actor, f"requests.{verb}", request, place_code=request.place_code, supports=request.supports)
    send.keep(request)


@recount(KIND)
def count_anew(request_ids: list[int]) -> None:
    """Set the number of households of each of these requests from what they have said; two may have become one."""
    for request in Request.objects.select_for_update(of=("self",)).filter(pk__in=request_ids).order_by("pk"):
        request.supports = supports_of([support_subject(request.pk)])
        save(request, ["supports"])
