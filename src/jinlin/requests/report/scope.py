"""Which requests a figure covers: whose, from when until when, where."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from jinlin.algorithms.place_codes import prefix_range
from jinlin.platform.access import Actor, Role
from jinlin.platform.dates import LOCAL
from jinlin.requests import rules
from jinlin.requests.models import Request


def figures_for(actor: Actor) -> QuerySet[Request]:
    """Return the requests that the figures of a member of staff cover: those in which they play a part.

    Raises:
        NotSignedIn, NotAllowed: for everybody else.
    """
    actor.must_hold(rules.HANDLER_ROLES | {Role.AUDITOR})
    return rules.visible_to(actor)


def raised_between(requests: QuerySet[Request], first: date | None, last: date | None) -> QuerySet[Request]:
    """Return those of `requests` that were raised from `first` to `last`, both days included, local time."""
    if first:
        requests = requests.filter(raised_at__gte=datetime.combine(first, time.min, LOCAL))
    if last:
        requests = requests.filter(raised_at__lt=datetime.combine(last + timedelta(days=1), time.min, LOCAL))
    return requests


def within(requests: QuerySet[Request], place_code: str) -> QuerySet[Request]:
    """Return those of `requests` that lie in the place.

    Raises:
        InvalidPlaceCode.
    """
    low, high = prefix_range(place_code)
    return requests.filter(place_code__gte=low, place_code__lt=high)
