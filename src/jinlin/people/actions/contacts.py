"""Ways to reach somebody, and the look at them that leaves a line."""

from collections.abc import Sequence
from typing import NoReturn

from django.utils.translation import gettext as _

from jinlin.people import rules
from jinlin.people.models import Person, Residence
from jinlin.people.phones import clean_phone, phone_index
from jinlin.people.queries import ROLL_PAGE, Home, homes_of, known_by_phone, with_residents
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change, record_read
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotAllowed, NotFound

BATCH = 1_000
FIND = "people.find_by_phone"


def note_contact(*, actor: Actor, name: str, phone: str) -> Person:
    """Keep how somebody can be reached who told an officer; the number is not proved and signs nobody in.

    Raises:
        Invalid: for what is no telephone number.
    """
    number = clean_phone(phone) if phone else ""
    return Person.objects.create(
        name=name.strip()[:60], phone=number, phone_index=phone_index(number), created_at=now()
    )


def person_behind(*, actor: Actor, phone: str, name: str) -> Person:
    """Return the person who has proved this number, else the one who was noted with it by this name, else a new one.

    A new person is only noted: the number signs nobody in before its owner has proved it.

    Raises:
        Invalid: for what is no telephone number, and without a name where nobody is known yet.
    """
    return persons_behind(actor=actor, contacts=[(phone, name)])[0]


def persons_behind(*, actor: Actor, contacts: Sequence[tuple[str, str]]) -> list[Person]:
    """Return the person behind each (number, name), as `person_behind` finds them, in a few statements.

    Raises:
        Invalid: as `person_behind`, for the first that is wrong.
    """
    wanted = [(clean_phone(phone), name.strip()[:60]) for phone, name in contacts]
    known = known_by_phone(digits for digits, _name in wanted)
    made: dict[tuple[str, str], Person] = {}
    for digits, name in wanted:
        if known.get((digits, "")) or known.get((digits, name)) or (digits, name) in made:
            continue
        if not name:
            raise Invalid(fields={"name": _("Nobody is known by this number yet; enter the name too.")})
        made[digits, name] = Person(name=name, phone=digits, phone_index=phone_index(digits), created_at=now())
    Person.objects.bulk_create(made.values(), batch_size=BATCH)
    if made:
        first = next(iter(made.values()))
        record_change(actor, "people.note_persons", first, person_id=first.pk, persons=len(made))
    return [known.get((digits, "")) or known.get((digits, name)) or made[digits, name] for digits, name in wanted]


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


def find_by_phone(*, actor: Actor, phone: str) -> list[Home]:
    """Return the homes of the actor's own part of the roll in which the owner of a whole number lives.

    Each search leaves a line: with everybody who was found, or with nobody.
    """
    lives = Residence.objects.filter(person__phone_index=phone_index(phone), valid_to__isnull=True)
    lives = lives.filter(household__valid_to__isnull=True).exclude(role=Residence.Role.LANDLORD)
    homes = rules.homes_visible_to(actor).filter(code__in=lives.values("household__home_code"))
    found = with_residents(list(homes.order_by("code")[:ROLL_PAGE]))
    codes = [home.place.code for home in found]
    for row in lives.filter(household__home_code__in=codes).select_related("person", "household"):
        person, home_code = row.person, row.household.home_code
        record_read(actor, FIND, person, person_id=person.pk, place_code=home_code)
    seeker = Person.objects.filter(pk=actor.person_id).first()
    if not found and seeker is not None:
        record_read(actor, FIND, seeker, person_id=None)
    return found


def refuse_roll(*, actor: Actor) -> NoReturn:
    """Write down that somebody tried to look through the roll who may not, such as an officer who is stationed there.

    Raises:
        NotAllowed.
    """
    person = Person.objects.filter(pk=actor.person_id).first()
    if person is not None:
        record_change(actor, "people.refuse_roll", person, person_id=person.pk)
    raise NotAllowed(_("The roll is open to those who keep it and to grid members and neighbour heads."))
