"""M030 社区工作者配备标准: 18 for each 10,000 residents, rounded up, with the gap of each community and of all."""

from typing import Any

import pytest

from jinlin.organisations.actions import NewLine, write_sheet
from jinlin.organisations.models import Appointment
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.territory.models import Place
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.methods import work_by
from tests.support.posts import appointed, desk_of, new_communities, new_persons

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M030")]


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "hongrun")
    return make_community()


def residents(code: str, count: Any) -> None:
    line = NewLine("population", Place.objects.get(code=code), count, today())
    write_sheet(actor=SYSTEM, sheet="residents", line=line)


def test_68_000_residents_need_123_and_122_leave_a_gap_of_1(place: Community) -> None:
    residents(COMMUNITY, 68_000)
    Appointment.objects.filter(key="community_worker").delete()
    station, desk = place.bodies["service_station"], desk_of(place)
    appointed(new_persons(122), station, "community_worker")
    table = desk.get("/desk/posts/staffing/").context["table"]
    [row] = table.rows
    assert (row.need.required, row.need.filled, row.need.gap, row.need.is_met) == (123, 122, 1, False)
    assert (table.plan.required, table.headline.required) == (123, 123)
    appointed(new_persons(1), station, "community_worker")
    [row] = desk.get("/desk/posts/staffing/").context["table"].rows
    assert (row.need.gap, row.need.is_met) == (0, True)


def test_each_rounded_up_is_the_plan_and_rounded_up_once_the_headline(place: Community) -> None:
    for community in new_communities(2):
        residents(community.code, 5_001)
    table = desk_of(place).get("/desk/posts/staffing/").context["table"]
    assert (table.plan.required, table.headline.required, table.unknown) == (20, 19, 1)
    assert "未填" in desk_of(place).get("/desk/posts/staffing/").content.decode()


@pytest.mark.parametrize("count", [-5, "6.8万", 6.8])
def test_a_population_that_is_no_count_of_persons_is_refused(place: Community, count: Any) -> None:
    with pytest.raises(Invalid):
        residents(COMMUNITY, count)


def test_nobody_needs_no_plan_and_a_figure_in_ten_thousands_is_noticed(place: Community) -> None:
    residents(COMMUNITY, 0)
    [row] = desk_of(place).get("/desk/posts/staffing/").context["table"].rows
    assert row.need is None
    line = NewLine("population", Place.objects.get(code=COMMUNITY), 1, today())
    Place.objects.filter(level=22).update(valid_from=today())
    write_sheet(actor=SYSTEM, sheet="residents", line=line)
    [row] = desk_of(place).get("/desk/posts/staffing/").context["table"].rows
    assert row.in_ten_thousands
