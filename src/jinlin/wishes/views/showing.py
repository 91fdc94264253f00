"""What the pages of one wish show to whoever looks: its history, and the steps that they may take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.access import Actor
from jinlin.platform.errors import NotFound, Words
from jinlin.wishes import actions, queries, rules
from jinlin.wishes.models import Step, Wish
from jinlin.wishes.states import WishState, WishVerb

TONES = {
    WishState.DRAFT: "soon",
    WishState.OPEN: "brand",
    WishState.CLAIMED: "working",
    WishState.FULFILLED: "soon",
    WishState.CONFIRMED: "done",
}


@dataclass(frozen=True)
class StepPage:
    """The page of one step: its action, its button, what is asked, what is said afterwards."""

    act: Callable[..., Wish]
    button: Words
    asks: Words
    done: Words
    primary: bool = False
    has_words: bool = True


V = WishVerb
STEPS: dict[str, StepPage] = {
    "claim": StepPage(
        actions.claim,
        _("I will fulfil it"),
        _("You lead this wish: nobody else claims it, and you see how the wisher is reached."),
        _("The wish is yours. Thank you."),
        primary=True,
        has_words=False,
    ),
    "fulfil": StepPage(
        actions.fulfil,
        _("It is done"),
        _("Say what was done. The wish closes when its wisher confirms it."),
        _("Written down. Its wisher is asked to confirm it."),
        primary=True,
    ),
    "give-up": StepPage(
        actions.give_up,
        _("Give it back"),
        _("The wish goes back to the wall, so that somebody else can claim it."),
        _("It is back on the wall."),
    ),
    "confirm": StepPage(
        actions.confirm,
        _("It has come true"),
        _("The wish is then closed. You may add a word of thanks, which whoever fulfilled it reads."),
        _("Thank you. The wish is closed."),
        primary=True,
    ),
    "contest": StepPage(
        actions.contest,
        pgettext_lazy("wish", "Not yet"),
        _("Say what is still missing."),
        _("Written down; it is open again."),
    ),
    "put-up": StepPage(
        actions.put_up,
        _("Put it on the wall"),
        _("Scope, cost and privacy are checked: it is a small thing, within the limit, and tells nothing of a person."),
        _("It is on the wall."),
        primary=True,
    ),
    "return": StepPage(
        actions.return_wish,
        _("Return it with a reason"),
        _("Its wisher reads the reason and can change the wish."),
        _("Returned; its wisher is told."),
    ),
    "withdraw": StepPage(
        actions.withdraw,
        _("Withdraw the wish"),
        _("The wish leaves the wall for good. Whoever claimed it is told."),
        _("The wish is withdrawn."),
    ),
}
"""The steps by the words of their addresses, in the order of the buttons."""
TAKEN_DOWN = StepPage(
    actions.withdraw,
    _("Take the wish down"),
    _("The wish leaves the wall for good. Its wisher, and whoever claimed it, are told."),
    _("The wish is taken down."),
)
"""The same step where it is taken with the wish of somebody else."""
AT_DESK = {"put-up", "return", "withdraw"}


def page_of_step(name: str, actor: Actor, wish: Wish) -> StepPage:
    """Return the page of a step in the words for this actor. Raises: KeyError for a step that there is none of."""
    return TAKEN_DOWN if name == "withdraw" and not rules.is_wisher(actor, wish) else STEPS[name]


def the_wish(actor: Actor, wish_id: int) -> Wish:
    """Return a wish that the actor may see. Raises: NotFound."""
    wish = rules.visible_to(actor).select_related("body").filter(pk=wish_id).first()
    if wish is None:
        raise NotFound
    return wish


def _history(actor: Actor, wish: Wish) -> list[Step]:
    """Return what the actor may read of its history: all for wisher and checkers, what came after the claim for its claimer."""
    steps = wish.steps.order_by("-number")
    if rules.is_wisher(actor, wish) or rules.checks(actor, wish.place_code):
        return list(steps)
    if wish.claimer_id is None or wish.claimer_id != actor.person_id:
        return []
    claimed = wish.steps.filter(verb=WishVerb.CLAIM).order_by("-number").values("number")
    return list(steps.filter(number__gte=claimed[:1]))


def shown(actor: Actor, wish: Wish) -> dict[str, Any]:
    """Return what the templates of one wish need: its history is for those who have a part in it."""
    verbs = {verb.replace("_", "-") for verb in queries.verbs_of(actor, wish)}
    return {
        "wish": wish,
        "tone": TONES.get(WishState(wish.state), "quiet"),
        "community": queries.names_of([wish.place_code]).get(wish.place_code, ""),
        "steps": [(name, page_of_step(name, actor, wish)) for name in STEPS if name in verbs],
        "may_resend": "resend" in verbs,
        "history": _history(actor, wish),
        "is_wisher": rules.is_wisher(actor, wish),
        "may_reach": bool(rules.may_see_wisher(actor, wish)),
        "may_offer": wish.state == WishState.CONFIRMED and bool(rules.may_offer_support(actor, wish)),
    }
