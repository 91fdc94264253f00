"""M021 小区党支部第一书记选派: how many estates have a first secretary, and never two in one branch at a time."""

from datetime import timedelta
from typing import Any

import pytest

from jinlin.organisations.models import Appointment
from jinlin.platform.dates import today
from jinlin.territory.models import Zone
from tests.support.community import Community, make_community
from tests.support.methods import work_by
from tests.support.posts import appointed, desk_of, new_bodies, new_persons, new_zones

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M021")]


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "hetang")
    return make_community()


def test_147_of_244_estates_are_60_2_percent_and_a_second_is_refused(place: Community) -> None:
    estates = [*place.estates, *new_zones(Zone.Kind.ESTATE, 242)]
    branches = new_bodies("estate_branch", estates[:200])
    for branch, person in zip(branches[:147], new_persons(147), strict=True):
        appointed([person], branch, "first_secretary")
    desk = desk_of(place)
    page = desk.get("/desk/posts/vacancies/")
    row = next(row for row in page.context["rows"] if row.post.key == "first_secretary")
    assert (row.need.filled, row.need.required, row.percent, len(row.vacancies)) == (147, 244, "60.2%", 97)
    assert "60.2%" in page.content.decode()

    path = f"/desk/bodies/{branches[0].pk}/give-post/"
    posts = [post.key for post in desk.get(path).context["posts"]]
    form = {
        "phone": "13900009999",
        "name": "李二",
        "post": str(posts.index("first_secretary")),
        "term_from": today().isoformat(),
        "hours": "周三 14:00-17:00",
    }
    refused = desk.post(path, form)
    assert refused.status_code == 422 and "term_from" in refused.context["form"].errors
    assert Appointment.objects.filter(body=branches[0], key="first_secretary").count() == 1
    backwards = desk.post(path, form | {"term_to": (today() - timedelta(days=1)).isoformat()})
    assert "term_to" in backwards.context["form"].errors

    free = f"/desk/bodies/{branches[199].pk}/give-post/"
    assert desk.post(free, form).status_code == 302
    rows = {row.post.key: row.need.filled for row in desk.get("/desk/posts/vacancies/").context["rows"]}
    assert rows["first_secretary"] == 148


def test_a_term_that_ends_soon_stands_on_the_list(place: Community) -> None:
    [branch], [person] = new_bodies("estate_branch", place.estates[:1]), new_persons(1)
    [held] = appointed([person], branch, "first_secretary", term_to=today() + timedelta(days=59))
    page = desk_of(place).get("/desk/posts/vacancies/")
    assert [row.appointment for row in page.context["ending"]] == [held]
