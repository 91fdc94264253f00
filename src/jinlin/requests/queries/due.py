"""The filters by deadline: what is overdue, soon due, and what a body's day begins with."""

from datetime import datetime, time, timedelta

from django.db.models import Q

from jinlin.platform.dates import LOCAL, now, today
from jinlin.requests.states import OPEN, WAITING_FOR_SIGNATURE, State

NEW = Q(state__in={State.RECEIVED} | WAITING_FOR_SIGNATURE)
"""What nobody has taken up yet: received and not accepted, or dispatched and not signed for."""


def overdue() -> Q:
    """Select what is open after its deadline."""
    return Q(state__in=OPEN, due_at__lt=now())


def soon() -> Q:
    """Select what is open and within the warning before its deadline."""
    at = now()
    return Q(state__in=OPEN, due_at__gte=at, warns_at__lte=at)


def due_today() -> Q:
    """Select what is open and has its deadline later on this day."""
    midnight = datetime.combine(today() + timedelta(days=1), time(), LOCAL)
    return Q(state__in=OPEN, due_at__gte=now(), due_at__lt=midnight)


def of_the_day() -> Q:
    """Select what is new, due today or overdue."""
    return NEW | due_today() | overdue()


DUE = {"overdue": overdue, "soon": soon, "day": of_the_day}
"""{name of the filter: what it selects}."""
