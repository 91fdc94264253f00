"""The steps of a pairing, one by one: agreed, declined, moved up, served, confirmed, contested, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.chinese_text import find_personal
from jinlin.platform.access import Actor
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, Words, WrongState
from jinlin.platform.events import announce
from jinlin.platform.messages.notices import notify
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.stepping import Steps, Taken, change, nothing
from jinlin.volunteering import rules
from jinlin.volunteering.events import ServiceConfirmed
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.states import TABLE, TAKES_A_PLACE, State, Verb

MOST_MINUTES = 24 * 60
NO_PERSONAL: Words = gettext_lazy(
    "Please leave names, telephone and identity numbers out; the community passes them on."
)
MINE = "/volunteering/mine/"
TOLD: Mapping[Verb, Words] = {
    Verb.ACCEPT: gettext_lazy("Agreed: %(title)s."),
    Verb.MOVE_UP: gettext_lazy("You have got a place: %(title)s."),
    Verb.DECLINE: gettext_lazy("The community has declined: %(title)s."),
    Verb.WITHDRAW: gettext_lazy("The community has taken this back: %(title)s."),
    Verb.SERVE: gettext_lazy("The community has written down that you served: %(title)s."),
    Verb.CONTEST: gettext_lazy("Not done yet, says the community: %(title)s."),
    Verb.CONFIRM: gettext_lazy("Your service is confirmed: %(title)s."),
}
"""What the one who serves is told of a step that somebody else took."""


@dataclass(frozen=True)
class Served:
    """What was served: on which day, how many minutes, and the problem that it settled, if any."""

    day: date | None = None
    minutes: int = 0
    solved: str = ""

    def faults(self) -> dict[str, str]:
        """Return for each field what is wrong with it; empty when all is well."""
        found = {}
        if not 0 <= self.minutes <= MOST_MINUTES:
            found["minutes"] = _("A service lasts at most a day.")
        if self.day is not None and self.day > today():
            found["day"] = _("A service lies not in the future.")
        if self.solved and find_personal(self.solved):
            found["solved"] = str(NO_PERSONAL)
        return found

    def check(self) -> None:
        """Raises: Invalid, with each fault at its field."""
        if faults := self.faults():
            raise Invalid(fields=faults)


def agree(*, actor: Actor, pairing_id: int, door: Door = ANY_DOOR) -> Pairing:
    """Agree to a proposed pair; its places are then taken.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused.
        Invalid: when too few places are left.
    """
    return _take(actor, pairing_id, Verb.ACCEPT, door)


def move_up(*, actor: Actor, pairing_id: int, door: Door = ANY_DOOR) -> Pairing:
    """Give a free place by hand to one who waits, also on a post that is off the list. Raises as `agree`."""
    return _take(actor, pairing_id, Verb.MOVE_UP, door)


def decline(*, actor: Actor, pairing_id: int, note: str = "", door: Door = ANY_DOOR) -> Pairing:
    """Decline a proposed pair, or one who waits. Raises as `agree`."""
    return _take(actor, pairing_id, Verb.DECLINE, door, note=_checked_note(note))


def withdraw(*, actor: Actor, pairing_id: int, note: str = "", door: Door = ANY_DOOR) -> Pairing:
    """Take a claim or a pair back; whoever waits longest moves up and is told. Raises as `agree`."""
    return _take(actor, pairing_id, Verb.WITHDRAW, door, note=_checked_note(note))


def serve(*, actor: Actor, pairing_id: int, served: Served, door: Door = ANY_DOOR) -> Pairing:
    """Say that it has been served; it counts once the host confirms. Raises as `agree`, and Invalid."""
    served.check()
    columns = {"served_on": served.day or today(), "minutes": served.minutes or None, "solved": served.solved.strip()}
    return _take(actor, pairing_id, Verb.SERVE, door, **columns)


def confirm(*, actor: Actor, pairing_id: int, minutes: int | None = None, door: Door = ANY_DOOR) -> Pairing:
    """Confirm a service as its host, with other minutes where they were wrong; never one's own. Raises as `agree`."""
    columns = {}
    if minutes is not None:
        Served(minutes=minutes).check()
        columns["minutes"] = minutes
    return _take(actor, pairing_id, Verb.CONFIRM, door, **columns)


def contest(*, actor: Actor, pairing_id: int, note: str, door: Door = ANY_DOOR) -> Pairing:
    """Say as the host that it has not been served yet, and why. Raises as `agree`, and Invalid without a reason."""
    if not note.strip():
        raise Invalid(fields={"note": _("Say what is still missing.")})
    return _take(actor, pairing_id, Verb.CONTEST, door, note=_checked_note(note))


def _checked_note(note: str) -> str:
    if find_personal(note):
        raise Invalid(fields={"note": NO_PERSONAL})
    return note.strip()


def _take(actor: Actor, pairing_id: int, verb: Verb, door: Door, **columns: Any) -> Pairing:
    return STEPS.take(actor, pairing_id, verb, door, columns=columns, said=[columns])


def _effects(actor: Actor, pairing: Pairing, verb: Verb) -> Mapping[str, Any]:
    """Return who confirmed and when. Raises: as `_check_room`."""
    _check_room(pairing, verb)
    return {"confirmed_at": now(), "confirmed_by_id": actor.account_id} if verb == Verb.CONFIRM else {}


def _about(pairing: Pairing) -> Mapping[str, Any]:
    return {"place_code": pairing.posting.place_code, "person_id": pairing.person_id}


def _follow(taken: Taken[Pairing]) -> None:
    """Do what a step brings with it: tell the one who serves, fill the place that got free, announce."""
    actor, pairing = taken.actor, taken.row
    tell(actor, pairing, Verb(taken.verb))
    if taken.verb == Verb.WITHDRAW and taken.before["state"] == State.ACCEPTED:
        fill_from_waiting_list(actor, pairing.posting)
    if taken.verb == Verb.CONFIRM:
        announce(ServiceConfirmed(pairing.pk, pairing.minutes or 0))


def _locked(actor: Actor, pairing_id: int) -> Pairing:
    """Lock both postings of a pairing in the order of their ids, so that neither gives more places than it has."""
    known = rules.pairings_visible_to(actor).filter(pk=pairing_id).values_list("posting_id", "offer_id").first()
    if known is None:
        raise NotFound
    list(Posting.objects.select_for_update().filter(pk__in=filter(None, known)).order_by("pk").values_list("pk"))
    rows = Pairing.objects.select_for_update(of=("self",)).select_related("posting", "offer__body")
    return rows.get(pk=pairing_id)


def _check_room(pairing: Pairing, verb: Verb) -> None:
    """Raises: WrongState for what is over, Invalid for what is full."""
    if verb not in {Verb.ACCEPT, Verb.MOVE_UP}:
        return
    offer, posting = pairing.offer, pairing.posting
    if verb == Verb.ACCEPT and not all(row.is_open(today()) for row in (posting, offer) if row is not None):
        raise WrongState(_("It is not on the list any more."))
    if rules.free_places(posting) < pairing.places:
        raise Invalid(
            _("There are too few places left; others have taken them in the meantime."),
            remedy=_("Give the posting more places, or take another agreement back first."),
        )
    if offer is not None:
        out = offer.pairings_out.filter(state__in=TAKES_A_PLACE).values_list("places", flat=True)
        if sum(out) + pairing.places > offer.places:
            raise Invalid(_("The offer is used up by other agreements."))


def tell(actor: Actor, pairing: Pairing, verb: Verb) -> None:
    """Leave word for the person who serves, unless it was they who acted."""
    person = pairing.person_id or (pairing.offer.person_id if pairing.offer else None)
    if person is not None and person != actor.person_id:
        notify([person], TOLD[verb], {"title": pairing.posting.title}, link=MINE)


def fill_from_waiting_list(actor: Actor, posting: Posting) -> int:
    """Give the free places of a post that is open to those who wait, in their order, and tell them; return how many."""
    free = rules.free_places(posting)
    if free <= 0 or not posting.is_open(today()):
        return 0
    moved = list(posting.pairings.filter(state=State.WAITING).order_by("at", "pk")[:free])
    for pairing in moved:
        change(pairing, {"state": TABLE.after(Verb.MOVE_UP, pairing.state)})
        tell(actor, pairing, Verb.MOVE_UP)
    return len(moved)


STEPS = Steps(
    audited="volunteering.{verb}",
    table=TABLE,
    lock=_locked,
    may=rules.may,
    effects=_effects,
    about=_about,
    write=nothing,
    follow=_follow,
)
