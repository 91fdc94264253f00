"""Founds a drawn place in the current district: its areas, zones, buildings and homes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from jinlin.demo.ground import Ring
from jinlin.demo.places import Area, Building, DemoPlace
from jinlin.demo.places import Zone as DrawnZone
from jinlin.platform.access import SYSTEM
from jinlin.territory.actions import NewPlace, NewZone, found_places, found_zones
from jinlin.territory.models import Zone

BEGINNING = date(2020, 1, 1)


def found_place(plan: DemoPlace) -> None:
    """Found the zones, then every place from the district down to the homes."""
    zones = [
        NewZone(kind, zone.label, zone.name, zone.community, _polygon(zone.ring))
        for kind, group in ((Zone.Kind.ESTATE, plan.estates), (Zone.Kind.GRID, plan.grids))
        for zone in group
    ]
    zones += [NewZone(Zone.Kind.NEIGHBOURS, area.label, area.name, area.community) for area in plan.areas]
    found_zones(actor=SYSTEM, zones=zones, valid_from=BEGINNING)
    looked_after = {home: area.label for area in plan.areas for home in area.homes}
    areas = (plan.district, *plan.subdistricts, *plan.communities)
    rows = [row for building in plan.buildings for row in _rows_of(building, plan.estate_of(building), looked_after)]
    found_places(actor=SYSTEM, places=[*map(_row_of, areas), *rows], valid_from=BEGINNING)


def _row_of(area: Area) -> NewPlace:
    return NewPlace(area.code, area.name, area.name, boundary=_polygon(area.ring))


def _rows_of(building: Building, estate: DrawnZone, looked_after: Mapping[str, str]) -> Iterator[NewPlace]:
    zones = {"estate": building.estate, "grid": building.grid}
    point = {"longitude": building.longitude, "latitude": building.latitude}
    address = f"{estate.name}{building.name}"
    yield NewPlace(building.code, building.name, address, boundary=_polygon(building.ring), **zones, **point)
    for entrance in building.entrances:
        stairs = f"{address}{entrance.name}"
        yield NewPlace(entrance.code, entrance.name, stairs, **zones, **point)
        for home in entrance.homes:
            door = f"{stairs}{home.name}"
            own = {"neighbours": looked_after.get(home.code, ""), "floor": home.floor, "floor_area": home.floor_area}
            yield NewPlace(home.code, home.name, door, **own, **zones, **point)


def _polygon(ring: Ring | Sequence[Sequence[float]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}
