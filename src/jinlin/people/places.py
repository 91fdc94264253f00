"""What people tell the places at start: the homes that somebody lives in, and the household that a new home brings."""

from collections.abc import Sequence
from datetime import date

from jinlin.people.models import Household, Residence
from jinlin.platform.access import Actor
from jinlin.territory.providers import provide_household_opening, provide_own_homes

BATCH = 2_000


@provide_own_homes
def homes_of(actor: Actor) -> list[str]:
    """Return the codes of the homes that the actor lives in now."""
    if actor.person_id is None:
        return []
    rows = Residence.objects.filter(person=actor.person_id, valid_to__isnull=True, household__valid_to__isnull=True)
    return list(rows.values_list("household__home_code", flat=True))


@provide_household_opening
def open_households(home_codes: Sequence[str], day: date) -> int:
    """Open a household in every home that has none; part of the transaction that makes the homes."""
    lived_in: set[str] = set()
    for start in range(0, len(home_codes), BATCH):
        batch = Household.objects.filter(home_code__in=home_codes[start : start + BATCH], valid_to__isnull=True)
        lived_in.update(batch.values_list("home_code", flat=True))
    opened = [Household(home_code=code, valid_from=day) for code in home_codes if code not in lived_in]
    Household.objects.bulk_create(opened, batch_size=BATCH)
    return len(opened)
