"""M018 自治委员会: with five seats and four acceptances its beginning waits for the fifth."""

from collections.abc import Callable

import pytest

from jinlin.organisations.models import Appointment, Body
from jinlin.platform.dates import today
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found, seat
from tests.support.community import make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M018")]


def test_it_waits_for_the_fifth_acceptance(method: Callable) -> None:
    place = make_community()
    method("hetang")
    estate, worker = place.estates[0], at_desk(place, "community_worker")
    Body.objects.filter(kind="owners_committee", zone=estate).update(active=False)
    found("estate_branch", "铁四院党支部", zone=estate)
    body = found("self_government_committee", "铁四院自治委员会", zone=estate, founded_on=None, phone="0731-2999")
    names = ["resident", "neighbour", "neighbour_head", "grid_member", "property_manager"]
    seats = [seat(place, name, body, "self_government_member") for name in names]
    Appointment.objects.filter(pk=seats[4].pk).update(accepted_on=None)
    url = f"/desk/bodies/{body.pk}/begin/"
    refused = worker.post(url, {"founded_on": today()})
    assert refused.status_code == 422 and "1个席位尚未接受" in text_of(refused)
    Appointment.objects.filter(pk=seats[4].pk).update(accepted_on=today())
    assert worker.post(url, {"founded_on": today()}).status_code == 302
    page = text_of(at_desk(place, "neighbour").get(f"/estates/{estate.label}/"))
    assert "铁四院自治委员会" in page and "0731-2999" in page
    second = worker.post(
        "/desk/bodies/new/?kind=self_government_committee",
        {"name": "第二自治委员会", "place": estate.label, "founded_on": ""},
    )
    assert second.status_code == 422 and "铁四院自治委员会" in text_of(second)  # the terms of two do not overlap
