"""What changes ballots: preparing and announcing them, casting and entering papers, counting."""

from jinlin.voting.actions.casting import Marks, cast, enter_paper
from jinlin.voting.actions.counting import count_ballot, count_due
from jinlin.voting.actions.preparing import (
    NewBallot,
    NewOption,
    NewQuestion,
    announce_ballot,
    cancel_ballot,
    prepare_ballot,
)

__all__ = [
    "Marks",
    "NewBallot",
    "NewOption",
    "NewQuestion",
    "announce_ballot",
    "cancel_ballot",
    "cast",
    "count_ballot",
    "count_due",
    "enter_paper",
    "prepare_ballot",
]
