"""What changes persons, households, residence, mandates and accounts."""

from jinlin.people.models import Person
from jinlin.people.phones import clean_phone, phone_index
from jinlin.platform.access import Actor
from jinlin.platform.dates import now


def note_contact(*, actor: Actor, name: str, phone: str) -> Person:
    """Keep how somebody can be reached who told an officer; the number is not proved and signs nobody in.

    Raises:
        Invalid: for what is no telephone number.
    """
    number = clean_phone(phone) if phone else ""
    return Person.objects.create(
        name=name.strip()[:60], phone=number, phone_index=phone_index(number), created_at=now()
    )
