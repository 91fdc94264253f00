"""The verbs of requests; the only code that writes them."""

from jinlin.requests.actions.amending import add_to_request, withdraw_request
from jinlin.requests.actions.approvals import (
    ask_approval,
    grant_approval,
    refuse_approval,
    take_back_approval,
)
from jinlin.requests.actions.call_backs import draw_call_backs, record_drawn_call, record_unreached
from jinlin.requests.actions.catalogue import load_catalogue
from jinlin.requests.actions.category_tree import LoadedTree, load_categories, replace_categories
from jinlin.requests.actions.escalation import escalate_overdue
from jinlin.requests.actions.field import enter_matter, enter_opinion, handle_on_the_spot, settle_matter
from jinlin.requests.actions.handling import (
    accept_request,
    classify_request,
    decline_request,
    dispatch_request,
    handle_request,
    note_internally,
    relocate_request,
    report_progress,
    send_back_request,
    sign_for_request,
    start_request,
    transfer_request,
)
from jinlin.requests.actions.importing import ImportOutcome, import_requests
from jinlin.requests.actions.intake import Contact, Receipt, Report, enter_request, raise_request
from jinlin.requests.actions.ladder import climb_request, hand_up_request
from jinlin.requests.actions.learning import install_triage_model, learn_triage
from jinlin.requests.actions.locating import Where
from jinlin.requests.actions.meetings import call_meeting, record_meeting
from jinlin.requests.actions.merging import merge_request, unmerge_request
from jinlin.requests.actions.parts import AskedPart, ask_parts, call_off_part, finish_part, return_part, sign_part
from jinlin.requests.actions.publicity import Look, publish_request, refuse_publication, withdraw_publication
from jinlin.requests.actions.rating import (
    Judgement,
    begin_call_back,
    close_unrated,
    rate_request,
    record_call_back,
    record_failed_call_back,
    record_late_call_back,
)
from jinlin.requests.actions.relating import relate_request, unrelate_request
from jinlin.requests.actions.reopening import reopen_request, resubmit_request
from jinlin.requests.actions.retiring import retire_category
from jinlin.requests.actions.reveal import reveal_reporter
from jinlin.requests.actions.steps import Door
from jinlin.requests.actions.supports import support_request, withdraw_support
from jinlin.requests.actions.suspensions import end_suspensions, resume_request
from jinlin.requests.actions.talks import note_answer_of_talk, take_in_decision

__all__ = [
    "AskedPart",
    "Contact",
    "Door",
    "ImportOutcome",
    "Judgement",
    "LoadedTree",
    "Look",
    "Receipt",
    "Report",
    "Where",
    "accept_request",
    "add_to_request",
    "ask_approval",
    "ask_parts",
    "begin_call_back",
    "call_meeting",
    "call_off_part",
    "classify_request",
    "climb_request",
    "close_unrated",
    "decline_request",
    "dispatch_request",
    "draw_call_backs",
    "end_suspensions",
    "enter_matter",
    "enter_opinion",
    "enter_request",
    "escalate_overdue",
    "finish_part",
    "grant_approval",
    "hand_up_request",
    "handle_on_the_spot",
    "handle_request",
    "import_requests",
    "install_triage_model",
    "learn_triage",
    "load_catalogue",
    "load_categories",
    "merge_request",
    "note_answer_of_talk",
    "note_internally",
    "publish_request",
    "raise_request",
    "rate_request",
    "record_call_back",
    "record_drawn_call",
    "record_failed_call_back",
    "record_late_call_back",
    "record_meeting",
    "record_unreached",
    "refuse_approval",
    "refuse_publication",
    "relate_request",
    "relocate_request",
    "reopen_request",
    "replace_categories",
    "report_progress",
    "resubmit_request",
    "resume_request",
    "retire_category",
    "return_part",
    "reveal_reporter",
    "send_back_request",
    "settle_matter",
    "sign_for_request",
    "sign_part",
    "start_request",
    "support_request",
    "take_back_approval",
    "take_in_decision",
    "transfer_request",
    "unmerge_request",
    "unrelate_request",
    "withdraw_publication",
    "withdraw_request",
    "withdraw_support",
]
