"""M033 执法、民警力量下沉社区: 34 + 26 on the duty table of communities, and their look into the roll is refused and logged."""

from typing import Any

import pytest

from jinlin.algorithms.duty_hours import read_hours
from jinlin.organisations.actions import NewAppointment, appoint
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.platform.models import AuditEntry
from tests.support.community import COMMUNITY, SUBDISTRICT, Community, make_community
from tests.support.methods import work_by
from tests.support.posts import appointed, client_of, desk_of, new_body, new_persons

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M033")]

BUTTON = 'btn btn-primary" href="/raise"'
"""The button that refers something to those on duty."""


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "hongrun")
    return make_community()


def test_34_police_and_26_enforcement_officers_are_60(place: Community) -> None:
    station, team = (
        new_body("police_station", place_code=SUBDISTRICT),
        new_body("enforcement_team", place_code=SUBDISTRICT),
    )
    hours = read_hours("周一 9:00-11:00")
    police = appointed(new_persons(34), station, "community_police", place_code=COMMUNITY, hours=hours, listed=True)
    appointed(new_persons(26), team, "enforcement_officer", place_code=COMMUNITY, listed=True)
    desk = desk_of(place)
    counts = [
        desk.get(f"/desk/posts/?key={key}").context["tally"].posts
        for key in ("community_police", "enforcement_officer")
    ]
    assert counts == [34, 26] and sum(counts) == 60
    table = desk.get(f"/duty/{COMMUNITY}/").content.decode()
    assert police[0].person.name in table and "周一 09:00-11:00" in table and BUTTON in table


def test_an_officers_search_over_households_is_refused_and_logged(place: Community) -> None:
    station, [officer] = new_body("police_station", place_code=SUBDISTRICT), new_persons(1)
    appointed([officer], station, "community_police", place_code=COMMUNITY)
    browser = client_of(officer)
    answer = browser.get("/desk/roll/", {"q": "幸福里"})
    assert answer.status_code == 403
    line = AuditEntry.objects.get(verb="people.refuse_roll")
    assert line.person_id == officer.pk
    for path in ("/desk/claims/", f"/desk/roll/{place.homes[0].code}/", "/desk/posts/"):
        assert browser.get(path).status_code == 403, path


def test_an_officer_of_no_community_is_refused(place: Community) -> None:
    station, [officer] = new_body("police_station", place_code=SUBDISTRICT), new_persons(1)
    with pytest.raises(Invalid):
        appoint(actor=SYSTEM, new=NewAppointment(officer, station, "community_police", today()))
