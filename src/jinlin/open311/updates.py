"""Updates of service requests: an extension, as the standard has none (open311/open311.github.io, issues 9 to 11).

Names and shape are those that other systems speak already: `servicerequestupdates`, read from one time to another and sent one
by one, with files named `media`.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from jinlin.open311.arguments import MOST_AT_ONCE, Wanted, wanted
from jinlin.open311.beside import told_steps
from jinlin.open311.creating import sent_photos
from jinlin.open311.endpoints import argument
from jinlin.open311.rows import status_of
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.sends import RepeatedSend
from jinlin.requests import rules
from jinlin.requests.actions import Door, add_to_request
from jinlin.requests.models import Request, Step
from jinlin.requests.timeline import PLAIN_WORDS

Update = dict[str, Any]


def updates(request: HttpRequest, actor: Actor) -> list[Update]:
    """Return the steps of the requests in which the caller plays a part, oldest first, at most 1,000.

    Raises:
        Invalid: for a period that cannot be read or is too long.
    """
    asked = wanted(request)
    steps = told_steps().filter(request__in=rules.visible_to(actor).values("pk"))
    chosen = _narrowed(steps, asked).select_related("request").order_by("at", "pk")
    return [_update(step) for step in chosen.defer("request__text", "request__search")[:MOST_AT_ONCE]]


def _narrowed(steps: Any, asked: Wanted) -> Any:
    if asked.numbers:
        return steps.filter(request__number__in=asked.numbers)
    return steps.filter(at__gte=asked.first, at__lte=asked.last)


def _update(step: Step) -> Update:
    return {
        "update_id": f"{step.request.number}-{step.number}",
        "service_request_id": step.request.number,
        "status": status_of(step.state),
        "external_status_code": step.state,
        "description": step.note or str(PLAIN_WORDS.get(step.verb, step.get_state_display())),
        "updated_datetime": step.at,
    }


def add_update(request: HttpRequest, actor: Actor) -> Update:
    """Add words and photos to a request; the sender's `update_id` makes a repeat harmless. A `status` changes nothing.

    Raises:
        NotFound, Invalid, NotAllowed, WrongState: when it has ended, say.
    """
    number = argument(request, "service_request_id")
    if not number:
        raise Invalid(fields={"service_request_id": _("It was not provided.")})
    found = rules.visible_to(actor).filter(number=number).first()
    if found is None:
        raise NotFound(_("service_request_id %(number)s was not found.") % {"number": number[:32]})
    key = argument(request, "update_id")
    changed = _added(request, actor, found, key)
    return {"update_id": key or f"{number}-{changed.version}", "service_request_id": number}


def _added(request: HttpRequest, actor: Actor, found: Request, key: str) -> Request:
    words, photos = argument(request, "description"), sent_photos(request)
    try:
        return add_to_request(actor=actor, request_id=found.pk, note=words, photos=photos, door=Door(key=key))
    except RepeatedSend:
        return found
