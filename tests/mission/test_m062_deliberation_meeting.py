"""M062 议事协商会: views side by side, the dissent is kept, and what changes after the sign-off is a second version."""

from typing import Any

import pytest

from jinlin.meetings import actions
from jinlin.meetings.models import Minutes
from jinlin.platform.access import SYSTEM
from tests.support.community import Community, make_community
from tests.support.meetings import arrive, first_item, invitations, opened, publish, representatives
from tests.support.pages import send, signed_in, text_of
from tests.support.posts import new_body

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M062")]


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def test_one_of_3_parties_dissents_and_a_later_edit_is_version_2(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    representatives(1, committee)
    new_body("social_organisation", "社会组织")
    meeting = opened("deliberation_meeting", committee, "广场舞时间")
    seats = [invitations(meeting, side)[0] for side in ("community", "residents", "social")]
    arrive(meeting, seats)
    desk, page = signed_in(place, "community_worker"), f"/desk/meetings/{meeting.pk}/"
    views = [("agrees", "赞成晚九点前结束"), ("dissents", "不赞成，应当八点半结束"), ("agrees", "可以协调")]
    for seat, (stance, words) in zip(seats, views, strict=True):
        step = f"{page}view/{first_item(meeting).pk}/"
        assert send(desk, step, invitation=seat.pk, stance=stance, words=words).status_code == 302
    send(desk, f"{page}minutes/", words="三方发言，一方不赞成。")
    send(desk, f"{page}sign/", invitation=seats[0].pk)
    send(desk, f"{page}close/")
    assert publish(desk, meeting) == 302
    public = text_of(desk.get(f"/meetings/{meeting.pk}/"))
    assert "不赞成，应当八点半结束" in public and "赞成晚九点前结束" in public

    assert send(desk, f"{page}minutes/", words="三方发言，一方不赞成，下周再议。").status_code == 302
    first, second = Minutes.objects.order_by("number")
    assert (first.words, second.number) == ("三方发言，一方不赞成。", 2)
    assert "下周再议" not in text_of(desk.get(f"/meetings/{meeting.pk}/"))
    assert publish(desk, meeting) == 302
    versions = desk.get(f"/meetings/{meeting.pk}/minutes/").content.decode()
    assert "<ins>" in versions and "+ 三方发言，一方不赞成，下周再议。" in versions
    assert "− 三方发言，一方不赞成。" in versions


def test_a_participant_signs_with_an_objection(place: Community) -> None:
    committee = place.bodies["residents_committee"]
    meeting = opened("deliberation_meeting", committee, "广场舞时间")
    arrive(meeting, invitations(meeting, "community"))
    actions.write_minutes(actor=SYSTEM, meeting_id=meeting.pk, words="都同意。")
    secretary = signed_in(place, "community_secretary")
    actions.mark_present(
        actor=SYSTEM, meeting_id=meeting.pk, how="list",
        invitation_id=next(row.pk for row in invitations(meeting) if row.body.kind == "community_committee"),
    )  # fmt: skip
    step = f"/meetings/{meeting.pk}/seat/sign/"
    seat = secretary.get(step).context["form"]["invitation"].value()
    answer = send(secretary, step, invitation=seat, objection="没有写清楚费用")
    assert answer.status_code == 302
    assert Minutes.objects.get().signatures.get().objection == "没有写清楚费用"
