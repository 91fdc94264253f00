"""Work: the board counts all of it, its history keeps every word, and it goes only where it may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.organisations.actions import NewTask, do_task, give_task, hand_over_task, pledge, reopen_task
from jinlin.organisations.models import Body, Task
from jinlin.organisations.queries.work import board_counted, board_of
from jinlin.organisations.states import TaskState
from jinlin.organisations.views import work as views
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid
from tests.support.bodies import at_desk, found, seat
from tests.support.community import Community, make_community
from tests.support.posts import new_body

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def place(clock: Any, method: Callable) -> Community:
    """A place by Ningde's method with two branches at estates and somebody who speaks for one of them."""
    clock.move_to("2026-05-08 09:00")
    place = make_community()
    method("ningde")
    branch = found("estate_branch", "幸福里党支部", zone=place.estates[0])
    seat(place, "neighbour", branch, "estate_secretary")
    return place


def body(kind: str) -> Body:
    return Body.objects.filter(kind=kind).order_by("pk").first()


def tasks(owner: Body, state: str, count: int, **more: Any) -> list[Task]:
    given = {"kind": "joint_task", "place_code": owner.place_code, "given_by": body("community_committee"), **more}
    return Task.objects.bulk_create(
        Task(title=f"{owner.name}{state}{n}", body=owner, state=state, given_at=now(), **{"due_on": today(), **given})
        for n in range(count)
    )


def test_the_board_counts_what_it_does_not_show(place: Community, method: Callable) -> None:
    playbook, branch, committee = method("ningde"), body("estate_branch"), body("residents_committee")
    tasks(branch, TaskState.OPEN, 3, due_on=today() - DAY)
    tasks(branch, TaskState.CONFIRMED, 2)
    tasks(committee, TaskState.CONFIRMED, 7)
    tasks(committee, TaskState.DROPPED, 4)
    rows = Task.objects.select_related("body").order_by("body__name", "due_on", "pk")
    whole = board_of(rows, playbook, today())
    for most in (1, 4, 100):
        board = board_counted(rows, playbook, today(), most=most)
        assert (board.total, board.done, board.percent) == (whole.total, whole.done, whole.percent) == (12, 9, 75)
        assert board.late == whole.late == [branch.name]
        assert sum(len(party.tasks) for party in board.parties) == min(most, 12)
        shown = {party.body.pk: (party.total, party.done, party.late) for party in board.parties}
        expected = {party.body.pk: (party.total, party.done, party.late) for party in whole.parties}
        assert shown.items() <= expected.items()


def test_both_boards_agree_on_what_counts_as_done(place: Community, method: Callable) -> None:
    playbook = method("ningde")
    for kind in playbook.task:
        for state in TaskState:
            tasks(body("estate_branch"), state, 1, kind=kind.key)
    rows = Task.objects.select_related("body").order_by("pk")
    counted, whole = board_counted(rows, playbook, today(), most=9), board_of(rows, playbook, today())
    assert counted.done == whole.done < counted.total == whole.total


def test_the_pages_say_the_share_of_all_work(place: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST", 5)
    tasks(body("estate_branch"), TaskState.OPEN, 10, zone=place.estates[0])
    tasks(body("residents_committee"), TaskState.CONFIRMED, 30, zone=place.estates[0])
    page = at_desk(place, "community_worker").get("/desk/tasks/").content.decode()
    assert "40" in page and "75%" in page
    assert "75%" in Client().get(f"/estates/{place.estates[0].label}/").content.decode()


def given(place: Community, owner: Body) -> Task:
    new = NewTask("joint_task", "清理楼道", owner, today() + DAY, given_by=body("community_committee"))
    return give_task(actor=place.actor("community_secretary"), new=new)


def test_every_word_about_work_stays_readable(place: Community) -> None:
    branch, office = body("estate_branch"), body("subdistrict_committee")
    unit = found("member_unit", "电力公司")
    seat(place, "resident", unit, "member")
    doer, host = place.actor("resident"), place.actor("neighbour")
    task = pledge(actor=doer, new=NewTask("backing_pledge", "修路灯", unit, today() + DAY, host=branch))
    do_task(actor=doer, task_id=task.pk, outcome="东侧已修好")
    reopen_task(actor=host, task_id=task.pk, why="西侧还没有")
    hand_over_task(actor=doer, task_id=task.pk, body_id=office.pk, why="请街道维修")
    steps = list(task.steps.order_by("pk").values_list("verb", "words", "body_id", "by_id"))
    assert steps == [
        ("do", "东侧已修好", unit.pk, doer.account_id),
        ("reopen", "西侧还没有", unit.pk, host.account_id),
        ("hand_over", "请街道维修", unit.pk, doer.account_id),
    ]
    task.refresh_from_db()
    assert (task.body, task.outcome, task.done_on) == (office, "请街道维修", None)
    page = at_desk(place, "neighbour").get(f"/desk/tasks/{task.pk}/").content.decode()
    assert all(words in page for words in ("东侧已修好", "西侧还没有", "请街道维修"))


def test_work_goes_only_to_bodies_within_reach(place: Community) -> None:
    elsewhere = new_body("community_committee", "别处社区党委", place_code="530199002001")
    secretary, committee = place.actor("community_secretary"), body("community_committee")
    new = NewTask("joint_task", "清理楼道", elsewhere, today() + DAY, given_by=committee)
    with pytest.raises(Invalid) as error:
        give_task(actor=secretary, new=new)
    assert set(error.value.fields) == {"body"}
    task = given(place, body("estate_branch"))
    for unreachable in (elsewhere.pk, 10**9, task.body_id):
        with pytest.raises(Invalid):
            hand_over_task(actor=place.actor("neighbour"), task_id=task.pk, body_id=unreachable, why="请办理")
    assert Task.objects.get().body_id == body("estate_branch").pk
    give_task(actor=SYSTEM, new=new)
