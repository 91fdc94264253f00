"""Reminders: of open requests without a step, once in each period, and of parts that are overdue, once."""

import pytest

from jinlin.platform.models import Notice
from jinlin.requests import actions
from jinlin.requests.actions import AskedPart
from jinlin.requests.actions.reminding import remind_dormant, remind_parts
from jinlin.requests.models import Request
from jinlin.requests.states import State
from tests.requests.desk_cases import RunningClock, at, raised, running_clock
from tests.support.community import Community, make_community

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]
UNTOUCHED = "多日没有进展"


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


def told(place: Community, who: str) -> int:
    return Notice.objects.filter(person_id=place.persons[who].pk, text__contains=UNTOUCHED).count()


def test_the_body_is_reminded_once_in_each_period(place: Community, running_clock: RunningClock) -> None:
    at(place, State.IN_PROGRESS)
    remind_dormant()
    assert told(place, "property_manager") == 0
    for period in (1, 2):
        running_clock.forward(days=7, hours=1)
        for _again in range(2):
            remind_dormant()
        assert told(place, "property_manager") == period
    assert told(place, "neighbour") == told(place, "department_officer") == 0


def test_a_step_begins_the_period_anew(place: Community, running_clock: RunningClock) -> None:
    request = at(place, State.IN_PROGRESS)
    running_clock.forward(days=6)
    actions.report_progress(actor=place.actor("property_manager"), request_id=request.pk, note="在等零件")
    running_clock.forward(days=6)
    remind_dormant()
    assert told(place, "property_manager") == 0


@pytest.mark.parametrize("state", [State.HANDLED, State.CLOSED, State.MERGED, State.DECLINED, State.WITHDRAWN])
def test_what_is_answered_or_over_reminds_nobody(place: Community, running_clock: RunningClock, state: State) -> None:
    request = at(place, state)
    Request.objects.exclude(pk=request.pk).update(state=State.CLOSED)
    running_clock.forward(days=30)
    remind_dormant()
    assert not Notice.objects.filter(text__contains=UNTOUCHED).exists()


def test_a_new_one_reminds_those_who_receive(place: Community, running_clock: RunningClock) -> None:
    raised(place)
    running_clock.forward(days=8)
    remind_dormant()
    assert told(place, "community_worker") == 1


def test_an_overdue_part_is_told_to_both_sides_once(place: Community, running_clock: RunningClock) -> None:
    request = at(place, State.IN_PROGRESS)
    parts = [AskedPart(place.bodies["city_management_department"].pk, "请到场")]
    actions.ask_parts(actor=place.actor("property_manager"), request_id=request.pk, parts=parts)
    remind_parts()
    running_clock.forward(days=10)
    for _again in range(2):
        remind_parts()
    late = Notice.objects.filter(text__contains="协办已超时")
    assert sorted(late.values_list("person_id", flat=True)) == sorted(
        place.persons[name].pk for name in ("department_officer", "property_manager")
    )
