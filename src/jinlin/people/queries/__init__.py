"""Reads of persons, households and what one's own page shows."""

from jinlin.people.queries.homes import (
    addresses_of,
    current_residences,
    home_behind,
    homes_of,
    living_place,
    names_at_home,
)
from jinlin.people.queries.households import (
    household_at,
    households_by_building,
    locked_household_at,
    members_of_household,
    running_contact,
)
from jinlin.people.queries.notices import MOST_UNREAD, notices_of, unread_count, unread_in_header
from jinlin.people.queries.persons import account_by_phone, known_by_phone
from jinlin.people.queries.roll import ROLL_PAGE, Home, roll_page, with_residents

__all__ = [
    "MOST_UNREAD",
    "ROLL_PAGE",
    "Home",
    "account_by_phone",
    "addresses_of",
    "current_residences",
    "home_behind",
    "homes_of",
    "household_at",
    "households_by_building",
    "known_by_phone",
    "living_place",
    "locked_household_at",
    "members_of_household",
    "names_at_home",
    "notices_of",
    "roll_page",
    "running_contact",
    "unread_count",
    "unread_in_header",
    "with_residents",
]
