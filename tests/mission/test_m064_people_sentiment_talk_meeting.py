"""M064 民情恳谈会: called from what people raised, each of whom is told why, and closed once each matter has its answer."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.meetings.models import Meeting
from jinlin.platform.dates import now
from jinlin.platform.models import Notice
from jinlin.requests.states import State
from tests.requests.desk_cases import at
from tests.support.community import Community, make_community
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M064")]


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def test_a_talk_about_8_requests_is_not_closed_with_7_answers(
    place: Community, django_capture_on_commit_callbacks: Any
) -> None:
    requests = [at(place, State.ACCEPTED) for _number in range(8)]
    desk = signed_in(place, "community_worker")
    query = "&".join(f"for=request:{request.pk}" for request in requests)
    starts = now() + timedelta(minutes=30)
    called = send(
        desk, f"/desk/meetings/new/?{query}", title="院坝恳谈：停车难", forum="people_sentiment_talk_meeting",
        body=place.bodies["residents_committee"].pk, day="2026-05-08", begins="09:30", room="3号楼前院坝",
        subjects=[f"request:{request.pk}" for request in requests],
    )  # fmt: skip
    assert called.status_code == 302, text_of(called)
    meeting = Meeting.objects.get()
    assert meeting.starts_at == starts and meeting.items.count() == 8
    page = f"/desk/meetings/{meeting.pk}/"
    send(desk, f"{page}announce/")
    told = Notice.objects.filter(person_id=place.persons["resident"].pk, text__startswith="因为您反映过")
    assert told.count() == 8
    send(desk, f"{page}open/")
    items = list(meeting.items.order_by("number"))
    for item in items[:7]:
        assert send(desk, f"{page}answer/{item.pk}/", words=f"第{item.number}件：六月底前新增车位").status_code == 302
    meeting.items.filter(pk=items[7].pk).update(title="第八件：路灯不亮")
    send(desk, f"{page}minutes/", words="八件诉求逐件答复。")
    refused = send(desk, f"{page}close/")
    assert refused.status_code == 409 and "第八件：路灯不亮" in text_of(refused)
    send(desk, f"{page}answer/{items[7].pk}/", words="本周修好路灯")
    with django_capture_on_commit_callbacks(execute=True):
        assert send(desk, f"{page}close/").status_code == 302
    resident = signed_in(place, "resident")
    assert "本周修好路灯" in text_of(resident.get(f"/my/requests/{requests[7].pk}"))


def test_a_talk_without_a_linked_demand_is_refused(place: Community) -> None:
    desk = signed_in(place, "community_worker")
    refused = send(
        desk, "/desk/meetings/new/", forum="people_sentiment_talk_meeting", title="恳谈",
        body=place.bodies["residents_committee"].pk, day="2026-05-08", begins="09:30", room="院坝",
    )  # fmt: skip
    assert refused.status_code == 422
    assert not Meeting.objects.exists()
