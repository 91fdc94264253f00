"""What a clock would have been under another rule is told from the history: by command and at the desk."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from typer.testing import CliRunner

from jinlin.cli.requests import app
from jinlin.requests import actions
from jinlin.requests.asked import Asked
from jinlin.requests.models import Approval
from jinlin.requests.queries.clocks import replayed, rule_named
from jinlin.requests.states import State
from tests.requests.desk_cases import RunningClock, at, running_clock
from tests.support.community import Community, make_community

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


def test_under_its_own_rule_it_is_what_the_clocks_say(place: Community) -> None:
    request = at(place, State.CLOSED)
    kept = request.clocks.order_by("started_at", "pk").values_list("milestone", "due_at", "ended_at")
    told = [(one.milestone, one.due.at if one.due else None, one.ended_at) for one in replayed(request, rule_named(""))]
    assert sorted(kept) == sorted(told)


def test_an_extension_and_a_pause_count_under_any_rule(place: Community, running_clock: RunningClock) -> None:
    request = at(place, State.IN_PROGRESS)
    firm, secretary = place.actor("property_manager"), place.actor("community_secretary")
    actions.ask_approval(actor=firm, request_id=request.pk, kind="extension", reason="等配件", asked=Asked(amount=1))
    actions.grant_approval(actor=secretary, request_id=request.pk, approval_id=Approval.objects.get().pk)
    one, ten = (rule_named(f"final={days}:natural_days") for days in (1, 10))
    final = [next(p for p in replayed(request, rule) if p.milestone == "final") for rule in (one, ten)]
    assert [len(promise.extensions) for promise in final] == [1, 1]
    assert final[0].due is not None and final[1].due is not None
    assert final[1].due.at - final[0].due.at >= timedelta(days=7)
    running_clock.forward(days=5)
    assert [promise.was_kept(request.received_at + timedelta(days=6)) for promise in final] == [False, True]


def test_the_command_gives_one_object_and_says_what_is_wrong(place: Community) -> None:
    request = at(place, State.ACCEPTED)
    runner = CliRunner()
    result = runner.invoke(app, ["clocks", request.number, "--rule", "final=3:natural_days", "--json"])
    told = json.loads(result.stdout)
    assert [row["unit"] for row in told["clocks"] if row["milestone"] == "final"] == ["natural_days"]
    assert {row["milestone"] for row in told["clocks"]} == {"dispatch", "first_answer", "final"}
    for words, what in [
        ("nowhere", "no work method"),
        ("final=3:weeks", "no limit"),
        ("final=0:natural_days", "limit"),
    ]:
        wrong = runner.invoke(app, ["clocks", request.number, "--rule", words])
        assert wrong.exit_code == 2 and what in wrong.stderr
    assert runner.invoke(app, ["clocks", "20200101-0001"]).exit_code == 2


def test_the_desk_compares_two_work_methods(place: Community) -> None:
    request = at(place, State.ACCEPTED)
    client = Client()
    client.force_login(place.account("community_worker"))
    page = client.get(f"/desk/requests/{request.pk}/clocks?rule=hetang")
    assert page.status_code == 200
    assert all(row["due"] == row["other_due"] for row in page.context["rows"])
    assert client.get(f"/desk/requests/{request.pk}/clocks?rule=../../etc").context["rule"] == ""
