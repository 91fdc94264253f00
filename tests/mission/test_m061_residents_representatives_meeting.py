"""M061 居民代表会: no vote opens below the quorum of the roll, and nobody else votes."""

from typing import Any

import pytest

from jinlin.meetings.models import Motion, Vote
from tests.support.community import Community, make_community
from tests.support.meetings import arrive, call, first_item, invitations, opened, publish, representatives
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M061")]


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def test_of_51_representatives_25_cannot_vote_and_26_can(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    representatives(51, committee)
    meeting = opened("residents_representatives", committee, "居民公约")
    desk, item = signed_in(place, "community_worker"), first_item(meeting)
    seats = invitations(meeting)
    assert len(seats) == 51
    arrive(meeting, seats[:25])
    step = f"/desk/meetings/{meeting.pk}/motion/{item.pk}/"
    refused = send(desk, step, words="通过居民公约")
    assert refused.status_code == 409 and "应到51，实到25" in text_of(refused)
    assert not Motion.objects.exists()
    arrive(meeting, seats[25:26])
    assert send(desk, step, words="通过居民公约").status_code == 302
    assert Motion.objects.get().state == "open"


def test_somebody_who_is_not_on_the_roll_does_not_vote(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    representatives(2, committee)
    meeting = opened("residents_representatives", committee, "居民公约")
    arrive(meeting, invitations(meeting))
    desk, resident = signed_in(place, "community_worker"), signed_in(place, "resident")
    send(desk, f"/desk/meetings/{meeting.pk}/motion/{first_item(meeting).pk}/", words="通过居民公约")
    resident.post(f"/meetings/{meeting.pk}/seat/vote/", {"of": "yes"})
    assert not Vote.objects.exists()


def test_the_agenda_is_public_before_and_the_result_after(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    representatives(3, committee)
    meeting = call("residents_representatives", committee, "居民公约")
    desk, page = signed_in(place, "community_worker"), f"/desk/meetings/{meeting.pk}/"
    assert desk.get(f"/meetings/{meeting.pk}/").status_code == 404
    assert send(desk, f"{page}announce/").status_code == 302
    assert "居民公约" in text_of(desk.get(f"/meetings/{meeting.pk}/"))
    send(desk, f"{page}open/")
    arrive(meeting, invitations(meeting))
    send(desk, f"{page}motion/{first_item(meeting).pk}/", words="通过居民公约")
    hands = {f"seat_{seat.pk}": "yes" for seat in invitations(meeting)}
    assert send(desk, f"{page}votes/", **hands).status_code == 302
    desk.post(f"{page}press/count/{Motion.objects.get().pk}/")
    send(desk, f"{page}minutes/", words="三位代表到会。")
    send(desk, f"{page}close/")
    assert publish(desk, meeting) == 302
    public = text_of(desk.get(f"/meetings/{meeting.pk}/"))
    assert "通过居民公约 通过" in public and "同意3" in public
