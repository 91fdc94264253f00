"""What changes places, zones, boundaries and the table of division codes."""

from jinlin.territory.actions.boundaries import BoundariesReport, read_geojson, set_boundaries, set_boundary
from jinlin.territory.actions.divisions import DivisionsReport, adopt_divisions, load_divisions
from jinlin.territory.actions.founding import NewPlace, NewZone, found_places, found_zones
from jinlin.territory.actions.grid_days import put_due_plans_into_force
from jinlin.territory.actions.grid_plans import (
    Wanted,
    approve_plan,
    drop_plan,
    hand_in_plan,
    move_in_plan,
    propose_assignment,
    propose_grids,
    return_plan,
)
from jinlin.territory.actions.homes import HomesReport, import_homes
from jinlin.territory.actions.places import end_place, move_buildings

__all__ = [
    "BoundariesReport",
    "DivisionsReport",
    "HomesReport",
    "NewPlace",
    "NewZone",
    "Wanted",
    "adopt_divisions",
    "approve_plan",
    "drop_plan",
    "end_place",
    "found_places",
    "found_zones",
    "hand_in_plan",
    "import_homes",
    "load_divisions",
    "move_buildings",
    "move_in_plan",
    "propose_assignment",
    "propose_grids",
    "put_due_plans_into_force",
    "read_geojson",
    "return_plan",
    "set_boundaries",
    "set_boundary",
]
