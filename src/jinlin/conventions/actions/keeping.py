"""What follows adoption: households take note, and a breach is recalled to everybody, about nobody."""

from django.utils.translation import gettext as _

from jinlin.conventions import rules
from jinlin.conventions.actions.steps import clean
from jinlin.conventions.models import Acknowledgement, Convention, Edition, Reminder
from jinlin.conventions.queries import in_force
from jinlin.people.models import Household
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.sends import ANY_DOOR, Door, RepeatedSend, sent_once

LONGEST_REMINDER = 200


def acknowledge(*, actor: Actor, edition_id: int, door: Door = ANY_DOOR) -> Edition:
    """Take note of an adopted version for one's household; of several who live together the first one counts.

    Raises:
        NotSignedIn, NotFound, NotAllowed, KeyReused; WrongState for a version that is not adopted.
    """
    edition = Edition.objects.select_related("convention").filter(pk=edition_id, adopted_at__isnull=False).first()
    if edition is None:
        raise WrongState(_("Only an adopted version is taken note of."))
    rules.lives_there(actor, edition.convention).enforce()
    homes = rules.homes_there(actor, edition.convention)
    household = Household.objects.filter(home_code__in=homes, valid_to__isnull=True).order_by("home_code").first()
    if household is None:
        raise NotFound
    facts = {"person_id": actor.person_id, "at": now()}
    row, made = Acknowledgement.objects.get_or_create(edition=edition, household=household, defaults=facts)
    if made:
        record_change(actor, "conventions.acknowledge", row, place_code=edition.convention.place_code)
    return edition


def remind(*, actor: Actor, convention_id: int, clause: int, words: str, door: Door = ANY_DOOR) -> Reminder:
    """Recall a clause in force to everybody; a word about a person or a home is refused.

    Raises:
        NotFound, NotAllowed, KeyReused; WrongState where none is in force; Invalid for the clause or the words.
    """
    convention = Convention.objects.filter(pk=convention_id).first()
    if convention is None:
        raise NotFound
    rules.may_keep(actor, convention).enforce()
    said, current = clean(words, longest=LONGEST_REMINDER), in_force(convention)
    if current is None:
        raise WrongState(_("No version is in force."))
    if not current.clauses.filter(key=clause).exists():
        raise Invalid(fields={"clause": _("Choose one from the list.")})
    try:
        with sent_once(f"account:{actor.account_id}", door.key, [convention_id, clause, said]) as send:
            row = Reminder.objects.create(
                convention=convention, clause=clause, words=said, at=now(), actor_id=actor.account_id
            )
            record_change(actor, "conventions.remind", row, place_code=convention.place_code)
            send.keep(row)
    except RepeatedSend as sent:
        row = Reminder.objects.get(pk=sent.subject_id)
    return row
