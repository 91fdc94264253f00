"""M011 “1+N”社区“大党委”: one lead, its member units by agreement, and what each of them did this year."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from jinlin.organisations.actions import NewTask, confirm_task, do_task, pledge
from jinlin.organisations.models import Body, Partnership
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found
from tests.support.community import COMMUNITY, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M011")]


def test_one_lead_and_five_members_with_what_they_did(method: Callable) -> None:
    place = make_community()
    method("hongshan")
    worker, committee = at_desk(place, "community_worker"), found("big_committee", "虹山社区大党委")
    url = f"/desk/bodies/{committee.pk}"
    assert (
        worker.post(f"{url}/begin/", {"founded_on": "2026-05-01"}).status_code == 422
    )  # a lead, and N of at least one
    units = [found("member_unit", f"成员单位{number}") for number in range(1, 6)]
    for unit in units:
        given = {"kind": "member_unit", "unit": unit.pk, "agreement": "共建协议", "valid_from": "2026-01-01"}
        assert worker.post(f"{url}/ties/new/", given).status_code == 302
    assert worker.post(f"{url}/begin/", {"founded_on": "2026-05-01"}).status_code == 302
    second = worker.post(
        "/desk/bodies/new/?kind=community_committee",
        {"name": "第二党委", "place": COMMUNITY, "founded_on": "2026-05-01"},
    )
    assert second.status_code == 422 and "虹山社区党委" in text_of(second)
    assert not Body.objects.filter(name="第二党委").exists()
    due = today() + timedelta(days=9)
    tasks = [pledge(actor=SYSTEM, new=NewTask("pledge", "办一件实事", unit, due, host=committee)) for unit in units]
    do_task(actor=SYSTEM, task_id=tasks[0].pk, outcome="已办")
    confirm_task(actor=SYSTEM, task_id=tasks[0].pk)
    public = f"/communities/{COMMUNITY}/"
    page = text_of(at_desk(place, "resident").get(public))
    assert all(unit.name in page for unit in units)
    assert page.count("今年承诺1项，完成0项") == 4 and page.count("今年承诺1项，完成1项") == 1
    Partnership.objects.filter(unit=units[4]).update(valid_to=date(2026, 4, 30))
    assert "成员单位5" not in text_of(at_desk(place, "resident").get(public)).split("小区")[0]
