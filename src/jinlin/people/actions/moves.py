"""Households that move out and in: one ends with all that belongs to it, another begins; owners and tenants with dates."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from jinlin.people import rules
from jinlin.people.actions.household_contacts import refuse_identity_number
from jinlin.people.models import Household, HouseholdCard, HouseholdContact, Person, Residence
from jinlin.people.queries import locked_household_at
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid

LONGEST_NAME = 60
OWNERS = (Residence.Role.OWNER, Residence.Role.LANDLORD)


@transaction.atomic
def change_household(*, actor: Actor, home_code: str, day: date) -> Household:
    """End the household of a home on a day, with its people, cards and contact, and begin the next one without anybody.

    Its owners stay owners in the household that begins, as landlords: they neither live there nor see its record.

    Raises:
        NotFound, NotAllowed: for others than those who keep the roll there.
        Stale: when somebody else ended the household at the same moment.
        Invalid: for a day to come, before the household began or before somebody belonged to it, and for a household
            that began on that day and that nobody lives in yet.
    """
    household, home = locked_household_at(home_code)
    rules.may_keep_roll(actor, home).enforce()
    _check_change(household, day)
    owners = list(household.residences.filter(role__in=OWNERS, valid_to__isnull=True))
    household.residences.filter(valid_to__isnull=True).update(valid_to=day)
    HouseholdCard.objects.filter(household=household).update(uses_left=0)
    HouseholdContact.objects.filter(household=household, ended_at__isnull=True).update(
        name="", phone="", ended_at=now()
    )
    household.valid_to = day
    household.save(update_fields=["valid_to"])
    begun = Household.objects.create(home_code=home_code, valid_from=day)
    for owner in owners:
        Residence.objects.create(
            person_id=owner.person_id,
            household=begun,
            role=Residence.Role.LANDLORD,
            proof=owner.proof,
            valid_from=day,
        )
    record_change(actor, "people.change_household", begun, place_code=home_code, ended=household.pk)
    return begun


def _check_change(household: Household, day: date) -> None:
    if not household.valid_from <= day <= today():
        raise Invalid(fields={"day": _("The day lies between the household's first day and today.")})
    there = household.residences.filter(valid_to__isnull=True)
    latest = there.aggregate(Max("valid_from"))["valid_from__max"]
    if latest is not None and latest > day:
        words = _("Somebody belongs to this household since %(since)s only; choose that day or a later one.")
        raise Invalid(fields={"day": words % {"since": latest}})
    if household.valid_from == day and not there.exclude(role=Residence.Role.LANDLORD).exists():
        words = _("The household that begins on this day is there already; nobody belongs to it yet.")
        raise Invalid(fields={"day": words})


@transaction.atomic
def note_member(*, actor: Actor, home_code: str, name: str, role: str, since: date) -> Residence:
    """Write that an owner, tenant or resident belongs to a household since a day, as checked at the desk.

    Raises:
        NotFound, NotAllowed.
        Invalid: without a name, with an identity number in it, or for a day to come or before the household began.
    """
    household, home = locked_household_at(home_code)
    rules.may_keep_roll(actor, home).enforce()
    called = refuse_identity_number(name, "name")
    if not called or len(called) > LONGEST_NAME:
        raise Invalid(fields={"name": _("Please give a name of at most 60 characters.")})
    if not household.valid_from <= since <= today():
        raise Invalid(fields={"since": _("The day lies between the household's first day and today.")})
    person = Person.objects.create(name=called, created_at=now())
    made = Residence.objects.create(
        person=person,
        household=household,
        role=Residence.Role(role),
        proof=Residence.Proof.DESK,
        valid_from=since,
    )
    record_change(actor, "people.note_member", made, place_code=home_code, person_id=person.pk, role=role)
    return made
