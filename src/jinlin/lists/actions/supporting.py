"""Neighbours support what was ordered, one word for each household."""

from django.utils.translation import gettext as _

from jinlin.lists import rules
from jinlin.lists.actions.steps import ANY_DOOR, Door, locked
from jinlin.lists.models import Item
from jinlin.lists.queries import kind_of
from jinlin.lists.states import FINISHED
from jinlin.people import actions as people
from jinlin.people.supports import recount, subject_of, supports_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, WrongState
from jinlin.platform.sends import sent_once

KIND = "item"


def support_item(*, actor: Actor, item_id: int, door: Door = ANY_DOOR) -> Item:
    """Support an order for one's household.

    Raises:
        NotSignedIn, NotFound, RepeatedSend, KeyReused; NotAllowed for somebody who lives elsewhere.
        Invalid: for an item that is no order.
        WrongState: for one that is finished, and where the household supports it already.
    """
    with sent_once(f"account:{actor.account_id}", door.key, [item_id, "support"]) as send:
        item = locked([item_id])[0]
        if not kind_of(item.list.kind).supported:
            raise Invalid(_("Nothing can be ordered on this list."))
        rules.may_order(actor, item.list).enforce()
        if item.state in FINISHED:
            raise WrongState
        if not give_word(actor, item):
            raise WrongState(_("Your household supports this already; each household counts once."))
        send.keep(item)
    return item


def give_word(actor: Actor, item: Item) -> bool:
    """Count the actor's household for a locked item; return whether it is new."""
    given = people.give_support(actor=actor, subject=subject_of(KIND, item.pk))
    if given:
        item.supports += 1
        item.save(update_fields=["supports"])
        record_change(actor, "lists.support", item, place_code=item.list.place_code, supports=item.supports)
    return given


@recount(KIND)
def count_anew(item_ids: list[int]) -> None:
    """Set the number of households of each of these items from what they have said; two may have become one."""
    for item in locked(item_ids):
        item.supports = supports_of([subject_of(KIND, item.pk)])
        item.save(update_fields=["supports"])
