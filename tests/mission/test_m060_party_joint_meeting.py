"""M060 党建联席会: units are invited, attendance is counted by unit, each decision has an owner and a day."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.meetings.models import Meeting, Resolution
from jinlin.platform.dates import today
from tests.support.community import Community, make_community
from tests.support.meetings import big_committee, invitations, opened, publish
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M060")]


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def test_of_6_units_5_come_and_each_decision_has_an_owner(place: Community) -> None:
    committee = big_committee(5)
    meeting = opened("party_joint_meeting", committee, "共建停车场")
    desk = signed_in(place, "community_worker")
    page = f"/desk/meetings/{meeting.pk}/"
    seats = invitations(meeting)
    assert len(seats) == 6
    for seat in seats[:5]:
        desk.post(f"{page}press/present/{seat.pk}/")
    refused = send(desk, f"{page}resolve/", words="共建停车场")
    assert refused.status_code == 422 and "承办单位" in text_of(refused)
    owner = seats[1].body
    due = today() + timedelta(days=30)
    assert send(desk, f"{page}resolve/", words="腾出20个车位", body=owner.pk, due_on=due).status_code == 302
    assert send(desk, f"{page}minutes/", words="五家单位到会。").status_code == 302
    assert send(desk, f"{page}close/").status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).state == "closed"
    assert "83.3%" in text_of(desk.get(page))
    assert Resolution.objects.get().body == owner
    assert publish(desk, meeting) == 302
    public = text_of(desk.get(f"/meetings/{meeting.pk}/"))
    assert "83.3%" in public and "腾出20个车位" in public and owner.name in public and f"{due}" in public
