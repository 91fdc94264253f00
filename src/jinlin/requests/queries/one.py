"""Everything about one request that its page at the desk shows."""

from jinlin.disclosure.models import Disclosure
from jinlin.organisations.models import Duty
from jinlin.organisations.queries import duties_at
from jinlin.platform.access import Actor
from jinlin.requests import rules
from jinlin.requests.models import Clock, Request
from jinlin.requests.queries.resident import with_place
from jinlin.requests.states import (
    Verb,
)


def one(actor: Actor, request_id: int) -> Request | None:
    """Return a request that the actor may see, with the names that its page shows."""
    rows = with_place(rules.visible_to(actor)).select_related("body", "suggestion", "estate", "grid", "reporter")
    return rows.filter(pk=request_id).first()


def clocks_of(request: Request) -> list[Clock]:
    """Return all promises of a request, running and past, in the order in which they began."""
    return list(request.clocks.order_by("started_at", "due_at"))


def suggested_duties(request: Request, category: str = "") -> list[Duty]:
    """Return who answers for a request by the duty list, the closest line of each body first."""
    lines = duties_at(
        task=Duty.Task.HANDLE,
        place_code=request.place_code,
        zone_ids=(request.grid_id, request.estate_id),
        category=category or request.category,
    )
    return list({line.body_id: line for line in reversed(lines)}.values())[::-1]


def public_record(request: Request) -> Disclosure | None:
    """Return what the public sees of a request now."""
    rows = Disclosure.objects.filter(subject_kind=request._meta.label_lower, subject_id=request.pk, current=True)
    return rows.first()


def last_answer(request: Request) -> str:
    """Return the words of the newest answer, empty as long as there is none."""
    steps = request.steps.filter(verb__in=[Verb.HANDLE, Verb.DECLINE]).order_by("-number")
    return steps.values_list("note", flat=True).first() or ""
