"""The rows of requests, by noun."""

from jinlin.requests.models.catalogue import Category, StandardText
from jinlin.requests.models.choices import Channel, Function, Kind, Publicity, Urgency
from jinlin.requests.models.clocks import Clock
from jinlin.requests.models.history import RequestPhoto, Step
from jinlin.requests.models.judgements import Rating, Suggestion
from jinlin.requests.models.requests import Request

__all__ = [
    "Category",
    "Channel",
    "Clock",
    "Function",
    "Kind",
    "Publicity",
    "Rating",
    "Request",
    "RequestPhoto",
    "StandardText",
    "Step",
    "Suggestion",
    "Urgency",
]
