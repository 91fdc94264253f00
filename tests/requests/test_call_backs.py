"""Rounds of call-backs: drawn again alike, called once by one person, and what they count for in the three rates."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.sampling import draw_sample, sample_size
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from jinlin.platform.models import AuditEntry
from jinlin.playbooks.here import current_playbook
from jinlin.requests import actions
from jinlin.requests.actions import Judgement
from jinlin.requests.asked import Asked
from jinlin.requests.models import Approval, CallBack, CallBackRound, Request
from jinlin.requests.queries.call_backs import candidates
from jinlin.requests.report import Schemes, among, report
from jinlin.requests.states import State
from tests.requests.desk_cases import RunningClock, at, raised, running_clock
from tests.support.community import COMMUNITY, SUBDISTRICT, Community, make_community
from tests.support.pages import signed_in, text_of
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]
WORKER = "community_worker"
GOOD = Judgement(responded=True, solved="yes", satisfied="yes", comment="很快就修好了")
BAD = Judgement(responded=True, solved="no", satisfied="no", comment="又不亮了")
NUMBERS = st.sets(st.text("0123456789-", min_size=1, max_size=12), max_size=60)


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


def draw(place: Community, percent: int = 100, who: str = WORKER, **more: Any) -> CallBackRound:
    days = {"first": today(), "last": today(), "seed": "2026-05"} | more
    return actions.draw_call_backs(actor=place.actor(who), place_code=COMMUNITY, percent=percent, **days)


def drawn(place: Community, request: Request) -> CallBack:
    draw(place)
    return CallBack.objects.get(request=request)


def reach(place: Community, call: CallBack, judgement: Judgement = GOOD, **more: Any) -> CallBack:
    actions.record_drawn_call(actor=place.actor(WORKER), call_back_id=call.pk, judgement=judgement, **more)
    return CallBack.objects.select_related("rating", "request").get(pk=call.pk)


def miss(place: Community, call: CallBack, **more: Any) -> CallBack:
    actions.record_unreached(actor=place.actor(WORKER), call_back_id=call.pk, reason="无人接听", **more)
    return CallBack.objects.select_related("rating", "request").get(pk=call.pk)


def counted(name: str) -> int:
    return among(Request.objects.all(), name, None).count()  # type: ignore[arg-type]


@given(NUMBERS, st.integers(1, 100), st.text(max_size=8))
def test_a_draw_has_the_right_size_and_does_not_hang_on_the_order(names: set[str], percent: int, seed: str) -> None:
    found = draw_sample(names, percent, seed)
    assert found == draw_sample(sorted(names, reverse=True), percent, seed)
    assert len(found) == len(set(found)) == sample_size(len(names), percent)
    assert set(found) <= names and len(found) * 100 >= len(names) * percent > (len(found) - 1) * 100
    assert draw_sample(names, 100, seed)[: len(found)] == found


@given(st.integers(0, 10**6))
def test_a_share_outside_one_to_a_hundred_is_none(of: int) -> None:
    for percent in (0, 101):
        with pytest.raises(ValueError, match=str(percent)):
            sample_size(of, percent)


def test_another_seed_draws_others() -> None:
    names = [f"20260508-{number:05}" for number in range(200)]
    assert set(draw_sample(names, 10, "a")) != set(draw_sample(names, 10, "b"))


def test_drawn_is_what_was_handled_or_closed_and_can_be_called(place: Community) -> None:
    wanted = {at(place, State.HANDLED).pk, at(place, State.CLOSED).pk}
    called = at(place, State.CALL_BACK)
    actions.record_call_back(actor=place.actor(WORKER), request_id=called.pk, judgement=GOOD)
    anonymous, without_number = at(place, State.HANDLED), at(place, State.HANDLED, who="neighbour", home=5)
    Request.objects.filter(pk=anonymous.pk).update(anonymous=True)
    without_number.reporter.phone, without_number.reporter.phone_index = "", ""
    without_number.reporter.phone_proved_at = None
    without_number.reporter.save()
    for state in (State.IN_PROGRESS, State.REWORKED, State.DECLINED, State.WITHDRAWN, State.MERGED):
        at(place, state)
    assert {row.pk for row in candidates(COMMUNITY, today(), today())} == wanted
    made = draw(place)
    assert made.candidates == 2 and {row.request_id for row in made.call_backs.all()} == wanted
    entry = AuditEntry.objects.get(verb="requests.draw_call_backs")
    assert entry.place_code == COMMUNITY


def test_nobody_is_drawn_twice_and_other_days_are_others(place: Community, running_clock: RunningClock) -> None:
    for _ in range(5):
        at(place, State.HANDLED)
    first = draw(place, percent=50)
    assert first.call_backs.count() == 3 and first.candidates == 5
    second = draw(place, seed="another")
    assert second.candidates == second.call_backs.count() == 2
    with pytest.raises(Invalid):
        draw(place)
    at(place, State.HANDLED)
    running_clock.forward(days=1)
    with pytest.raises(Invalid):
        draw(place)
    assert draw(place, first=today() - timedelta(days=1)).candidates == 1


def test_a_draw_is_repeated_from_its_seed(place: Community) -> None:
    numbers = [at(place, State.HANDLED).number for _ in range(7)]
    made = draw(place, percent=40)
    again = draw_sample(numbers, made.percent, made.seed)
    assert {row.request.number for row in made.call_backs.select_related("request")} == set(again)


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": 0}, {"percent": 101}, {"seed": " "}, {"first": date(2026, 5, 9)}, {"last": date(2026, 5, 9)},
    ],
)  # fmt: skip
def test_a_draw_that_makes_no_sense_says_why(place: Community, wrong: dict[str, Any]) -> None:
    at(place, State.HANDLED)
    with pytest.raises(Invalid) as told:
        draw(place, **wrong)
    assert set(wrong) & set(told.value.fields)
    assert not CallBackRound.objects.exists()


@pytest.mark.parametrize("who", ["resident", "property_manager", "auditor", "grid_member"])
def test_only_those_who_receive_for_the_place_draw(place: Community, who: str) -> None:
    at(place, State.HANDLED)
    with pytest.raises(NotAllowed):
        draw(place, who=who)
    with pytest.raises(NotAllowed):
        actions.draw_call_backs(
            actor=place.actor(WORKER), place_code=SUBDISTRICT, first=today(), last=today(), percent=100, seed="x"
        )


def test_a_call_ends_what_was_handled_or_sends_it_back(place: Community) -> None:
    good, bad = at(place, State.HANDLED), at(place, State.HANDLED)
    begun = at(place, State.CALL_BACK)
    draw(place)
    calls = {row.request_id: row for row in CallBack.objects.all()}
    done = reach(place, calls[good.pk])
    assert done.request.state == State.CLOSED and done.reached and done.rating.valid and done.rating.by_call_back
    assert (done.attempts, done.days_tried) == (1, 1)
    assert reach(place, calls[bad.pk], BAD).request.state == State.REWORKED
    assert reach(place, calls[begun.pk], BAD, ask_again=False).request.state == State.CLOSED


def test_a_call_about_what_is_closed_is_a_line_of_its_history_and_counts(place: Community) -> None:
    request = at(place, State.CLOSED)
    call = reach(place, drawn(place, request), BAD, ask_again=False)
    assert (call.request.state, call.request.outcome) == (State.CLOSED, "not_fixed")
    assert call.request.closed_at == request.closed_at
    line = request.steps.order_by("-number")[0]
    assert (line.verb, line.outcome, line.note) == ("judge", "not_fixed", BAD.comment)
    assert line.acting == place.bodies["service_station"]
    assert call.rating.newest and counted("unsolved") == 1 and counted("rated") == 1
    assert AuditEntry.objects.filter(verb="requests.judge", subject_id=str(request.pk)).count() == 1
    with pytest.raises(WrongState):
        reach(place, call)
    resident = signed_in(place, "resident")
    assert BAD.comment in text_of(resident.get(f"/my/requests/{request.pk}"))


def test_not_solved_after_the_close_is_taken_up_again_within_the_days(
    place: Community, running_clock: RunningClock
) -> None:
    soon, late = at(place, State.CLOSED), at(place, State.CLOSED)
    draw(place)
    calls = {row.request_id: row for row in CallBack.objects.all()}
    again = reach(place, calls[soon.pk], BAD).request
    assert (again.state, again.outcome, again.reopened) == (State.REWORKED, "", 1)
    verbs = list(again.steps.order_by("number").values_list("verb", flat=True))
    assert verbs[-2:] == ["judge", "reopen"]
    running_clock.forward(days=current_playbook().reopening.days + 1)
    stays = reach(place, calls[late.pk], BAD).request
    assert (stays.state, stays.outcome, stays.reopened) == (State.CLOSED, "not_fixed", 0)
    assert counted("unsolved") == 2


def test_what_the_reporter_says_after_the_close_is_written_down_without_a_round(place: Community) -> None:
    request = at(place, State.CLOSED)
    client = signed_in(place, WORKER)
    page = f"/desk/requests/{request.pk}/late-call"
    assert "没有解决，但反映人愿意到此为止" in text_of(client.get(page))
    given = {"responded": "yes", "solved": "yes", "satisfied": "mostly", "key": "b" * 20, "version": request.version}
    assert client.post(page, given).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.steps.order_by("-number")[0].verb) == (State.CLOSED, "judge")
    assert request.ratings.get(newest=True).by_call_back


def test_not_reached_on_three_days_makes_it_invalid(place: Community, running_clock: RunningClock) -> None:
    call = drawn(place, at(place, State.HANDLED))
    for _ in range(4):
        call = miss(place, call)
    assert (call.attempts, call.days_tried, call.rating) == (4, 1, None)
    assert call.request.state == State.HANDLED and call.notes.count("无人接听") == 4
    running_clock.forward(days=1)
    assert miss(place, call).rating is None
    running_clock.forward(days=1)
    call = miss(place, call)
    assert call.reached is False and call.request.state == State.CLOSED and not call.rating.valid
    assert (counted("rated"), counted("left_out")) == (0, 1)


def test_an_unreached_call_does_not_displace_what_the_reporter_said(
    place: Community, running_clock: RunningClock
) -> None:
    call = drawn(place, at(place, State.CLOSED))
    for _ in range(3):
        call = miss(place, call)
        running_clock.forward(days=1)
    assert call.reached is False and not call.rating.newest
    assert (counted("rated"), counted("solved"), counted("left_out")) == (1, 1, 0)


def test_what_is_at_work_again_waits_until_it_is_handled(place: Community) -> None:
    call = drawn(place, at(place, State.HANDLED))
    actions.rate_request(actor=place.actor("resident"), request_id=call.request_id, judgement=BAD)
    for write in (reach, miss):
        with pytest.raises(WrongState):
            write(place, call)
    call.refresh_from_db()
    assert call.attempts == 0


def test_a_call_made_on_the_page_of_the_request_is_a_call_of_the_round(place: Community) -> None:
    request = at(place, State.CALL_BACK)
    call = drawn(place, request)
    actions.record_call_back(actor=place.actor(WORKER), request_id=request.pk, judgement=GOOD)
    call.refresh_from_db()
    assert call.reached


def test_only_those_who_receive_write_calls_down(place: Community) -> None:
    call = drawn(place, at(place, State.CLOSED))
    for who, error in (("property_manager", NotAllowed), ("auditor", NotAllowed), ("neighbour", NotFound)):
        with pytest.raises(error):
            actions.record_drawn_call(actor=place.actor(who), call_back_id=call.pk, judgement=GOOD)
        with pytest.raises(error):
            actions.record_unreached(actor=place.actor(who), call_back_id=call.pk, reason="无人接听")


def test_who_saw_an_older_state_is_told(place: Community) -> None:
    call = miss(place, drawn(place, at(place, State.CLOSED)))
    with pytest.raises(Stale):
        reach(place, call, seen_attempts=0)
    assert reach(place, call, seen_attempts=1).reached


@pytest.mark.django_db(transaction=True)
def test_of_two_callers_one_wins_and_the_other_is_told(place: Community) -> None:
    call = drawn(place, at(place, State.HANDLED))
    results = at_once(lambda: reach(place, call), lambda: reach(place, call, BAD))
    assert sorted(isinstance(result, CallBack) for result in results) == [False, True]
    assert any(isinstance(result, WrongState | Stale) for result in results)
    call.refresh_from_db()
    assert call.attempts == 1 and call.request.ratings.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_draws_at_once_none_takes_what_the_other_has(place: Community) -> None:
    for _ in range(4):
        at(place, State.HANDLED)
    results = at_once(lambda: draw(place, seed="a"), lambda: draw(place, seed="b"))
    assert any(isinstance(result, Stale | Invalid) for result in results)
    assert CallBack.objects.count() == 4 and CallBackRound.objects.count() == 1


# --- pages ---


def test_a_round_is_drawn_and_called_on_the_pages(place: Community) -> None:
    client = signed_in(place, WORKER)
    closed, handled = at(place, State.CLOSED, text="电梯按钮坏了"), at(place, State.HANDLED, text="路灯不亮")
    assert "还没有回访批次" in text_of(client.get("/desk/call-backs/"))
    day = f"{today():%Y-%m-%d}"
    sending = {"key": "k1", "place_code": COMMUNITY, "first": day, "last": day, "percent": "100", "seed": "公开种子"}
    answer = client.post("/desk/call-backs/", sending)
    made = CallBackRound.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/desk/call-backs/{made.pk}/"
    assert client.post("/desk/call-backs/", sending)["Location"] == f"/desk/call-backs/{made.pk}/"
    page = client.get(f"/desk/call-backs/{made.pk}/")
    assert {row.request_id for row in page.context["calls"]} == {closed.pk, handled.pk}
    assert "2/2" in text_of(client.get("/desk/call-backs/"))
    _calls_both(client, made, closed, handled)
    shown = [row.request_id for row in client.get(f"/desk/call-backs/{made.pk}/?show=reached").context["calls"]]
    assert shown == [closed.pk]


def _calls_both(client: Any, made: CallBackRound, closed: Request, handled: Request) -> None:
    paths = {row.request_id: f"/desk/call-backs/{made.pk}/{row.pk}" for row in made.call_backs.all()}
    page = client.get(paths[closed.pk])
    said = sending_of(page, "reached", responded="yes", solved="no", satisfied="no", leave="on")
    answer = client.post(paths[closed.pk], said)
    assert answer.status_code == 302
    closed_page = client.get(paths[closed.pk])
    assert not closed_page.context["possible"] and "未解决" in text_of(closed_page)
    assert f"/desk/requests/{closed.pk}/reopen" in closed_page.content.decode()
    missed = sending_of(client.get(paths[handled.pk]), "unreached", reason="无人接听")
    assert client.post(paths[handled.pk], missed).status_code == 302
    assert "无人接听" in text_of(client.get(paths[handled.pk]))


def sending_of(page: Any, result: str, **given: str) -> dict[str, str]:
    form = page.context["forms"][result]
    hidden = {bound.html_name: bound.value() for bound in form.hidden_fields() if bound.value() is not None}
    return {"result": result, **hidden, **{form.add_prefix(name): value for name, value in given.items()}}


def test_the_second_caller_reads_that_somebody_was_first_and_keeps_the_words(place: Community) -> None:
    call = drawn(place, at(place, State.CLOSED))
    client = signed_in(place, WORKER)
    path = f"/desk/call-backs/{call.round_id}/{call.pk}"
    late = sending_of(client.get(path), "reached", responded="yes", solved="yes", satisfied="yes", comment="谢谢")
    miss(place, call)
    answer = client.post(path, late)
    assert answer.status_code == 409 and "谢谢" in answer.content.decode()
    again = sending_of(answer, "reached", responded="yes", solved="yes", satisfied="yes", comment="谢谢")
    assert client.post(path, again).status_code == 302
    wrong = client.post(path, {"result": "reached"})
    assert wrong.status_code == 422


def test_the_number_is_opened_on_record(place: Community) -> None:
    call = drawn(place, at(place, State.CLOSED))
    client = signed_in(place, WORKER)
    path = f"/desk/call-backs/{call.round_id}/{call.pk}"
    number = call.request.reporter.phone
    assert number not in client.get(path).content.decode()
    assert number in client.post(f"{path}/reporter").content.decode()
    assert AuditEntry.objects.filter(verb="requests.reveal_reporter").count() == 1


def test_pages_are_for_those_who_receive_or_audit_there(place: Community) -> None:
    call = drawn(place, at(place, State.CLOSED))
    paths = ["/desk/call-backs/", f"/desk/call-backs/{call.round_id}/", f"/desk/call-backs/{call.round_id}/{call.pk}"]
    for path in paths:
        assert signed_in(place, "property_manager").get(path).status_code == 403
        assert signed_in(place, "auditor").get(path).status_code == 200
    assert signed_in(place, WORKER).get("/desk/call-backs/999/").status_code == 404


# --- what counts in no rate ---


def appealed(place: Community, request: Request) -> Approval:
    actions.ask_approval(
        actor=place.actor(WORKER),
        request_id=request.pk,
        kind="appeal",
        reason="楼外的市政路",
        asked=Asked(exclusion="不在辖区"),
    )
    return Approval.objects.get()


def test_what_an_appeal_left_out_says_why_in_the_list(place: Community) -> None:
    approval = appealed(place, at(place, State.CLOSED))
    officer = place.actor("subdistrict_officer")
    actions.grant_approval(actor=officer, request_id=approval.request_id, approval_id=approval.pk)
    assert (counted("rated"), counted("left_out")) == (0, 1)
    assert "不在辖区：楼外的市政路" in text_of(signed_in(place, WORKER).get("/desk/requests/?among=left_out"))
    figures = report(Request.objects.all(), Schemes.of(current_playbook().rating))
    assert (figures["left_out"], figures["rates"]["counted"]) == ({"不在辖区": 1}, 0)


def test_an_appeal_names_one_of_the_exclusions_of_the_scheme(place: Community) -> None:
    request = at(place, State.CLOSED)
    asks = {"actor": place.actor(WORKER), "request_id": request.pk, "kind": "appeal", "reason": "评价与事实不符"}
    for ground in ("", "心情不好"):
        with pytest.raises(Invalid) as refused:
            actions.ask_approval(**asks, asked=Asked(exclusion=ground))
        assert "不在辖区" in str(refused.value.fields["exclusion"])
    page = f"/desk/requests/{request.pk}/ask-appeal"
    client = signed_in(place, WORKER)
    assert "反映人撤回" in text_of(client.get(page))
    version = {"key": "a" * 20, "version": request.version}
    assert client.post(page, {"reason": "评价与事实不符", **version}).status_code == 422
    sent = client.post(page, {"reason": "评价与事实不符", "exclusion": "反映人撤回", **version})
    assert sent.status_code == 302
    assert Approval.objects.get().wish == {"exclusion": "反映人撤回"}


def test_where_no_judgement_counts_there_is_nothing_to_appeal(place: Community) -> None:
    request = at(place, State.CLOSED)
    request.ratings.update(valid=False)
    with pytest.raises(Invalid):
        appealed(place, request)


def test_an_appeal_strikes_out_the_judgement_that_counts(place: Community, running_clock: RunningClock) -> None:
    call = drawn(place, at(place, State.CLOSED))
    for _ in range(3):
        miss(place, call)
        running_clock.forward(days=1)
    approval = appealed(place, call.request)
    actions.grant_approval(
        actor=place.actor("subdistrict_officer"), request_id=approval.request_id, approval_id=approval.pk
    )
    assert counted("rated") == 0


def test_the_body_that_is_judged_decides_no_appeal(place: Community) -> None:
    request = at(place, State.CLOSED)
    Request.objects.filter(pk=request.pk).update(body=place.bodies["subdistrict_office"])
    approval = appealed(place, request)
    with pytest.raises(NotAllowed):
        actions.grant_approval(actor=place.actor("subdistrict_officer"), request_id=request.pk, approval_id=approval.pk)
    actions.grant_approval(actor=place.actor("district_officer"), request_id=request.pk, approval_id=approval.pk)
    assert counted("left_out") == 1


def test_what_is_only_raised_is_no_candidate(place: Community) -> None:
    raised(place)
    assert not candidates(COMMUNITY, today(), today()).exists()
