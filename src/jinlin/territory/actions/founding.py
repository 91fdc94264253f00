"""Founds places and zones in batches, whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import bigrams
from jinlin.algorithms.place_codes import Level, fault_in, level_of, parent_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid
from jinlin.territory.models import Place, Zone, ZoneMembership
from jinlin.territory.queries import forget_boundaries

BATCH = 2_000


@dataclass(frozen=True)
class NewPlace:
    """A place to found. `estate` and `grid`, and `neighbours` of a home, are labels of zones; floor area in 0.01 m².

    Coordinates are in WGS 84.
    """

    code: str
    name: str
    address: str
    estate: str = ""
    grid: str = ""
    neighbours: str = ""
    longitude: float | None = None
    latitude: float | None = None
    boundary: Mapping[str, Any] | None = None
    floor: int | None = None
    floor_area: int | None = None


@dataclass(frozen=True)
class NewZone:
    """A zone to found: an estate or a grid, say."""

    kind: Zone.Kind
    label: str
    name: str
    community_code: str
    boundary: Mapping[str, Any] | None = None


def found_zones(*, actor: Actor, zones: Sequence[NewZone], valid_from: date) -> list[Zone]:
    """Found zones in one batch, with one line in the audit trail.

    Raises:
        Invalid: for a label that is taken or named twice.
    """
    labels = [zone.label for zone in zones]
    _refuse_repeats(labels, Zone.objects.filter(label__in=labels).values_list("label", flat=True))
    with transaction.atomic():
        made = Zone.objects.bulk_create(
            Zone(
                kind=zone.kind,
                label=zone.label,
                name=zone.name,
                community_code=zone.community_code,
                boundary=zone.boundary,
                valid_from=valid_from,
            )
            for zone in zones
        )
        if made:
            record_change(actor, "territory.found_zones", made[0], place_code=made[0].community_code, rows=len(made))
    return made


def found_places(*, actor: Actor, places: Sequence[NewPlace], valid_from: date) -> list[Place]:
    """Found places in one batch, whole or not at all, with one line in the audit trail.

    Raises:
        Invalid: for a code that is none, is taken or named twice, or whose place above does not exist; for a zone that is
            not known.
    """
    with transaction.atomic():
        _refuse_faults(places)
        zones = {zone.label: zone for zone in Zone.objects.filter(valid_to__isnull=True)}
        rows = [_row(place, zones, valid_from) for place in sorted(places, key=lambda place: place.code)]
        made = Place.objects.bulk_create(rows, batch_size=BATCH)
        _join_zones(made, valid_from)
        if made:
            record_change(actor, "territory.found_places", made[0], place_code=made[0].code, rows=len(made))
    forget_boundaries()
    return made


def _refuse_faults(places: Sequence[NewPlace]) -> None:
    codes = [place.code for place in places]
    for code in codes:
        if fault_in(code):
            raise Invalid(fields={"code": _("%(code)s is not the code of a place.") % {"code": code}})
    known = set(Place.objects.values_list("code", flat=True))
    _refuse_repeats(codes, known.intersection(codes))
    founded = known.union(codes)
    for code in codes:
        above = parent_of(code)
        if above and above not in founded:
            words = _("%(code)s lies in %(above)s, which does not exist.") % {"code": code, "above": above}
            raise Invalid(fields={"code": words})


def _refuse_repeats(values: Sequence[str], taken: Iterable[str]) -> None:
    seen: set[str] = set(taken)
    for value in values:
        if value in seen:
            raise Invalid(fields={"code": _("%(code)s is taken already, or named twice.") % {"code": value}})
        seen.add(value)


def _row(place: NewPlace, zones: Mapping[str, Zone], valid_from: date) -> Place:
    for label in (place.estate, place.grid, place.neighbours):
        if label and label not in zones:
            raise Invalid(fields={"zone": _("%(label)s is not known; found it first.") % {"label": label}})
    return Place(
        code=place.code,
        level=level_of(place.code),
        name=place.name,
        address=place.address,
        search=bigrams(place.address),
        estate=zones.get(place.estate),
        grid=zones.get(place.grid),
        neighbours=zones.get(place.neighbours),
        longitude=place.longitude,
        latitude=place.latitude,
        boundary=place.boundary,
        floor=place.floor,
        floor_area=place.floor_area,
        valid_from=valid_from,
    )


def _join_zones(places: Iterable[Place], valid_from: date) -> None:
    ZoneMembership.objects.bulk_create(
        (
            ZoneMembership(zone=zone, kind=zone.kind, member_code=place.code, valid_from=valid_from)
            for place in places
            for zone in _zones_joined(place)
            if zone is not None
        ),
        batch_size=BATCH,
    )


def _zones_joined(place: Place) -> tuple[Zone | None, ...]:
    """The zones that a place is a member of itself; what lies in a building follows it."""
    match place.level:
        case Level.BUILDING:
            return place.estate, place.grid
        case Level.HOME:
            return (place.neighbours,)
    return ()
