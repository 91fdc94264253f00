"""M068 小区书记列席业委会会议: invited by itself, without a vote; the count base stays that of the members."""

from typing import Any

import pytest

from jinlin.meetings import queries
from jinlin.meetings.models import Meeting, Motion
from tests.support.community import Community, make_community
from tests.support.meetings import arrive, first_item, invitations, opened, publish, representatives
from tests.support.pages import send, signed_in, text_of
from tests.support.posts import new_body

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M068")]


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def test_of_6_votes_the_secretarys_is_refused_and_the_base_is_5(place: Community, method: Any) -> None:
    method("ningde")
    estate = place.estates[0]
    committee = new_body("owners_committee", "业委会", zone=estate)
    representatives(5, committee, "owners_committee_member")
    representatives(1, new_body("estate_branch", "党支部", zone=estate), "estate_secretary")
    meeting = opened("owners_committee_meeting", committee, "维修资金")
    secretary = meeting.invitations.get(side=queries.GUESTS)
    members = [row for row in invitations(meeting) if row.pk != secretary.pk]
    arrive(meeting, invitations(meeting))
    desk, page = signed_in(place, "community_worker"), f"/desk/meetings/{meeting.pk}/"
    send(desk, f"{page}motion/{first_item(meeting).pk}/", words="使用维修资金")
    form = desk.get(f"{page}votes/").context["form"]
    assert f"seat_{secretary.pk}" not in form.fields
    token = desk.post(
        f"/api/v1/meetings/{meeting.pk}/votes",
        {"choices": {str(row.pk): "yes" for row in [*members, secretary]}}, content_type="application/json",
    )  # fmt: skip
    assert token.status_code == 403
    send(desk, f"{page}votes/", **{f"seat_{row.pk}": "yes" for row in members})
    motion = Motion.objects.get()
    desk.post(f"{page}press/count/{motion.pk}/")
    motion.refresh_from_db()
    assert (motion.yes, motion.base, motion.state) == (5, 5, "passed")
    send(desk, f"{page}minutes/", words="五名委员到会，书记列席。")
    send(desk, f"{page}close/")
    assert queries.guest_attendance(Meeting.objects.all()).percent == "100.0"
    assert publish(desk, meeting) == 302
    assert "列席 · 应到1，实到1" in text_of(desk.get(f"/meetings/{meeting.pk}/"))
