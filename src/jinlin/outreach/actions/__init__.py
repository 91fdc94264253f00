"""What changes rounds, visits, what was heard on them, and the wish for no visits."""

from jinlin.outreach.actions.finding import Teller, note_issue, note_wish
from jinlin.outreach.actions.planning import NewRound, cancel_round, close_round, plan_round
from jinlin.outreach.actions.visiting import decline_visit, log_visit, miss_visit, set_no_visits

__all__ = [
    "NewRound",
    "Teller",
    "cancel_round",
    "close_round",
    "decline_visit",
    "log_visit",
    "miss_visit",
    "note_issue",
    "note_wish",
    "plan_round",
    "set_no_visits",
]
