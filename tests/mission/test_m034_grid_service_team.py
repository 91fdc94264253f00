"""M034 社区网格服务队: 412 from four sources who agreed, with members, police and officers 626."""

from typing import Any

import pytest

from jinlin.organisations.actions import accept_post
from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid
from jinlin.territory.models import Zone
from tests.support.community import COMMUNITY, SUBDISTRICT, Community, make_community
from tests.support.methods import work_by
from tests.support.posts import appointed, desk_of, new_body, new_persons, new_zones

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M034")]

SOURCES = {"owners_committee": 61, "property_staff": 103, "building_heads": 148, "residents": 100}


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "hongrun")
    return make_community()


def test_412_who_agreed_and_626_with_the_others(place: Community) -> None:
    committee, desk = place.bodies["residents_committee"], desk_of(place)

    def count(key: str) -> Any:
        return desk.get(f"/desk/posts/?key={key}").context

    offers = [
        offer
        for source, people in SOURCES.items()
        for offer in appointed(new_persons(people), committee, "service_team_member", origin=source)
    ]
    assert count("service_team_member")["tally"].persons == 0, "nobody without consent"
    for offer in offers:
        accept_post(actor=Actor(person_id=offer.person_id), appointment_id=offer.pk)
    team = count("service_team_member")
    assert team["tally"].persons == 412
    assert [found.persons for found in team["origins"].values()] == list(SOURCES.values())

    for grid, person in zip([place.grids[1], *new_zones(Zone.Kind.GRID, 152)], new_persons(153), strict=True):
        appointed([person], committee, "grid_member", zone=grid)
    for kind, key, people in (
        ("police_station", "community_police", 34),
        ("enforcement_team", "enforcement_officer", 26),
    ):
        appointed(new_persons(people), new_body(kind, place_code=SUBDISTRICT), key, place_code=COMMUNITY)
    keys = ("service_team_member", "grid_member", "community_police", "enforcement_officer")
    assert [count(key)["tally"].posts for key in keys] == [412, 154, 34, 26]
    assert sum(count(key)["tally"].posts for key in keys) == 626


def test_an_unknown_source_is_refused(place: Community) -> None:
    with pytest.raises(Invalid):
        appointed(new_persons(1), place.bodies["residents_committee"], "service_team_member", origin="passers_by")
