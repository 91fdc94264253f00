"""Why a city cannot be divided, in words for a person and as data for a page."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Table(StrEnum):
    """The table that a fault lies in."""

    BUILDINGS = "buildings"
    BORDERS = "borders"
    GRIDS = "grids"


class Fault(StrEnum):
    """What is wrong with the input."""

    NO_BUILDINGS = "no_buildings"
    LENGTHS_DIFFER = "lengths_differ"
    EMPTY = "empty"
    REPEATED = "repeated"
    IN_TWO_COMMUNITIES = "in_two_communities"
    NEGATIVE = "negative"
    NOT_FINITE = "not_finite"
    NOT_POSITIVE = "not_positive"
    NOT_WHOLE = "not_whole"
    UNKNOWN_BUILDING = "unknown_building"
    BORDERS_ON_ITSELF = "borders_on_itself"
    CONTRADICTED = "contradicted"
    DISCONNECTED = "disconnected"
    UNKNOWN_COMMUNITY = "unknown_community"
    NO_GRIDS = "no_grids"
    TOO_MANY_GRIDS = "too_many_grids"
    TOO_FEW_BUILDINGS = "too_few_buildings"


_EXPLANATIONS = {
    Fault.NO_BUILDINGS: "There are no buildings to divide; give at least one.",
    Fault.LENGTHS_DIFFER: "The columns differ in length ({lengths}); give one value a row in each.",
    Fault.EMPTY: "The {column} is missing; fill it in.",
    Fault.REPEATED: "The building {building} is there twice; leave one row of it.",
    Fault.IN_TWO_COMMUNITIES: "The building {building} lies in two communities, {first} and {second}; leave the right row.",
    Fault.NEGATIVE: "The {column} of {where} cannot be {value}; give zero or more.",
    Fault.NOT_FINITE: "The {column} of {where} is no finite number.",
    Fault.NOT_POSITIVE: "The {column} of {where} cannot be {value}; give more than zero, or leave the whole column out.",
    Fault.NOT_WHOLE: "The {column} of {where} cannot be {value}; give a whole number.",
    Fault.UNKNOWN_BUILDING: "The building {building} is not among the buildings; add it there or remove this row.",
    Fault.BORDERS_ON_ITSELF: "The building {building} cannot border on itself; remove this row.",
    Fault.CONTRADICTED: "The border of {a} and {b} is there twice with different figures; leave the right row.",
    Fault.DISCONNECTED: (
        "The buildings of community {community} do not hang together, so that no grid could reach all of them: {strays} "
        "of its {buildings} buildings have no border with the rest ({named}). Add the missing borders (length 0 where "
        "only a path joins two buildings), or move these buildings to the community that they belong to."
    ),
    Fault.UNKNOWN_COMMUNITY: "The community {community} has no buildings; remove this row or correct its code.",
    Fault.NO_GRIDS: "The community {community} cannot have {grids} grids; give one or more.",
    Fault.TOO_MANY_GRIDS: "The community {community} would have {grids} grids, and the three digits of a code end at 999.",
    Fault.TOO_FEW_BUILDINGS: (
        "The community {community} cannot have {grids} grids, because it has {buildings} buildings and none is split; "
        "give at most {buildings}."
    ),
}


class CannotDivide(ValueError):
    """The city cannot be divided as it is given.

    `fault` names the reason, `table`, `row` (from 0) and `column` the place where it was found, as far as there is one,
    and `details` the facts that the message is made of.
    """

    def __init__(
        self, fault: Fault, table: Table, *, row: int | None = None, column: str = "", **details: object
    ) -> None:
        self.fault, self.table, self.row, self.column = fault, table, row, column
        self.details: Mapping[str, Any] = details
        super().__init__(_EXPLANATIONS[fault].format(column=column, **details))


class DisconnectedCommunity(CannotDivide):
    """Buildings of a community have no way of borders to each other; `pieces` are its parts, the largest first."""

    def __init__(self, community: object, pieces: list[list[Any]], row: int) -> None:
        self.community, self.pieces = community, pieces
        strays = [building for piece in pieces[1:] for building in piece]
        named = ", ".join(str(building) for building in strays[:_MOST_NAMED])
        super().__init__(
            Fault.DISCONNECTED,
            Table.BUILDINGS,
            row=row,
            column="community",
            community=community,
            buildings=len(pieces[0]) + len(strays),
            strays=len(strays),
            named=named + (", …" if len(strays) > _MOST_NAMED else ""),
        )


_MOST_NAMED = 8
