"""M075 圆桌会议与社区书记论坛: topics, speakers who speak once, problems solved with an owner; I040, I041 and their ratio."""

from typing import Any

import pytest
from django.test import Client

from jinlin.meetings import actions
from jinlin.meetings.actions import NewResolution
from jinlin.meetings.models import Meeting, Resolution
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, today
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.meetings import finish, invitations, opened, publish
from tests.support.pages import send, signed_in, text_of
from tests.support.posts import new_body

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M075")]


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def test_of_96_sessions_with_321_solved_problems_there_are_3_34_a_session(place: Community, method: Any) -> None:
    method("hongrun")
    city = new_body("city_committee", "市委", place_code=COMMUNITY[:6])
    sessions = Meeting.objects.bulk_create(
        Meeting(forum="round_table", title=f"第{number}期", body=city, place_code=city.place_code, starts_at=now(), room="市委",
                state="closed", made_at=now())
        for number in range(1, 97)
    )  # fmt: skip
    Resolution.objects.bulk_create(
        Resolution(meeting=sessions[number % 96], number=number, words=f"问题{number}", body=city, due_on=today(),
                   state="done", result="已解决", made_at=now())
        for number in range(321)
    )  # fmt: skip
    figures = Client().get("/api/v1/meetings/figures?forum=round_table").json()
    assert (figures["held"], figures["solved"], figures["solved_per_meeting"]) == (96, 321, 3.34)


def test_a_session_has_a_topic_and_a_problem_and_nobody_speaks_twice(place: Community, method: Any) -> None:
    method("hongrun")
    city = new_body("city_committee", "市委", place_code=COMMUNITY[:6])
    meeting = opened("round_table", city, title="夜间停车怎么管")
    desk, page = signed_in(place, "district_officer"), f"/desk/meetings/{meeting.pk}/"
    speaker = invitations(meeting)[0]
    assert send(desk, f"{page}speech/", invitation=speaker.pk, words="夜间车位少").status_code == 302
    assert send(desk, f"{page}speech/", invitation=speaker.pk, words="再说一次").status_code == 422
    actions.write_minutes(actor=SYSTEM, meeting_id=meeting.pk, words="谈停车。")
    refused = send(desk, f"{page}close/")
    assert refused.status_code == 409 and "问题" in text_of(refused)
    new = NewResolution("开放单位夜间车位", city, today())
    actions.resolve(actor=SYSTEM, meeting_id=meeting.pk, new=new)
    finish(meeting)
    assert publish(desk, meeting) == 302
    public = text_of(desk.get(f"/meetings/{meeting.pk}/"))
    assert all(words in public for words in ("夜间停车怎么管", "夜间车位少", "开放单位夜间车位"))
