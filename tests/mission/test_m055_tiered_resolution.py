"""M055 大事不出街道、小事不出社区: two ladders; the lowest able level first, up with a reason, counted at each level once."""

from typing import Any

import pytest
from django.test import Client

from jinlin.organisations.models import Body
from jinlin.platform.dates import now
from jinlin.requests import actions
from jinlin.requests.models import Passage, Request
from jinlin.requests.states import State
from tests.requests.desk_cases import at, raised
from tests.support.community import Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M055")]


@pytest.fixture
def place(clock: Any) -> Community:
    clock.move_to("2026-06-01 09:00")
    return make_community()


def closed_at(place: Community, kind: str, count: int) -> None:
    """Let so many requests be closed by a body of this kind."""
    body = Body.objects.filter(kind=kind).first() or Body.objects.create(
        kind=kind, name=kind, place_code=place.buildings[0].code[:12]
    )
    template = raised(place)
    Request.objects.bulk_create(
        Request(
            **{
                column.attname: getattr(template, column.attname)
                for column in Request._meta.concrete_fields
                if column.attname not in {"id", "number", "body_id", "state", "closed_at", "promises"}
            },
            number=f"20260601-{kind[:3]}{number:03d}",
            body_id=body.pk,
            state=State.CLOSED,
            closed_at=now(),
        )
        for number in range(count)
    )


@pytest.mark.parametrize(
    ("method_name", "estate_body"), [("hetang", "estate_branch"), ("pingwu", "estate_organisation")]
)
def test_of_100_closed_the_share_within_each_level_is_read(
    place: Community, method: Any, method_name: str, estate_body: str
) -> None:
    method(method_name)
    closed_at(place, estate_body, 60)
    closed_at(place, "residents_committee", 30)
    closed_at(place, "subdistrict_office", 10)
    client = Client()
    client.force_login(place.account("district_officer"))
    levels = client.get("/api/v1/report").json()["levels"]
    assert [levels[level]["closed"] for level in ("estate", "community", "subdistrict", "district")] == [60, 30, 10, 0]
    assert levels["estate"]["within"] == 0.6
    assert levels["community"]["within"] == 0.9
    assert levels["subdistrict"]["within"] == 1.0


def send(client: Client, request: Request, step: str, **words: Any) -> Any:
    path = f"/desk/requests/{request.pk}/{step}"
    form = client.get(path).context["form"]
    shown = {bound.html_name: bound.value() for bound in form or () if isinstance(bound.value(), str | int)}
    return client.post(path, shown | words)


def test_it_goes_up_level_by_level_with_a_reason_and_not_above_the_top(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    firm, secretary, street = Client(), Client(), Client()
    firm.force_login(place.account("property_manager"))
    secretary.force_login(place.account("community_secretary"))
    street.force_login(place.account("subdistrict_officer"))
    assert send(firm, request, "climb", reason=" ").status_code == 422
    assert send(firm, request, "climb", reason="要几家一起改管道", to_level="subdistrict").status_code == 422
    assert send(firm, request, "climb", reason="要几家一起改管道").status_code == 302
    request.refresh_from_db()
    assert (request.body.kind, request.state, request.rung) == ("community_committee", "transferred", "body")
    assert firm.get(f"/desk/requests/{request.pk}").status_code == 200
    assert send(secretary, request, "climb", reason="要市政管网配合").status_code == 302
    assert send(street, request, "climb", reason="跨街道").status_code == 302
    request.refresh_from_db()
    assert request.body.kind == "request_centre"
    assert street.get(f"/desk/requests/{request.pk}/climb").context["possible"] is False
    levels = list(Passage.objects.filter(request=request).order_by("at").values_list("level", flat=True))
    assert levels == ["estate", "community", "subdistrict", "district"]
    report = street.get("/api/v1/report").json()["levels"]
    assert [report[level]["came_through"] for level in levels] == [1, 1, 1, 1]


def test_an_emergency_skips_a_level_and_an_empty_rung_is_told(place: Community) -> None:
    request = at(place, State.IN_PROGRESS)
    worker = place.actor("community_worker")
    actions.classify_request(actor=worker, request_id=request.pk, category="C10102", urgency="emergency")
    actions.climb_request(
        actor=place.actor("property_manager"), request_id=request.pk, reason="墙体开裂", to_level="subdistrict"
    )
    request.refresh_from_db()
    assert request.body.kind == "subdistrict_office"
