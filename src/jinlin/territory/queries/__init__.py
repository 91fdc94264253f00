"""Reads of places that more than one screen needs."""

from jinlin.territory.queries.boundaries import boundary_features
from jinlin.territory.queries.finding import Found, find_places
from jinlin.territory.queries.homes import homes_in
from jinlin.territory.queries.near import Near, nearest_buildings
from jinlin.territory.queries.steps import Choice, Step, step_at
from jinlin.territory.queries.tree import (
    below,
    default_place_code,
    district_boundary,
    existing_place,
    forget_boundaries,
    lies_in_district,
    within_any,
)

__all__ = [
    "Choice",
    "Found",
    "Near",
    "Step",
    "below",
    "boundary_features",
    "default_place_code",
    "district_boundary",
    "existing_place",
    "find_places",
    "forget_boundaries",
    "homes_in",
    "lies_in_district",
    "nearest_buildings",
    "step_at",
    "within_any",
]
