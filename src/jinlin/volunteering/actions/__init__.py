"""What changes reports, postings and pairings."""

from jinlin.volunteering.actions.claims import (
    Served,
    agree,
    claim,
    claim_all,
    confirm,
    confirm_all,
    contest,
    decline,
    serve,
    withdraw,
)
from jinlin.volunteering.actions.matching import Proposals, Refusal, propose_pairs
from jinlin.volunteering.actions.postings import NewPosting, close_posting, post, post_all
from jinlin.volunteering.actions.reporting import NewReport, report, report_all

__all__ = [
    "NewPosting",
    "NewReport",
    "Proposals",
    "Refusal",
    "Served",
    "agree",
    "claim",
    "claim_all",
    "close_posting",
    "confirm",
    "confirm_all",
    "contest",
    "decline",
    "post",
    "post_all",
    "propose_pairs",
    "report",
    "report_all",
    "serve",
    "withdraw",
]
