"""Looks for what was raised before: open requests near by, of the last thirty days, that say nearly the same.

Each process keeps the texts of the areas it is asked about, because words never change once they are written. Everything
that does change (state, place, who may see it) is asked of the database for the few that are alike, before each answer;
so several processes need tell each other nothing. What came in since is read first; a request that was moved into an area
is met there a quarter of an hour later at the latest.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from jinlin.algorithms.place_codes import Level, prefix_range
from jinlin.algorithms.topics import RecentTexts
from jinlin.disclosure.models import Disclosure
from jinlin.disclosure.queries import shown_now
from jinlin.platform.access import Actor, Role
from jinlin.platform.dates import now
from jinlin.requests import rules
from jinlin.requests.models import Publicity, Request
from jinlin.requests.queries.resident import with_place
from jinlin.requests.states import OPEN

WITHIN = timedelta(days=30)
LEAST_ALIKE = 0.2
MOST_ALIKE = 100
"""Texts that are alike of which the database is asked; a resident sees the public ones among them."""
MOST_SHOWN = 5
NEWEST = 10_000
"""Texts of an area that are compared, the newest."""
OVERLAP = 200
"""Requests before the newest known one that are looked at again, since a lower number may be written later."""
CATCH_UP = timedelta(minutes=15)
PORTION = 500
MOST_AREAS = 64
SAME_BUILDING, SAME_CATEGORY = 0.2, 0.1
"""What the same building and the same category add to the likeness, as shares of it."""
AT_THE_DESK = rules.FIELD_ROLES | {Role.AUDITOR}


@dataclass(frozen=True)
class Likely:
    """A request that may be the same, as much of it as the asking person may see.

    `url` leads to its page, `photo` to its first picture, empty without one; `score` says how alike it is.
    """

    title: str
    place: str
    state: str
    at: datetime
    supports: int
    url: str
    photo: str
    score: float = 0.0


@dataclass
class _Area:
    """The texts of an area, when all its requests were gone through last, and the newest request that was looked at."""

    texts: RecentTexts
    caught_up_at: datetime | None = None
    newest: int = 0


_areas: OrderedDict[tuple[str, str], _Area] = OrderedDict()
"""By schema and area, the areas that this process was asked about, the last one asked last."""
_lock = Lock()


def likely_duplicates(
    text: str, place_code: str, actor: Actor, at: datetime | None = None, category: str = ""
) -> list[Likely]:
    """Return at most five open requests near the place, received within thirty days before `at`, the likeliest first.

    Near is the community of the place; a wider place, or none, stands for all that lies in it. Whoever works at the desk
    finds what they may see there, everybody else what is public.
    """
    since = (at or now()) - WITHIN
    alike = _alike(text, place_code, since)
    if not alike:
        return []
    rows = Request.objects.filter(pk__in=alike, state__in=OPEN)
    at_desk = bool(actor.grants_as(AT_THE_DESK))
    rows = rules.visible_to(actor, rows) if at_desk else rows.filter(publicity=Publicity.PUBLIC)
    # Place and time are looked at here: with them in the statement a database may walk through the whole community.
    scores = {
        number: alike[number] * (1 + _closeness(code, place_code) + SAME_CATEGORY * (category == own != ""))
        for number, code, own, received in rows.values_list("pk", "place_code", "category", "received_at")
        if received >= since and code.startswith(place_code[: Level.COMMUNITY])
    }
    best = sorted(scores, key=lambda number: (-scores[number], -number))[:MOST_SHOWN]
    found = _at_the_desk(best) if at_desk else _in_public(best)
    return [replace(found[number], score=scores[number]) for number in best if number in found]


def _closeness(code: str, place_code: str) -> float:
    same = len(place_code) >= Level.BUILDING and code.startswith(place_code[: Level.BUILDING])
    return SAME_BUILDING if same else 0.0


def _at_the_desk(numbers: list[int]) -> dict[int, Likely]:
    """Return {id: what is known of it at the desk}."""
    rows = with_place(Request.objects.filter(pk__in=numbers)).defer("text", "search", "labels")
    return {row.pk: _known_at_desk(row) for row in rows.prefetch_related("photos")}


def _known_at_desk(row: Any) -> Likely:
    photo = next(iter(row.photos.all()), None)
    return Likely(
        title=row.title,
        place=row.place_name or row.place_text,
        state=row.state,
        at=row.received_at,
        supports=row.supports,
        url=reverse("requests:desk-request", args=[row.pk]),
        photo=reverse("requests:photo", args=[photo.pk]) if photo else "",
    )


def _in_public(numbers: list[int]) -> dict[int, Likely]:
    """Return {id: its public record}, which holds only what may be read by all."""
    supports = dict(Request.objects.filter(pk__in=numbers).values_list("pk", "supports"))
    records = shown_now().filter(subject_kind=Request._meta.label_lower, subject_id__in=numbers)
    return {row.subject_id: _known_to_all(row, supports[row.subject_id]) for row in records.prefetch_related("photos")}


def _known_to_all(record: Disclosure, supports: int) -> Likely:
    photo = next(iter(record.photos.all()), None)
    return Likely(
        title=record.title,
        place=record.place_name,
        state=record.state,
        at=record.happened_at,
        supports=supports,
        url=reverse("disclosure:record", args=[record.number]),
        photo=reverse("disclosure:photo", args=[photo.pk]) if photo else "",
    )


def _alike(text: str, place_code: str, since: datetime) -> dict[int, float]:
    """Return {id: likeness} of the texts near the place that are alike, whatever has become of them."""
    with _lock:
        texts = _up_to_date(place_code[: Level.COMMUNITY], since)
        found = texts.near(text, since=since.timestamp(), least=LEAST_ALIKE, most=MOST_ALIKE)
    return {near.id: near.score for near in found}


def _up_to_date(code: str, since: datetime) -> RecentTexts:
    key = (getattr(connection, "schema_name", ""), code)
    area = _areas.pop(key, None)
    if area is None or area.texts.count > 2 * NEWEST:
        area = _Area(RecentTexts())
    _areas[key] = area
    if len(_areas) > MOST_AREAS:
        _areas.popitem(last=False)
    if area.caught_up_at is None or now() - area.caught_up_at > CATCH_UP:
        _catch_up(area, code, since)
    else:
        _follow(area, code)
    return area.texts


def _catch_up(area: _Area, code: str, since: datetime) -> None:
    """Go through the newest requests of the area and take in what is not known yet."""
    area.caught_up_at = now()
    area.newest = Request.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    ids = _within(code, since).order_by("-received_at", "-pk").values_list("pk", flat=True)[:NEWEST]
    _take_in(area, [number for number in ids if number not in area.texts.known])


def _within(code: str, since: datetime) -> QuerySet[Request]:
    rows = Request.objects.filter(received_at__gte=since)
    if not code:
        return rows
    low, high = prefix_range(code)
    return rows.filter(place_code__gte=low, place_code__lt=high)


def _follow(area: _Area, code: str) -> None:
    """Take in what was written since the last look."""
    written = Request.objects.filter(pk__gt=area.newest - OVERLAP).values_list("pk", "place_code")
    rows = [(number, place) for number, place in written if number not in area.texts.known]
    area.newest = max([area.newest, *(number for number, _place in rows)])
    _take_in(area, [number for number, place in rows if place.startswith(code)])


def _take_in(area: _Area, ids: list[int]) -> None:
    for start in range(0, len(ids), PORTION):
        rows = Request.objects.filter(pk__in=ids[start : start + PORTION])
        columns = rows.values_list("pk", "received_at", "title", "text")
        area.texts.add((number, at.timestamp(), f"{title}\n{text}") for number, at, title, text in columns)


def forget_areas() -> None:
    """Drop the texts that this process knows, because the database was put back."""
    _areas.clear()
