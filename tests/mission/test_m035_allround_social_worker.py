"""M035 “全科社工”: skills on a sheet, a grid for each worker, service at home on request, and what is closed in the grid."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from jinlin.cli.requests import app
from jinlin.organisations.actions import NewAppointment, NewLine, appoint, write_sheet
from jinlin.organisations.models import SheetEntry
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.requests.actions import (
    Report,
    Where,
    accept_request,
    dispatch_request,
    handle_on_the_spot,
    raise_request,
    rate_request,
)
from jinlin.requests.actions.rating import Judgement
from jinlin.requests.models import Request
from tests.support.community import Community, make_community
from tests.support.posts import client_of, new_persons

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M035")]

BUTTON = 'btn btn-primary" href="/raise"'
"""The button that refers something to those on duty."""


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def closed(place: Community, *, leaves_the_grid: bool) -> Request:
    """Let the resident raise a matter that is closed by those who received it, or by a department."""
    report = Report("家里的水龙头坏了，请上门看看", where=Where(place_code=place.homes[0].code))
    request = raise_request(actor=place.actor("resident"), report=report).request
    worker = place.actor("community_worker")
    accept_request(actor=worker, request_id=request.pk, category="C10102")
    kind, name = ("property_firm", "property_manager") if leaves_the_grid else ("residents_committee", "grid_member")
    dispatch_request(actor=worker, request_id=request.pk, body_id=place.bodies[kind].pk, basis="职责表第12条")
    handler = place.actor(name)
    handle_on_the_spot(actor=handler, request_id=request.pk, answer="上门修好了。")
    rate_request(actor=place.actor("resident"), request_id=request.pk, judgement=Judgement(True, "yes", "yes"))
    return Request.objects.get(pk=request.pk)


def test_7_of_10_closed_in_the_grid_are_70_percent(place: Community) -> None:
    for number in range(10):
        assert closed(place, leaves_the_grid=number < 3).state == "closed"
    result = CliRunner().invoke(app, ["report", "--json"])
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["in_grid"] == {"closed": 10, "there": 7, "rate": 0.7}


def test_skills_are_a_sheet_and_a_worker_is_for_a_grid(place: Community) -> None:
    station, [person] = place.bodies["service_station"], new_persons(1)
    new = NewAppointment(person, station, "community_worker", today(), zone=place.grids[0], listed=True)
    held = appoint(actor=SYSTEM, new=new)
    write_sheet(actor=SYSTEM, sheet="skills", line=NewLine("home_service", held, True, today()))
    assert SheetEntry.objects.get(sheet="skills").appointment == held
    mine = client_of(place.account("resident")).get("/duty/").content.decode()
    assert person.name in mine and place.grids[0].name in mine and BUTTON in mine
