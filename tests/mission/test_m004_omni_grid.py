"""M004 全要素全科网格: the duties of three departments are one list for each grid, met or handed over by its member."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jinlin.organisations.actions.grids import give_grid_tasks
from jinlin.organisations.actions.reminding import remind_of_blanks, remind_of_posts
from jinlin.organisations.models import Body, Task
from jinlin.platform.dates import today
from jinlin.platform.models import Notice
from jinlin.playbooks.loader import FOLDER, check
from jinlin.territory.models import Place, Zone
from tests.people.conftest import text_of
from tests.support.bodies import at_desk
from tests.support.community import COMMUNITY, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M004")]
DEPARTMENTS = {"社会工作", "公安", "民政"}


def test_each_grid_has_one_list_of_three_departments(clock: object, method: Callable) -> None:
    place = make_community()
    method("hongrun")
    for grid in place.grids:
        page = at_desk(place, "community_worker").get(f"/desk/tasks/grids/{grid.label}/")
        assert set(page.context["functions"]) == DEPARTMENTS
        assert {line.duty.function for line in page.context["lines"]} == DEPARTMENTS
    given = give_grid_tasks()
    recurring = [duty for duty in method("hongrun").grid_duty if duty.every_days]
    assert given == len(place.grids) * len(recurring)
    assert give_grid_tasks() == 0
    clock.forward(days=7)
    weekly = [duty for duty in recurring if duty.every_days == 7]
    assert give_grid_tasks() >= len(place.grids) * len(weekly)


def test_the_member_meets_a_duty_or_hands_it_over(method: Callable) -> None:
    place = make_community()
    method("hongrun")
    give_grid_tasks()
    member, mine = at_desk(place, "grid_member"), place.persons["grid_member"].appointments.get()
    tasks = Task.objects.filter(zone=place.grids[0]).order_by("pk")
    assert {task.appointment_id for task in tasks} == {mine.pk}
    first, second = tasks[:2]
    page = text_of(member.get(f"/desk/tasks/{first.pk}/"))
    assert first.title in page and "法律依据" in page and "测试" not in page.replace("测试5", "")
    assert member.post(f"/desk/tasks/{first.pk}/do/", {"words": "消防通道畅通"}).status_code == 302
    owner = Body.objects.get(kind="public_security_department")
    answer = member.post(f"/desk/tasks/{second.pk}/hand_over/", {"body": owner.pk, "words": "需要部门处理"})
    assert answer.status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == "done" and (second.body, second.state) == (owner, "open")
    other = Task.objects.filter(zone=place.grids[1]).first()
    assert member.get(f"/desk/tasks/grids/{place.grids[1].label}/").status_code == 403
    assert at_desk(place, "neighbour").get(f"/desk/tasks/{other.pk}/").status_code == 403


@pytest.mark.parametrize("column", ["owner", "purpose", "basis"])
def test_a_duty_without_owner_basis_or_purpose_is_rejected(column: str, tmp_path: Path) -> None:
    good = {
        "owner": "civil_affairs_department",
        "function": "民政",
        "basis": "《社会救助暂行办法》",
        "purpose": "帮助申请",
    }
    row = ", ".join(f'{name} = "{words}"' for name, words in good.items() if name != column)
    text = (FOLDER / "hongrun.toml").read_text(encoding="utf-8")
    path = tmp_path / "edited.toml"
    path.write_text(f'{text}\n[[grid_duty]]\nkey = "x"\nname = "x"\nname_en = "x"\n', encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.write("\n".join(row.split(", ")) + "\n")
    assert any(column in str(finding) for finding in check(path))


def test_the_community_is_told_of_buildings_that_nobody_looks_after(clock: Any, method: Callable) -> None:
    place = make_community()
    told = Notice.objects.filter(person_id=place.persons["community_worker"].pk)
    assert remind_of_blanks() == 0, "a place without neighbour areas is told of none"
    method("hetang")
    worker = at_desk(place, "community_worker")
    assert remind_of_blanks() == 1
    notice = told.get()
    assert "4栋楼" in notice.text and "1号楼" in notice.text and COMMUNITY in notice.link
    assert worker.get(notice.link).status_code == 200
    area = Zone.objects.create(
        kind="neighbours", label=f"{COMMUNITY}N01", name="一邻", community_code=COMMUNITY, valid_from=today()
    )
    Place.objects.filter(code__startswith=place.buildings[0].code, level=22).update(neighbours=area)
    told.delete()
    remind_of_blanks()
    assert "3栋楼" in told.get().text and "1号楼" not in told.get().text
    Place.objects.filter(level=22).update(neighbours=area)
    assert remind_of_blanks() == 0
    assert not Notice.objects.filter(person_id=place.persons["resident"].pk).exists()


def test_the_community_is_told_of_a_grid_without_a_member(clock: Any, method: Callable) -> None:
    place = make_community()
    method("hongrun")
    held = place.persons["grid_member"].appointments.get()
    desk, last = at_desk(place, "administrator"), today().isoformat()
    assert desk.post(f"/desk/posts/{held.pk}/end/", {"last_day": last}).status_code == 302
    for _day in range(4):
        remind_of_posts()
        clock.forward(days=1)
    told = Notice.objects.filter(person_id=place.persons["community_secretary"].pk, text__contains="网格员")
    assert [row.text for row in told] == ["虹山社区居民委员会的网格员自2026-05-09起空缺。"]
