"""Reads of the field door: what is mine to do, what I entered for others, and how that was finished."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from jinlin.algorithms.place_codes import Level
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import NotFound
from jinlin.platform.paging import after_key, key_of
from jinlin.platform.remembering import remembered
from jinlin.requests.models import Category, Function, Rating, Request, Step
from jinlin.requests.queries.resident import for_cards, with_place
from jinlin.requests.rules import HANDLER_ROLES, lies_with, visible_to
from jinlin.requests.states import AT_BODY, WAITING_FOR_SIGNATURE, State, Verb

PAGE = 30
OTHER = "other"
TOPICS_LAST = 60
"""Seconds."""
MOST_OFFERED = 3


@dataclass(frozen=True)
class Today:
    """What waits for the actor, the most urgent first, at most 30, and how many there are of each kind."""

    rows: list[Request]
    counts: dict[str, int]


@dataclass(frozen=True)
class EnteredPage:
    """One page of what the actor entered; `older` is the key of the next page, empty at the end."""

    rows: list[Request]
    older: str


def todo_of(actor: Actor) -> QuerySet[Request]:
    """Return what needs a step at one of the actor's bodies, in their part of the area, and their own service matters."""
    waiting = Q(state__in=WAITING_FOR_SIGNATURE | AT_BODY)
    mine = Q(pk__in=[])
    for grant in actor.grants_as(HANDLER_ROLES):
        mine |= lies_with(grant)
    own_matters = Q(entered_by_id=actor.account_id, function=Function.MATTER, state=State.IN_PROGRESS)
    return Request.objects.filter(waiting & mine | own_matters)


def today_of(actor: Actor, *, only_overdue: bool = False) -> Today:
    """Return the actor's list of today: overdue first, then by deadline."""
    todo = todo_of(actor)
    overdue = Q(due_at__lt=now())
    counts = todo.aggregate(todo=Count("pk"), overdue=Count("pk", filter=overdue))
    shown = todo.filter(overdue) if only_overdue else todo
    rows = for_cards(shown).order_by(F("due_at").asc(nulls_last=True), "id")[:PAGE]
    return Today(list(rows), counts)


def entered_by(actor: Actor, function: str = "", state: str = "") -> QuerySet[Request]:
    """Return what the actor entered for others; narrowed to an entrance, and to `open`, `closed` or `solved`.

    The entrance `other` is all but opinions and service matters.
    """
    rows = Request.objects.filter(entered_by_id=actor.account_id)
    if function == OTHER:
        rows = rows.exclude(function__in=[Function.OPINION, Function.MATTER])
    elif function:
        rows = rows.filter(function=function)
    narrowed = {
        "open": rows.filter(closed_at__isnull=True),
        "closed": rows.filter(closed_at__isnull=False),
        "solved": rows.filter(solved()),
    }
    return narrowed.get(state, rows)


def solved() -> Q:
    """Return the filter for what counts as solved: confirmed by its resident, or closed with a reason (M057)."""
    confirmed = Rating.objects.filter(request=OuterRef("pk"), valid=True, solved=Rating.Solved.YES)
    reasoned = Step.objects.filter(request=OuterRef("pk"), verb=Verb.SETTLE)
    return Q(state=State.CLOSED) & (Exists(confirmed) | Exists(reasoned))


def entered_page(actor: Actor, *, function: str = "", state: str = "", older: str = "") -> EnteredPage:
    """Return a page of what the actor entered, newest first.

    Raises:
        Invalid: for a key that is none.
    """
    found = list(after_key(for_cards(entered_by(actor, function, state)), older, "received_at")[: PAGE + 1])
    next_key = key_of(found[PAGE - 1].received_at, found[PAGE - 1].pk) if len(found) > PAGE else ""
    return EnteredPage(found[:PAGE], next_key)


def entered_counts(actor: Actor) -> dict[str, int]:
    """Return how many opinions and service matters the actor entered, how many matters are solved, and the others.

    Every request is in one of `opinions`, `matters` and `others`; `solved` is a part of `matters`.
    """
    is_opinion, is_matter = Q(function=Function.OPINION), Q(function=Function.MATTER)
    return entered_by(actor).aggregate(
        opinions=Count("pk", filter=is_opinion),
        matters=Count("pk", filter=is_matter),
        solved=Count("pk", filter=is_matter & solved()),
        others=Count("pk", filter=~is_opinion & ~is_matter),
    )


def seen_request(actor: Actor, request_id: int) -> Request:
    """Return a request in which the actor plays a part, with its body and `place_name`.

    Raises:
        NotFound: also for one that exists but not for this actor.
    """
    found = with_place(visible_to(actor)).select_related("body").filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def recent_places(actor: Actor) -> list[str]:
    """Return the codes of the places where the actor entered something last, at most three."""
    last = entered_by(actor).order_by("-received_at").values_list("place_code", flat=True)[:PAGE]
    return [code for code in dict.fromkeys(last) if len(code) >= Level.BUILDING][:MOST_OFFERED]


def topics() -> list[Category]:
    """Return the top of the category tree, as topics to choose from; remembered for a minute."""
    return remembered("topics", TOPICS_LAST, _topics)


def _topics() -> list[Category]:
    return [row for row in Category.objects.filter(active=True).defer("keywords") if not row.parent_code]
