"""What the clock does by itself: closing what nobody rated, escalating what is overdue, each row for itself."""

from datetime import timedelta

import pytest

from jinlin.platform.dates import now, told_at
from jinlin.platform.errors import WrongState
from jinlin.requests import actions
from jinlin.requests.actions import Report, Where, escalation, rating
from jinlin.requests.models import Clock, Request
from jinlin.requests.states import State
from tests.support.community import Community, make_community

LONG_AGO = timedelta(days=60)


@pytest.fixture
def place(db: None) -> Community:
    return make_community()


def raised(place: Community) -> Request:
    report = Report(text="楼道灯坏了", where=Where(place_code=place.homes[0].code))
    return actions.raise_request(actor=place.actor("resident"), report=report).request


def handled(place: Community) -> Request:
    """Return a request that was handled two months ago and never rated."""
    with told_at(now() - LONG_AGO):
        request, worker, firm = raised(place), place.actor("community_worker"), place.actor("property_manager")
        actions.accept_request(actor=worker, request_id=request.pk, category="E10101")
        body = place.bodies["property_firm"]
        actions.dispatch_request(actor=worker, request_id=request.pk, body_id=body.pk, basis="职责表第4条")
        actions.sign_for_request(actor=firm, request_id=request.pk)
        actions.start_request(actor=firm, request_id=request.pk)
        actions.handle_request(actor=firm, request_id=request.pk, answer="换好了")
    return request


def states(*requests: Request) -> list[str]:
    return [Request.objects.get(pk=request.pk).state for request in requests]


def test_a_later_step_does_not_put_off_the_silent_end(place: Community) -> None:
    request = handled(place)
    actions.add_to_request(actor=place.actor("resident"), request_id=request.pk, note="谢谢")
    assert request.steps.filter(at__gt=now() - timedelta(days=1)).exists()
    assert states(request) == [State.HANDLED]
    assert actions.close_unrated().done == 1
    assert states(request) == [State.CLOSED]


def test_what_was_handled_lately_waits_for_its_rating(place: Community) -> None:
    request = handled(place)
    request.steps.filter(verb="handle").update(at=now())
    assert actions.close_unrated().done == 0
    assert states(request) == [State.HANDLED]


def test_one_closing_that_fails_undoes_no_other(place: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, *good = [handled(place) for _number in range(3)]
    take_step = rating.take_step

    def sometimes(*, request_id: int, **more: object) -> object:
        if request_id == bad.pk:
            raise WrongState
        return take_step(request_id=request_id, **more)

    monkeypatch.setattr(rating, "take_step", sometimes)
    assert str(actions.close_unrated()) == "2 done, 1 failed"
    assert states(bad, *good) == [State.HANDLED, State.CLOSED, State.CLOSED]


def test_one_escalation_that_fails_undoes_no_other(place: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    with told_at(now() - LONG_AGO):
        bad, good = raised(place), raised(place)
    first_rung = escalation._first_rung

    def sometimes(request: Request) -> list[int]:
        if request.pk == bad.pk:
            raise LookupError("no ladder")
        return first_rung(request)

    monkeypatch.setattr(escalation, "_first_rung", sometimes)
    tally = actions.escalate_overdue()
    assert tally.done >= 1 and tally.failed >= 1
    assert not Clock.objects.filter(request=bad, escalated_at__isnull=False).exists()
    assert Clock.objects.filter(request=good, escalated_at__isnull=False).exists()
