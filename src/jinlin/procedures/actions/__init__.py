"""What moves a procedure: it is begun, its steps are concluded, left out and proved, and what happened elsewhere is caught up."""

from jinlin.procedures.actions.beginning import NewProcedure, begin
from jinlin.procedures.actions.catching_up import catch_up, catch_up_all
from jinlin.procedures.actions.stepping import Evidence, conclude, prove, skip, take_part, withdraw

__all__ = [
    "Evidence",
    "NewProcedure",
    "begin",
    "catch_up",
    "catch_up_all",
    "conclude",
    "prove",
    "skip",
    "take_part",
    "withdraw",
]
