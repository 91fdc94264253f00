"""The contact that a household gives by its consent and until a day, and its word on its own record; every look is logged."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text.personal import PersonalKind, find_personal
from jinlin.people import rules
from jinlin.people.models import Household, HouseholdContact, Person, Residence
from jinlin.people.phones import clean_phone
from jinlin.people.queries import household_at, locked_household_at, members_of_household, running_contact
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.audit import record_change, record_look
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound

LONGEST_CONSENT = timedelta(days=365 * 2)
LONGEST_NAME, LONGEST_REMARK = 60, 200
READ = "people.read_household_contact"


def refuse_identity_number(text: str, field: str) -> str:
    """Return a free text without blanks around it.

    Raises:
        Invalid: when an identity number stands in it.
    """
    if any(found.kind == PersonalKind.IDENTITY_NUMBER for found in find_personal(text)):
        words = _("There is an identity number in it, which is not needed here and not kept. Please take it out.")
        raise Invalid(fields={field: words})
    return text.strip()


@transaction.atomic
def give_contact(
    *, actor: Actor, home_code: str, name: str, phone: str, expires_on: date, consent: bool
) -> HouseholdContact:
    """Keep how a household wants to be reached, in place of what it gave before.

    Raises:
        NotFound.
        NotAllowed: for others than the household and those who keep the roll there.
        Invalid: without consent, for a day that has passed or is more than two years away, and what is no number.
    """
    household, home = locked_household_at(home_code)
    rules.may_keep_household_contact(actor, household, home).enforce()
    if not consent:
        raise Invalid(fields={"consent": _("A contact is kept with the household's consent only.")})
    if not today() <= expires_on <= today() + LONGEST_CONSENT:
        raise Invalid(fields={"expires_on": _("The consent ends on a day from today to two years from now.")})
    number, called = clean_phone(phone), refuse_identity_number(name, "name")[:LONGEST_NAME]
    _end(HouseholdContact.objects.filter(household=household, ended_at__isnull=True))
    made = HouseholdContact.objects.create(
        household=household,
        name=called,
        phone=number,
        consented_at=now(),
        entered_by_id=actor.account_id,
        expires_on=expires_on,
    )
    record_change(actor, "people.give_contact", household, place_code=home_code, until=expires_on.isoformat())
    return made


def _end(contacts: QuerySet[HouseholdContact]) -> int:
    """Empty contacts and note that they ended."""
    return contacts.update(name="", phone="", ended_at=now())


def forget_contacts_of(person: Person) -> int:
    """End the contacts of the person's households that carry their number; part of the transaction that they leave in."""
    homes = Residence.objects.filter(person=person, valid_to__isnull=True).values("household")
    running = HouseholdContact.objects.filter(household__in=homes, ended_at__isnull=True)
    theirs = [contact.pk for contact in running if person.phone and contact.phone == person.phone]
    return _end(HouseholdContact.objects.filter(pk__in=theirs))


@transaction.atomic
def withdraw_contact(*, actor: Actor, home_code: str) -> None:
    """End the contact of a household and empty it; nothing happens where there is none.

    Raises:
        NotFound, NotAllowed.
    """
    household, home = locked_household_at(home_code)
    rules.may_keep_household_contact(actor, household, home).enforce()
    if _end(HouseholdContact.objects.filter(household=household, ended_at__isnull=True)):
        record_change(actor, "people.withdraw_contact", household, place_code=home_code)


def read_household_contact(*, actor: Actor, home_code: str) -> HouseholdContact:
    """Return how a household wants to be reached, and write down who looked, so that the household sees it.

    Raises:
        NotFound: where no contact was given, or its time is over.
        NotAllowed: for a neighbour head, grid member or community worker of another area, and everybody else.
    """
    household, home = household_at(home_code)
    rules.may_read_household_contact(actor, household, home).enforce()
    found = running_contact(household)
    if found is None:
        raise NotFound(_("This household has given no contact."))
    if not rules.belongs_to(actor, household):
        people = members_of_household(household) or [None]
        record_look(actor, READ, household, person_ids=people, place_code=home_code)
    return found


@transaction.atomic
def forget_expired_contacts() -> int:
    """Empty the contacts whose consent is over; return how many."""
    over = HouseholdContact.objects.filter(ended_at__isnull=True, expires_on__lt=today())
    for contact in over.select_related("household"):
        household = contact.household
        record_change(SYSTEM, "people.forget_contact", household, place_code=household.home_code)
    return _end(over)


@transaction.atomic
def remark_on_household(*, actor: Actor, home_code: str, remark: str) -> Household:
    """Let a household say what is wrong or missing in its record; the desk reads it on the roll.

    Raises:
        NotFound, NotAllowed: for others than the household.
        Invalid: for more than 200 characters, or an identity number.
    """
    household, home = locked_household_at(home_code)
    if not rules.belongs_to(actor, household):
        rules.may_keep_roll(actor, home).enforce()
    words = refuse_identity_number(remark, "remark")
    if len(words) > LONGEST_REMARK:
        raise Invalid(fields={"remark": _("At most 200 characters fit.")})
    household.remark = words
    household.save(update_fields=["remark"])
    record_change(actor, "people.remark_on_household", household, place_code=home_code)
    return household
