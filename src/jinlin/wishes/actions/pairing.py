"""Support pairs after a wish: offered, agreed, planned, contacts logged, ended by either side at any time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.chinese_text import find_personal
from jinlin.people.models import Person
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, Words, WrongState
from jinlin.platform.messages.notices import notify
from jinlin.platform.sends import ANY_DOOR, Door, sent_once
from jinlin.platform.stepping import Steps, Taken, locked_row, nothing
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.playbooks.here import current_playbook
from jinlin.wishes import rules
from jinlin.wishes.models import Contact, SupportPair, Wish
from jinlin.wishes.rules import NO_PERSONAL
from jinlin.wishes.states import PAIRS, PairState, PairVerb, WishState

RUNNING = (PairState.OFFERED, PairState.ACCEPTED)
LONGEST_WORDS = {"offer": 300, "plan": 500, "words": 200}
TOLD: Mapping[PairVerb, Words] = {
    PairVerb.ACCEPT: gettext_lazy("Your offer of further help is accepted."),
    PairVerb.DECLINE: gettext_lazy("Your offer of further help is declined."),
    PairVerb.END: gettext_lazy("A support pair of yours has ended."),
}


@dataclass(frozen=True)
class NewContact:
    """A contact that has been: the day, the way, what was done, and when the next one is to be."""

    on: date
    way: str
    words: str
    next_on: date | None = None


def offer_support(*, actor: Actor, wish_id: int, offer: str, last_day: date, door: Door = ANY_DOOR) -> SupportPair:
    """Offer as the one who fulfilled a wish to go on helping until a day; it begins when the resident accepts.

    Raises:
        NotFound, NotAllowed, RepeatedSend, KeyReused; WrongState before the wish has come true, or while a pair runs.
        Invalid: without words, for a day that is over or too far, or for one pair too many.
    """
    with sent_once(f"account:{actor.account_id}", door.key, ["offer", wish_id, offer]) as send:
        # The helper's row is locked, so that two offers at once do not both find room.
        Person.objects.select_for_update().filter(pk=actor.person_id).first()
        wish = rules.visible_to(actor).filter(pk=wish_id).first()
        if wish is None:
            raise NotFound
        rules.may_offer_support(actor, wish).enforce()
        if wish.state != WishState.CONFIRMED:
            raise WrongState(_("Further help is offered once the wish has come true."))
        words = _clean("offer", offer)
        _check_term(actor, last_day)
        made = _offered(actor, wish, words, last_day)
        record_change(actor, "wishes.offer_support", made, **_about(made), state=made.state)
        told = gettext_lazy("Somebody offers to go on helping you. Look at it and decide.")
        notify([wish.person_id], told, link=f"/wishes/pairs/{made.pk}/")
        send.keep(made)
    return made


def _offered(actor: Actor, wish: Wish, words: str, last_day: date) -> SupportPair:
    try:
        with transaction.atomic():
            return SupportPair.objects.create(
                wish=wish, helper_id=actor.person_id, resident_id=wish.person_id, place_code=wish.place_code,
                offer=words, last_day=last_day, offered_at=now(),
            )  # fmt: skip
    except IntegrityError:
        raise WrongState(_("The two of you are a pair already, or the offer still waits.")) from None


def _check_term(actor: Actor, last_day: date) -> None:
    norms = current_playbook().norms
    if not today() < last_day <= today() + timedelta(days=norms.pair_days_most):
        words = _("Choose a day after today, at most %(days)s days ahead.")
        raise Invalid(fields={"last_day": words % {"days": norms.pair_days_most}})
    if SupportPair.objects.filter(helper_id=actor.person_id, state__in=RUNNING).count() >= norms.pairs_most:
        words = _("You support %(most)s residents already, as many as one person can.")
        raise Invalid(fields={"offer": words % {"most": norms.pairs_most}})


def accept_support(*, actor: Actor, pair_id: int, door: Door = ANY_DOOR) -> SupportPair:
    """Accept an offer as the resident: the pair begins today.

    Raises:
        NotFound, NotAllowed, WrongState, RepeatedSend, KeyReused.
    """
    return PAIR_STEPS.take(actor, pair_id, PairVerb.ACCEPT, door, columns={"accepted_at": now(), "first_day": today()})


def decline_support(*, actor: Actor, pair_id: int, door: Door = ANY_DOOR) -> SupportPair:
    """Decline an offer as the resident. Raises as `accept_support`."""
    return PAIR_STEPS.take(actor, pair_id, PairVerb.DECLINE, door, columns={"ended_at": now()})


def plan_support(
    *, actor: Actor, pair_id: int, plan: str, next_on: date | None = None, door: Door = ANY_DOOR
) -> SupportPair:
    """Write down what the two have agreed to do. Raises as `accept_support`, and Invalid."""
    columns = {"plan": _clean("plan", plan), "next_on": _next_day(next_on)}
    return PAIR_STEPS.take(actor, pair_id, PairVerb.PLAN, door, columns=columns, said=[columns["plan"]])


def log_contact(*, actor: Actor, pair_id: int, new: NewContact, door: Door = ANY_DOOR) -> SupportPair:
    """Log a contact of a pair that both have agreed to and that has not ended. Raises as `accept_support`, and Invalid."""
    words = _clean("words", new.words)
    if new.on > today():
        raise Invalid(fields={"on": _("A contact lies not in the future.")})
    if new.way not in Contact.Way.values:
        raise Invalid(fields={"way": _("Choose one from the list.")})
    columns = {"next_on": _next_day(new.next_on)}
    with PAIR_STEPS.sent(actor, pair_id, PairVerb.LOG, door, [vars(new)]) as pair:
        PAIR_STEPS.advance(actor, pair, PairVerb.LOG, columns=columns)
        if pair.first_day is not None and new.on < pair.first_day:
            raise Invalid(fields={"on": _("The pair had not begun on that day.")})
        Contact.objects.create(pair=pair, on=new.on, way=new.way, words=words, at=now(), actor_id=actor.account_id)
    return pair


def end_support(*, actor: Actor, pair_id: int, words: str = "", door: Door = ANY_DOOR) -> SupportPair:
    """End a pair, or take an offer back, as either side or as the coordinator. Raises as `accept_support`."""
    reason = _clean("words", words, needed=False)
    return PAIR_STEPS.take(
        actor, pair_id, PairVerb.END, door, columns={"ended_at": now(), "end_words": reason, "next_on": None}
    )


def end_over() -> Tally:
    """End the pairs whose last day has passed, and those of people who have deleted their accounts."""
    gone = Q(helper__erased_at__isnull=False) | Q(resident__erased_at__isnull=False)
    over = SupportPair.objects.filter(Q(last_day__lt=today()) | gone, state__in=RUNNING)
    return one_by_one(_end_one, list(over.values_list("pk", flat=True)))


def _end_one(pair_id: int) -> SupportPair:
    return end_support(actor=SYSTEM, pair_id=pair_id)


def _locked(actor: Actor, pair_id: int) -> SupportPair:
    return locked_row(SupportPair, pair_id, visible=rules.pairs_visible_to(actor))


def _about(pair: SupportPair) -> Mapping[str, Any]:
    return {"place_code": pair.place_code, "person_id": pair.resident_id}


def _tell(taken: Taken[SupportPair]) -> None:
    pair = taken.row
    if words := TOLD.get(PairVerb(taken.verb)):
        notify({pair.helper_id, pair.resident_id} - {taken.actor.person_id}, words, link=f"/wishes/pairs/{pair.pk}/")


PAIR_STEPS = Steps(
    audited="wishes.{verb}_support",
    table=PAIRS,
    lock=_locked,
    may=rules.may_with_pair,
    about=_about,
    write=nothing,
    follow=_tell,
)


def _next_day(day: date | None) -> date | None:
    if day is not None and day < today():
        raise Invalid(fields={"next_on": _("The next contact lies not in the past.")})
    return day


def _clean(field: str, words: str, *, needed: bool = True) -> str:
    said = words.strip()
    if needed and not said:
        raise Invalid(fields={field: _("Please say it in a few words.")})
    if len(said) > LONGEST_WORDS[field]:
        raise Invalid(fields={field: _("At most %(most)s characters fit.") % {"most": LONGEST_WORDS[field]}})
    if find_personal(said):
        raise Invalid(fields={field: NO_PERSONAL})
    return said
