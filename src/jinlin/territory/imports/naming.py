"""What the new places of a register are called."""

from __future__ import annotations

from jinlin.territory.imports.homes import HomeLine
from jinlin.territory.models import Place, Zone


def address_before(line: HomeLine, community: Place, estate: Zone | None) -> str:
    """Return what stands before a building in its address."""
    area = estate.name if estate else ("" if line.street else community.name)
    return line.street if area in line.street else f"{line.street}{area}"


def with_unit(name: str, unit: str) -> str:
    """Return a name with its unit, which people leave out of spreadsheets."""
    return f"{name}{unit}" if name.isdecimal() else name
