"""Ways to reach somebody, and the look at them that leaves a line."""

from jinlin.people import rules
from jinlin.people.models import Person
from jinlin.people.phones import clean_phone, phone_index
from jinlin.people.queries import homes_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_read
from jinlin.platform.dates import now
from jinlin.platform.errors import NotFound


def note_contact(*, actor: Actor, name: str, phone: str) -> Person:
    """Keep how somebody can be reached who told an officer; the number is not proved and signs nobody in.

    Raises:
        Invalid: for what is no telephone number.
    """
    number = clean_phone(phone) if phone else ""
    return Person.objects.create(
        name=name.strip()[:60], phone=number, phone_index=phone_index(number), created_at=now()
    )


def open_contact(*, actor: Actor, person_id: int) -> Person:
    """Return a resident with name and number, and write down who looked.

    Raises:
        NotFound: for somebody who lives nowhere that the actor sees.
        NotAllowed: for those who see names masked only.
    """
    person = rules.persons_visible_to(actor).filter(pk=person_id, erased_at__isnull=True).first()
    if person is None:
        raise NotFound
    homes = homes_of(person)
    rules.may_see_contact(actor, homes).enforce()
    kept = next(home for home in homes if rules.may_keep_roll(actor, home))
    record_read(actor, "people.open_contact", person, person_id=person.pk, place_code=kept.code)
    return person
