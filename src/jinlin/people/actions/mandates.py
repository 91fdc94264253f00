"""What begins and ends one person's acting for another: asked by one, granted by the other, ended by either."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.people.models import Mandate, Person
from jinlin.people.phones import clean_mobile
from jinlin.people.queries import account_by_phone
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, Words, WrongState
from jinlin.platform.limits import count_towards
from jinlin.platform.messages import notify

LONGEST = timedelta(days=3 * 366)
MOST_ASKED, ASKED_WINDOW = 10, timedelta(days=1)
State = Mandate.State


def ask_mandate(*, actor: Actor, phone: str) -> Mandate | None:
    """Ask the owner of a number to let the actor act for them; None where the number has no account.

    A door says the same either way, so that nobody learns whose numbers have accounts.

    Raises:
        NotSignedIn.
        TooMany: after ten in a day.
        Invalid: for no mobile number, one's own number, or while one's own name is missing.
    """
    actor.must_be_signed_in()
    digits = clean_mobile(phone)
    count_towards("mandate", f"account:{actor.account_id}", most=MOST_ASKED, window=ASKED_WINDOW)
    agent = Person.objects.get(pk=actor.person_id)
    if agent.phone == digits:
        raise Invalid(fields={"phone": _("This is your own number; you act for yourself anyway.")})
    if not agent.name:
        raise Invalid(fields={"phone": _("Please enter your own name first, so that the other person knows who asks.")})
    account = account_by_phone(digits)
    if account is None or account.person_id == agent.pk:
        return None
    return _open_mandate(actor, account.person_id, agent)


def _open_mandate(actor: Actor, principal_id: int, agent: Person) -> Mandate | None:
    _close_those_over(principal_id, agent.pk)
    try:
        with transaction.atomic():
            made = Mandate.objects.create(principal_id=principal_id, agent=agent, asked_at=now())
            record_change(actor, "people.ask_mandate", made, person_id=principal_id)
            words = gettext_lazy("%(name)s asks to act for you. Look at it and decide.")
            notify([principal_id], words, {"name": agent.name}, link="/me/mandates/")
    except IntegrityError:
        return None
    return made


def _close_those_over(principal_id: int, agent_id: int) -> None:
    """Write `ended` where the last day has passed, so that the pair may begin anew."""
    over = Mandate.objects.filter(
        principal_id=principal_id, agent_id=agent_id, state=State.GRANTED, valid_to__lt=today()
    )
    over.update(state=State.ENDED)


def grant_mandate(*, actor: Actor, mandate_id: int, last_day: date) -> Mandate:
    """Consent that somebody acts for the actor until the end of `last_day`.

    Raises:
        NotFound: unless the actor was asked.
        WrongState: when it was decided already.
        Invalid: for a day that has passed or lies more than three years ahead.
    """
    if not today() <= last_day <= today() + LONGEST:
        raise Invalid(fields={"last_day": _("Choose a day from today until three years from now.")})
    words = gettext_lazy("You may now act for %(name)s until %(day)s.")
    return _decide(actor, mandate_id, State.GRANTED, "people.grant_mandate", words, last_day)


def refuse_mandate(*, actor: Actor, mandate_id: int) -> Mandate:
    """Decline that somebody acts for the actor.

    Raises:
        NotFound: unless the actor was asked.
        WrongState: when it was decided already.
    """
    words = gettext_lazy("%(name)s does not want you to act for them.")
    return _decide(actor, mandate_id, State.REFUSED, "people.refuse_mandate", words)


def _decide(
    actor: Actor, mandate_id: int, state: str, verb: str, words: Words, last_day: date | None = None
) -> Mandate:
    actor.must_be_signed_in()
    with transaction.atomic():
        rows = Mandate.objects.select_for_update(of=("self",)).select_related("principal")
        mandate = rows.filter(pk=mandate_id, principal_id=actor.person_id).first()
        if mandate is None:
            raise NotFound
        if mandate.state != State.ASKED:
            raise WrongState(_("This was decided already."))
        mandate.state, mandate.decided_at, mandate.valid_to = state, now(), last_day
        mandate.save(update_fields=["state", "decided_at", "valid_to"])
        record_change(actor, verb, mandate, person_id=actor.person_id)
        name = mandate.principal.name or gettext_lazy("the other person")
        notify([mandate.agent_id], words, {"name": name, "day": last_day}, link="/me/mandates/")
    return mandate


def end_mandate(*, actor: Actor, mandate_id: int) -> Mandate:
    """End a granted mandate at once; either side may.

    Raises:
        NotSignedIn, NotFound.
        WrongState: unless it is granted.
    """
    actor.must_be_signed_in()
    with transaction.atomic():
        own = Q(principal_id=actor.person_id) | Q(agent_id=actor.person_id)
        mandate = Mandate.objects.select_for_update(of=("self",)).filter(own, pk=mandate_id).first()
        if mandate is None:
            raise NotFound
        if mandate.state != State.GRANTED:
            raise WrongState(_("It has ended already."))
        mandate.state = State.ENDED
        mandate.save(update_fields=["state"])
        record_change(actor, "people.end_mandate", mandate, person_id=mandate.principal_id)
        other = mandate.agent_id if actor.person_id == mandate.principal_id else mandate.principal_id
        notify([other], gettext_lazy("The right to act for another has ended."), link="/me/mandates/")
    return mandate
