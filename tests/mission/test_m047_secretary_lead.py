"""M047 书记领办: the secretary takes a difficult case on in person; its owner changes, its history stays, one leader only."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.clusters.models import Leading
from jinlin.platform.dates import today
from jinlin.requests import actions
from jinlin.requests.actions.publicity import Look
from jinlin.requests.states import State, Verb
from tests.requests.desk_cases import CATEGORY, at, raised, running_clock
from tests.support.community import Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M047")]
__all__ = ["running_clock"]


@pytest.fixture
def place(running_clock: Any) -> Community:
    return make_community()


def client_of(place: Community, who: str) -> Client:
    client = Client()
    client.force_login(place.account(who))
    return client


def plan(client: Client, request_id: int, **more: str) -> dict[str, str]:
    """Return what the secretary fills in on the page as it stands."""
    form = client.get(f"/desk/clusters/led/{request_id}/").context["form"]
    shown = {name: form[name].value() for name in ("key", "seen")}
    days = {"day1": f"{today() + timedelta(days=3):%F}", "day2": f"{today() + timedelta(days=10):%F}"}
    words = {"reason": "三次上报未解决", "plan": "牵头物业和住建局商定维修", "step1": "现场会商", "step2": "完成维修"}
    return shown | days | words | more


def taken(client: Client, page: str, given: dict[str, str]) -> Any:
    """Send the plan, look at what the public will read of it, and send it once more."""
    look = client.post(page, given)
    assert look.status_code == 200 and len(look.context["preview"]) == 2
    return client.post(page, given | {"looked_at": look.context["form"]["looked_at"].value()})


def escalated_twice(place: Community, running_clock: Any) -> Any:
    """Return a request that nobody dispatched and nobody answered in time, and that was accepted then."""
    request = raised(place)
    running_clock.forward(days=9)
    actions.escalate_overdue()
    assert request.steps.filter(verb=Verb.ESCALATE).count() == 2
    actions.accept_request(
        actor=place.actor("community_worker"), request_id=request.pk, category=CATEGORY, urgency="ordinary"
    )
    request.refresh_from_db()
    return request


def test_a_case_escalated_twice_is_taken_on_and_cannot_be_taken_again(place: Community, running_clock: Any) -> None:
    request = escalated_twice(place, running_clock)
    before, steps = request.body, request.steps.count()
    secretary = client_of(place, "community_secretary")
    page = f"/desk/clusters/led/{request.pk}/"
    assert page in secretary.get(f"/desk/requests/{request.pk}").content.decode()
    first, second = plan(secretary, request.pk), plan(secretary, request.pk)
    assert taken(secretary, page, first).status_code == 302
    request.refresh_from_db()
    assert (request.body, request.state) == (place.bodies["community_committee"], State.IN_PROGRESS)
    assert request.body != before
    assert list(request.steps.order_by("number").values_list("verb", flat=True))[steps:] == [Verb.LEAD]
    assert taken(secretary, page, second | {"seen": ""}).status_code in {409, 422}
    assert Leading.objects.filter(request=request).count() == 1
    assert taken(secretary, page, first).status_code in {302, 409, 422}
    assert Leading.objects.filter(request=request).count() == 1


def test_its_reporter_and_the_public_follow_the_plan(place: Community, client: Client) -> None:
    request = at(place, State.IN_PROGRESS, public=True)
    words = "楼道灯不亮"
    actions.publish_request(
        actor=place.actor("community_worker"),
        request_id=request.pk,
        look=Look(title=words, text=words),
    )
    secretary = client_of(place, "community_secretary")
    assert taken(secretary, f"/desk/clusters/led/{request.pk}/", plan(secretary, request.pk)).status_code == 302
    shown = client.get("/led/").content.decode()
    assert words in shown and "现场会商" in shown
    resident = client_of(place, "resident").get(f"/my/requests/{request.pk}").content.decode()
    assert "三次上报未解决" in resident
    back = secretary.get(f"/desk/clusters/led/{request.pk}/back").context["form"]
    given = {name: back[name].value() for name in ("key", "seen")} | {"reason": "已移交街道"}
    assert secretary.post(f"/desk/clusters/led/{request.pk}/back", given).status_code == 302
    assert words not in client.get("/led/").content.decode()


@pytest.mark.parametrize("who", ["community_worker", "subdistrict_officer", "property_manager", "resident"])
def test_nobody_else_takes_it_on(place: Community, who: str) -> None:
    request = at(place, State.IN_PROGRESS)
    assert client_of(place, who).get(f"/desk/clusters/led/{request.pk}/").status_code == 403
    assert not Leading.objects.exists()


def test_without_a_dated_plan_it_is_not_taken_on(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    secretary = client_of(place, "community_secretary")
    answer = secretary.post(f"/desk/clusters/led/{request.pk}/", plan(secretary, request.pk, day1="", step1=""))
    assert answer.status_code == 422
    past = plan(secretary, request.pk, day1=f"{today() - timedelta(days=1):%F}")
    assert taken(secretary, f"/desk/clusters/led/{request.pk}/", past).status_code == 422
    assert not Leading.objects.exists()


def test_no_telephone_number_stands_in_what_the_public_reads_of_the_plan(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    secretary = client_of(place, "community_secretary")
    answer = secretary.post(
        f"/desk/clusters/led/{request.pk}/", plan(secretary, request.pk, step2="联系13912345678维修")
    )
    assert answer.status_code == 422 and "step2" in answer.context["form"].errors
    assert not Leading.objects.exists()
