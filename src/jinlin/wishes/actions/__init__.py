"""What changes wishes and support pairs."""

from jinlin.wishes.actions.making import NewWish, Wisher, enter_wish, make_wish, resend
from jinlin.wishes.actions.pairing import (
    NewContact,
    accept_support,
    decline_support,
    end_over,
    end_support,
    log_contact,
    offer_support,
    plan_support,
)
from jinlin.wishes.actions.reveal import reveal_wisher
from jinlin.wishes.actions.steps import (
    Door,
    claim,
    confirm,
    contest,
    fulfil,
    give_up,
    lapse_stale,
    let_go_of_erased,
    put_up,
    return_wish,
    withdraw,
)

__all__ = [
    "Door",
    "NewContact",
    "NewWish",
    "Wisher",
    "accept_support",
    "claim",
    "confirm",
    "contest",
    "decline_support",
    "end_over",
    "end_support",
    "enter_wish",
    "fulfil",
    "give_up",
    "lapse_stale",
    "let_go_of_erased",
    "log_contact",
    "make_wish",
    "offer_support",
    "plan_support",
    "put_up",
    "resend",
    "return_wish",
    "reveal_wisher",
    "withdraw",
]
