"""What a person changes about their own data: name, e-mail, notices seen, and leaving for good."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jinlin.people import rules
from jinlin.people.actions.household_contacts import forget_contacts_of
from jinlin.people.models import Account, DigestChoice, Mandate, Person, Residence, ResidenceClaim, Support
from jinlin.people.queries import notices_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid
from jinlin.platform.remembering import forget

LONGEST_NAME = 60


def correct_own_data(*, actor: Actor, name: str, email: str) -> Person:
    """Change one's own name and e-mail address; the telephone number changes by a code sent to the new one.

    Raises:
        NotSignedIn.
        Invalid: for a name that is too long, or what is no e-mail address.
    """
    actor.must_be_signed_in()
    faults = {}
    if len(name.strip()) > LONGEST_NAME:
        faults["name"] = _("At most 60 characters fit.")
    try:
        if email.strip():
            validate_email(email.strip())
    except ValidationError as error:
        faults["email"] = error.messages[0]
    if faults:
        raise Invalid(fields=faults)
    with transaction.atomic():
        person = Person.objects.get(pk=actor.person_id)
        person.name, person.email = name.strip(), email.strip()
        person.save(update_fields=["name", "email"])
        record_change(actor, "people.correct_own_data", person, person_id=person.pk)
    return person


def see_notices(*, actor: Actor) -> int:
    """Note that the actor has seen their notices; return how many were new."""
    actor.must_be_signed_in()
    forget(f"unread:{actor.person_id}")
    return notices_of(actor.person_id).filter(seen_at__isnull=True).update(seen_at=now())


def erase_own_data(*, actor: Actor) -> Person:
    """Delete one's account and everything that says who one is; requests stay, without a name.

    The row of the person remains as an empty shell, so that what refers to it tells nothing.

    Raises:
        NotSignedIn.
        NotAllowed: while the actor holds a post.
    """
    actor.must_be_signed_in()
    rules.may_leave(actor).enforce()
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=actor.person_id)
        forget_contacts_of(person)
        Residence.objects.filter(person=person, valid_to__isnull=True).update(valid_to=today())
        ResidenceClaim.objects.filter(person=person).delete()
        Mandate.objects.filter(Q(principal=person) | Q(agent=person)).delete()
        Support.objects.filter(person=person).update(person=None)
        notices_of(person.pk).delete()
        DigestChoice.objects.filter(person=person).delete()
        Account.objects.filter(person=person).delete()
        person.name = person.phone = person.phone_index = person.email = ""
        person.phone_proved_at, person.erased_at = None, now()
        person.save()
        record_change(actor, "people.erase_own_data", person, person_id=person.pk)
    return person
