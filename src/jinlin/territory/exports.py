"""The register of homes as a spreadsheet that comes in again without a change, and counts of households without any name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import ENTRANCE_OF_UNDIVIDED_BUILDING, Level
from jinlin.platform.spreadsheets import write_workbook
from jinlin.territory.imports import HOME_COLUMNS
from jinlin.territory.models import Place
from jinlin.territory.providers import households_in
from jinlin.territory.queries.tree import below

AT_ONCE = 5_000
COUNT_HEADS = [_("Place code"), _("Address"), _("Estate"), _("Grid"), _("Homes"), _("Households")]
HUNDREDTHS = 100


def register_rows(code: str) -> Iterator[list[Any]]:
    """Yield one row a home in a place, in the order of codes, and one for each building that has none."""
    communities = dict(below(code[: Level.COMMUNITY]).filter(level=Level.COMMUNITY).values_list("code", "name"))
    buildings = _buildings(code)
    entrances = dict(_existing(code, Level.ENTRANCE).values_list("code", "name"))
    homes = (
        _existing(code, Level.HOME)
        .order_by("code")
        .values_list("code", "name", "floor", "floor_area", "neighbours__name")
    )
    filled: set[str] = set()
    for home, room, floor, area, neighbours in homes.iterator(chunk_size=AT_ONCE):
        building, entrance = buildings[home[: Level.BUILDING]], home[: Level.ENTRANCE]
        filled.add(building.code)
        whole = entrance.endswith(ENTRANCE_OF_UNDIVIDED_BUILDING)
        row = {
            "entrance": "" if whole else entrances.get(entrance, ""),
            "room": room,
            "neighbours": neighbours or "",
            "floor": floor,
            "floor_area": None if area is None else area / HUNDREDTHS,
            "home_code": home,
        }
        yield _row(building, communities, row)
    for building in buildings.values():
        if building.code not in filled:
            yield _row(building, communities, {})


def _existing(code: str, level: Level) -> Any:
    return below(code).filter(level=level, valid_to__isnull=True)


def _buildings(code: str) -> dict[str, Place]:
    rows = _existing(code, Level.BUILDING).select_related("estate", "grid").defer("boundary", "search")
    return {building.code: building for building in rows.order_by("code")}


def _row(building: Place, communities: dict[str, str], home: dict[str, Any]) -> list[Any]:
    community = building.code[: Level.COMMUNITY]
    values = {
        "community_code": community,
        "community": communities.get(community, ""),
        "estate": building.estate.name if building.estate else "",
        "grid": building.grid.label if building.grid else "",
        "building": building.name,
        "longitude": building.longitude,
        "latitude": building.latitude,
        "system": "WGS84" if building.longitude is not None else "",
        "building_code": building.code,
        **home,
    }
    return [values.get(column.name, "") for column in HOME_COLUMNS]


def write_register(target: IO[bytes], code: str) -> int:
    """Write the register of a place as an XLSX file; return the number of rows."""
    return write_workbook(target, HOME_COLUMNS, register_rows(code), sheet=_("Register of homes"))


def write_counts(target: IO[bytes], code: str) -> int:
    """Write how many homes and households each building has as an XLSX file; return the number of rows."""
    homes: dict[str, int] = {}
    for home in _existing(code, Level.HOME).values_list("code", flat=True).iterator(chunk_size=AT_ONCE):
        homes[home[: Level.BUILDING]] = homes.get(home[: Level.BUILDING], 0) + 1
    households = households_in(code)
    rows = (
        (
            building.code,
            building.address,
            building.estate.name if building.estate else "",
            building.grid.label if building.grid else "",
            homes.get(building.code, 0),
            households.get(building.code, 0),
        )
        for building in _buildings(code).values()
    )
    return write_workbook(target, COUNT_HEADS, rows, sheet=_("Households"))
