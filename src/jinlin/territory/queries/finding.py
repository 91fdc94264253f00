"""Places by typed address: 幸福里3号, 3号楼2单元501, in traditional characters, with full-width digits, or a unit left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.platform.access import Actor
from jinlin.platform.search import matching
from jinlin.territory.addresses import (
    BUILDING_UNITS,
    ENTRANCE_UNITS,
    ROOM_UNITS,
    Address,
    likeness,
    natural,
    readings,
    spellings,
)
from jinlin.territory.models import Place, Zone
from jinlin.territory.queries.tree import within_any
from jinlin.territory.rules import visible_to

MOST_FOUND = 12
MOST_BUILDINGS = 40
LEAST_LIKENESS = 0.5


@dataclass(frozen=True)
class Found:
    """A place that was found; `token` names it in forms: its code, or `z` and the number of an estate."""

    token: str
    name: str
    code: str
    level: str


def find_places(actor: Actor, text: str, *, near: str = "") -> list[Found]:
    """Return at most twelve places that a typed address may mean, the likeliest first.

    Homes are found only where the actor sees them; instead of them the entrance or building is. Of equals those in
    `near` (the code of one's own community, say) come first.
    """
    for reading in readings(text):
        found = _numbered(actor, reading, near) if reading.building or reading.room else _named(reading.words)
        if found:
            return found[:MOST_FOUND]
    return []


def _numbered(actor: Actor, address: Address, near: str) -> list[Found]:
    """Return the places of one reading: as deep as it says and as they exist."""
    if not address.building:
        return _rooms_alone(actor, address)
    buildings = _ranked(_buildings_of(address), address.words, near)[:MOST_BUILDINGS]
    best = buildings
    for level, key, units in (
        (Level.ENTRANCE, address.entrance, ENTRANCE_UNITS),
        (Level.HOME, address.room, ROOM_UNITS),
    ):
        if key:
            best = _below(actor, best, level, spellings(key, units)) or best
    return [_found(place) for place in best]


def _buildings_of(address: Address) -> QuerySet[Place]:
    names = spellings(address.building, BUILDING_UNITS)
    rows = Place.objects.filter(level=Level.BUILDING, name__in=names, valid_to__isnull=True)
    return rows.select_related("estate")


def _below(actor: Actor, places: Sequence[Place], level: Level, names: tuple[str, ...]) -> list[Place]:
    order = {place.code: position for position, place in enumerate(places)}
    rows = visible_to(actor).filter(within_any(order), level=level, name__in=names).select_related("estate")

    def position(place: Place) -> tuple[int, str]:
        return next(order[place.code[:length]] for length in Level if place.code[:length] in order), place.code

    return sorted(rows, key=position)


def _rooms_alone(actor: Actor, address: Address) -> list[Found]:
    """Return the homes of a number without a building, such as 幸福里501."""
    names = spellings(address.room, ROOM_UNITS)
    rows = visible_to(actor).filter(level=Level.HOME, name__in=names).select_related("estate")
    rows = matching(rows, address.words) if address.words else rows
    return [_found(place) for place in rows.order_by("code")[:MOST_FOUND]]


def _ranked(places: Iterable[Place], words: str, near: str) -> list[Place]:
    """Return the places whose estate, community or address is like the words, the likest first."""
    rows = list(places)
    areas = _area_names(rows)
    scored = []
    for place in rows:
        estate = place.estate.name if place.estate else ""
        score = likeness(words, f"{areas.get(place.code[: Level.COMMUNITY], '')} {estate} {place.address}")
        if score >= LEAST_LIKENESS:
            scored.append((-score, not (near and place.code.startswith(near)), place.code, place))
    return [place for *_order, place in sorted(scored, key=lambda entry: entry[:3])]


def _area_names(places: Iterable[Place]) -> dict[str, str]:
    """Return {community: names of subdistrict and community} for all communities that the places lie in."""
    codes = {place.code[: Level.COMMUNITY] for place in places}
    wanted = codes | {code[: Level.SUBDISTRICT] for code in codes}
    names = dict(Place.objects.filter(code__in=wanted).values_list("code", "name"))
    return {code: f"{names.get(code[: Level.SUBDISTRICT], '')} {names.get(code, '')}" for code in codes}


def _named(words: str) -> list[Found]:
    """Return estates, areas and buildings by words alone; estates first, then from the top of the tree down."""
    estates = [zone for zone in _open_estates() if likeness(words, zone.name) >= LEAST_LIKENESS]
    estates.sort(key=lambda zone: (-likeness(words, zone.name), natural(zone.name)))
    rows = Place.objects.filter(level__range=(Level.SUBDISTRICT, Level.BUILDING), valid_to__isnull=True)
    places = list(matching(rows, words).order_by("level", "code")[:MOST_FOUND]) or _areas_like(words)
    named = [Found(f"z{zone.pk}", zone.name, zone.community_code, _("estate")) for zone in estates]
    return named + [_found(place) for place in places]


def _open_estates() -> QuerySet[Zone]:
    return Zone.objects.filter(kind=Zone.Kind.ESTATE, valid_to__isnull=True)


def _areas_like(words: str) -> list[Place]:
    rows = Place.objects.filter(level__in=(Level.SUBDISTRICT, Level.COMMUNITY), valid_to__isnull=True)
    alike = [place for place in rows if likeness(words, place.name) >= LEAST_LIKENESS]
    return sorted(alike, key=lambda place: (-likeness(words, place.name), place.code))


def _found(place: Place) -> Found:
    return Found(place.code, place.address, place.code, str(place.get_level_display()))
