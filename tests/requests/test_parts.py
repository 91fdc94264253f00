"""A request of several bodies: one leads, others do parts with deadlines of their own, and no answer before they have."""

from typing import Any

import pytest

from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, WrongState
from jinlin.platform.models import Notice
from jinlin.requests import actions, rules
from jinlin.requests.actions import AskedPart
from jinlin.requests.models import Request, RequestPart
from jinlin.requests.queries.parts import owed_parts
from jinlin.requests.states import OWED, PARTS, PartState, State
from tests.api.programs import program_of
from tests.requests.desk_cases import RunningClock, at, running_clock
from tests.support.community import Community, make_community
from tests.support.pages import send, signed_in, text_of
from tests.support.work import work_off

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]
HELPER = "city_management_department"
WORDS = "请清理占用消防通道的杂物"


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


@pytest.fixture
def request_(place: Community) -> Request:
    return at(place, State.IN_PROGRESS)


def ask(place: Community, request: Request, *kinds: str, who: str = "property_manager") -> list[RequestPart]:
    parts = [AskedPart(place.bodies[kind].pk, WORDS) for kind in kinds or (HELPER,)]
    actions.ask_parts(actor=place.actor(who), request_id=request.pk, parts=parts)
    request.refresh_from_db()
    return list(request.parts.order_by("pk"))


def handle(place: Community, request: Request) -> Request:
    return actions.handle_request(actor=place.actor("property_manager"), request_id=request.pk, answer="都清好了。")


def test_each_part_has_a_deadline_of_its_own(place: Community, request_: Request) -> None:
    first, second = ask(place, request_, HELPER, "residents_committee")
    assert (request_.parts_given, request_.parts_owed, request_.state) == (2, 2, State.IN_PROGRESS)
    assert first.due_at and second.due_at and now() < first.due_at
    assert first.due_at != request_.due_at
    assert {first.state, second.state} == {PartState.ASKED}


def test_a_whistle_is_answered_by_its_own_clock(place: Community, request_: Request) -> None:
    whistled = AskedPart(place.bodies[HELPER].pk, "请到场", RequestPart.Role.WHISTLED)
    actions.ask_parts(actor=place.actor("community_worker"), request_id=request_.pk, parts=[whistled])
    part = RequestPart.objects.get()
    assert (part.due_at - part.asked_at).total_seconds() == 2 * 3600


def test_a_grid_member_sees_the_parts_of_their_own_grid_only(place: Community) -> None:
    own = next(index for index, home in enumerate(place.homes) if home.grid_id == place.grids[0].pk)
    other = next(index for index, home in enumerate(place.homes) if home.grid_id == place.grids[1].pk)
    raised = {home: at(place, State.DISPATCHED, home=home) for home in (own, other)}
    parts = {
        home: ask(place, found, "residents_committee", who="community_worker")[0] for home, found in raised.items()
    }
    assert owed_parts(place.actor("grid_member")) == [parts[own]]


def test_nothing_is_reported_as_handled_while_a_part_is_owed(place: Community, request_: Request) -> None:
    (part,) = ask(place, request_)
    with pytest.raises(NotAllowed, match=place.bodies[HELPER].name):
        handle(place, request_)
    helper = place.actor("department_officer")
    actions.sign_part(actor=helper, request_id=request_.pk, part_id=part.pk)
    with pytest.raises(NotAllowed):
        handle(place, request_)
    actions.finish_part(actor=helper, request_id=request_.pk, part_id=part.pk, words="已清理")
    assert handle(place, request_).state == State.HANDLED


@pytest.mark.parametrize("how", ["return_part", "call_off_part"])
def test_a_part_that_is_returned_or_called_off_is_owed_no_longer(place: Community, request_: Request, how: str) -> None:
    (part,) = ask(place, request_)
    who = "department_officer" if how == "return_part" else "property_manager"
    act = getattr(actions, how)
    with pytest.raises(Invalid):
        act(actor=place.actor(who), request_id=request_.pk, part_id=part.pk, words=" ")
    act(actor=place.actor(who), request_id=request_.pk, part_id=part.pk, words="不是我们的职责")
    part.refresh_from_db()
    assert part.result == "不是我们的职责" and part.ended_at is not None
    assert handle(place, request_).state == State.HANDLED
    last = request_.steps.exclude(internal_note="").order_by("number").last()
    assert part.body.name in last.internal_note and "不是我们的职责" in last.internal_note


def test_without_a_lead_there_are_no_parts(place: Community) -> None:
    request = at(place, State.ACCEPTED)
    with pytest.raises(Invalid, match="还没有主办单位"):
        ask(place, request, who="community_worker")
    assert not RequestPart.objects.exists()


def test_whom_one_cannot_ask(place: Community, request_: Request) -> None:
    lead = request_.body_id
    helper = place.bodies[HELPER].pk
    ask(place, request_)
    cases = [[lead], [helper], [10**9], [], [place.bodies["residents_committee"].pk] * 2]
    for ids in cases:
        with pytest.raises(Invalid) as refused:
            parts = [AskedPart(body_id, WORDS) for body_id in ids]
            actions.ask_parts(actor=place.actor("property_manager"), request_id=request_.pk, parts=parts)
        assert "bodies" in refused.value.fields
    assert RequestPart.objects.count() == 1


def test_who_sees_and_moves_a_part(place: Community, request_: Request) -> None:
    helper = place.actor("department_officer")
    assert not rules.visible_to(helper).filter(pk=request_.pk).exists()
    (part,) = ask(place, request_)
    assert rules.visible_to(helper).filter(pk=request_.pk).exists() and rules.plays_a_part(helper, request_)
    for who, error in (("resident", NotAllowed), ("neighbour", NotFound), ("property_manager", NotAllowed)):
        with pytest.raises(error):
            actions.sign_part(actor=place.actor(who), request_id=request_.pk, part_id=part.pk)
    with pytest.raises(NotAllowed):
        actions.call_off_part(actor=helper, request_id=request_.pk, part_id=part.pk, words="算了")
    actions.return_part(actor=helper, request_id=request_.pk, part_id=part.pk, words="不归我们")
    request_.refresh_from_db()
    assert not rules.visible_to(helper).filter(pk=request_.pk).exists() and not rules.plays_a_part(helper, request_)


def test_the_end_of_the_request_ends_its_parts(place: Community, request_: Request) -> None:
    (part,) = ask(place, request_)
    actions.withdraw_request(actor=place.actor("resident"), request_id=request_.pk)
    part.refresh_from_db()
    request_.refresh_from_db()
    assert (part.state, request_.parts_owed) == (PartState.CALLED_OFF, 0)


def test_both_sides_are_told(place: Community, request_: Request) -> None:
    (part,) = ask(place, request_)
    work_off()
    helper, lead = (place.persons[name].pk for name in ("department_officer", "property_manager"))
    assert WORDS in Notice.objects.get(person_id=helper).text
    actions.finish_part(
        actor=place.actor("department_officer"), request_id=request_.pk, part_id=part.pk, words="通道清空了"
    )
    work_off()
    assert "通道清空了" in Notice.objects.filter(person_id=lead).order_by("at").last().text


def test_every_step_of_a_part_in_every_state(place: Community, request_: Request) -> None:
    (part,) = ask(place, request_)
    helper, lead = place.actor("department_officer"), place.actor("property_manager")
    steps: dict[str, Any] = {
        "part_sign": lambda: actions.sign_part(actor=helper, request_id=request_.pk, part_id=part.pk),
        "part_done": lambda: actions.finish_part(actor=helper, request_id=request_.pk, part_id=part.pk, words="好"),
        "part_return": lambda: actions.return_part(actor=helper, request_id=request_.pk, part_id=part.pk, words="否"),
        "part_off": lambda: actions.call_off_part(actor=lead, request_id=request_.pk, part_id=part.pk, words="免"),
    }
    for state in PartState:
        for verb, step in steps.items():
            RequestPart.objects.filter(pk=part.pk).update(state=state)
            Request.objects.filter(pk=request_.pk).update(parts_owed=1 if state in OWED else 0)
            if verb in PARTS.verbs_from(state):
                step()
                part.refresh_from_db()
                assert part.state == PARTS.after(verb, state)
            else:
                with pytest.raises((WrongState, NotAllowed, NotFound)):
                    step()


def test_at_the_desk_of_either_body(place: Community, request_: Request) -> None:
    firm, department = signed_in(place, "property_manager"), signed_in(place, "department_officer")
    path = f"/desk/requests/{request_.pk}"
    assert send(firm, f"{path}/split", bodies=[str(place.bodies[HELPER].pk)], words=WORDS).status_code == 302
    part = RequestPart.objects.get()
    assert [row.pk for row in department.get("/desk/").context["parts"]] == [part.pk]
    assert place.bodies[HELPER].name in text_of(firm.get(path))
    part_path = f"{path}/parts/{part.pk}"
    assert send(department, part_path, step="sign").status_code == 302
    assert send(department, part_path, step="finish", words="").status_code == 422
    assert send(department, part_path, step="finish", words="清空了").status_code == 302
    assert not department.get("/desk/").context["parts"]
    assert send(firm, f"{path}/handle", answer="办好了").status_code == 302
    assert place.bodies[HELPER].name in text_of(signed_in(place, "resident").get(f"/my/requests/{request_.pk}"))


def test_through_the_api(place: Community, request_: Request) -> None:
    firm, department = program_of(place.actor("property_manager")), program_of(place.actor("department_officer"))
    path = f"/requests/{request_.pk}"
    contents = {"parts": [{"body_id": str(place.bodies[HELPER].pk), "words": WORDS}]}
    assert firm.post(f"{path}/split", contents, key="a").status_code == 200
    (part,) = department.get(path).json()["parts"]
    assert (part["state"], part["words"]) == ("asked", WORDS)
    answer = department.post(f"{path}/parts/{part['id']}/finish", {"words": "清空了"})
    assert answer.status_code == 200
    assert program_of(place.actor("resident")).get(path).json()["parts"][0]["words"] == ""
