"""What came of a request, and how it is taken up again: reopened, or submitted again under another category."""

from typing import Any

import pytest
from django.test import Client

from jinlin.platform.errors import Invalid, NotAllowed, WrongState
from jinlin.platform.models import Notice
from jinlin.requests import actions
from jinlin.requests.actions import Judgement, Look
from jinlin.requests.models import Request
from jinlin.requests.report.counts import days_to_close
from jinlin.requests.states import State, Verb
from tests.api.programs import program_of
from tests.requests.desk_cases import CATEGORY, RunningClock, at, running_clock
from tests.support.community import Community, make_community
from tests.support.pages import send, signed_in, text_of
from tests.support.work import work_off

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]
OTHER = "L102"


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


def fresh(request: Request) -> Request:
    request.refresh_from_db()
    return request


def reopen(place: Community, request: Request, who: str = "resident") -> Request:
    return actions.reopen_request(actor=place.actor(who), request_id=request.pk, reason="又不亮了")


@pytest.mark.parametrize("outcome", ["fixed", "answered", "not_fixed", "not_ours"])
def test_whoever_handles_says_what_came_of_it(place: Community, outcome: str) -> None:
    request = at(place, State.IN_PROGRESS)
    firm = signed_in(place, "property_manager")
    sent = send(firm, f"/desk/requests/{request.pk}/handle", answer="说明如下。", outcome=outcome)
    assert sent.status_code == 302
    assert fresh(request).outcome == outcome == request.steps.get(verb=Verb.HANDLE).outcome
    assert request.get_outcome_display() in text_of(signed_in(place, "resident").get(f"/my/requests/{request.pk}"))


def test_an_outcome_that_is_none_is_refused(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    with pytest.raises(Invalid) as refused:
        actions.handle_request(
            actor=place.actor("property_manager"), request_id=request.pk, answer="好", outcome="perfect"
        )
    assert "outcome" in refused.value.fields


def test_closed_and_not_fixed_are_two_things(place: Community) -> None:
    request = at(place, State.HANDLED)
    judgement = Judgement(responded=True, solved="no", satisfied="no")
    actions.rate_request(actor=place.actor("resident"), request_id=request.pk, judgement=judgement, ask_again=False)
    assert (fresh(request).state, request.outcome) == (State.CLOSED, "not_fixed")
    worker = signed_in(place, "community_worker")
    assert worker.get("/desk/requests/?outcome=not_fixed").context["total"].count == 1
    assert worker.get("/desk/requests/?outcome=fixed").context["total"].count == 0
    figures = program_of(place.actor("community_worker")).get("/report").json()
    assert figures["by_outcome"] == {"not_fixed": 1}


def test_the_public_reads_what_came_of_it(place: Community) -> None:
    request = at(place, State.HANDLED, public=True)
    look = Look(title="路灯不亮", text="路灯不亮")
    actions.publish_request(actor=place.actor("community_worker"), request_id=request.pk, look=look)
    assert fresh(request).get_outcome_display() in text_of(Client().get(f"/public/{request.number}"))


def test_what_goes_back_to_work_has_no_outcome(place: Community) -> None:
    assert at(place, State.REWORKED).outcome == ""


@pytest.mark.parametrize("who", ["resident", "community_worker"])
def test_reopened_it_lies_with_the_body_again_which_is_told(place: Community, who: str) -> None:
    request = at(place, State.CLOSED)
    work_off()
    Notice.objects.all().delete()
    reopen(place, request, who)
    assert (fresh(request).state, request.outcome, request.closed_at, request.reopened) == (State.REWORKED, "", None, 1)
    assert request.promises["final"]
    work_off()
    told = {notice.person_id: notice.text for notice in Notice.objects.all()}
    assert "又不亮了" in told[place.persons["property_manager"].pk]
    assert "又不亮了" in told[place.persons["resident"].pk]
    assert "又不亮了" in text_of(signed_in(place, "resident").get(f"/my/requests/{request.pk}"))


def test_each_time_counts(place: Community) -> None:
    request = at(place, State.CLOSED)
    for _time in range(2):
        reopen(place, request)
        actions.start_request(actor=place.actor("property_manager"), request_id=request.pk)
        actions.handle_request(actor=place.actor("property_manager"), request_id=request.pk, answer="再换一次")
        judgement = Judgement(responded=True, solved="yes", satisfied="mostly")
        actions.rate_request(actor=place.actor("resident"), request_id=request.pk, judgement=judgement)
    assert fresh(request).reopened == 2


def test_too_late_it_is_raised_anew(place: Community, running_clock: RunningClock) -> None:
    request = at(place, State.CLOSED)
    running_clock.forward(days=30, hours=1)
    assert "reopen" not in program_of(place.actor("resident")).get(f"/requests/{request.pk}").json()["possible"]
    with pytest.raises(NotAllowed, match="30"):
        reopen(place, request)


@pytest.mark.parametrize("state", [state for state in State if state != State.CLOSED])
def test_from_no_other_state(place: Community, state: State) -> None:
    request = at(place, state)
    with pytest.raises((WrongState, NotAllowed)):
        reopen(place, request)
    assert fresh(request).state == state


def test_declined_it_is_submitted_again_under_another_category(place: Community) -> None:
    request = at(place, State.DECLINED)
    resident = signed_in(place, "resident")
    path = f"/my/requests/{request.pk}"
    assert "不在辖区" in text_of(resident.get(path))
    assert send(resident, f"{path}/resubmit", category="", reason="").status_code == 422
    assert send(resident, f"{path}/resubmit", category=OTHER, reason="是电梯的事").status_code == 302
    assert (fresh(request).state, request.category, request.closed_at) == (State.RECEIVED, OTHER, None)
    assert set(request.promises) == {"dispatch", "first_answer"}
    assert "不在辖区" in text_of(resident.get(path)), "who refused and why stays readable"


def test_the_same_category_again_is_refused(place: Community) -> None:
    request = at(place, State.ACCEPTED)
    actions.decline_request(actor=place.actor("community_worker"), request_id=request.pk, reason="不归我们")
    with pytest.raises(Invalid) as refused:
        actions.resubmit_request(actor=place.actor("resident"), request_id=request.pk, category=CATEGORY)
    assert "category" in refused.value.fields


def test_the_timeline_names_who_sent_it_back_and_why(place: Community) -> None:
    request = at(place, State.SIGNED)
    firm = request.body
    actions.send_back_request(actor=place.actor("property_manager"), request_id=request.pk, reason="这段路归市政")
    for who, path in (("resident", f"/my/requests/{request.pk}"), ("community_worker", f"/desk/requests/{request.pk}")):
        entries = signed_in(place, who).get(path).context["entries"]
        assert entries[0]["body"] == firm.name and "这段路归市政" in entries[0]["words"]


def test_on_the_reporters_page(place: Community) -> None:
    request = at(place, State.CLOSED)
    resident: Any = signed_in(place, "resident")
    path = f"/my/requests/{request.pk}"
    assert send(resident, f"{path}/reopen", reason="").status_code == 422
    assert send(resident, f"{path}/reopen", reason="又坏了").status_code == 302
    assert fresh(request).state == State.REWORKED


def test_the_mean_time_to_close_by_category(place: Community, running_clock: RunningClock) -> None:
    quick = at(place, State.HANDLED)
    running_clock.forward(days=2)
    judgement = Judgement(responded=True, solved="yes", satisfied="yes")
    actions.rate_request(actor=place.actor("resident"), request_id=quick.pk, judgement=judgement)
    at(place, State.CLOSED)
    (row,) = days_to_close(Request.objects.all())
    assert (row["category"], row["closed"], round(row["days"], 1)) == (CATEGORY, 2, 1.0)
