"""Who serves on a day, counted by post and by where they come from; deputies serve too and count for nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from jinlin.algorithms.place_codes import prefix_range
from jinlin.organisations.models import Appointment
from jinlin.playbooks.schema import Playbook

ENDING_DAYS = 60


@dataclass(frozen=True)
class Tally:
    """How many persons hold how many posts."""

    persons: int = 0
    posts: int = 0


def serving(on: date, *, place_code: str = "", keys: Iterable[str] = ()) -> QuerySet[Appointment]:
    """Return the posts that were held on a day, at bodies that were there on it; deputies, offers and leavers left out.

    What a past day had stays as it was: a body that has ended since, or a holder who has left, still counts for it.
    """
    held = Q(term_to__isnull=True) | Q(term_to__gte=on)
    there = Q(body__founded_on__isnull=True) | Q(body__founded_on__lte=on)
    there &= Q(body__ended_on__gte=on) | Q(body__ended_on__isnull=True, body__active=True)
    rows = Appointment.objects.filter(held, there, term_from__lte=on, accepted_on__lte=on, deputises__isnull=True)
    return _within(rows, place_code, keys)


def _within(rows: QuerySet[Appointment], place_code: str, keys: Iterable[str]) -> QuerySet[Appointment]:
    if keys := list(keys):
        rows = rows.filter(key__in=keys)
    if place_code:
        low, high = prefix_range(place_code)
        rows = rows.filter(place_code__gte=low, place_code__lt=high)
    return rows


TALLY = {"persons": Count("person_id", distinct=True), "posts": Count("pk")}


def tally_of(rows: QuerySet[Appointment]) -> Tally:
    """Return how many persons hold how many of these posts."""
    return Tally(**rows.order_by().aggregate(**TALLY))


def tally(on: date, *, place_code: str = "", keys: Iterable[str] = ()) -> Tally:
    """Return how many persons hold how many posts of these kinds on a day."""
    return tally_of(serving(on, place_code=place_code, keys=keys))


def tally_by_post(on: date, *, place_code: str = "") -> dict[str, Tally]:
    """Return persons and posts by the key of the post."""
    rows = serving(on, place_code=place_code).values("key").order_by("key").annotate(**TALLY)
    return {row["key"]: Tally(row["persons"], row["posts"]) for row in rows}


def tally_by_origin(rows: QuerySet[Appointment], playbook: Playbook, key: str) -> dict[str, Tally]:
    """Return persons and posts by the name of where holders come from: every source of the post `key`, in its order."""
    names = {source.key: source.name for post in playbook.post if post.key == key for source in post.sources}
    if not names:
        return {}
    counted = rows.filter(key=key).order_by("origin").values("origin").annotate(**TALLY)
    found = {row["origin"]: Tally(row["persons"], row["posts"]) for row in counted}
    return {name: found.get(source, Tally()) for source, name in names.items()}


def ending_soon(on: date, *, place_code: str = "", days: int = ENDING_DAYS) -> QuerySet[Appointment]:
    """Return the posts whose term ends within so many days, the next end first, those with a successor left out."""
    rows = serving(on, place_code=place_code).filter(term_to__lte=on + timedelta(days=days), successor__isnull=True)
    return rows.order_by("term_to", "pk")


def open_offers(on: date, *, place_code: str = "", keys: Iterable[str] = ()) -> QuerySet[Appointment]:
    """Return the posts that were offered and wait for their persons' answers."""
    waiting = Appointment.objects.filter(accepted_on__isnull=True, ended_because="")
    waiting = waiting.filter(Q(term_to__isnull=True) | Q(term_to__gte=on))
    return _within(waiting, place_code, keys)


def standing_in(on: date, *, place_code: str = "", keys: Iterable[str] = ()) -> QuerySet[Appointment]:
    """Return the deputies who stand in on a day."""
    rows = Appointment.objects.filter(
        deputises__isnull=False, accepted_on__lte=on, term_from__lte=on, term_to__gte=on, body__active=True
    )
    return _within(rows, place_code, keys)
