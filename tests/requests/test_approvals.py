"""Side procedures: one asks, another one above decides; clocks stand or move as the playbook says; nothing is done twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.platform.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from jinlin.platform.models import Notice
from jinlin.requests import actions, rules
from jinlin.requests.actions import Door
from jinlin.requests.asked import Asked
from jinlin.requests.models import Approval, Clock, Pause, Request
from jinlin.requests.report.rates import judged
from jinlin.requests.states import State, Verb
from jinlin.requests.telling import tell_reporter
from tests.requests.desk_cases import RunningClock, at, running_clock
from tests.support.community import Community, make_community
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]

FIRM, SECRETARY, STREET = "property_manager", "community_secretary", "subdistrict_officer"
ASKED = {
    "extension": Asked(amount=3),
    "suspension": Asked(until=date(2026, 6, 8)),
    "appeal": Asked(exclusion="不在辖区"),
}


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


def ask(place: Community, request: Request, kind: str, who: str = FIRM, **more: Any) -> Approval:
    asked = more.pop("asked", ASKED.get(kind, Asked()))
    actions.ask_approval(
        actor=place.actor(who), request_id=request.pk, kind=kind, reason="配件要等三天", asked=asked, **more
    )
    request.refresh_from_db()
    return Approval.objects.get(request=request, kind=kind, state="asked")


def grant(place: Community, approval: Approval, who: str = SECRETARY, **more: Any) -> Request:
    request = actions.grant_approval(
        actor=place.actor(who), request_id=approval.request_id, approval_id=approval.pk, words="同意", **more
    )
    request.refresh_from_db()
    return request


def refuse(place: Community, approval: Approval, who: str = SECRETARY) -> Request:
    request = actions.refuse_approval(
        actor=place.actor(who), request_id=approval.request_id, approval_id=approval.pk, words="理由不足"
    )
    request.refresh_from_db()
    return request


def counted() -> int:
    """How many judgements count in the three rates."""
    return sum(row["counted"] for row in judged(Request.objects.all()))


def final_clocks(request: Request) -> list[Clock]:
    return list(request.clocks.filter(milestone="final").order_by("pk"))


def test_an_extension_ends_a_clock_and_starts_its_successor(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    before = final_clocks(request)[0]
    approval = ask(place, request, "extension")
    assert (request.asked, request.due_at) == (1, before.due_at)
    told = Notice.objects.filter(person_id=place.persons[SECRETARY].pk, text__contains="延期")
    assert told.count() == 1
    request = grant(place, approval)
    old, new = final_clocks(request)
    assert (old.due_at, old.met, old.ended_at is not None) == (before.due_at, None, True)
    assert (new.follows_id, new.cause, new.ended_at) == (old.pk, "extended", None)
    # Two working days from Friday 8 May: Saturday the 9th, which is worked, and Monday; three more end on Thursday.
    assert [f"{clock.due_at:%m-%d}" for clock in (old, new)] == ["05-11", "05-14"]
    assert (request.asked, request.due_at, request.promised_at) == (0, new.due_at, new.due_at)
    last = request.steps.order_by("-number")[0]
    assert last.verb == Verb.GRANT and "2026-05-14 18:00" in last.note and "同意" in last.internal_note
    tell_reporter(request.pk, last.number)
    reporter = Notice.objects.filter(person_id=place.persons["resident"].pk, text__contains="2026-05-14 18:00")
    assert reporter.count() == 1
    assert Notice.objects.filter(person_id=place.persons[FIRM].pk, text__contains="延期").count() == 1


def test_asked_after_the_deadline_it_is_refused_with_the_rule(place: Community, running_clock: RunningClock) -> None:
    request = at(place, State.IN_PROGRESS)
    running_clock.forward(days=10)
    with pytest.raises(NotAllowed, match="办结时限届满前申请"):
        ask(place, request, "extension")
    assert not Approval.objects.exists()


@pytest.mark.parametrize("asked", [Asked(), Asked(amount=0), Asked(amount=6)])
def test_an_extension_stays_within_what_the_playbook_allows(place: Community, asked: Asked) -> None:
    with pytest.raises(Invalid) as error:
        ask(place, at(place, State.IN_PROGRESS), "extension", asked=asked)
    assert "amount" in error.value.fields


def test_the_asker_never_decides_and_nobody_below_or_beside(place: Community) -> None:
    request = at(place, State.ACCEPTED)
    approval = ask(place, request, "supervision", who=SECRETARY)
    with pytest.raises(NotAllowed):
        grant(place, approval, SECRETARY)
    for who in ("community_worker", "auditor"):
        with pytest.raises(NotAllowed):
            grant(place, approval, who)
    with pytest.raises(NotFound):
        grant(place, approval, "department_officer")
    assert grant(place, approval, STREET).supervised


def test_it_is_granted_as_often_as_the_playbook_says(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    for _time in range(2):
        grant(place, ask(place, request, "extension", asked=Asked(amount=1)))
    with pytest.raises(NotAllowed):
        ask(place, request, "extension")


def test_what_waits_is_not_asked_for_again(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    ask(place, request, "extension")
    with pytest.raises(NotAllowed):
        ask(place, request, "extension")


def test_a_refusal_needs_a_reason_and_the_asker_reads_it(place: Community) -> None:
    approval = ask(place, at(place, State.IN_PROGRESS), "extension")
    with pytest.raises(Invalid):
        actions.refuse_approval(
            actor=place.actor(SECRETARY), request_id=approval.request_id, approval_id=approval.pk, words=" "
        )
    request = refuse(place, approval)
    assert (request.asked, len(final_clocks(request))) == (0, 1)
    assert Notice.objects.filter(person_id=place.persons[FIRM].pk, text__contains="理由不足").count() == 1


def test_the_clock_stands_while_a_suspension_is_asked_for_and_runs_on_after_a_refusal(
    place: Community, running_clock: RunningClock
) -> None:
    request = at(place, State.IN_PROGRESS)
    due = final_clocks(request)[0].due_at
    approval = ask(place, request, "suspension")
    assert request.due_at is None and request.stopped_at is not None and request.promises == {}
    running_clock.forward(days=7)
    assert actions.escalate_overdue().done == 0
    request = refuse(place, approval, STREET)
    assert request.stopped_at is None
    assert request.due_at is not None and request.due_at >= due + timedelta(days=7)
    assert [clock.cause for clock in final_clocks(request)] == ["promised", "resumed"]


def test_a_suspension_stops_the_work_until_its_day_and_keeps_its_reasons(
    place: Community, running_clock: RunningClock
) -> None:
    request = at(place, State.IN_PROGRESS)
    request = grant(place, ask(place, request, "suspension"), STREET)
    assert request.suspended_until == date(2026, 6, 8)
    with pytest.raises(NotAllowed, match="2026-06-08"):
        actions.handle_request(actor=place.actor(FIRM), request_id=request.pk, answer="好了")
    running_clock.forward(days=30)
    assert actions.end_suspensions().done == 0
    running_clock.forward(days=1)
    assert actions.end_suspensions().done == 1
    request.refresh_from_db()
    assert (request.suspended_until, request.stopped_at) == (None, None)
    assert request.due_at is not None
    second = grant(place, ask(place, request, "suspension", asked=Asked(until=date(2026, 7, 1))), STREET)
    actions.resume_request(actor=place.actor(FIRM), request_id=second.pk, reason="配件到了")
    kept = Approval.objects.filter(request=request, kind="suspension").order_by("pk")
    assert [(row.reason, row.ended_at is not None) for row in kept] == [("配件要等三天", True)] * 2
    assert not Pause.objects.filter(ended_at__isnull=True).exists()


def test_what_is_met_while_the_clock_stands_is_met_by_what_was_left(
    place: Community, running_clock: RunningClock
) -> None:
    request = at(place, State.IN_PROGRESS)
    ask(place, request, "suspension")
    running_clock.forward(days=20)
    actions.handle_request(actor=place.actor(FIRM), request_id=request.pk, answer="好了")
    met = final_clocks(request)[-1]
    assert met.met and met.ended_at is not None and met.ended_at < met.due_at


def test_what_is_undecided_lapses_when_the_request_ends(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    approval = ask(place, request, "suspension")
    actions.withdraw_request(actor=place.actor("resident"), request_id=request.pk)
    approval.refresh_from_db()
    request.refresh_from_db()
    assert (approval.state, request.asked, request.stopped_at) == ("lapsed", 0, None)
    assert final_clocks(request)[-1].met is False
    with pytest.raises((WrongState, NotAllowed)):
        grant(place, approval, STREET)


def test_the_asker_takes_it_back_and_nobody_else(place: Community) -> None:
    approval = ask(place, at(place, State.IN_PROGRESS), "extension")
    who = {"request_id": approval.request_id, "approval_id": approval.pk}
    with pytest.raises(NotAllowed):
        actions.take_back_approval(actor=place.actor("community_worker"), **who)
    request = actions.take_back_approval(actor=place.actor(FIRM), **who)
    assert request.asked == 0


def test_each_line_names_the_body_for_which_the_step_was_taken(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    grant(place, ask(place, request, "extension"))
    acting = dict(request.steps.order_by("number").values_list("verb", "acting__kind"))
    station, firm = "service_station", "property_firm"
    assert acting == {
        "receive": None, "accept": station, "dispatch": station, "sign": firm, "start": firm, "ask": firm,
        "grant": "community_committee",
    }  # fmt: skip
    client = Client()
    client.force_login(place.account("community_worker"))
    named = {
        str(entry["word"]): (entry["body"], entry["by"])
        for entry in client.get(f"/desk/requests/{request.pk}").context["entries"]
    }
    names = {kind: place.bodies[kind].name for kind in (station, firm, "community_committee")}
    assert named["批准"] == (names["community_committee"], "")
    assert named["派单"] == (names[firm], names[station])


def test_an_appeal_strikes_out_a_rating_and_leaves_the_end_as_it_was(
    place: Community, running_clock: RunningClock
) -> None:
    request = at(place, State.CLOSED)
    closed = request.closed_at
    assert counted() == 1
    running_clock.forward(days=1)
    request = grant(place, ask(place, request, "appeal"), STREET)
    assert (request.closed_at, request.state) == (closed, State.CLOSED)
    assert counted() == 0
    rating = request.ratings.get()
    assert rating.appeal is not None and rating.comment == rating.comment


@pytest.mark.parametrize(("kind", "verb"), [("return", "send_back"), ("transfer", "transfer")])
def test_where_passing_on_needs_an_approval_the_direct_way_is_closed(
    place: Community, method: Any, kind: str, verb: str
) -> None:
    request = at(place, State.SIGNED)
    method("hetang")
    other = place.bodies["residents_committee"]
    firm = place.actor(FIRM)
    assert verb not in rules.possible_verbs(firm, request)
    with pytest.raises(NotAllowed):
        if verb == "transfer":
            actions.transfer_request(actor=firm, request_id=request.pk, body_id=other.pk, basis="不归我们")
        else:
            actions.send_back_request(actor=firm, request_id=request.pk, reason="不归我们")
    approval = ask(place, request, kind, asked=Asked(body_id=other.pk))
    request = grant(place, approval, "community_worker")
    body = "residents_committee" if verb == "transfer" else "service_station"
    assert (request.body.kind, request.steps.order_by("-number")[0].verb) == (body, verb)


def test_each_step_is_a_line_and_the_reporter_reads_only_what_concerns_them(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    refuse(place, ask(place, request, "extension"))
    grant(place, ask(place, request, "extension"))
    verbs = list(request.steps.order_by("number").values_list("verb", flat=True))[-4:]
    assert verbs == ["ask", "refuse", "ask", "grant"]
    resident = Client()
    resident.force_login(place.account("resident"))
    page = resident.get(f"/my/requests/{request.pk}").content.decode()
    assert "新的办结时限" in page and "配件要等三天" not in page and "理由不足" not in page


def test_the_pages_ask_and_decide(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    firm, secretary = Client(), Client()
    firm.force_login(place.account(FIRM))
    secretary.force_login(place.account(SECRETARY))
    path = f"/desk/requests/{request.pk}"
    assert f"{path}/ask-extension" in firm.get(path).content.decode()
    assert f"{path}/ask-extension" not in secretary.get(path).content.decode()
    form = firm.get(f"{path}/ask-extension").context["form"]
    keys = {"key": form["key"].value(), "version": form["version"].value()}
    assert firm.post(f"{path}/ask-extension", keys | {"amount": "9", "reason": "等配件"}).status_code == 422
    assert firm.post(f"{path}/ask-extension", keys | {"amount": "2", "reason": "等配件"}).status_code == 302
    approval = Approval.objects.get()
    assert f"{path}/approvals/{approval.pk}" in secretary.get(path).content.decode()
    assert request.title in secretary.get("/desk/").content.decode()
    assert firm.get(f"{path}/approvals/{approval.pk}").status_code == 403
    form = secretary.get(f"{path}/approvals/{approval.pk}").context["form"]
    keys = {"key": form["key"].value(), "version": form["version"].value()}
    refusal = secretary.post(f"{path}/approvals/{approval.pk}", keys | {"decision": "refuse"})
    assert refusal.status_code == 422
    done = secretary.post(f"{path}/approvals/{approval.pk}", keys | {"decision": "grant"})
    assert done.status_code == 302
    again = secretary.post(f"{path}/approvals/{approval.pk}", keys | {"decision": "refuse", "words": "不"})
    assert again.status_code == 409
    approval.refresh_from_db()
    assert approval.state == "granted"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told() -> None:
    place = make_community()
    approval = ask(place, at(place, State.IN_PROGRESS), "extension")
    version = Request.objects.values_list("version", flat=True).get()
    calls = [
        lambda who=who: actions.grant_approval(
            actor=place.actor(who),
            request_id=approval.request_id,
            approval_id=approval.pk,
            door=Door(seen_version=version),
        )
        for who in (SECRETARY, STREET)
    ]
    results = at_once(*calls)
    assert sorted(type(result) is Request for result in results) == [False, True]
    refused = next(result for result in results if type(result) is not Request)
    assert isinstance(refused, Stale | WrongState)
    assert Approval.objects.get().state == "granted"
    assert len(final_clocks(Request.objects.get())) == 2
