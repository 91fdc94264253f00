"""M070 小区治理联席会议: the department is invited by the type of problem; decisions are tracked and closed with a result."""

from typing import Any

import pytest

from jinlin.meetings import queries
from jinlin.meetings.models import Meeting, Resolution
from jinlin.playbooks.loader import load_playbook
from tests.support.community import Community, make_community
from tests.support.meetings import publish, side_by_side
from tests.support.pages import send, signed_in, text_of
from tests.support.posts import new_body

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M070")]
NAMED = {"parking": "P1", "illegal building": "E10109", "charging-post disorder": "P106", "sewer": "H104"}


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def test_each_of_the_4_named_types_has_a_department() -> None:
    forum = load_playbook("ningde").forum_named("joint_meeting")
    assert all(forum.departments_for(category) for category in NAMED.values())


def test_about_a_blocked_sewer_the_mapped_department_is_invited_and_the_result_is_kept(
    place: Community, method: Any
) -> None:
    method("ningde")
    branch = new_body("estate_branch", "党支部", zone=place.estates[0])
    desk = signed_in(place, "community_worker")
    called = {
        "forum": "joint_meeting", "title": "下水道堵塞", "body": branch.pk, "zone": place.estates[0].pk,
        "day": "2026-05-08", "begins": "09:30", "room": "小区活动室",
    }  # fmt: skip
    refused = send(desk, "/desk/meetings/new/", **called)
    assert refused.status_code == 422 and "部门" in text_of(refused)
    assert send(desk, "/desk/meetings/new/", **called, category="H1").status_code == 302
    meeting = Meeting.objects.get()
    asked = meeting.invitations.get(side=queries.DEPARTMENTS)
    assert asked.body.kind == "housing_department"

    page = f"/desk/meetings/{meeting.pk}/"
    send(desk, f"{page}item/", title="下水道堵塞怎么修")
    send(desk, f"{page}open/")
    side_by_side(meeting, "branch", "property", queries.DEPARTMENTS)
    send(desk, f"{page}resolve/", words="疏通主管道", body=asked.body.pk, due_on="2026-05-20")
    send(desk, f"{page}minutes/", words="三方到会。")
    assert send(desk, f"{page}close/").status_code == 302
    resolution = Resolution.objects.get()
    step = f"/desk/meetings/resolutions/{resolution.pk}/finish/"
    assert send(desk, step, words=" ").status_code == 422
    assert queries.solved_by(Meeting.objects.filter(forum="joint_meeting")) == 0
    assert send(desk, step, words="主管道已疏通").status_code == 302
    assert queries.solved_by(Meeting.objects.filter(forum="joint_meeting")) == 1
    assert publish(desk, meeting) == 302
    public = text_of(desk.get(f"/meetings/{meeting.pk}/"))
    assert all(words in public for words in ("有关部门", "疏通主管道", asked.body.name, "2026-05-20", "主管道已疏通"))


def test_a_department_that_is_not_there_is_told(place: Community, method: Any) -> None:
    method("ningde")
    place.bodies["housing_department"].__class__.objects.filter(kind="housing_department").update(active=False)
    branch = new_body("estate_branch", "党支部", zone=place.estates[0])
    desk = signed_in(place, "community_worker")
    refused = send(
        desk, "/desk/meetings/new/", forum="joint_meeting", title="下水道堵塞", body=branch.pk, zone=place.estates[0].pk,
        day="2026-05-08", begins="09:30", room="小区活动室", category="H1",
    )  # fmt: skip
    assert refused.status_code == 422
