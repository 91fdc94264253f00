"""What changes reports, postings and pairings."""

from jinlin.volunteering.actions.claims import claim, claim_all
from jinlin.volunteering.actions.confirming import confirm_all
from jinlin.volunteering.actions.matching import Proposals, Refusal, propose_pairs
from jinlin.volunteering.actions.postings import NewPosting, change_places, close_posting, post, post_all
from jinlin.volunteering.actions.reporting import NewReport, report, report_all
from jinlin.volunteering.actions.sheets import SheetReport, take_postings, take_reports, take_services
from jinlin.volunteering.actions.steps import (
    Door,
    Served,
    agree,
    confirm,
    contest,
    decline,
    move_up,
    serve,
    withdraw,
)

__all__ = [
    "Door",
    "NewPosting",
    "NewReport",
    "Proposals",
    "Refusal",
    "Served",
    "SheetReport",
    "agree",
    "change_places",
    "claim",
    "claim_all",
    "close_posting",
    "confirm",
    "confirm_all",
    "contest",
    "decline",
    "move_up",
    "post",
    "post_all",
    "propose_pairs",
    "report",
    "report_all",
    "serve",
    "take_postings",
    "take_reports",
    "take_services",
    "withdraw",
]
