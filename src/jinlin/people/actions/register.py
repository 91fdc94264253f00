"""Takes a household register in: homes and who lives there, in one batch."""

from collections.abc import Iterator, Sequence
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
    """Enter members of households, which are opened where there is none yet; one line in the audit trail for the batch.

    Returns the persons in the order of `members`. Telephone numbers count as proved by the register.
    """
    with transaction.atomic():
        homes = list(dict.fromkeys(member.home_code for member in members))
        open_households(actor=actor, home_codes=homes, valid_from=valid_from)
        household_at = {household.home_code: household for household in _open_at(homes)}
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
        if homes:
            first = household_at[homes[0]]
            record_change(actor, "people.register_households", first, rows=len(homes), persons=len(persons))
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
    lived_in = {household.home_code for household in _open_at(home_codes)}
    opened = [Household(home_code=code, valid_from=valid_from) for code in home_codes if code not in lived_in]
    Household.objects.bulk_create(opened, batch_size=BATCH)
    return len(opened)


def _open_at(home_codes: Sequence[str]) -> Iterator[Household]:
    for start in range(0, len(home_codes), BATCH):
        yield from Household.objects.filter(home_code__in=home_codes[start : start + BATCH], valid_to__isnull=True)
