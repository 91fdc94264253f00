"""The areas of the cockpit's map: each community with its own figures, at a cost that does not grow with their number."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinlin.assessment.queries import areas
from jinlin.platform.access import Role
from jinlin.requests import actions
from jinlin.requests.actions import Report, Where
from jinlin.requests.models import Request
from jinlin.requests.queries.desk import Wanted, found
from jinlin.territory.models import Place
from tests.support.community import BEGINNING, Community, make_community

OTHER = "530199001010"


@pytest.fixture
def place(db: None) -> Community:
    """The place, with two more communities: one of a single home, one of two."""
    made = make_community()
    for homes, code in ((1, OTHER), (2, "530199001011")):
        add_place(code)
        for number in range(homes):
            add_place(f"{code}00010101{number:02d}")
    return made


def add_place(code: str) -> None:
    Place.objects.create(code=code, level=len(code), name=code, address=code, search="", valid_from=BEGINNING)


def raised(place: Community, place_code: str) -> Request:
    report = Report(text="楼道灯坏了", where=Where(place_code=place.homes[0].code))
    request = actions.raise_request(actor=place.actor("resident"), report=report).request
    Request.objects.filter(pk=request.pk).update(place_code=place_code)
    return request


def test_each_community_has_its_own_figures(place: Community) -> None:
    own, district = place.homes[0].code, OTHER[:6]
    for code in (own, own, own[:12], OTHER, f"{OTHER}0001", district):
        raised(place, code)
    done = raised(place, own)
    Request.objects.filter(pk=done.pk).update(state="closed")
    actor = place.actor(Role.DISTRICT_OFFICER)
    rows = areas(actor, Wanted())
    figures = [(row.code, row.figure.count, row.open.count, row.households) for row in rows]
    assert figures == [("530199001001", 4, 3, len(place.homes)), (OTHER, 2, 2, 1), ("530199001011", 0, 0, 2)]
    for row in rows:
        wanted = Wanted(place=row.code)
        assert row.figure.count == found(actor, wanted).count()
        assert row.open.count == found(actor, replace(wanted, group="open")).count()


def test_more_communities_cost_no_more_queries(place: Community) -> None:
    actor = place.actor(Role.DISTRICT_OFFICER)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            areas(actor, Wanted())
        return len(captured)

    before = cost()
    for number in range(10):
        add_place(f"5301990011{number:02d}")
    assert cost() == before


def test_an_actor_of_no_place_has_no_areas(place: Community) -> None:
    assert areas(place.actor("resident"), Wanted()) == []
