"""What the pages of lists and items show, whoever looks, and how each step of an item is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jinlin.lists import actions, queries, rules
from jinlin.lists.models import Item, ItemList
from jinlin.lists.states import FINISHED, ItemState
from jinlin.people.supports import has_supported, subject_of
from jinlin.platform.access import Actor
from jinlin.platform.errors import NotFound, Words
from jinlin.platform.works import Matter, matter_of
from jinlin.playbooks.schema import ListKind

TONES = {
    ItemState.OPEN: "soon",
    ItemState.CLAIMED: "working",
    ItemState.SETTLED: "brand",
    ItemState.CLOSED: "done",
    ItemState.ANSWERED: "done",
}


@dataclass(frozen=True)
class StepPage:
    """The page of one step: its action, its button, what is asked."""

    act: Callable[..., list[Item]]
    button: Words
    asks: Words
    primary: bool = False


STEPS: dict[str, StepPage] = {
    "claim": StepPage(
        actions.claim_items, _("Take it on"), _("Choose who takes it on, and until which day."), primary=True
    ),
    "settle": StepPage(
        actions.settle_items, _("Report as done"), _("Say what was done; somebody else then checks it."), primary=True
    ),
    "check": StepPage(
        actions.check_items, _("Checked: close it"), _("It is closed, and what it answers is answered."), primary=True
    ),
    "rework": StepPage(actions.rework_items, pgettext_lazy("item", "Not done yet"), _("Say what is still missing.")),
    "report": StepPage(actions.report_items, _("Report progress"), _("Say how the work stands.")),
    "release": StepPage(
        actions.release_items, pgettext_lazy("item", "Give it back"), _("Another body can then take it on.")
    ),
    "decline": StepPage(
        actions.decline_items, _("Answer why not"), _("Say why it will not be done; whoever asked for it reads that.")
    ),
}
"""The steps by the words of their addresses, in the order of the buttons."""


def name_of(kind: ListKind | None, fallback: str = "") -> str:
    """Return the name of a kind in the reader's language."""
    if kind is None:
        return fallback
    return kind.name if (get_language() or "").startswith("zh") else kind.name_en


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of list as choices."""
    return [(key, name_of(kind)) for key, kind in queries.kinds().items()]


def the_list(list_id: int) -> ItemList:
    """Return a list with its progress. Raises: NotFound."""
    rows = queries.with_progress(ItemList.objects.select_related("zone", "body"))
    found = rows.filter(pk=list_id).first()
    if found is None:
        raise NotFound
    return found


def the_item(item_id: int) -> Item:
    """Return an item with its list. Raises: NotFound."""
    rows = Item.objects.select_related("list__zone", "list__body", "claimer")
    found = rows.filter(pk=item_id).first()
    if found is None:
        raise NotFound
    return found


def toned(items: Any) -> list[tuple[Item, str]]:
    """Return items with the tone of their state."""
    return [(item, TONES.get(ItemState(item.state), "quiet")) for item in items]


def percent(item_list: Any) -> int | None:
    """Return how much of a list is finished, in a hundred; None for one without items."""
    share = queries.progress(item_list.finished, item_list.total)
    return None if share is None else int(share * 100)


def shown_item(actor: Actor, item: Item) -> dict[str, Any]:
    """Return what the page of an item needs."""
    kind = queries.kinds().get(item.list.kind)
    traced = queries.traces(item)
    verbs = queries.verbs_of(actor, item)
    return {
        "item": item,
        "came_from": _origin(actor, item),
        "kind": name_of(kind, item.list.kind),
        "tone": TONES.get(ItemState(item.state), "quiet"),
        "late": queries.is_late(item),
        "history": list(item.steps.select_related("body").order_by("-number")),
        "answers": toned(traced["answers"]),
        "answered_by": toned(traced["answered_by"]),
        "steps": [(name, page) for name, page in STEPS.items() if name in verbs],
        "may_support": bool(kind and kind.supported)
        and item.state not in FINISHED
        and actor.is_signed_in
        and bool(rules.may_order(actor, item.list))
        and not has_supported(actor, subject_of("item", item.pk)),
        "supported": bool(kind and kind.supported),
        "choice": next((row.name for row in kind.catalogue if row.key == item.choice), "") if kind else "",
    }


def _origin(actor: Actor, item: Item) -> Matter | None:
    """Return the matter that an item came from, such as a decision; None where there is none that the actor may know of."""
    try:
        return matter_of(actor, item.origin) if item.origin else None
    except NotFound:
        return None
