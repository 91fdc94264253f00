"""M029 兼任党组织委员、网格员: persons are counted once however many posts they hold, and come from one of three sources."""

from typing import Any

import pytest

from jinlin.organisations.actions import accept_post
from jinlin.organisations.models import Appointment
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from tests.support.community import Community, make_community
from tests.support.methods import work_by
from tests.support.posts import desk_of, new_body, new_persons, send_roster

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M029")]

SOURCES = ("党员中心户", "业主委员会", "物业服务企业员工")


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "hongrun")
    return make_community()


def row(person: Any, body: str, source: str) -> tuple[Any, ...]:
    return ("兼任党组织委员、网格员", body, person.name, person.phone, "", source, today(), "", "", "")


def test_122_persons_hold_150_posts(place: Community) -> None:
    one, two = place.bodies["community_committee"], new_body("estate_branch", "幸福里网格党支部", zone=place.grids[0])
    people, desk = new_persons(122, phones=True), desk_of(place)
    rows = [row(person, one.name, SOURCES[number % 3]) for number, person in enumerate(people)]
    rows += [row(person, two.name, SOURCES[0]) for person in people[:28]]
    assert send_roster(desk, rows)["counts"]["new"] == 150
    for offer in Appointment.objects.filter(key="concurrent_member"):
        accept_post(actor=Actor(person_id=offer.person_id), appointment_id=offer.pk)
    page = desk.get("/desk/posts/?key=concurrent_member").context
    assert (page["tally"].persons, page["tally"].posts) == (122, 150)
    assert set(page["origins"]) == set(SOURCES)
    assert desk.get("/desk/posts/?key=concurrent_member&body=幸福里网格").context["tally"].posts == 28


def test_a_source_outside_the_list_and_the_same_post_twice_are_findings_and_nothing_comes_in(place: Community) -> None:
    body, people = place.bodies["community_committee"], new_persons(2, phones=True)
    rows = [
        row(people[0], body.name, "物业公司老板"),
        row(people[1], body.name, SOURCES[0]),
        row(people[1], body.name, SOURCES[1]),
    ]
    notes = send_roster(desk_of(place), rows)
    assert [finding["row"] for finding in notes["findings"]] == [2, 4]
    assert not Appointment.objects.filter(key="concurrent_member").exists()
