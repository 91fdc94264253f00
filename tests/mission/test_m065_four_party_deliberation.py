"""M065 四方议事: four sides, all there or with a view in writing, nobody on two seats; each place has its own four."""

from typing import Any

import pytest

from jinlin.meetings.models import Attendance, Motion
from tests.support.community import Community, make_community
from tests.support.meetings import first_item, four_sides, invitations, opened, representatives, side_by_side
from tests.support.pages import send, signed_in, text_of
from tests.support.posts import new_body, new_persons

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M065")]
SIDES = {
    "hongshan": ("community", "property", "residents", "property_management"),
    "hetang": ("branch", "owners", "property", "residents"),
}


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def the_caller(place: Community, name: str) -> Any:
    """Found what the four sides of a place need, and return the body that calls them together."""
    estate, committee = place.estates[0], place.bodies["residents_committee"]
    if name == "hongshan":
        return four_sides(estate, committee)
    new_body("owners_committee", "业委会", zone=estate)
    representatives(1, committee)
    return new_body("estate_branch", "党支部", zone=estate)


@pytest.mark.parametrize("name", SIDES)
def test_3_sides_cannot_decide_without_the_written_view_of_the_fourth(place: Community, method: Any, name: str) -> None:
    method(name)
    meeting = opened("four_party_deliberation", the_caller(place, name), "停车", zone=place.estates[0])
    desk, page, item = signed_in(place, "community_worker"), f"/desk/meetings/{meeting.pk}/", first_item(meeting)
    side_by_side(meeting, *SIDES[name][:3])
    refused = send(desk, f"{page}motion/{item.pk}/", words="划线停车")
    assert refused.status_code == 409 and "书面意见" in text_of(refused)
    fourth = invitations(meeting, SIDES[name][3])[0]
    written = {"invitation": fourth.pk, "stance": "agrees", "words": "同意划线", "written": "on"}
    assert send(desk, f"{page}view/{item.pk}/", **written).status_code == 302
    assert send(desk, f"{page}motion/{item.pk}/", words="划线停车").status_code == 302
    hands = {f"seat_{invitations(meeting, side)[0].pk}": "yes" for side in SIDES[name][:3]}
    send(desk, f"{page}votes/", **hands)
    desk.post(f"{page}press/count/{Motion.objects.get().pk}/")
    assert Motion.objects.get().state == "passed"


def test_one_person_does_not_take_two_seats(place: Community) -> None:
    meeting = opened("four_party_deliberation", the_caller(place, "hongshan"), "停车", zone=place.estates[0])
    person = new_persons(1)[0]
    Attendance.objects.create(
        meeting=meeting,
        invitation=invitations(meeting, "property")[0],
        person=person,
        how="list",
        came_at=meeting.opened_at,
    )
    seat = invitations(meeting, "residents")[0]
    seat.person = person
    seat.save()
    signed_in(place, "community_worker").post(f"/desk/meetings/{meeting.pk}/press/present/{seat.pk}/")
    assert Attendance.objects.count() == 1
