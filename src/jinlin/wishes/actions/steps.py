"""The steps of a wish, each through one way: locked, allowed, changed, written down, told."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.chinese_text import find_personal
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, Words, WrongState
from jinlin.platform.events import announce
from jinlin.platform.messages.notices import notify
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.stepping import Steps, Taken, locked_row
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.playbooks.here import current_playbook
from jinlin.wishes import rules
from jinlin.wishes.events import WishConfirmed
from jinlin.wishes.models import Wish
from jinlin.wishes.rules import NO_PERSONAL
from jinlin.wishes.states import WISHES, WishState, WishVerb

LONGEST = 300
V = WishVerb
DROPS_CLAIMER = {V.GIVE_UP, V.LAPSE, V.WITHDRAW}
TOLD: Mapping[WishVerb, tuple[Words, Words | None]] = {
    V.PUT_UP: (gettext_lazy("Your wish is on the wall: %(title)s."), None),
    V.RETURN: (gettext_lazy("Your wish came back to you with a reason: %(title)s."), None),
    V.CLAIM: (gettext_lazy("A neighbour has claimed your wish: %(title)s."), None),
    V.GIVE_UP: (gettext_lazy("Your wish is back on the wall: %(title)s."), None),
    V.LAPSE: (
        gettext_lazy("Your wish is back on the wall: %(title)s."),
        gettext_lazy("You have had this wish for long; it is back on the wall: %(title)s."),
    ),
    V.FULFIL: (gettext_lazy("Your wish is reported as fulfilled; please confirm it: %(title)s."), None),
    V.CONFIRM: (gettext_lazy("The wish has come true: %(title)s."), gettext_lazy("Its wisher confirms: %(title)s.")),
    V.CONTEST: (
        gettext_lazy("Not fulfilled yet: %(title)s."),
        gettext_lazy("Not fulfilled yet, says its wisher: %(title)s."),
    ),
    V.WITHDRAW: (
        gettext_lazy("The wish is withdrawn: %(title)s."),
        gettext_lazy("The wish that you claimed is withdrawn: %(title)s."),
    ),
}
"""What the wisher and the claimer hear of a step that somebody else took."""


def put_up(*, actor: Actor, wish_id: int, words: str = "", door: Door = ANY_DOOR) -> Wish:
    """Put a wish on the wall after the check of its scope, cost and privacy.

    Raises:
        NotFound, NotAllowed, WrongState, Stale, RepeatedSend, KeyReused; Invalid for words that cannot stand.
    """
    return STEPS.take(actor, wish_id, V.PUT_UP, door, words=_clean(words))


def return_wish(*, actor: Actor, wish_id: int, words: str, door: Door = ANY_DOOR) -> Wish:
    """Return a wish to its wisher, who can change it, with the reason. Raises as `put_up`, and Invalid without a reason."""
    return STEPS.take(actor, wish_id, V.RETURN, door, words=_clean(words, needed=True))


def claim(*, actor: Actor, wish_id: int, door: Door = ANY_DOOR) -> Wish:
    """Claim a wish: the actor leads its fulfilment, and nobody else does. Raises as `put_up`."""
    return STEPS.take(actor, wish_id, V.CLAIM, door, columns={"claimer_id": actor.person_id, "claimed_at": now()})


def give_up(*, actor: Actor, wish_id: int, words: str = "", door: Door = ANY_DOOR) -> Wish:
    """Give a claimed wish back to the wall. Raises as `put_up`."""
    return STEPS.take(actor, wish_id, V.GIVE_UP, door, words=_clean(words))


def fulfil(*, actor: Actor, wish_id: int, words: str, door: Door = ANY_DOOR) -> Wish:
    """Report as its claimer what was done; only the wisher's word closes it. Raises as `put_up`, Invalid without words."""
    result = _clean(words, needed=True)
    return STEPS.take(actor, wish_id, V.FULFIL, door, words=result, columns={"result": result})


def confirm(*, actor: Actor, wish_id: int, words: str = "", door: Door = ANY_DOOR) -> Wish:
    """Confirm as the wisher that the wish has come true. Raises as `put_up`."""
    return STEPS.take(actor, wish_id, V.CONFIRM, door, words=_clean(words), columns={"closed_at": now()})


def contest(*, actor: Actor, wish_id: int, words: str, door: Door = ANY_DOOR) -> Wish:
    """Say as the wisher what is still missing; its claimer goes on. Raises as `put_up`, and Invalid without words."""
    columns = {"claimed_at": now(), "result": ""}
    return STEPS.take(actor, wish_id, V.CONTEST, door, words=_clean(words, needed=True), columns=columns)


def withdraw(*, actor: Actor, wish_id: int, words: str = "", door: Door = ANY_DOOR) -> Wish:
    """Take a wish back: its wisher, or the community with a reason. Raises as `put_up`."""
    return STEPS.take(actor, wish_id, V.WITHDRAW, door, words=_clean(words), columns={"closed_at": now()})


def lapse_stale() -> Tally:
    """Put wishes back on the wall whose claimer has had them longer than the playbook allows, without a result."""
    since = now() - timedelta(days=current_playbook().norms.wish_claim_days)
    stale = Wish.objects.filter(state=WishState.CLAIMED, claimed_at__lt=since).order_by("claimed_at", "pk")
    return one_by_one(_lapse, list(stale.values_list("pk", flat=True)))


def let_go_of_erased() -> Tally:
    """Withdraw the wishes of people who have deleted their accounts, and free those that such people had claimed."""
    gone = Wish.objects.filter(person__erased_at__isnull=False, state__in=sorted(WISHES.sources(V.WITHDRAW)))
    led = Wish.objects.filter(claimer__erased_at__isnull=False, state=WishState.CLAIMED)
    ids = sorted({*gone.values_list("pk", flat=True), *led.values_list("pk", flat=True)})
    return one_by_one(_let_go, ids)


def _let_go(wish_id: int) -> Wish:
    erased = Wish.objects.filter(pk=wish_id, person__erased_at__isnull=False).exists()
    return withdraw(actor=SYSTEM, wish_id=wish_id) if erased else STEPS.take(SYSTEM, wish_id, V.LAPSE)


def _lapse(wish_id: int) -> Wish:
    return STEPS.take(SYSTEM, wish_id, V.LAPSE, Door(seen=WishState.CLAIMED))


def _clean(words: str, *, needed: bool = False) -> str:
    said = words.strip()
    if needed and not said:
        raise Invalid(fields={"words": _("Please say it in a few words.")})
    if len(said) > LONGEST:
        raise Invalid(fields={"words": _("At most 300 characters fit.")})
    if find_personal(said):
        raise Invalid(fields={"words": NO_PERSONAL})
    return said


def _not_claimed_before(_actor: Actor, wish: Wish, verb: WishVerb) -> None:
    """Raises: WrongState in words of its own for whoever comes second."""
    if verb == V.CLAIM and wish.claimer_id is not None:
        raise WrongState(_("This wish is already claimed; one person leads each wish."))


def _locked(actor: Actor, wish_id: int) -> Wish:
    return locked_row(Wish, wish_id, visible=rules.visible_to(actor))


def _about(wish: Wish) -> Mapping[str, Any]:
    return {"place_code": wish.place_code, "person_id": wish.person_id}


def _dropping(_actor: Actor, _wish: Wish, verb: WishVerb) -> Mapping[str, Any]:
    return {"claimer_id": None, "claimed_at": None} if verb in DROPS_CLAIMER else {}


def _follow(taken: Taken[Wish]) -> None:
    """Tell the wisher and the claimer, also one who has it no more, what somebody else did; announce what came true."""
    actor, wish = taken.actor, taken.row
    to_wisher, to_claimer = TOLD.get(WishVerb(taken.verb), (None, None))
    claimer_id = taken.before.get("claimer_id") or wish.claimer_id
    for person_id, words in ((wish.person_id, to_wisher), (claimer_id, to_claimer)):
        if words and person_id is not None and person_id != actor.person_id:
            notify([person_id], words, {"title": wish.title}, link=f"/wishes/{wish.pk}/")
    if taken.verb == V.CONFIRM:
        announce(WishConfirmed(wish.pk))


STEPS = Steps(
    audited="wishes.{verb}",
    table=WISHES,
    lock=_locked,
    check=_not_claimed_before,
    may=rules.may,
    effects=_dropping,
    about=_about,
    follow=_follow,
)
