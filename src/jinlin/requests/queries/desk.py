"""Reads of the desk door: the inbox, and the list with its filters."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Length
from django.urls import reverse

from jinlin.algorithms.place_codes import Level, prefix_range
from jinlin.disclosure.models import Disclosure
from jinlin.platform.access import Actor, in_scope
from jinlin.platform.dates import LOCAL, now
from jinlin.platform.search import matching
from jinlin.requests import rules
from jinlin.requests.models import Publicity, Request, Step
from jinlin.requests.queries.due import DUE, overdue, soon
from jinlin.requests.queries.resident import with_place
from jinlin.requests.report import among
from jinlin.requests.rules import approvals as approving
from jinlin.requests.states import (
    AT_BODY,
    FINAL,
    OPEN,
    OPEN_AT_DISPATCHER,
    WAITING_FOR_RATING,
    WAITING_FOR_SIGNATURE,
    State,
    Verb,
)

MOST_COUNTED = 3_000
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
NUMBER_LENGTH = 8
NO_ZONE = 0
"""The zone of what lies in no estate, or where nobody said in which."""
NO_COMMUNITY = "-"
"""The place of what lies in no community, or where nobody said in which."""
GROUPS: dict[str, set[State]] = {
    "open": OPEN,
    "to_dispatch": OPEN_AT_DISPATCHER,
    "to_sign": WAITING_FOR_SIGNATURE,
    "at_body": AT_BODY,
    "to_rate": WAITING_FOR_RATING,
    "merged": {State.MERGED},
    "final": FINAL,
}
"""The groups of states that the list is filtered by."""


@dataclass(frozen=True)
class Wanted:
    """The filters of the list; an empty one narrows nothing."""

    q: str = ""
    group: str = ""
    due: str = ""
    returned: bool = False
    look: bool = False
    among: str = ""
    category: str = ""
    place: str = ""
    zone: int | None = None
    body: int | None = None
    channel: str = ""
    kind: str = ""
    urgency: str = ""
    outcome: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, one.name) == one.default for one in fields(self))


def list_url(wanted: Wanted) -> str:
    """Return the address of the desk's list with these filters."""
    parts = {name: value for name, value in vars(wanted).items() if value or (name == "zone" and value == NO_ZONE)}
    named = {name: "1" if value is True else value for name, value in parts.items()}
    return f"{reverse('requests:desk-list')}?{urlencode(named)}"


@dataclass(frozen=True)
class Counters:
    """What waits, as the numbers on top of the inbox; each is a filter of the list."""

    to_dispatch: int
    soon: int
    overdue: int
    returned: int


def inbox(actor: Actor) -> QuerySet[Request]:
    """Return the open requests in which the next step is the actor's, ordered by `due_key`, the worst first."""
    bodies = {grant.body_id for grant in actor.grants_as(rules.HANDLER_ROLES)}
    here = _received_here(actor)
    mine = (here | Q(body_id__in=bodies)) & Q(state__in=OPEN_AT_DISPATCHER)
    mine |= here & (Q(state__in=WAITING_FOR_RATING) | Q(body__outside=True, state__in=WAITING_FOR_SIGNATURE | AT_BODY))
    mine |= Q(body_id__in=bodies, state__in=WAITING_FOR_SIGNATURE | AT_BODY)
    mine |= _to_decide(actor)
    return with_names(Request.objects.filter(mine)).annotate(due_key=Coalesce("due_at", Value(NEVER)))


def _to_decide(actor: Actor) -> Q:
    """Select where something waits for a decision that a post like the actor's takes."""
    grants = actor.grants_as(approving.deciding_roles())
    return Q(asked__gt=0) & in_scope(grants, zones=("grid_id", "estate_id")) if grants else Q(pk__in=[])


def _received_here(actor: Actor) -> Q:
    """Select what the actor's own desk receives; a wide post sees its communities' requests in the list, not in its inbox."""
    here = Q(pk__in=[])
    for grant in actor.grants_as(rules.RECEPTION_ROLES):
        narrow = len(grant.place_code) >= Level.COMMUNITY
        here |= in_scope([grant], zones=("grid_id", "estate_id")) if narrow else Q(place_code=grant.place_code)
    return here


def found(actor: Actor, wanted: Wanted) -> QuerySet[Request]:
    """Return the requests that the actor may see and that fit."""
    rows = rules.visible_to(actor)
    rows = rows.filter(number=wanted.q) if _is_number(wanted.q) else matching(rows, wanted.q)
    if wanted.group:
        rows = rows.filter(state__in=GROUPS[wanted.group])
    if wanted.due:
        rows = rows.filter(DUE[wanted.due]())
    if wanted.returned:
        rows = rows.filter(_returned())
    if wanted.look:
        rows = waiting_for_a_look(rows)
    if wanted.among:
        rows = among(rows, wanted.among, now())
    return _of_matter(_at_place(rows, wanted), wanted)


def _is_number(words: str) -> bool:
    day, dash, rest = words.strip().partition("-")
    return bool(dash) and len(day) == NUMBER_LENGTH and day.isdecimal() and rest.isdecimal()


def _returned() -> Q:
    """Select what came back: from a body to the dispatcher, or from the reporter to the body."""
    sent_back = Step.objects.filter(request=OuterRef("pk"), verb=Verb.SEND_BACK)
    return Q(state=State.REWORKED) | (Q(state=State.ACCEPTED) & Exists(sent_back))


def waiting_for_a_look(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Return what was wished public and not looked at yet, and what is public and has got an answer since."""
    answers = Step.objects.filter(
        request_id=OuterRef("subject_id"), verb__in=[Verb.HANDLE, Verb.DECLINE], at__gt=OuterRef("published_at")
    )
    answered = Disclosure.objects.filter(Exists(answers), subject_kind=Request._meta.label_lower, current=True)
    return rows.filter(Q(publicity=Publicity.WISHED) | Q(pk__in=answered.values("subject_id")))


def _at_place(rows: QuerySet[Request], wanted: Wanted) -> QuerySet[Request]:
    if wanted.place == NO_COMMUNITY:
        rows = rows.alias(depth=Length("place_code")).filter(depth__lt=Level.COMMUNITY)
    elif wanted.place:
        low, high = prefix_range(wanted.place)
        rows = rows.filter(place_code__gte=low, place_code__lt=high)
    if wanted.zone == NO_ZONE:
        rows = rows.filter(estate_id__isnull=True)
    elif wanted.zone:
        rows = rows.filter(Q(grid_id=wanted.zone) | Q(estate_id=wanted.zone))
    return rows


def _of_matter(rows: QuerySet[Request], wanted: Wanted) -> QuerySet[Request]:
    exact = {
        "body_id": wanted.body,
        "channel": wanted.channel,
        "kind": wanted.kind,
        "urgency": wanted.urgency,
        "outcome": wanted.outcome,
        "category__startswith": wanted.category,
        "received_at__gte": wanted.first and datetime.combine(wanted.first, time(), LOCAL),
        "received_at__lt": wanted.last and datetime.combine(wanted.last + timedelta(days=1), time(), LOCAL),
    }
    return rows.filter(**{column: value for column, value in exact.items() if value})


def with_names(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Let each row of a list know the names that it shows."""
    return with_place(rows).select_related("body", "suggestion").defer("search", "labels")


def counters(actor: Actor) -> Counters:
    """Count what waits among the requests that the actor may see, in one statement."""
    return Counters(
        **rules.visible_to(actor)
        .filter(state__in=OPEN)
        .aggregate(
            to_dispatch=Count("pk", filter=Q(state__in=OPEN_AT_DISPATCHER)),
            soon=Count("pk", filter=soon()),
            overdue=Count("pk", filter=overdue()),
            returned=Count("pk", filter=_returned()),
        )
    )


@dataclass(frozen=True)
class Total:
    """How many rows a list has; `more` says that there are more than were counted."""

    count: int
    more: bool


def total_of(rows: QuerySet[Request]) -> Total:
    """Count the rows of a list, but not beyond 3,000."""
    count = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return Total(min(count, MOST_COUNTED), count > MOST_COUNTED)
