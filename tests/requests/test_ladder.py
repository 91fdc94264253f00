"""The ladder: nothing falls between two rungs, each level sees what came through it, a meeting closes with a decision."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from jinlin.organisations.models import Appointment
from jinlin.platform.errors import Invalid, NotAllowed, WrongState
from jinlin.platform.models import Notice
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.schema import Rung
from jinlin.requests import actions, rules
from jinlin.requests.models import Clock, JointMeeting, Passage, Request, RequestPart
from jinlin.requests.queries.ladder import rungs_above, way_up
from jinlin.requests.states import State
from tests.requests.desk_cases import RunningClock, at, running_clock
from tests.support.bodies import at_desk, found, seat
from tests.support.community import Community, make_community
from tests.support.methods import work_by
from tests.support.pages import text_of

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]

FIRM, SECRETARY, STREET = "property_manager", "community_secretary", "subdistrict_officer"
BODY = {"level": "community", "body": "community_committee", "role": "community_secretary"}


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


@pytest.fixture
def table(place: Community, monkeypatch: pytest.MonkeyPatch) -> Community:
    """The place with a joint meeting between the community and the subdistrict."""
    playbook = load_playbook("hongshan")
    seats = playbook.composition[0]
    parts = (seats.parts[0].model_copy(update={"bodies": ("residents_committee", "property_firm")}),)
    composition = seats.model_copy(update={"key": "table", "parts": parts})
    meeting = Rung(**BODY, kind="meeting", composition="table")
    ladder = (playbook.ladder[0], meeting, *playbook.ladder[1:])
    update = {"ladder": ladder, "composition": (*playbook.composition, composition)}
    work_by(monkeypatch, playbook.model_copy(update=update))
    return place


def climb(place: Community, request: Request, who: str, **more: Any) -> Request:
    actions.climb_request(actor=place.actor(who), request_id=request.pk, reason="这里办不了", **more)
    request.refresh_from_db()
    return request


def test_an_empty_rung_is_told_and_the_next_one_takes_it(place: Community) -> None:
    Appointment.objects.filter(person=place.persons[SECRETARY]).update(term_to=date(2026, 5, 1))
    request = climb(place, at(place, State.IN_PROGRESS), FIRM)
    assert request.body.kind == "subdistrict_office"
    line = request.steps.order_by("-number")[0]
    assert line.verb == "climb" and "社区" in line.internal_note
    told = Notice.objects.filter(person_id=place.persons["administrator"].pk, text__contains=request.number)
    assert not any("nobody stands" in notice.text or "came up" in notice.text for notice in told), (
        "in the language of the house"
    )
    assert told.count() == 1
    assert set(Passage.objects.values_list("level", flat=True)) == {"estate", "subdistrict"}


def test_with_nobody_on_any_rung_it_stays_where_it_is(place: Community) -> None:
    people = [place.persons[who] for who in (SECRETARY, STREET, "district_officer", "auditor", "administrator")]
    Appointment.objects.filter(person__in=people).update(term_to=date(2026, 5, 1))
    request = at(place, State.IN_PROGRESS)
    with pytest.raises(Invalid):
        climb(place, request, FIRM)
    request.refresh_from_db()
    assert (request.state, request.body.kind, Passage.objects.count()) == ("in_progress", "property_firm", 0)


def test_a_level_that_is_not_above_is_refused_whatever_the_urgency(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    for level in ("estate", "moon"):
        with pytest.raises(Invalid) as error:
            climb(place, request, FIRM, to_level=level)
        assert "to_level" in error.value.fields


def test_what_came_through_is_seen_and_read_but_not_worked_on(place: Community) -> None:
    request = climb(place, at(place, State.IN_PROGRESS), FIRM)
    firm = place.actor(FIRM)
    assert rules.visible_to(firm).filter(pk=request.pk).exists() and rules.plays_a_part(firm, request)
    assert rules.possible_verbs(firm, request) == []
    with pytest.raises(NotAllowed):
        actions.sign_for_request(actor=firm, request_id=request.pk)


def test_a_joint_meeting_is_called_held_and_closes_with_a_decision(
    table: Community, running_clock: RunningClock
) -> None:
    request = climb(table, climb(table, at(table, State.IN_PROGRESS), FIRM), SECRETARY)
    assert (request.rung, request.body.kind) == ("meeting", "community_committee")
    secretary = table.actor(SECRETARY)
    with pytest.raises(WrongState):
        actions.record_meeting(
            actor=secretary, request_id=request.pk, minutes="到会三方", decision="换泵", due_on=date(2026, 6, 1)
        )
    day = datetime(2026, 5, 12, 6, 30, tzinfo=UTC)
    with pytest.raises(Invalid):
        past = datetime(2026, 5, 1, tzinfo=UTC)
        actions.call_meeting(actor=secretary, request_id=request.pk, meets_at=past, place="活动室")
    actions.call_meeting(actor=secretary, request_id=request.pk, meets_at=day, place="社区活动室")
    meeting = JointMeeting.objects.get()
    assert {body.kind for body in meeting.invited.all()} == {"residents_committee", "property_firm"}
    told = Notice.objects.filter(person_id=table.persons[FIRM].pk, text__contains="2026-05-12 14:30")
    assert told.count() == 1
    with pytest.raises(WrongState):
        actions.call_meeting(actor=secretary, request_id=request.pk, meets_at=day, place="再开一次")
    running_clock.forward(days=5)
    actions.record_meeting(
        actor=secretary,
        request_id=request.pk,
        minutes="到会三方，物业说明情况",
        decision="换水泵",
        due_on=date(2026, 6, 1),
    )
    meeting.refresh_from_db()
    assert (meeting.decision, meeting.due_on, meeting.held_at is not None) == ("换水泵", date(2026, 6, 1), True)
    resident = Client()
    resident.force_login(table.account("resident"))
    page = resident.get(f"/my/requests/{request.pk}").content.decode()
    assert "换水泵" in page and "2026-06-01" in page and "物业说明情况" not in page and "社区活动室" not in page
    request.refresh_from_db()
    assert climb(table, request, SECRETARY).body.kind == "subdistrict_office"
    assert Passage.objects.filter(request=request).count() == 4


def test_a_whistle_calls_the_departments_each_with_a_part_of_its_own(
    place: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    playbook = load_playbook("hongshan")
    called = ("city_management_department", "housing_department")
    whistle = Rung(**BODY, kind="whistle", bodies=called)
    work_by(monkeypatch, playbook.model_copy(update={"ladder": (playbook.ladder[0], whistle, *playbook.ladder[1:])}))
    request = climb(place, climb(place, at(place, State.IN_PROGRESS), FIRM), SECRETARY)
    assert (request.rung, request.body.kind) == ("whistle", "community_committee")
    parts = RequestPart.objects.filter(request=request)
    assert {(part.body.kind, part.role) for part in parts} == {(kind, "whistled") for kind in called}


def test_without_a_meeting_on_the_rung_none_is_called(place: Community) -> None:
    request = climb(place, at(place, State.IN_PROGRESS), FIRM)
    with pytest.raises(NotAllowed):
        day = datetime(2026, 5, 12, 6, 30, tzinfo=UTC)
        actions.call_meeting(actor=place.actor(SECRETARY), request_id=request.pk, meets_at=day, place="活动室")


def ways_up(place: Community, request: Request, who: str = "community_worker") -> set[str]:
    page = at_desk(place, who).get(f"/desk/requests/{request.pk}").content.decode()
    return {slug for slug in ("climb", "hand-up", "transfer") if f"/desk/requests/{request.pk}/{slug}" in page}


def test_where_passing_on_needs_an_approval_the_chain_stays_the_one_way_up(
    place: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    playbook = work_by(monkeypatch, "hetang")
    assert playbook.approval_of("transfer") is not None
    branch = found("estate_branch", "幸福里党支部", zone=place.estates[0])
    team = found("work_team", "驻幸福里工作队", zone=place.estates[0], parent=branch)
    seat(place, "neighbour", branch, "estate_secretary")
    request = at(place, State.IN_PROGRESS)
    Request.objects.filter(pk=request.pk).update(body=team)
    for body, rung in ((branch, "link"), (place.bodies["community_committee"], "body")):
        request.refresh_from_db()
        assert ways_up(place, request) == {"hand-up"}
        actions.hand_up_request(actor=place.actor("community_worker"), request_id=request.pk, reason="小区解决不了")
        request.refresh_from_db()
        assert (request.body, request.rung) == (body, rung)
    assert [step.verb for step in request.steps.order_by("-number")[:2]] == ["climb", "climb"]
    assert request.transfers == 0
    assert list(request.passages.order_by("at").values_list("kind", "body__kind")) == [
        ("link", "work_team"), ("link", "estate_branch"), ("body", "community_committee"),
    ]  # fmt: skip
    assert Notice.objects.filter(person_id=place.persons["neighbour"].pk, text__contains=request.number).count() == 1
    assert ways_up(place, request) == {"climb"}


def test_the_way_up_shows_links_of_the_chain_and_rungs_of_the_ladder_in_one_row(
    place: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_by(monkeypatch, "hetang")
    branch = found("estate_branch", "幸福里党支部", zone=place.estates[0])
    team = found("work_team", "驻幸福里工作队", zone=place.estates[0], parent=branch)
    request = at(place, State.IN_PROGRESS)
    Request.objects.filter(pk=request.pk).update(body=team)
    request = Request.objects.get(pk=request.pk)
    stops = way_up(request)
    assert [stop.name for stop in stops[:2]] == [team.name, branch.name]
    rungs = rungs_above(request)
    assert [(stop.kind, stop.level) for stop in stops[-len(rungs) :]] == [(rung.kind, rung.level) for rung in rungs]
    page = at_desk(place, "community_worker").get(f"/desk/requests/{request.pk}")
    assert [stop.name for stop in page.context["way"]] == [stop.name for stop in stops]


def test_a_joint_meeting_stands_on_the_way_that_is_shown(table: Community) -> None:
    page = at_desk(table, FIRM).get(f"/desk/requests/{at(table, State.IN_PROGRESS).pk}")
    assert [stop.kind for stop in page.context["way"]] == ["link", "body", "meeting", "body", "body"]
    assert "联席会议" in text_of(page)


def test_in_an_emergency_links_of_the_chain_are_skipped_too(place: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    work_by(monkeypatch, "hetang")
    branch = found("estate_branch", "幸福里党支部", zone=place.estates[0])
    team = found("work_team", "驻幸福里工作队", zone=place.estates[0], parent=branch)
    request = at(place, State.IN_PROGRESS)
    Request.objects.filter(pk=request.pk).update(body=team)
    with pytest.raises(Invalid):
        climb(place, request, "community_worker", to_level="community")
    Request.objects.filter(pk=request.pk).update(urgency="emergency")
    request.refresh_from_db()
    assert ways_up(place, request) == {"climb"}
    assert climb(place, request, "community_worker", to_level="community").body.kind == "community_committee"


def overdue_told(running_clock: RunningClock, request: Request, who: int) -> int:
    running_clock.forward(days=40)
    assert actions.escalate_overdue().done > 0
    assert Clock.objects.filter(request=request, escalated_at__isnull=False).exists()
    return Notice.objects.filter(person_id=who, text__contains="已到期", link=f"/desk/requests/{request.pk}").count()


@pytest.mark.parametrize("told", [SECRETARY, STREET, "administrator"])
def test_what_is_overdue_is_told_to_the_lowest_rung_on_which_somebody_stands(
    place: Community, running_clock: RunningClock, told: str
) -> None:
    request = at(place, State.IN_PROGRESS)
    rungs = [SECRETARY, STREET, "district_officer", "administrator"]
    empty = [place.persons[who] for who in rungs[: rungs.index(told)]]
    Appointment.objects.filter(person__in=empty).update(term_to=date(2026, 5, 1))
    assert overdue_told(running_clock, request, place.persons[told].pk)


def test_what_has_climbed_is_told_where_it_stands_and_not_below(place: Community, running_clock: RunningClock) -> None:
    request = climb(place, climb(place, at(place, State.IN_PROGRESS), FIRM), SECRETARY)
    below = Notice.objects.filter(person_id=place.persons[SECRETARY].pk, text__contains=request.number).count()
    assert overdue_told(running_clock, request, place.persons[STREET].pk)
    assert Notice.objects.filter(person_id=place.persons[SECRETARY].pk, text__contains=request.number).count() == below
