"""What people tell the places at start: who lives where, the household of a new home, households by building."""

from collections.abc import Sequence
from datetime import date

from jinlin.people.actions import open_households
from jinlin.people.queries import current_residences, households_by_building
from jinlin.platform.access import SYSTEM, Actor
from jinlin.territory.providers import provide_household_counts, provide_household_opening, provide_own_homes

provide_household_counts(households_by_building)


@provide_own_homes
def codes_of_own_homes(actor: Actor) -> list[str]:
    """Return the codes of the homes that the actor lives in now."""
    if actor.person_id is None:
        return []
    return list(current_residences(actor.person_id).values_list("household__home_code", flat=True))


@provide_household_opening
def open_missing(home_codes: Sequence[str], day: date) -> int:
    """Open a household in every home that has none; part of the transaction that makes the homes."""
    return open_households(actor=SYSTEM, home_codes=home_codes, valid_from=day)
