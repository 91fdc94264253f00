"""M046 接诉即办: a clock, an owner, an answer, the reporter's judgement; what is overdue goes up once."""

from typing import Any

import pytest
from django.test import Client

from jinlin.organisations.models import Body
from jinlin.platform.errors import Invalid
from jinlin.platform.models import Notice
from jinlin.requests import actions
from jinlin.requests.actions import Report, Where
from jinlin.requests.models import Clock, Rating, Request
from jinlin.requests.states import State, Verb
from tests.support.community import Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M046")]


@pytest.fixture
def place(clock: Any) -> Community:
    clock.move_to("2026-06-01 09:00")  # a Monday
    return make_community()


def filed(place: Community) -> Request:
    report = Report(text="单元门禁坏了，谁都能进来", where=Where(place_code=place.homes[0].code))
    return actions.raise_request(actor=place.actor("resident"), report=report).request


def desk(place: Community, who: str) -> Client:
    client = Client()
    client.force_login(place.account(who))
    return client


def send(client: Client, request: Request, step: str, **words: Any) -> Any:
    """Fill in and send the form of a step, as somebody at the desk does."""
    path = f"/desk/requests/{request.pk}/{step}"
    form = client.get(path).context["form"]
    shown = {bound.html_name: bound.value() for bound in form or () if isinstance(bound.value(), str | int)}
    return client.post(path, shown | words)


def test_without_an_answer_after_24_hours_it_is_overdue_and_escalated_once(place: Community, clock: Any) -> None:
    request = filed(place)
    answer_by = request.clocks.get(milestone=Clock.Milestone.FIRST_ANSWER)
    assert (answer_by.amount, answer_by.unit) == (24, "natural_hours")
    clock.move_to("2026-06-02 08:59")
    assert actions.escalate_overdue().done == 0
    clock.move_to("2026-06-02 09:01")
    assert actions.escalate_overdue().done > 0
    assert actions.escalate_overdue().done == 0
    request.refresh_from_db()
    assert request.is_overdue(clock.now)
    once = Clock.objects.filter(request=request, milestone=Clock.Milestone.FIRST_ANSWER, escalated_at__isnull=False)
    assert once.count() == 1
    secretary = place.persons["community_secretary"].pk
    told = Notice.objects.filter(person_id=secretary, text__contains=request.number)
    assert told.count() == request.steps.filter(verb=Verb.ESCALATE).count()
    page = desk(place, "community_worker").get("/desk/requests/?due=overdue")
    assert [line.request.pk for line in page.context["lines"]] == [request.pk]
    clock.move_to("2026-06-03 09:01")
    assert actions.escalate_overdue().done == 0


def test_an_answer_in_time_meets_the_clock(place: Community, clock: Any) -> None:
    request = filed(place)
    clock.move_to("2026-06-01 15:00")
    assert (
        send(desk(place, "community_worker"), request, "accept", category="T101", urgency="ordinary").status_code == 302
    )
    clock.move_to("2026-06-02 09:01")
    actions.escalate_overdue()
    assert request.clocks.get(milestone=Clock.Milestone.FIRST_ANSWER).met
    assert request.clocks.get(milestone=Clock.Milestone.FIRST_ANSWER).escalated_at is None


def test_nothing_is_closed_without_an_answer(place: Community) -> None:
    request, worker, firm = filed(place), desk(place, "community_worker"), desk(place, "property_manager")
    send(worker, request, "accept", category="T101", urgency="ordinary")
    send(worker, request, "dispatch", choice="other", body=place.bodies["property_firm"].pk, basis="职责表")
    send(firm, request, "sign")
    send(firm, request, "start")
    refused = send(firm, request, "handle", answer="   ")
    assert refused.status_code == 422 and "answer" in refused.context["form"].errors
    with pytest.raises(Invalid):
        actions.handle_request(actor=place.actor("property_manager"), request_id=request.pk, answer="")
    request.refresh_from_db()
    assert request.state == State.IN_PROGRESS


def test_an_inactive_body_is_given_nothing(place: Community) -> None:
    request, worker = filed(place), desk(place, "community_worker")
    send(worker, request, "accept", category="T101", urgency="ordinary")
    firm = place.bodies["property_firm"]
    Body.objects.filter(pk=firm.pk).update(active=False)
    with pytest.raises(Invalid) as refused:
        actions.dispatch_request(
            actor=place.actor("community_worker"), request_id=request.pk, body_id=firm.pk, basis="职责表"
        )
    assert "body" in refused.value.fields
    page = send(worker, request, "dispatch", choice="other", body=firm.pk, basis="职责表")
    assert page.status_code == 422
    assert str(firm.pk) not in {str(duty.body_id) for duty in page.context["form"].duties.values()}


def test_answered_in_time_and_judged_it_counts(place: Community, clock: Any) -> None:
    request, worker, firm = filed(place), desk(place, "community_worker"), desk(place, "property_manager")
    send(worker, request, "accept", category="T101", urgency="ordinary")
    send(worker, request, "dispatch", choice="other", body=place.bodies["property_firm"].pk, basis="职责表")
    for step in ("sign", "start"):
        send(firm, request, step)
    clock.move_to("2026-06-02 10:00")
    send(firm, request, "handle", answer="门禁已经修好，换了电磁锁。")
    actions.rate_request(
        actor=place.actor("resident"), request_id=request.pk, judgement=actions.Judgement(True, "yes", "yes")
    )
    request.refresh_from_db()
    assert request.state == State.CLOSED and request.due_at is None
    assert not request.clocks.filter(ended_at__isnull=True).exists()
    assert request.clocks.filter(met=True).count() == request.clocks.count()
    rating = Rating.objects.get(request=request)
    assert (rating.responded, rating.solved, rating.satisfied) == (True, "yes", "yes")
