"""Takes a household register in: homes and who lives there, in one batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jinlin.people.models import Household, Person, Residence
from jinlin.people.phones import phone_index
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now

BATCH = 2_000


@dataclass(frozen=True)
class NewMember:
    """A line of the household register: who lives in which home, and as what."""

    home_code: str
    name: str
    phone: str
    role: str


def register_households(*, actor: Actor, members: Sequence[NewMember], valid_from: date) -> list[Person]:
    """Open a household at every home named and enter its members, in one batch with one line in the audit trail.

    Returns the persons in the order of `members`. Telephone numbers count as proved by the register.
    """
    with transaction.atomic():
        homes = list(dict.fromkeys(member.home_code for member in members))
        opened = Household.objects.bulk_create(
            (Household(home_code=code, valid_from=valid_from) for code in homes), batch_size=BATCH
        )
        household_at = {household.home_code: household for household in opened}
        persons = Person.objects.bulk_create((_person_of(member) for member in members), batch_size=BATCH)
        Residence.objects.bulk_create(
            (
                Residence(
                    person=person,
                    household=household_at[member.home_code],
                    role=member.role,
                    proof=Residence.Proof.REGISTER,
                    valid_from=valid_from,
                )
                for member, person in zip(members, persons, strict=True)
            ),
            batch_size=BATCH,
        )
        if opened:
            record_change(actor, "people.register_households", opened[0], rows=len(opened), persons=len(persons))
    return persons


def _person_of(member: NewMember) -> Person:
    at = now()
    return Person(
        name=member.name,
        phone=member.phone,
        phone_index=phone_index(member.phone),
        phone_proved_at=at if member.phone else None,
        created_at=at,
    )


def open_households(*, actor: Actor, home_codes: Sequence[str], valid_from: date) -> int:
    """Open a household in each of the homes that has none; return how many.

    The transaction, and the line in the audit trail, are those of the action that makes the homes.
    """
    lived_in: set[str] = set()
    for start in range(0, len(home_codes), BATCH):
        batch = Household.objects.filter(home_code__in=home_codes[start : start + BATCH], valid_to__isnull=True)
        lived_in.update(batch.values_list("home_code", flat=True))
    opened = [Household(home_code=code, valid_from=valid_from) for code in home_codes if code not in lived_in]
    Household.objects.bulk_create(opened, batch_size=BATCH)
    return len(opened)
