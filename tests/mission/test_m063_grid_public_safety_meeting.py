"""M063 网格综治例会: held again and again, tasks carried over, numbers instead of names, no task without a day."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.meetings.models import Meeting, Resolution
from jinlin.platform.dates import today
from tests.support.community import Community, make_community
from tests.support.meetings import opened
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M063")]


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def test_of_4_tasks_3_are_done_and_exactly_1_is_on_the_next_agenda(place: Community, clock: Any) -> None:
    committee = place.bodies["residents_committee"]
    meeting = opened("grid_public_safety_meeting", committee, "本月隐患4处，矛盾2起")
    desk, page = signed_in(place, "community_worker"), f"/desk/meetings/{meeting.pk}/"
    due = today() + timedelta(days=20)
    for words in ("换灭火器", "清飞线", "清楼道", "修井盖"):
        days = {} if words == "修井盖" else {"due_on": due}
        assert send(desk, f"{page}resolve/", words=words, body=committee.pk, **days).status_code == 302
    refused = send(desk, f"{page}minutes/", words="3号楼张先生与李女士争吵，电话13912345678")
    assert refused.status_code == 422
    send(desk, f"{page}minutes/", words="隐患4处，矛盾2起。")
    refused = send(desk, f"{page}close/")
    assert refused.status_code == 409 and "修井盖" in text_of(refused)
    last = Resolution.objects.get(words="修井盖")
    send(desk, f"/desk/meetings/resolutions/{last.pk}/set_day/", due_on=due)
    assert send(desk, f"{page}close/").status_code == 302
    for words in ("换灭火器", "清飞线", "清楼道"):
        task = Resolution.objects.get(words=words)
        send(desk, f"/desk/meetings/resolutions/{task.pk}/finish/", words="已整改")

    after = Meeting.objects.get(previous=meeting)
    clock.move_to("2026-06-08 09:30")
    desk = signed_in(place, "community_worker")
    assert send(desk, f"/desk/meetings/{after.pk}/open/").status_code == 302
    assert list(after.items.values_list("title", flat=True)) == ["修井盖"]
    assert "上次遗留" in text_of(desk.get(f"/desk/meetings/{after.pk}/"))
