"""Keeps what the public reads of a request in step with it, and says what of it may be shown."""

from enum import StrEnum

from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level, ancestor_at
from jinlin.disclosure.actions import PublicPlace, Subject, take_down, update_state
from jinlin.platform.access import Actor
from jinlin.requests.models import Publicity, Rating, Request
from jinlin.requests.states import State
from jinlin.territory.models import Place

ROUNDED_DEGREES = 3
"""Decimals of a point that is shown without a building: about 100 metres, so that nobody's door is marked."""


class ShownPlace(StrEnum):
    """How closely the public is told where it was."""

    BUILDING = "building"
    ESTATE = "estate"
    SPOT = "spot"
    COMMUNITY = "community"


def subject_of(request: Request) -> Subject:
    """Return how public records name this request."""
    return Subject(request._meta.label_lower, request.pk)


def keep_public_record(actor: Actor, request: Request) -> None:
    """Let the public record of a changed request show its state; one that was withdrawn is taken down.

    The caller saves the request.
    """
    if request.publicity != Publicity.PUBLIC:
        return
    if request.state == State.WITHDRAWN:
        request.publicity = Publicity.PRIVATE
        take_down(actor=actor, subject=subject_of(request), reason=_("withdrawn by its sender"))
        return
    update_state(subject=subject_of(request), state=request.state)


def keep_public_rating(request: Request, rating: Rating) -> None:
    """Let the public record show how the handling was judged."""
    if request.publicity == Publicity.PUBLIC and rating.satisfied:
        update_state(subject=subject_of(request), state=request.state, rating=rating.satisfied)


def places_to_show(request: Request) -> dict[ShownPlace, PublicPlace]:
    """Return how closely this request's place may be shown, the closest first."""
    offered = {
        ShownPlace.BUILDING: _building(request),
        ShownPlace.ESTATE: _estate(request),
        ShownPlace.SPOT: _spot(request),
        ShownPlace.COMMUNITY: _place(_code_at(request, Level.COMMUNITY)),
    }
    return {shown: place for shown, place in offered.items() if place is not None}


def _code_at(request: Request, level: Level) -> str:
    return ancestor_at(request.place_code, level) or request.place_code


def _building(request: Request) -> PublicPlace | None:
    return _place(_code_at(request, Level.BUILDING)) if len(request.place_code) >= Level.BUILDING else None


def _place(code: str) -> PublicPlace:
    place = Place.objects.filter(code=code).first()
    if place is None:
        return PublicPlace(code)
    return PublicPlace(code, place.address, place.longitude, place.latitude)


def _estate(request: Request) -> PublicPlace | None:
    if request.estate is None:
        return None
    return PublicPlace(_code_at(request, Level.COMMUNITY), request.estate.name)


def _spot(request: Request) -> PublicPlace | None:
    if request.longitude is None or request.latitude is None or len(request.place_code) >= Level.BUILDING:
        return None
    community = _place(_code_at(request, Level.COMMUNITY))
    point = round(request.longitude, ROUNDED_DEGREES), round(request.latitude, ROUNDED_DEGREES)
    return PublicPlace(community.code, community.name, *point)
