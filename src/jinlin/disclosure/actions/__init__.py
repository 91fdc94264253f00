"""What makes something public, keeps it up to date and takes it down; notices with their objections."""

from jinlin.disclosure.actions.drafting import NewNotice, draft_notice, drop_notice, redraft_notice
from jinlin.disclosure.actions.ending import end_notice, end_over, recount
from jinlin.disclosure.actions.objecting import (
    Answer,
    Objector,
    answer_objection,
    enter_objection,
    object_to,
    take_objection_back,
)
from jinlin.disclosure.actions.posting import Look, change_notice, post_notice, take_notice_down
from jinlin.disclosure.actions.proving import Proof, prove_posting
from jinlin.disclosure.actions.records import PublicPlace, PublicWords, Subject, disclose, take_down, update_state

__all__ = [
    "Answer",
    "Look",
    "NewNotice",
    "Objector",
    "Proof",
    "PublicPlace",
    "PublicWords",
    "Subject",
    "answer_objection",
    "change_notice",
    "disclose",
    "draft_notice",
    "drop_notice",
    "end_notice",
    "end_over",
    "enter_objection",
    "object_to",
    "post_notice",
    "prove_posting",
    "recount",
    "redraft_notice",
    "take_down",
    "take_notice_down",
    "take_objection_back",
    "update_state",
]
