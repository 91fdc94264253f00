"""M073 成果落实与反馈评价: those concerned judge what was done, once for each household; poorly judged work is taken up again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.meetings.actions import NewResolution, finish_resolution, reopen_poor, resolve
from jinlin.meetings.models import Resolution
from jinlin.meetings.states import ResolutionState
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.voting.actions import count_due
from jinlin.voting.models import Ballot
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.meetings import opened
from tests.support.pages import send, signed_in, text_of
from tests.support.votes import hand_in, sixty_households

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M073")]


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    return sixty_households(make_community())


def resolved(place: Community) -> Resolution:
    """Decide at a meeting that the lamps are mended."""
    committee = place.bodies["residents_committee"]
    meeting = opened("grid_public_safety_meeting", committee, "路灯不亮")
    new = NewResolution("修好1号楼路灯", committee, today() + timedelta(days=10))
    return resolve(actor=SYSTEM, meeting_id=meeting.pk, new=new)


def ask(client: Client, place: Community, resolution: Resolution) -> Any:
    """Prepare the appraisal on its page, as the desk does from the resolution."""
    return send(
        client, f"/desk/ballots/new/?for=resolution:{resolution.pk}", kind="appraisal", title="路灯修得怎样", text="路灯已修",
        questions="路灯修好了吗", options="", most=1, seats=1, body=place.bodies["residents_committee"].pk, place=COMMUNITY,
        scope=[place.buildings[0].code], opens_on=f"{today():%Y-%m-%d}", closes_on=f"{today() + timedelta(days=7):%Y-%m-%d}",
    )  # fmt: skip


def appraised(place: Community, resolution: Resolution) -> Ballot:
    desk = signed_in(place, "community_worker")
    assert ask(desk, place, resolution).status_code == 302
    ballot = Ballot.objects.latest("pk")
    assert send(desk, f"/desk/ballots/{ballot.pk}/announce/").status_code == 302
    ballot.refresh_from_db()
    return ballot


def test_m073_four_of_ten_not_solved_reopen_the_task(
    place: Community, clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    task = resolved(place)
    finish_resolution(actor=SYSTEM, resolution_id=task.pk, result="换了6盏灯")
    ballot = appraised(place, task)
    hand_in(place, ballot, solved=6, unsolved=4)
    clock.forward(days=9)
    with django_capture_on_commit_callbacks(execute=True):
        count_due()
    task.refresh_from_db()
    assert task.state == ResolutionState.RUNNING
    page = text_of(Client().get(f"/ballots/{ballot.pk}/"))
    assert "40.0%" in page
    assert "重新办理" in page
    assert reopen_poor() == 0, "taken up again once"


def test_m073_the_task_reopens_also_when_the_word_of_it_was_lost(place: Community, clock: Any) -> None:
    task = resolved(place)
    finish_resolution(actor=SYSTEM, resolution_id=task.pk, result="换了6盏灯")
    hand_in(place, appraised(place, task), solved=6, unsolved=4)
    clock.forward(days=9)
    count_due()
    assert reopen_poor() == 1


def test_m073_two_of_ten_leave_it_done_and_one_household_answers_once(place: Community, clock: Any) -> None:
    task = resolved(place)
    finish_resolution(actor=SYSTEM, resolution_id=task.pk, result="换了6盏灯")
    ballot = appraised(place, task)
    resident, question = signed_in(place, "resident"), ballot.questions.get()
    paper = f"/ballots/{ballot.pk}/paper/"
    sent = {"key": resident.get(paper).context["form"]["key"].value(), f"q{question.pk}": "solved", "cast": "on"}
    assert resident.post(paper, sent).status_code == 302
    again = resident.get(paper)
    assert again.status_code == 302, "there is no second paper for the household"
    hand_in(place, ballot, solved=7, unsolved=2)
    clock.forward(days=9)
    count_due()
    assert reopen_poor() == 0
    assert Resolution.objects.get(pk=task.pk).state == ResolutionState.DONE
    assert "20.0%" in text_of(Client().get(f"/ballots/{ballot.pk}/"))


def test_m073_nothing_is_judged_before_it_is_done(place: Community) -> None:
    task = resolved(place)
    answer = ask(signed_in(place, "community_worker"), place, task)
    assert answer.status_code == 422
    assert "办结后才能评价" in text_of(answer)
