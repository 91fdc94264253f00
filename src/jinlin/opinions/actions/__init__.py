"""What changes conversations: preparing and steering them, saying and checking statements, votes, slips."""

from jinlin.opinions.actions.making import NewConversation, make_conversation
from jinlin.opinions.actions.saying import hide, say, seed, show
from jinlin.opinions.actions.slips import Slip, enter_slips
from jinlin.opinions.actions.steps import close_conversation, close_ended, open_conversation, withdraw_conversation
from jinlin.opinions.actions.voting import Ballot, vote

__all__ = [
    "Ballot",
    "NewConversation",
    "Slip",
    "close_conversation",
    "close_ended",
    "enter_slips",
    "hide",
    "make_conversation",
    "open_conversation",
    "say",
    "seed",
    "show",
    "vote",
    "withdraw_conversation",
]
