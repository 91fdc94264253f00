"""Reads the arguments of calls: times, numbers, choices; each that cannot be read is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from jinlin.open311.endpoints import argument
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid

LONGEST_SPAN = timedelta(days=90)
MOST_AT_ONCE = 1_000
MOST_PAGES = 10_000
YEARS = range(1900, 2200)
FURTHEST_DEGREES = 180
OPEN, CLOSED = "open", "closed"
BOTH = frozenset({OPEN, CLOSED})


@dataclass(frozen=True)
class Wanted:
    """Which requests a list shall have; `numbers`, if any, go before everything else."""

    first: datetime
    last: datetime
    numbers: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    status: frozenset[str] = BOTH
    page: int = 1
    per_page: int = MOST_AT_ONCE

    @property
    def start(self) -> int:
        """How many rows come before the page."""
        return (self.page - 1) * self.per_page


def wanted(request: HttpRequest) -> Wanted:
    """Return what a call for a list asks for: the last 90 days and 1,000 rows unless it says otherwise.

    Raises:
        Invalid: for what cannot be read, more than 90 days, and more than 1,000 rows.
    """
    first, last = period(request)
    return Wanted(
        numbers=_words(request, "service_request_id")[:MOST_AT_ONCE],
        services=_words(request, "service_code"),
        first=first,
        last=last,
        status=_status(request),
        page=_whole(request, "page", usual=1, most=MOST_PAGES),
        per_page=_whole(request, "per_page", usual=MOST_AT_ONCE, most=MOST_AT_ONCE),
    )


def period(request: HttpRequest) -> tuple[datetime, datetime]:
    """Return from when to when; where one end is missing it is 90 days from the other.

    Raises:
        Invalid: for what is no time with a time zone, the wrong order, and more than 90 days.
    """
    first, last = moment(request, "start_date"), moment(request, "end_date")
    if first is None:
        last = last or now()
        return last - LONGEST_SPAN, last
    last = last or first + LONGEST_SPAN
    if last < first:
        raise Invalid(fields={"end_date": _("This lies before start_date.")})
    if last - first > LONGEST_SPAN:
        raise Invalid(fields={"end_date": _("At most 90 days can be asked for at once.")})
    return first, last


def moment(request: HttpRequest, name: str) -> datetime | None:
    """Return a time such as 2010-01-01T00:00:00Z; a plus sign that an address has turned into a blank is known.

    Raises:
        Invalid: for anything else, also without a time zone.
    """
    text = argument(request, name).replace(" ", "+")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None or found.year not in YEARS:
            raise ValueError
    except ValueError:
        wrong = _("This is no time with a time zone, such as 2026-05-08T09:00:00+08:00.")
        raise Invalid(fields={name: wrong}) from None
    return found


def _words(request: HttpRequest, name: str) -> tuple[str, ...]:
    """Return the parts of an argument that may come several times, and separated by commas."""
    given: Iterable[str] = [*request.POST.getlist(name), *request.GET.getlist(name)]
    return tuple(dict.fromkeys(word.strip() for text in given for word in text.split(",") if word.strip()))


def _status(request: HttpRequest) -> frozenset[str]:
    asked = frozenset(word.lower() for word in _words(request, "status"))
    if not asked <= BOTH:
        raise Invalid(fields={"status": _("It is open or closed.")})
    return asked or BOTH


def _whole(request: HttpRequest, name: str, *, usual: int, most: int) -> int:
    text = argument(request, name)
    if not text:
        return usual
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:12]) <= most:
        raise Invalid(fields={name: _("A whole number from 1 to %(most)s is expected.") % {"most": most}})
    return int(text)


def decimal(request: HttpRequest, name: str) -> float | None:
    """Return a number of degrees.

    Raises:
        Invalid: for what is none.
    """
    text = argument(request, name)
    if not text:
        return None
    try:
        number = float(text)
        if not abs(number) <= FURTHEST_DEGREES:
            raise ValueError
    except ValueError:
        raise Invalid(fields={name: _("Degrees are expected, such as 25.0512.")}) from None
    return number


def yes(request: HttpRequest, name: str) -> bool:
    """Say whether an argument is `true`, `yes` or `1`."""
    return argument(request, name).lower() in {"true", "yes", "1"}
