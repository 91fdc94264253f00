"""The table of rates: every number opens the cases that it counts, under the scheme chosen, on screen and as a file."""

import re
from html import unescape
from io import BytesIO

import openpyxl
import pytest

from jinlin.requests.actions import climb_request
from jinlin.requests.states import State
from tests.requests.desk_cases import at, running_clock
from tests.support.community import make_community

__all__ = ["running_clock"]

LINK = re.compile(r'<a href="(/desk/requests/\?[^"]*among=(\w+)[^"]*)">([\d.,]+)(%?)</a>')
ROW = re.compile(r"<tr data-row\b")


@pytest.fixture
def officer(db, running_clock, client):
    """A district officer in front of a place where things were judged, late, sent back and left alone."""
    place = make_community()
    for state in (State.ACCEPTED, State.HANDLED, State.REWORKED, State.CLOSED, State.CLOSED):
        at(place, state)
    client.force_login(place.account("district_officer"))
    return client


@pytest.mark.parametrize("by", ["place", "body", "category", "month"])
def test_every_count_is_the_number_of_rows_behind_its_link(officer, by) -> None:
    page = officer.get("/cockpit/rates", {"by": by}).content.decode()
    links = LINK.findall(page)
    assert {"rated", "reworked", "filed", "closed_estate", "closed_community", "through_district"} <= {
        name for _url, name, _shown, _percent in links
    }
    for url, _name, shown, percent in links:
        rows = len(ROW.findall(officer.get(unescape(url)).content.decode()))
        if not percent:
            assert rows == int(shown.replace(",", ""))
        elif shown == "0.0":
            assert rows == 0


def test_the_whole_stands_below_and_in_the_spreadsheet(officer) -> None:
    page = officer.get("/cockpit/rates").content.decode()
    assert "66.7%" in page
    book = openpyxl.load_workbook(BytesIO(officer.get("/cockpit/rates?form=xlsx").content))
    *_heads, whole = book.active.iter_rows(values_only=True)
    assert whole[:2] == ("合计", 3)
    assert whole[3] == pytest.approx(0.6667)


def test_a_scheme_or_a_day_that_is_none_is_told_and_nothing_breaks(officer) -> None:
    assert officer.get("/cockpit/rates?scheme=1").status_code == 200
    for query in ("scheme=99", "first=yesterday", "by=person"):
        assert officer.get(f"/cockpit/rates?{query}").status_code == 422
    assert officer.get("/cockpit/rates?first=2026-05-09&last=2026-05-01").status_code == 200


def test_each_level_of_the_ladder_opens_what_was_closed_there_and_what_came_through(db, running_clock, client) -> None:
    place = make_community()
    at(place, State.CLOSED)
    gone_up = at(place, State.IN_PROGRESS)
    climb_request(actor=place.actor("property_manager"), request_id=gone_up.pk, reason="要几家一起改管道")
    client.force_login(place.account("district_officer"))
    page = client.get("/cockpit/rates").content.decode()
    links = {name: (unescape(url), shown) for url, name, shown, _percent in LINK.findall(page)}
    expected = {"closed_estate": 1, "closed_community": 0, "through_estate": 1, "through_community": 1}
    assert {name: int(links[name][1]) for name in expected} == expected
    for name, count in expected.items():
        assert len(ROW.findall(client.get(links[name][0]).content.decode())) == count
