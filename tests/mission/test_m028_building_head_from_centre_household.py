"""M028 党员中心户担任楼栋长: 748 heads for 23,100 households, each for a building that lies in its body's area."""

from typing import Any

import pytest

from jinlin.organisations.actions import NewAppointment, accept_post, appoint, appoint_all
from jinlin.people.models import Household
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from tests.support.community import BEGINNING, COMMUNITY, Community, make_community
from tests.support.methods import work_by
from tests.support.posts import appointed, client_of, desk_of, new_body, new_persons, new_places

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M028")]


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "hongrun")
    return make_community()


def test_748_heads_of_23_100_households_have_30_9_each(place: Community) -> None:
    Household.objects.bulk_create(
        Household(home_code=f"{COMMUNITY}{number // 30 + 100:04d}01{number % 30 + 1:04d}", valid_from=BEGINNING)
        for number in range(23_100 - Household.objects.count())
    )
    buildings = new_places(16, (f"{COMMUNITY}{number:04d}" for number in range(1001, 1749)))
    committee, people = place.bodies["residents_committee"], new_persons(748)
    roster = [
        NewAppointment(person, committee, "building_head", today(), place_code=building.code, origin="centre_household")
        for person, building in zip(people, buildings, strict=True)
    ]
    for offer in appoint_all(actor=SYSTEM, roster=roster):
        accept_post(actor=Actor(person_id=offer.person_id), appointment_id=offer.pk)
    place.persons["neighbour_head"].appointments.all().delete()
    page = desk_of(place).get("/desk/posts/?key=building_head")
    assert (page.context["tally"].persons, page.context["households"]) == (748, "30.9")


def test_a_head_for_a_building_in_another_grid_is_refused_and_buildings_without_one_are_listed(
    place: Community,
) -> None:
    branch, [person] = new_body("estate_branch", zone=place.grids[0]), new_persons(1)
    wanted = {
        "person": person,
        "body": branch,
        "key": "building_head",
        "term_from": today(),
        "origin": "centre_household",
    }
    with pytest.raises(Invalid):
        appoint(actor=SYSTEM, new=NewAppointment(**wanted, place_code=place.buildings[3].code))
    place.persons["neighbour_head"].appointments.all().delete()
    offer = appoint(actor=SYSTEM, new=NewAppointment(**wanted, place_code=place.buildings[0].code))
    accept_post(actor=Actor(person_id=person.pk), appointment_id=offer.pk, listed=True)
    found = desk_of(place).get("/desk/posts/vacancies/").context["vacancies"]
    heads = {one.spot.key for one, _community in found if one.post.key == "building_head"}
    assert heads == {building.code for building in place.buildings[1:]}
    poster = desk_of(place).get(f"/desk/posts/{offer.pk}/poster/").content.decode()
    assert person.name in poster and "楼栋长" in poster
    client_of(person).post(f"/me/posts/{offer.pk}/name/", {"listed": "no"})
    assert desk_of(place).get(f"/desk/posts/{offer.pk}/poster/").status_code == 404


def test_more_than_one_source_word_is_not_taken(place: Community) -> None:
    with pytest.raises(Invalid):
        appointed(
            new_persons(1),
            place.bodies["residents_committee"],
            "building_head",
            place_code=place.buildings[1].code,
            origin="property_staff",
        )
