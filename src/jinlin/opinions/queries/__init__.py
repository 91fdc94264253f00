"""Reads of conversations: lists, what comes next for a voter, what the groups hold, and the works done for a matter."""

from jinlin.opinions.queries.finding import (
    communities_kept,
    conversations_near,
    names_of,
    works_of,
    zones_of,
)
from jinlin.opinions.queries.reading import Figure, Group, Held, Said, held
from jinlin.opinions.queries.voting import Standing, next_statement, of_voter, own_statements

__all__ = [
    "Figure",
    "Group",
    "Held",
    "Said",
    "Standing",
    "communities_kept",
    "conversations_near",
    "held",
    "names_of",
    "next_statement",
    "of_voter",
    "own_statements",
    "works_of",
    "zones_of",
]
