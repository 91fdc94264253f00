"""Several requests answered as one, taken out again as they were, or only related."""

from typing import Any

import pytest
from django.test import Client

from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from jinlin.platform.models import Notice
from jinlin.playbooks.here import current_playbook
from jinlin.requests import actions
from jinlin.requests.actions import Look
from jinlin.requests.merged import members_below, root_of
from jinlin.requests.models import Clock, Relation, Request, Step
from jinlin.requests.report import report
from jinlin.requests.states import OPEN, State, Verb
from tests.api.programs import program_of
from tests.requests.desk_cases import RunningClock, at, raised, running_clock
from tests.support.community import Community, make_community
from tests.support.pages import send, signed_in, text_of
from tests.support.threads import at_once
from tests.support.work import work_off

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]
WHY = "同一盏路灯"


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


def merge(place: Community, request: Request, into: Request, who: str = "community_worker") -> Request:
    return actions.merge_request(actor=place.actor(who), request_id=request.pk, into=into.number, reason=WHY)


def take_out(place: Community, request: Request, who: str = "community_worker") -> Request:
    return actions.unmerge_request(actor=place.actor(who), request_id=request.pk, reason="不是同一盏")


def fresh(request: Request) -> Request:
    request.refresh_from_db()
    return request


def answered(place: Community, lead: Request) -> None:
    actions.handle_request(actor=place.actor("property_manager"), request_id=lead.pk, answer="整条线路换过了。")


def test_both_are_answered_at_once_and_both_reporters_hear(place: Community) -> None:
    lead = at(place, State.IN_PROGRESS)
    other = raised(place, "我家楼下的灯也不亮", who="neighbour", home=5)
    merge(place, other, lead)
    assert fresh(other).state == State.MERGED and root_of(other) == lead and fresh(lead).members == 1
    answered(place, lead)
    work_off()
    for person in ("resident", "neighbour"):
        told = Notice.objects.filter(person_id=place.persons[person].pk).order_by("at").last()
        assert "整条线路换过了" in told.text, person
    own = Notice.objects.filter(person_id=place.persons["neighbour"].pk).order_by("at").last()
    assert "我家楼下的灯也不亮" in own.text and own.link == f"/my/requests/{other.pk}"


def test_what_two_people_say_to_each_other_stays_between_them(place: Community) -> None:
    lead = at(place, State.IN_PROGRESS)
    other = raised(place, "楼道里太黑", who="neighbour", home=5)
    merge(place, other, lead)
    actions.add_to_request(actor=place.actor("resident"), request_id=lead.pk, note="我的电话换成13900001111")
    work_off()
    page = text_of(signed_in(place, "neighbour").get(f"/my/requests/{other.pk}"))
    assert "13900001111" not in page
    assert not Notice.objects.filter(person_id=place.persons["neighbour"].pk, text__contains="13900001111").exists()
    assert lead.number in page and lead.text not in page


def test_the_reporter_reads_the_common_steps_on_their_own_page(place: Community) -> None:
    lead = at(place, State.IN_PROGRESS)
    other = raised(place, "楼道灯不亮", who="neighbour", home=5)
    merge(place, other, lead)
    answered(place, lead)
    page = text_of(signed_in(place, "neighbour").get(f"/my/requests/{other.pk}"))
    assert "整条线路换过了" in page and other.number in page


def test_both_numbers_live(place: Community) -> None:
    lead, other = raised(place), raised(place, who="neighbour", home=5)
    merge(place, other, lead)
    worker = signed_in(place, "community_worker")
    for request in (lead, other):
        assert worker.get(f"/desk/requests/?q={request.number}").context["total"].count == 1
    assert lead.number in text_of(worker.get(f"/desk/requests/{other.pk}"))
    assert other.number in text_of(worker.get(f"/desk/requests/{lead.pk}"))


def test_a_merge_across_places_by_whoever_receives_both(place: Community) -> None:
    lead, other = raised(place, home=0), raised(place, who="neighbour", home=15)
    assert lead.estate_id != other.estate_id
    merge(place, other, lead, who="subdistrict_officer")
    assert fresh(other).lead_id == lead.pk


def test_who_leads_is_followed_to_the_end(place: Community) -> None:
    first, second, third = (raised(place, f"第{number}件") for number in (1, 2, 3))
    merge(place, second, first)
    merge(place, third, second)
    assert fresh(third).lead_id == first.pk


def test_a_lead_that_is_merged_takes_its_own_along_and_gets_them_back(place: Community) -> None:
    first, second, third = (raised(place, f"第{number}件") for number in (1, 2, 3))
    merge(place, third, second)
    merge(place, second, first)
    assert root_of(fresh(third)) == first
    assert {row.pk for row in members_below(fresh(first))} == {second.pk, third.pk}
    take_out(place, second)
    assert fresh(second).state == State.RECEIVED and root_of(fresh(third)) == second
    assert (fresh(first).members, second.members) == (0, 1)


def test_no_circle(place: Community) -> None:
    first, second = raised(place), raised(place, "又一件")
    merge(place, second, first)
    for into in (second, first):
        with pytest.raises(Invalid) as refused:
            merge(place, first, into)
        assert "into" in refused.value.fields
    assert fresh(first).lead_id is None


@pytest.mark.django_db(transaction=True)
def test_two_merges_that_cross_leave_one() -> None:
    place = make_community()
    first, second = raised(place), raised(place, "又一件")
    results = at_once(lambda: merge(place, first, second), lambda: merge(place, second, first))
    assert sum(isinstance(result, Request) for result in results) == 1
    assert all(isinstance(result, Request | Stale | Invalid | WrongState) for result in results)
    leads = [fresh(request).lead_id for request in (first, second)]
    assert leads in ([None, first.pk], [second.pk, None])


def test_private_stays_out_of_public_with_a_remedy(place: Community) -> None:
    lead = raised(place, public=True)
    look = Look(title="路灯不亮", text="路灯不亮")
    actions.publish_request(actor=place.actor("community_worker"), request_id=lead.pk, look=look)
    private = raised(place, who="neighbour", home=5)
    with pytest.raises(Invalid) as refused:
        merge(place, private, lead)
    assert "关联" in str(refused.value.fields["into"])
    assert fresh(private).state == State.RECEIVED


def test_a_public_one_shows_where_its_lead_stands(place: Community) -> None:
    lead, other = at(place, State.IN_PROGRESS), raised(place, public=True, who="neighbour", home=5)
    look = Look(title="路灯不亮", text="路灯不亮")
    actions.publish_request(actor=place.actor("community_worker"), request_id=other.pk, look=look)
    merge(place, other, lead)
    answered(place, lead)
    assert Client().get(f"/public/{other.number}").context["record"].state == State.HANDLED


def test_taken_out_it_is_where_it_was_with_its_promises(place: Community, running_clock: RunningClock) -> None:
    lead, other = raised(place), at(place, State.SIGNED, who="neighbour", home=5)
    before = (other.state, other.body_id, other.category, other.due_at, other.promises)
    merge(place, other, lead)
    assert (fresh(other).due_at, other.promises) == (None, {})
    running_clock.forward(hours=5)
    take_out(place, other)
    assert (fresh(other).state, other.body_id, other.category, other.due_at, other.promises) == before
    assert other.lead_id is None and fresh(lead).members == 0
    running = Clock.objects.filter(request=other, ended_at__isnull=True)
    assert {clock.milestone for clock in running} == set(before[4])


def test_a_promise_that_was_late_before_the_merge_is_late_after_it_and_escalated_once(
    place: Community, running_clock: RunningClock
) -> None:
    lead, other = raised(place), raised(place, who="neighbour", home=5)
    running_clock.forward(days=20)
    actions.escalate_overdue()
    count = Step.objects.filter(request=other, verb=Verb.ESCALATE).count()
    merge(place, other, lead)
    take_out(place, other)
    actions.escalate_overdue()
    assert Step.objects.filter(request=other, verb=Verb.ESCALATE).count() == count > 0


def test_nothing_is_taken_out_once_the_lead_has_answered(place: Community) -> None:
    lead, other = at(place, State.IN_PROGRESS), raised(place, who="neighbour", home=5)
    merge(place, other, lead)
    answered(place, lead)
    with pytest.raises(NotAllowed, match="重新反映"):
        take_out(place, other)
    with pytest.raises(Invalid) as refused:
        merge(place, raised(place, "第三件"), lead)
    assert "关联" in str(refused.value.fields["into"])


def test_it_ends_when_its_lead_ends(place: Community) -> None:
    lead, other = at(place, State.IN_PROGRESS), raised(place, who="neighbour", home=5)
    merge(place, other, lead)
    answered(place, lead)
    assert fresh(other).closed_at is None
    judgement = actions.Judgement(responded=True, solved="yes", satisfied="yes")
    actions.rate_request(actor=place.actor("resident"), request_id=lead.pk, judgement=judgement)
    assert fresh(other).closed_at == fresh(lead).closed_at is not None


def test_whoever_withdraws_the_lead_sets_the_others_free(place: Community) -> None:
    lead, other = raised(place), at(place, State.SIGNED, who="neighbour", home=5)
    merge(place, other, lead)
    actions.withdraw_request(actor=place.actor("resident"), request_id=lead.pk)
    assert (fresh(lead).state, fresh(other).state) == (State.WITHDRAWN, State.SIGNED)


def test_it_counts_once_as_received_and_not_as_open(place: Community) -> None:
    lead, other = raised(place), raised(place, who="neighbour", home=5)
    merge(place, other, lead)
    every = Request.objects.all()
    figures = report(every, current_playbook().rating_on(today()))
    assert figures["requests"] == 2 and figures["by_state"] == {"received": 1, "merged": 1}
    assert every.filter(state__in=OPEN).count() == 1
    worker = signed_in(place, "community_worker")
    assert [line.request.pk for line in worker.get("/desk/").context["lines"]] == [lead.pk]
    assert worker.get("/desk/requests/?group=open").context["total"].count == 1
    assert worker.get("/desk/requests/?group=merged").context["total"].count == 1


def test_who_merges(place: Community) -> None:
    lead, other = raised(place), raised(place, who="neighbour", home=5)
    cases: list[tuple[Actor, type[Exception]]] = [
        (place.actor("resident"), Invalid),
        (place.actor("property_manager"), Invalid),
        (place.actor("auditor"), NotAllowed),
    ]
    for actor, error in cases:
        with pytest.raises((error, NotFound)):
            actions.merge_request(actor=actor, request_id=other.pk, into=lead.number, reason=WHY)
    assert fresh(other).state == State.RECEIVED


def test_a_number_that_is_none_and_a_reason_that_is_missing(place: Community) -> None:
    request = raised(place)
    for into, reason, field in (("20260508-9999", WHY, "into"), (request.number, "  ", "reason")):
        with pytest.raises(Invalid) as refused:
            actions.merge_request(
                actor=place.actor("community_worker"), request_id=request.pk, into=into, reason=reason
            )
        assert field in refused.value.fields


def test_on_the_desk(place: Community) -> None:
    lead, other = raised(place), raised(place, who="neighbour", home=5)
    worker = signed_in(place, "community_worker")
    path = f"/desk/requests/{other.pk}"
    assert worker.get(f"{path}/merge?into={lead.number}").context["form"]["into"].value() == lead.number
    refused = send(worker, f"{path}/merge", into="1", reason=WHY)
    assert refused.status_code == 422
    assert send(worker, f"{path}/merge", into=lead.number, reason=WHY).status_code == 302
    assert send(worker, f"{path}/unmerge", reason="看错了").status_code == 302
    assert fresh(other).state == State.RECEIVED


def test_whoever_has_only_one_of_them_reads_the_number_of_the_other_and_not_its_words(place: Community) -> None:
    lead, other = at(place, State.IN_PROGRESS), raised(place, "楼上老李又喝酒打人", who="neighbour", home=5)
    merge(place, other, lead)
    path = f"/desk/requests/{lead.pk}"
    seen = text_of(signed_in(place, "property_manager").get(path))
    assert other.number in seen and "老李" not in seen
    assert "老李" in text_of(signed_in(place, "community_worker").get(path))


def test_related_requests_go_their_own_ways(place: Community) -> None:
    first, second = raised(place), at(place, State.CLOSED)
    worker = signed_in(place, "community_worker")
    path = f"/desk/requests/{first.pk}"
    assert send(worker, f"{path}/relate", to=second.number, word="follows", note="上次没修好").status_code == 302
    for one, other in ((first, second), (second, first)):
        assert other.number in text_of(worker.get(f"/desk/requests/{one.pk}"))
    assert (fresh(first).state, fresh(second).state) == (State.RECEIVED, State.CLOSED)
    for to in (first.number, second.number, "20260101-0001"):
        assert send(worker, f"{path}/relate", to=to, word="related").status_code == 422
    tie = Relation.objects.get()
    assert worker.post(f"{path}/relations/{tie.pk}").status_code == 302
    assert not Relation.objects.exists()


def test_through_the_api(place: Community) -> None:
    lead, other = raised(place), raised(place, who="neighbour", home=5)
    worker: Any = program_of(place.actor("community_worker"))
    path = f"/requests/{other.pk}"
    contents = {"into": lead.number, "reason": WHY}
    assert worker.post(f"{path}/merge", contents, key="k").json()["state"] == "merged"
    assert worker.post(f"{path}/merge", contents, key="k").json()["state"] == "merged"
    assert worker.get(path).json()["lead"] == lead.number
    assert worker.get(f"/requests/{lead.pk}").json()["members"] == 1
    assert worker.post(f"{path}/unmerge", {"reason": "看错了"}).json()["state"] == "received"
    assert worker.post(f"{path}/relate", {"to": lead.number}).status_code == 200
