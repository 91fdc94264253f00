"""What changes places, zones, boundaries and the table of division codes."""

from jinlin.territory.actions.boundaries import BoundariesReport, read_geojson, set_boundaries, set_boundary
from jinlin.territory.actions.divisions import DivisionsReport, adopt_divisions, load_divisions
from jinlin.territory.actions.founding import NewPlace, NewZone, found_places, found_zones
from jinlin.territory.actions.homes import HomesReport, import_homes
from jinlin.territory.actions.places import end_place, move_buildings

__all__ = [
    "BoundariesReport",
    "DivisionsReport",
    "HomesReport",
    "NewPlace",
    "NewZone",
    "adopt_divisions",
    "end_place",
    "found_places",
    "found_zones",
    "import_homes",
    "load_divisions",
    "move_buildings",
    "read_geojson",
    "set_boundaries",
    "set_boundary",
]
