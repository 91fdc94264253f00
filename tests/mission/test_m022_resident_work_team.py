"""M022 驻小区工作队: 549 people from four sources in teams, and nobody's households before their eyes."""

from itertools import islice
from typing import Any

import pytest

from jinlin.algorithms.duty_hours import read_hours
from jinlin.organisations.actions import NewAppointment, appoint
from jinlin.organisations.models import Appointment
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.platform.models import AuditEntry
from tests.support.community import Community, make_community
from tests.support.methods import work_by
from tests.support.posts import appointed, client_of, desk_of, new_body, new_persons, send_roster

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M022")]

SOURCES = {"机关干部": 148, "政法干警": 130, "城管队员": 136, "街道干部": 135}


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "hetang")
    return make_community()


def test_549_by_source_in_one_roster(place: Community) -> None:
    team, desk = new_body("work_team", "幸福里工作队", zone=place.estates[0]), desk_of(place)
    people = iter(new_persons(549, phones=True))
    rows = [
        (
            "驻小区工作队队员",
            team.name,
            person.name,
            person.phone,
            "",
            source,
            today(),
            "",
            "周一 9:00-11:00",
            "区委办〔2026〕3号",
        )
        for source, count in SOURCES.items()
        for person in islice(people, count)
    ]
    notes = send_roster(desk, rows)
    assert notes["findings"] == []
    assert notes["counts"]["new"] == len(rows)
    counts = desk.get("/desk/posts/?key=work_team_member").context
    assert {name: found.persons for name, found in counts["origins"].items()} == SOURCES
    assert (counts["tally"].persons, counts["tally"].posts) == (549, 549)
    again = send_roster(desk, rows)
    assert again["counts"] == {"rows": 549, "new": 0, "repeated": 549}
    assert Appointment.objects.filter(key="work_team_member").count() == 549


def test_an_unknown_source_and_two_teams_at_one_hour_are_refused(place: Community) -> None:
    one, two = (new_body("work_team", zone=zone) for zone in place.estates)
    [officer] = new_persons(1)
    with pytest.raises(Invalid):
        appointed([officer], one, "work_team_member", origin="volunteers")
    hours = read_hours("周二 9:00-11:00")
    appointed([officer], one, "work_team_member", origin="office_cadre", hours=hours)
    again = NewAppointment(officer, two, "work_team_member", today(), origin="office_cadre", hours=hours)
    with pytest.raises(Invalid):
        appoint(actor=SYSTEM, new=again)


def test_who_is_in_the_team_is_public_and_the_team_sees_no_household(place: Community) -> None:
    team, [officer] = new_body("work_team", "幸福里工作队", zone=place.estates[0]), new_persons(1)
    hours = read_hours("周五 9:00-11:00")
    appointed([officer], team, "work_team_member", origin="office_cadre", hours=hours, listed=True)
    mine = client_of(place.account("resident")).get("/duty/").content.decode()
    assert officer.name in mine and "周五 09:00-11:00" in mine
    browser = client_of(officer)
    assert browser.get("/desk/roll/?q=幸福里").status_code == 403
    assert AuditEntry.objects.get(verb="people.refuse_roll").person_id == officer.pk
    assert browser.get(f"/desk/roll/{place.homes[0].code}/").status_code == 403
