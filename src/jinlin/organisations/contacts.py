"""Who is on duty for a place or zone, as anybody may see it: posts whose holders agreed to be listed, at their bodies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.queries.duty import listed_on_duty
from jinlin.territory.providers import Contact, provide_contacts

MOST_SHOWN = 12


@provide_contacts
def contacts_on_duty(place_code: str, zone_id: int | None, day: date) -> Iterator[Contact]:
    """Yield the listed holders of posts over exactly this unit, or over the community that it lies in, the closest first."""
    here = Q(zone_id=zone_id, zone__isnull=False) | Q(zone__isnull=True, place_code=place_code)
    community = Q(zone__isnull=True, place_code=place_code[: Level.COMMUNITY])
    closest = sorted(
        listed_on_duty(here | community, day), key=lambda row: (row.zone_id is None, -len(row.place_code), row.pk)
    )
    for row in closest[:MOST_SHOWN]:
        yield Contact(row.post, row.body.name, row.person.name, row.body.phone, row.body.office)
