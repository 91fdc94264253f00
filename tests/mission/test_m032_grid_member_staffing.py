"""M032 网格员配备: 154 members for 154 grids; one who goes leaves one alert, one on leave a deputy."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.organisations.models import Appointment
from jinlin.platform.dates import today
from jinlin.territory.models import Zone
from tests.support.community import BEGINNING, Community, make_community
from tests.support.methods import work_by
from tests.support.posts import appointed, client_of, desk_of, new_persons, new_zones

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M032")]

DAY = timedelta(days=1)


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "hongrun")
    return make_community()


@pytest.fixture
def members(place: Community) -> list[Appointment]:
    """A member for each of 154 grids."""
    Appointment.objects.filter(key="grid_member").delete()
    grids = [*place.grids, *new_zones(Zone.Kind.GRID, 152)]
    committee, people = place.bodies["residents_committee"], new_persons(154)
    pairs = zip(people, grids, strict=True)
    return [
        appointed([person], committee, "grid_member", zone=grid, term_from=BEGINNING, listed=True)[0]
        for person, grid in pairs
    ]


def of_grids(page: Any) -> Any:
    return next(row for row in page.context["rows"] if row.post.key == "grid_member")


def test_154_of_154_and_one_end_leaves_one_alert(place: Community, members: list[Appointment], clock: Any) -> None:
    desk = desk_of(place)
    row = of_grids(desk.get("/desk/posts/vacancies/"))
    assert (row.need.filled, row.need.required, row.vacancies) == (154, 154, ())
    last_day = (today() - DAY).isoformat()
    assert desk.post(f"/desk/posts/{members[3].pk}/end/", {"last_day": last_day}).status_code == 302
    row = of_grids(desk.get("/desk/posts/vacancies/"))
    assert (row.need.filled, row.need.required) == (153, 154)
    [alert] = row.vacancies
    assert (alert.spot.key, alert.since, alert.overdue) == (members[3].zone_id, today(), False)
    clock.forward(days=8)
    [alert] = of_grids(desk.get("/desk/posts/vacancies/")).vacancies
    assert alert.overdue


def test_a_deputy_stands_in_and_leaves_do_not_overlap(place: Community, members: list[Appointment]) -> None:
    desk, held = desk_of(place), members[0]
    path = f"/desk/posts/{held.pk}/deputy/"
    leave = {"phone": place.persons["neighbour"].phone, "first_day": today(), "last_day": today() + 5 * DAY}
    assert desk.post(path, leave).status_code == 302
    assert of_grids(desk.get("/desk/posts/vacancies/")).need.filled == 154
    assert desk.get("/desk/posts/?key=grid_member").context["tally"].posts == 154
    assert desk.get("/desk/posts/?key=grid_member&state=deputies").context["tally"].posts == 1
    again = desk.post(path, leave | {"first_day": today() + 5 * DAY, "last_day": today() + 9 * DAY})
    assert again.status_code == 422 and "first_day" in again.context["form"].errors
    mine = client_of(place.account("resident")).get("/duty/").content.decode()
    assert held.person.name in mine
