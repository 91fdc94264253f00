"""The verbs of requests; the only code that writes them."""

from jinlin.requests.actions.catalogue import load_catalogue
from jinlin.requests.actions.escalation import escalate_overdue
from jinlin.requests.actions.handling import (
    accept_request,
    classify_request,
    decline_request,
    dispatch_request,
    handle_request,
    relocate_request,
    report_progress,
    send_back_request,
    sign_for_request,
    start_request,
    transfer_request,
)
from jinlin.requests.actions.intake import (
    Contact,
    Receipt,
    Report,
    Where,
    add_to_request,
    enter_request,
    raise_request,
    withdraw_request,
)
from jinlin.requests.actions.rating import (
    Judgement,
    begin_call_back,
    close_unrated,
    rate_request,
    record_call_back,
    record_failed_call_back,
)
from jinlin.requests.actions.steps import Door

__all__ = [
    "Contact",
    "Door",
    "Judgement",
    "Receipt",
    "Report",
    "Where",
    "accept_request",
    "add_to_request",
    "begin_call_back",
    "classify_request",
    "close_unrated",
    "decline_request",
    "dispatch_request",
    "enter_request",
    "escalate_overdue",
    "handle_request",
    "load_catalogue",
    "raise_request",
    "rate_request",
    "record_call_back",
    "record_failed_call_back",
    "relocate_request",
    "report_progress",
    "send_back_request",
    "sign_for_request",
    "start_request",
    "transfer_request",
    "withdraw_request",
]
