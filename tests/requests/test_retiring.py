"""A category goes out of use: not while open requests have it, unless it is said where they move."""

import pytest
from typer.testing import CliRunner

from jinlin.cli.app import app
from jinlin.platform.access import SYSTEM
from jinlin.platform.errors import Invalid
from jinlin.requests.actions import retire_category
from jinlin.requests.models import Category
from jinlin.requests.states import State, Verb
from tests.requests.desk_cases import CATEGORY, RunningClock, at, running_clock
from tests.support.community import Community, make_community

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


def test_with_open_requests_it_says_how_many_and_what_to_do(place: Community) -> None:
    request = at(place, State.ACCEPTED)
    for into in ("", CATEGORY, "XX"):
        with pytest.raises(Invalid):
            retire_category(actor=SYSTEM, code=CATEGORY, into=into)
    request.refresh_from_db()
    assert request.category == CATEGORY and Category.objects.get(code=CATEGORY).active


def test_open_requests_move_with_a_line_and_finished_ones_stay(place: Community) -> None:
    open_one, closed = at(place, State.IN_PROGRESS), at(place, State.CLOSED)
    assert retire_category(actor=SYSTEM, code=CATEGORY, into="L102") == 1
    for request in (open_one, closed):
        request.refresh_from_db()
    assert (open_one.category, open_one.state, closed.category) == ("L102", State.IN_PROGRESS, CATEGORY)
    assert open_one.steps.latest("number").verb == Verb.CLASSIFY
    assert not Category.objects.filter(code__startswith=CATEGORY, active=True).exists()


def test_by_command(place: Community) -> None:
    at(place, State.ACCEPTED)
    refused = CliRunner().invoke(app, ["requests", "retire-category", CATEGORY])
    assert refused.exit_code == 2
    done = CliRunner().invoke(app, ["requests", "retire-category", CATEGORY, "--into", "L102", "--json"])
    assert done.exit_code == 0 and '"moved": 1' in done.stdout
