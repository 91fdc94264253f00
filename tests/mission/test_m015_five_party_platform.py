"""M015 “五方共治”平台: a shared plan with a task for each party, its completion, and the late party as a body."""

from collections.abc import Callable

import pytest

from jinlin.organisations.actions import do_task
from jinlin.organisations.models import Body, Task
from jinlin.platform.access import SYSTEM
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found
from tests.support.community import COMMUNITY, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M015")]


def test_four_of_five_parties_done_is_eighty_percent(clock: object, method: Callable) -> None:
    clock.move_to("2026-05-08 09:00")
    place = make_community()
    method("hongshan")
    big = found("big_committee", "虹山社区大党委")
    Body.objects.filter(pk=big.pk).update(active=True)
    social = found("social_organisation", "睦邻服务社")
    kinds = ["community_committee", "residents_committee", "property_firm"]
    parties = [big, social, *(Body.objects.filter(kind=kind).first() for kind in kinds)]
    secretary, giver = at_desk(place, "community_secretary"), Body.objects.get(kind="community_committee")
    url = f"/desk/bodies/{giver.pk}/tasks/new/"
    plan = {"kind": "party_task", "plan": "微改造计划", "due_on": "2026-05-20"}
    nobody = secretary.post(url, {**plan, "title": "无人承担"})
    assert nobody.status_code == 422 and "bodies" in nobody.context["form"].errors
    for party in parties:
        given = {**plan, "title": f"{party.name}的任务", "bodies": [party.pk]}
        assert secretary.post(url, given).status_code == 302
    assert Task.objects.filter(plan="微改造计划").count() == 5
    late = Task.objects.get(title=f"{social.name}的任务")
    for task in Task.objects.filter(plan="微改造计划").exclude(pk=late.pk):
        do_task(actor=SYSTEM, task_id=task.pk, outcome="已完成")
    clock.move_to("2026-05-21 09:00")
    board = text_of(secretary.get("/desk/tasks/?plan=微改造计划"))
    assert "80%" in board and "睦邻服务社" in board.split("逾期：")[1].split("承担方")[0]
    public = text_of(at_desk(place, "resident").get(f"/communities/{COMMUNITY}/"))
    assert "80%" in public and "睦邻服务社" in public.split("逾期：")[1][:60] and "测试" not in public


def test_a_sixth_party_has_no_seat(method: Callable) -> None:
    place = make_community()
    playbook = method("hongshan")
    table = next(row for row in playbook.composition if row.key == "five_parties")
    page = at_desk(place, "community_worker").get("/desk/bodies/tables/five_parties/")
    assert len(table.parts) == len(page.context["rows"][0][1].seats) == 5
    assert at_desk(place, "community_worker").get("/desk/bodies/tables/six_parties/").status_code == 404
