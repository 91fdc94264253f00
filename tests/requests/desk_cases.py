"""Requests at every stage, for tests of the desk."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine

from jinlin.platform.models import StoredFile
from jinlin.requests import actions
from jinlin.requests.actions import Report, Where
from jinlin.requests.models import Request
from jinlin.requests.states import State
from tests.support.clocks import START
from tests.support.community import Community

CATEGORY = "C10102"
BASIS = "职责表第12条"


class RunningClock:
    """Time that goes on by itself, as between the steps of people, and can be moved forward."""

    def __init__(self, traveller: time_machine.Traveller):
        self._traveller = traveller

    def forward(self, **amount: float) -> None:
        """Move on by days, hours or minutes."""
        self._traveller.shift(timedelta(**amount))


@pytest.fixture
def running_clock() -> Iterator[RunningClock]:
    """Begin at a Friday morning, 8 May 2026, 9:00 in Shanghai."""
    with time_machine.travel(START, tick=True) as traveller:
        yield RunningClock(traveller)


def raised(
    place: Community,
    text: str = "3号楼路灯不亮",
    *,
    who: str = "resident",
    home: int = 0,
    public: bool = False,
    photos: tuple[StoredFile, ...] = (),
) -> Request:
    """Return a request that somebody has just raised at one of the homes."""
    where = Where(place_code=place.homes[home].code)
    report = Report(text=text, where=where, wished_public=public, photos=photos)
    return actions.raise_request(actor=place.actor(who), report=report).request


def at(place: Community, state: State, **more: object) -> Request:
    """Return a request that was led to a state by the people whose steps these are."""
    request = raised(place, **more)
    for step in PATHS[state]:
        step(place, request.pk)
    request.refresh_from_db()
    return request


Step = Callable[[Community, int], object]


def _accept(place: Community, pk: int) -> None:
    actions.accept_request(actor=place.actor("community_worker"), request_id=pk, category=CATEGORY, urgency="ordinary")


def _dispatch(place: Community, pk: int) -> None:
    firm = place.bodies["property_firm"]
    actions.dispatch_request(actor=place.actor("community_worker"), request_id=pk, body_id=firm.pk, basis=BASIS)


def _transfer(place: Community, pk: int) -> None:
    other = place.bodies["residents_committee"]
    actions.transfer_request(actor=place.actor("community_worker"), request_id=pk, body_id=other.pk, basis="不归物业")
    firm = place.bodies["property_firm"]
    actions.transfer_request(actor=place.actor("community_worker"), request_id=pk, body_id=firm.pk, basis="还是归物业")


def _sign(place: Community, pk: int) -> None:
    actions.sign_for_request(actor=place.actor("property_manager"), request_id=pk)


def _start(place: Community, pk: int) -> None:
    actions.start_request(actor=place.actor("property_manager"), request_id=pk)


def _handle(place: Community, pk: int) -> None:
    actions.handle_request(actor=place.actor("property_manager"), request_id=pk, answer="换了灯泡，亮了。")


def _call(place: Community, pk: int) -> None:
    actions.begin_call_back(actor=place.actor("community_worker"), request_id=pk)


def _rate(solved: str) -> Step:
    judgement = actions.Judgement(responded=True, solved=solved, satisfied="mostly")
    return lambda place, pk: actions.rate_request(actor=place.actor("resident"), request_id=pk, judgement=judgement)


def _decline(place: Community, pk: int) -> None:
    actions.decline_request(actor=place.actor("community_worker"), request_id=pk, reason="不在辖区")


def _withdraw(place: Community, pk: int) -> None:
    actions.withdraw_request(actor=place.actor("resident"), request_id=pk)


def _merge(place: Community, pk: int) -> None:
    lead = raised(place, "整个小区的路灯都不亮")
    worker = place.actor("community_worker")
    actions.merge_request(actor=worker, request_id=pk, into=lead.number, reason="同一处路灯")


TO_HANDLED = [_accept, _dispatch, _sign, _start, _handle]
PATHS: dict[State, list[Step]] = {
    State.RECEIVED: [],
    State.ACCEPTED: TO_HANDLED[:1],
    State.DECLINED: [_decline],
    State.DISPATCHED: TO_HANDLED[:2],
    State.TRANSFERRED: [*TO_HANDLED[:2], _transfer],
    State.SIGNED: TO_HANDLED[:3],
    State.IN_PROGRESS: TO_HANDLED[:4],
    State.HANDLED: TO_HANDLED,
    State.CALL_BACK: [*TO_HANDLED, _call],
    State.REWORKED: [*TO_HANDLED, _rate("no")],
    State.CLOSED: [*TO_HANDLED, _rate("yes")],
    State.WITHDRAWN: [_withdraw],
    State.MERGED: [*TO_HANDLED[:4], _merge],
}
