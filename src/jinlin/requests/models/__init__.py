"""The rows of requests, by noun."""

from jinlin.requests.models.approvals import Approval, ApprovalKind, ApprovalState, Pause
from jinlin.requests.models.call_backs import CallBack, CallBackRound
from jinlin.requests.models.catalogue import Category, StandardText
from jinlin.requests.models.choices import Channel, Function, Kind, Outcome, Publicity, Urgency
from jinlin.requests.models.clocks import Clock
from jinlin.requests.models.history import RequestPhoto, Step
from jinlin.requests.models.judgements import Rating, Suggestion
from jinlin.requests.models.ladder import JointMeeting, Passage, RungKind
from jinlin.requests.models.parts import RequestPart
from jinlin.requests.models.relations import Relation
from jinlin.requests.models.requests import Request

__all__ = [
    "Approval",
    "ApprovalKind",
    "ApprovalState",
    "CallBack",
    "CallBackRound",
    "Category",
    "Channel",
    "Clock",
    "Function",
    "JointMeeting",
    "Kind",
    "Outcome",
    "Passage",
    "Pause",
    "Publicity",
    "Rating",
    "Relation",
    "Request",
    "RequestPart",
    "RequestPhoto",
    "RungKind",
    "StandardText",
    "Step",
    "Suggestion",
    "Urgency",
]
