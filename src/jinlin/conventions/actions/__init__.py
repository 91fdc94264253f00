"""The verbs of conventions: drafted, commented on and answered, voted on, taken note of, and recalled to everybody."""

from jinlin.conventions.actions.commenting import Reply, answer_comment, comment_on
from jinlin.conventions.actions.drafting import (
    ClauseWords,
    NewEdition,
    draft_edition,
    remove_clause,
    write_clause,
)
from jinlin.conventions.actions.keeping import acknowledge, remind
from jinlin.conventions.actions.steps import drop_edition, open_for_comments, put_to_vote, revise_edition
from jinlin.conventions.actions.voting import record_paper_vote, settle_votes

__all__ = [
    "ClauseWords",
    "NewEdition",
    "Reply",
    "acknowledge",
    "answer_comment",
    "comment_on",
    "draft_edition",
    "drop_edition",
    "open_for_comments",
    "put_to_vote",
    "record_paper_vote",
    "remind",
    "remove_clause",
    "revise_edition",
    "settle_votes",
    "write_clause",
]
