"""What changes lists, their items and the links between these."""

from jinlin.lists.actions.linking import link_items, unlink_items
from jinlin.lists.actions.opening import (
    NewItem,
    NewList,
    add_items,
    close_list,
    hand_over,
    make_project,
    open_lists,
    place_order,
)
from jinlin.lists.actions.sheets import take_items
from jinlin.lists.actions.steps import (
    Door,
    check_items,
    claim_items,
    decline_items,
    release_items,
    report_items,
    rework_items,
    settle_items,
    warn_of_unclaimed,
)
from jinlin.lists.actions.supporting import support_item

__all__ = [
    "Door",
    "NewItem",
    "NewList",
    "add_items",
    "check_items",
    "claim_items",
    "close_list",
    "decline_items",
    "hand_over",
    "link_items",
    "make_project",
    "open_lists",
    "place_order",
    "release_items",
    "report_items",
    "rework_items",
    "settle_items",
    "support_item",
    "take_items",
    "unlink_items",
    "warn_of_unclaimed",
]
