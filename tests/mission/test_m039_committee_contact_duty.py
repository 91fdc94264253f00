"""M039 “两委”班子成员联系群众: a contact member for every building, their next hour, and issues that go to requests."""

from typing import Any

import pytest

from jinlin.algorithms.duty_hours import read_hours
from jinlin.organisations.models import Appointment
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.posts import appointed, client_of, desk_of, new_persons, new_places

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M039")]

BUTTON = 'btn btn-primary" href="/raise"'
"""The button that refers something to those on duty."""


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def test_11_of_12_buildings_leave_one_gap(place: Community) -> None:
    more = new_places(16, (f"{COMMUNITY}{number:04d}" for number in range(1001, 1009)))
    buildings, committee = [*place.buildings, *more], place.bodies["community_committee"]
    members = new_persons(3)
    for number, building in enumerate(buildings[:11]):
        appointed([members[number % 3]], committee, "contact_member", place_code=building.code)
    page = desk_of(place).get("/desk/posts/vacancies/")
    row = next(row for row in page.context["rows"] if row.post.key == "contact_member")
    assert (row.need.filled, row.need.required) == (11, 12)
    assert [one.spot.key for one in row.vacancies] == [buildings[11].code]
    assert buildings[11].address in page.content.decode()


def test_my_contact_member_and_their_next_open_hour(place: Community) -> None:
    """The tests' day is a Friday; the next hour is on Wednesday."""
    committee, [member, other] = place.bodies["community_committee"], new_persons(2)
    hours = read_hours("周三 14:00-17:00")
    appointed([member], committee, "contact_member", place_code=place.buildings[0].code, hours=hours, listed=True)
    appointed([other], committee, "contact_member", place_code=place.buildings[1].code, listed=True)
    page = client_of(place.account("resident")).get("/duty/")
    words = page.content.decode()
    assert member.name in words and other.name not in words and "05-13 14:00" in words
    assert BUTTON in words, "an issue goes to requests"


def test_a_post_has_no_room_for_free_words_about_a_person() -> None:
    """What residents tell a contact member is raised as a request; the post itself can hold no notes."""
    texts = {
        field.name
        for field in Appointment._meta.get_fields()
        if field.get_internal_type() in {"TextField", "JSONField"}
    }
    assert texts == {"hours"}
