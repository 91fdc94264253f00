"""The states of a request and the table of its steps, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class State(models.TextChoices):
    """Where a request stands, in the words that residents read."""

    RECEIVED = "received", _("received")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    DISPATCHED = "dispatched", _("dispatched")
    TRANSFERRED = "transferred", _("passed on")
    SIGNED = "signed", _("signed for")
    IN_PROGRESS = "in_progress", _("in progress")
    HANDLED = "handled", _("handled")
    CALL_BACK = "call_back", pgettext_lazy("request state", "call-back")
    REWORKED = "reworked", _("sent back for rework")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("answered together with another")


class Verb(models.TextChoices):
    """The steps of a request; each is one action and one line of its history."""

    RECEIVE = "receive", _("received")
    ACCEPT = "accept", _("accept")
    COORDINATE = "coordinate", _("coordinate with neighbours")
    DECLINE = "decline", _("decline")
    CLASSIFY = "classify", _("classify")
    RELOCATE = "relocate", _("correct the place")
    DISPATCH = "dispatch", _("dispatch")
    TRANSFER = "transfer", _("pass on")
    SEND_BACK = "send_back", _("send back to the dispatcher")
    SIGN = "sign", _("sign for")
    START = "start", _("start work")
    REPORT = "report", _("report progress")
    HANDLE = "handle", _("report as handled")
    CALL_BACK = "call_back", _("begin call-back")
    CLOSE = "close", _("close")
    REWORK = "rework", _("send back for rework")
    SETTLE = "settle", _("close with a reason")
    REOPEN = "reopen", _("reopen")
    RESUBMIT = "resubmit", _("submit again")
    WITHDRAW = "withdraw", _("withdraw")
    ADD = "add", _("add information")
    MERGE = "merge", _("merge into another")
    UNMERGE = "unmerge", _("take out of the merge")
    SPLIT = "split", _("ask others to help")
    PART_SIGN = "part_sign", _("sign for a part")
    PART_RETURN = "part_return", _("return a part")
    PART_DONE = "part_done", _("report a part as done")
    PART_OFF = "part_off", _("call a part off")
    ESCALATE = "escalate", _("escalate")
    LEAD = "lead", _("led by the secretary")
    IMPORT = "import", _("imported")
    ASK = "ask", _("ask for an approval")
    GRANT = "grant", _("grant")
    REFUSE = "refuse", pgettext_lazy("approval", "refuse")
    TAKE_BACK = "take_back", _("take the wish back")
    CLIMB = "climb", _("take up to the next level")
    CONVENE = "convene", _("call a joint meeting")
    MEET = "meet", _("joint meeting held")
    RESUME = "resume", _("end the suspension")
    JUDGE = "judge", _("judged after its close")


def verb_choices() -> list[tuple[str, object]]:
    """Return the steps with their words; a function, so that a new step changes no table."""
    return Verb.choices


def state_choices() -> list[tuple[str, object]]:
    """Return the states with their words; a function, so that a new state changes no table."""
    return State.choices


S = State
OPEN_AT_DISPATCHER = {S.RECEIVED, S.ACCEPTED}
WAITING_FOR_SIGNATURE = {S.DISPATCHED, S.TRANSFERRED}
AT_BODY = {S.SIGNED, S.IN_PROGRESS, S.REWORKED}
WAITING_FOR_RATING = {S.HANDLED, S.CALL_BACK}
FINAL = {S.DECLINED, S.CLOSED, S.WITHDRAWN}
OPEN = set(State) - FINAL - {S.MERGED}
BEFORE_ANSWER = OPEN - WAITING_FOR_RATING

TABLE = StateTable(
    initial=S.RECEIVED,
    moves={
        Verb.ACCEPT: {S.RECEIVED: S.ACCEPTED},
        Verb.COORDINATE: {S.RECEIVED: S.IN_PROGRESS},
        Verb.DECLINE: {S.RECEIVED: S.DECLINED, S.ACCEPTED: S.DECLINED},
        Verb.CLASSIFY: {state: state for state in OPEN},
        Verb.RELOCATE: {state: state for state in OPEN},
        Verb.DISPATCH: {S.ACCEPTED: S.DISPATCHED},
        Verb.TRANSFER: dict.fromkeys(WAITING_FOR_SIGNATURE | AT_BODY, S.TRANSFERRED),
        Verb.SEND_BACK: dict.fromkeys(WAITING_FOR_SIGNATURE | {S.SIGNED}, S.ACCEPTED),
        Verb.SIGN: dict.fromkeys(WAITING_FOR_SIGNATURE, S.SIGNED),
        Verb.START: {S.SIGNED: S.IN_PROGRESS, S.REWORKED: S.IN_PROGRESS},
        Verb.REPORT: {S.IN_PROGRESS: S.IN_PROGRESS},
        Verb.HANDLE: {S.ACCEPTED: S.HANDLED, S.IN_PROGRESS: S.HANDLED},
        Verb.CALL_BACK: {S.HANDLED: S.CALL_BACK},
        Verb.CLOSE: dict.fromkeys(WAITING_FOR_RATING, S.CLOSED),
        Verb.REWORK: dict.fromkeys(WAITING_FOR_RATING, S.REWORKED),
        Verb.SETTLE: {S.HANDLED: S.CLOSED},
        Verb.REOPEN: {S.CLOSED: S.REWORKED},
        Verb.RESUBMIT: {S.DECLINED: S.RECEIVED},
        Verb.WITHDRAW: dict.fromkeys(BEFORE_ANSWER, S.WITHDRAWN),
        Verb.ADD: {state: state for state in OPEN | {S.MERGED}},
        Verb.MERGE: dict.fromkeys(BEFORE_ANSWER, S.MERGED),
        Verb.UNMERGE: {S.MERGED: S.RECEIVED},
        Verb.LEAD: dict.fromkeys({S.ACCEPTED} | WAITING_FOR_SIGNATURE | AT_BODY, S.IN_PROGRESS),
        Verb.SPLIT: {state: state for state in WAITING_FOR_SIGNATURE | AT_BODY},
        Verb.PART_SIGN: {state: state for state in BEFORE_ANSWER},
        Verb.PART_RETURN: {state: state for state in BEFORE_ANSWER},
        Verb.PART_DONE: {state: state for state in BEFORE_ANSWER},
        Verb.PART_OFF: {state: state for state in BEFORE_ANSWER},
        Verb.ESCALATE: {state: state for state in BEFORE_ANSWER},
        Verb.ASK: {state: state for state in OPEN | {S.CLOSED}},
        Verb.GRANT: {state: state for state in OPEN | {S.CLOSED}},
        Verb.REFUSE: {state: state for state in OPEN | {S.CLOSED}},
        Verb.TAKE_BACK: {state: state for state in OPEN | {S.CLOSED}},
        Verb.CLIMB: dict.fromkeys({S.ACCEPTED} | WAITING_FOR_SIGNATURE | AT_BODY, S.TRANSFERRED),
        Verb.CONVENE: {state: state for state in WAITING_FOR_SIGNATURE | AT_BODY},
        Verb.MEET: {state: state for state in OPEN},
        Verb.RESUME: {state: state for state in OPEN},
        Verb.JUDGE: {S.CLOSED: S.CLOSED},
    },
)
"""What is taken out of a merge goes back to the state before it, which its history tells; the table names where all begins."""


class PartState(models.TextChoices):
    """Where the part of a body stands that was asked to help."""

    ASKED = "asked", pgettext_lazy("part", "asked")
    SIGNED = "signed", pgettext_lazy("part", "signed for")
    DONE = "done", pgettext_lazy("part", "done")
    RETURNED = "returned", pgettext_lazy("part", "returned")
    CALLED_OFF = "called_off", pgettext_lazy("part", "called off")


OWED = {PartState.ASKED, PartState.SIGNED}
HELPING = {*OWED, PartState.DONE}
"""States in which a body has to do with the request."""

PARTS = StateTable(
    initial=PartState.ASKED,
    moves={
        Verb.PART_SIGN: {PartState.ASKED: PartState.SIGNED},
        Verb.PART_RETURN: dict.fromkeys(OWED, PartState.RETURNED),
        Verb.PART_DONE: dict.fromkeys(OWED, PartState.DONE),
        Verb.PART_OFF: dict.fromkeys(OWED, PartState.CALLED_OFF),
    },
)
STEPS_OF_PARTS = frozenset(PARTS.moves)
"""Steps that are taken with one part of a request, not with the request alone."""
