"""What changes proposals: raising, screening, joining, answering, supporting."""

from jinlin.deliberation.actions.joining import join, separate
from jinlin.deliberation.actions.raising import NewProposal, raise_proposal
from jinlin.deliberation.actions.steps import answer, decline, route, withdraw
from jinlin.deliberation.actions.supporting import support, take_back

__all__ = [
    "NewProposal",
    "answer",
    "decline",
    "join",
    "raise_proposal",
    "route",
    "separate",
    "support",
    "take_back",
    "withdraw",
]
