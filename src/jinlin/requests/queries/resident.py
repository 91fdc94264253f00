"""Reads of the resident door: one's own requests, and one request as its reporter sees it."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from jinlin.algorithms.place_codes import Level, ancestor_at
from jinlin.disclosure.models import Disclosure
from jinlin.disclosure.queries import shown_now
from jinlin.people.models import Mandate
from jinlin.people.queries import current_residences
from jinlin.people.rules import principals_of, running_mandates
from jinlin.platform.access import Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import NotFound
from jinlin.platform.paging import after_key, key_of
from jinlin.requests.following import LASTS, opened_ids
from jinlin.requests.models import Clock, Request, RequestPhoto, Step
from jinlin.requests.rules import visible_to
from jinlin.territory.models import Place

PAGE = 20
ON_HOME = 5
NEWEST_PUBLIC = 3


@dataclass(frozen=True)
class OwnPage:
    """One page of somebody's requests; `older` is the key of the next page, empty at the end."""

    rows: list[Request]
    older: str
    counts: dict[str, int]


def own_requests(actor: Actor) -> QuerySet[Request]:
    """Return what the actor raised, what those raised for whom they act, and what a code has opened to them."""
    not_over = Q(closed_at__isnull=True) | Q(closed_at__gte=now() - LASTS)
    by_others = ~Q(entered_by_id=actor.account_id) | Q(entered_by_id__isnull=True)
    mine = Q(pk__in=opened_ids(actor)) & not_over & by_others
    if actor.person_id is not None:
        mine |= Q(reporter_id=actor.person_id) | Q(reporter_id__in=principals_of(actor))
    return Request.objects.filter(mine)


def own_page(actor: Actor, *, state: str = "", older: str = "") -> OwnPage:
    """Return a page of one's own requests, newest first; `state` is `open`, `closed` or empty for all.

    Raises:
        Invalid: for a key that is none.
    """
    own = own_requests(actor)
    finished = Q(closed_at__isnull=False)
    counts = own.aggregate(open=Count("pk", filter=~finished), closed=Count("pk", filter=finished))
    narrowed = {"open": own.exclude(finished), "closed": own.filter(finished)}.get(state, own)
    found = list(after_key(for_cards(narrowed), older, "received_at")[: PAGE + 1])
    next_key = key_of(found[PAGE - 1].received_at, found[PAGE - 1].pk) if len(found) > PAGE else ""
    return OwnPage(found[:PAGE], next_key, counts)


def open_of(actor: Actor) -> list[Request]:
    """Return the newest of one's own requests that are not finished, for the first page."""
    rows = own_requests(actor).filter(closed_at__isnull=True)
    return list(for_cards(rows).order_by("-received_at", "-id")[:ON_HOME])


def newest_public() -> list[Disclosure]:
    """Return the newest public records, for those who are not signed in."""
    return list(shown_now().order_by("-happened_at", "-id")[:NEWEST_PUBLIC])


def with_place(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Add `place_name`, the address of each request's place."""
    return rows.annotate(place_name=Subquery(Place.objects.filter(code=OuterRef("place_code")).values("address")[:1]))


def for_cards(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Return the rows with `place_name` and without the long texts, which cards do not show."""
    return with_place(rows).defer("text", "search", "labels")


def own_request(actor: Actor, request_id: int) -> Request:
    """Return one of the actor's own requests with its body, `place_name`, and when the result was due and came.

    Raises:
        NotFound: also for one that exists but is somebody else's.
    """
    finals = Clock.objects.filter(request=OuterRef("pk"), milestone=Clock.Milestone.FINAL).order_by("-started_at")
    rows = with_place(own_requests(actor)).annotate(
        final_due_at=Subquery(finals.values("due_at")[:1]), final_ended_at=Subquery(finals.values("ended_at")[:1])
    )
    found = rows.select_related("body").filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def history_of(request: Request) -> list[Step]:
    """Return the steps of a request, the newest first, each with its body and the one for which it was taken."""
    return list(Step.objects.filter(request=request).select_related("body", "acting").order_by("-number"))


def photos_by_step(request: Request) -> dict[int, list[RequestPhoto]]:
    """Return the photos of a request by the number of the step that they came with."""
    found: dict[int, list[RequestPhoto]] = defaultdict(list)
    for photo in RequestPhoto.objects.filter(request=request):
        found[photo.step_number].append(photo)
    return found


def photo_for(actor: Actor, photo_id: int) -> RequestPhoto:
    """Return a photo of a request that the actor may see, with its file.

    Raises:
        NotFound: also for one that exists but not for this actor.
    """
    seen = visible_to(actor).values("pk")
    photo = RequestPhoto.objects.select_related("file").filter(pk=photo_id, request__in=seen).first()
    if photo is None:
        raise NotFound
    return photo


def offered_places(actor: Actor) -> list[str]:
    """Return the codes of the buildings in which the actor lives, to be offered first."""
    if actor.person_id is None:
        return []
    homes = current_residences(actor.person_id).values_list("household__home_code", flat=True)
    return list(dict.fromkeys(ancestor_at(code, Level.BUILDING) for code in homes))


def principals(actor: Actor) -> list[Mandate]:
    """Return the mandates that let the actor act for others today, each with its principal."""
    if actor.person_id is None:
        return []
    return list(running_mandates(today()).filter(agent_id=actor.person_id).select_related("principal").order_by("pk"))
