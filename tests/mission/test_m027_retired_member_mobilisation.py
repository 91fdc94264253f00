"""M027 离退休党员示范带动: 81 accept by themselves; one who leaves is counted no more, and the past stays 81."""

from typing import Any

import pytest

from jinlin.organisations.models import Appointment
from jinlin.platform.dates import today
from tests.support.community import Community, make_community
from tests.support.methods import work_by
from tests.support.posts import appointed, client_of, desk_of, new_body, new_persons

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M027")]


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "ningde")
    return make_community()


def test_81_accept_one_leaves_and_the_past_stays(place: Community, clock: Any) -> None:
    branch, people, desk = new_body("estate_branch", zone=place.estates[0]), new_persons(81), desk_of(place)
    offers = appointed(people, branch, "retired_member_lead")

    def count(on: str = "") -> int:
        return desk.get(f"/desk/posts/?key=retired_member_lead&on={on}").context["tally"].persons

    assert count() == 0
    browsers = [client_of(person) for person in people]
    for browser, offer in zip(browsers, offers, strict=True):
        assert browser.post(f"/me/posts/{offer.pk}/accept/", {"listed": "on"}).status_code == 302
    accepted_on = today()
    assert count() == 81
    clock.forward(days=20)
    leaver, offer, desk = client_of(people[7].account), offers[7], desk_of(place)
    assert "退出" in leaver.get(f"/me/posts/{offer.pk}/leave/").content.decode()
    leaver.post(f"/me/posts/{offer.pk}/leave/")
    assert (count(), count(accepted_on.isoformat())) == (80, 81)
    assert (
        people[7].name not in client_of(place.account("resident")).get(f"/duty/{branch.place_code}/").content.decode()
    )
    assert people[8].name in client_of(place.account("resident")).get(f"/duty/{branch.place_code}/").content.decode()


def test_an_acceptance_by_somebody_else_is_refused_and_a_no_is_taken(place: Community) -> None:
    branch, [person] = new_body("estate_branch", zone=place.estates[0]), new_persons(1)
    [offer] = appointed([person], branch, "retired_member_lead")
    for name in ("neighbour", "community_secretary", "administrator"):
        assert client_of(place.account(name)).post(f"/me/posts/{offer.pk}/accept/").status_code in {403, 404}
    assert Appointment.objects.get(pk=offer.pk).is_offer
    own = client_of(person)
    assert "离退休党员示范岗" in own.get("/me/posts/").content.decode()
    own.post(f"/me/posts/{offer.pk}/decline/")
    assert not Appointment.objects.get(pk=offer.pk).is_offer
    assert not Appointment.objects.get(pk=offer.pk).is_running(today())
