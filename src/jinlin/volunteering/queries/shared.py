"""The calendar of what units share: what is offered on which day, and by which bodies it is taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Left

from jinlin.algorithms.place_codes import Level
from jinlin.territory.models import Place
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.states import TAKES_A_PLACE

Hours = tuple[int, int]


@dataclass(frozen=True)
class Entry:
    """An offer on a day: its hours (none for any time), who takes how many of its places, and how many are free."""

    offer: Posting
    hours: Sequence[Hours]
    taken: Sequence[tuple[str, int]]

    @property
    def free(self) -> int:
        """How many places nobody has taken on that day."""
        return max(0, self.offer.places - sum(places for _body, places in self.taken))


@dataclass(frozen=True)
class Day:
    """A day of the calendar with its entries."""

    day: date
    entries: Sequence[Entry]


def communities_that_share() -> list[tuple[str, str]]:
    """Return (code, name) of the communities in which a body offers something."""
    offers = Posting.objects.filter(kind=Posting.Kind.OFFER, body__isnull=False, closed_at__isnull=True)
    codes = offers.annotate(community=Left("place_code", Level.COMMUNITY)).values("community")
    rows = Place.objects.filter(code__in=codes, level=Level.COMMUNITY, valid_to__isnull=True).order_by("code")
    return list(rows.values_list("code", "name"))


def shared_calendar(place_code: str, first: date, days: int) -> list[Day]:
    """Return what bodies offer at a place on each of `days` days, those with nothing left out; offers of persons are not shown.

    Three statements, however long it is.
    """
    last = first + timedelta(days=days - 1)
    offers = list(_offers_of_bodies().filter(place_code__startswith=place_code).filter(_meets(first, last)))
    calendar = [first + timedelta(days=number) for number in range(days)]
    found = [Day(day, [entry for offer in offers for entry in _entry(offer, day)]) for day in calendar]
    return [one for one in found if one.entries]


def _offers_of_bodies() -> QuerySet[Posting]:
    taking = Pairing.objects.filter(state__in=TAKES_A_PLACE).select_related("posting__body").order_by("at", "pk")
    rows = Posting.objects.filter(kind=Posting.Kind.OFFER, body__isnull=False, closed_at__isnull=True)
    return rows.select_related("body").prefetch_related(Prefetch("pairings_out", taking)).order_by("body__name", "pk")


def _meets(first: date, last: date) -> Q:
    return Q(first_day__lte=last) & (Q(last_day__isnull=True) | Q(last_day__gte=first))


def _entry(offer: Posting, day: date) -> Iterable[Entry]:
    hours = _hours(offer, day)
    if hours is not None:
        taken = [(row.posting.body.name, row.places) for row in offer.pairings_out.all() if _takes(row, hours, day)]
        yield Entry(offer, hours, taken)


def _hours(posting: Posting, day: date) -> list[Hours] | None:
    """Return the hours of a posting on a day, empty for any time; None where it is not on that day."""
    if day < posting.first_day or (posting.last_day is not None and day > posting.last_day):
        return None
    hours = [(first, end) for weekday, first, end in posting.windows if weekday == day.weekday()]
    return hours if hours or not posting.windows else None


def _takes(pairing: Pairing, offered: Sequence[Hours], day: date) -> bool:
    """Say whether a need takes the offer on that day: on the day it was served, else when both have time."""
    if pairing.served_on is not None:
        return pairing.served_on == day
    wanted = _hours(pairing.posting, day)
    if wanted is None:
        return False
    return not wanted or not offered or any(a < d and c < b for a, b in offered for c, d in wanted)
