"""Spreadsheets of places: the table of division codes, and the register of buildings and homes."""

from jinlin.territory.imports.divisions import DIVISION_COLUMNS, DivisionLines, read_divisions
from jinlin.territory.imports.homes import HOME_COLUMNS, HomeLine, HomeLines, read_homes
from jinlin.territory.imports.plan import HomesPlan, plan_homes

__all__ = [
    "DIVISION_COLUMNS",
    "HOME_COLUMNS",
    "DivisionLines",
    "HomeLine",
    "HomeLines",
    "HomesPlan",
    "plan_homes",
    "read_divisions",
    "read_homes",
]
