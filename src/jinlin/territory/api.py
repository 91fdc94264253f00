"""The JSON API of the tree: a unit by its code on a day, its coverage, its map. Nobody needs to sign in; homes are left out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Path, Router

from jinlin.algorithms.place_codes import Level
from jinlin.platform.answers import describe, json_answer
from jinlin.platform.dates import today
from jinlin.platform.errors import NotFound
from jinlin.territory import schemas
from jinlin.territory.models import Place, Zone
from jinlin.territory.queries.history import (
    Unit,
    counts_below,
    known_at_any_time,
    members_on,
    path_to,
    resolve,
    units_below,
    zones_on,
)
from jinlin.territory.queries.tree_map import unit_features
from jinlin.territory.queries.uncovered import uncovered_counts

Code = Annotated[str, Path(max_length=22)]
GEOJSON = describe("application/geo+json", {"type": "object"})

router = Router()


@router.get("/{code}", response=schemas.UnitOut, operation_id="read_place")
def read_place(request: HttpRequest, code: Code, on: date | None = None) -> HttpResponse:
    """Read a place, estate or grid as it was on a day (today where none is given), with what lay directly in it."""
    day = on or today()
    unit = resolve(code, day)
    if unit is None:
        raise NotFound(_("No place and no grid had the code “%(code)s” on %(day)s.") % {"code": code, "day": day})
    return json_answer(_whole(unit, day))


def _whole(unit: Place | Zone, day: date) -> dict[str, Any]:
    is_zone = isinstance(unit, Zone)
    return {
        "code": unit.label if is_zone else unit.code,
        "name": unit.name,
        "level": unit.kind if is_zone else Level(unit.level).name.lower(),
        "on": day,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "path": [place.code for place in path_to(unit)],
        "counts": {} if is_zone else counts_below(unit.code, day),
        "children": [] if is_zone else _rows(units_below(unit, day)),
        "zones": _rows(zones_on(unit.code, day)) if not is_zone and unit.level == Level.COMMUNITY else [],
        "members": [place.code for place in members_on(unit, day)] if is_zone else [],
    }


def _rows(units: list[Unit]) -> list[dict[str, Any]]:
    return [_row(unit) for unit in units]


def _row(unit: Unit) -> dict[str, Any]:
    columns = {"code": unit.code, "name": unit.name, "level": unit.level, "counts": unit.counts}
    return columns | {"valid_from": unit.since, "valid_to": unit.until}


@router.get("/{code}/coverage", response=schemas.Coverage, operation_id="read_coverage")
def read_coverage(request: HttpRequest, code: Code) -> HttpResponse:
    """Read how many units in a place have nothing below them, or stand outside what the place's chain asks for."""
    unit = resolve(code, today())
    if not isinstance(unit, Place):
        raise NotFound(_("There is no such place here any more."))
    counts = uncovered_counts(unit.code)
    blanks = [{"gap": row.gap.key, "level": row.gap.level, "count": row.count} for row in counts]
    return json_answer({"code": code, "covered": not any(row.count for row in counts), "blanks": blanks})


@router.get("/{code}/map", operation_id="read_place_map", openapi_extra=GEOJSON)
def read_map(request: HttpRequest, code: Code) -> HttpResponse:
    """Give the areas in a place, or the outline of a grid or estate, as GeoJSON in WGS 84."""
    unit = known_at_any_time(code)
    if unit is None:
        raise NotFound(_("There is no such place here any more."))
    return JsonResponse(unit_features(unit), content_type="application/geo+json")
