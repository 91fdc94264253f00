"""The cockpit: who may open it, and that every number leads to exactly the rows it counts."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from jinlin.platform.access import Role
from jinlin.platform.dates import now, told_at
from jinlin.requests import actions
from jinlin.requests.actions import Judgement, Report, Where
from jinlin.requests.models import Request
from jinlin.requests.states import State
from jinlin.territory.models import Place
from tests.support.community import COMMUNITY, DISTRICT, POSTS, make_community

OTHER = "530199001002"
PAGES = ["/cockpit/", "/cockpit/clocks", "/cockpit/map", "/cockpit/indicators", "/cockpit/areas.geojson"]
NUMBER = re.compile(r'<a [^>]*href="(/desk/requests/\?[^"]+)"[^>]*>(?:[^<]*<b>)?([\d,]+)')
ROW = re.compile(r"<tr data-row\b")


@pytest.fixture
def community(db, district):
    return make_community()


@pytest.fixture
def busy(community):
    """A place where something is received, overdue, dispatched, handled, closed and returned."""
    home = community.homes[0].code
    for age in (1, 3, 9):
        with told_at(now() - timedelta(days=age)):
            raised(community, home)
    one = raised(community, home)
    accept(community, one)
    dispatch(community, one)
    closed = handled(community, home)
    actions.rate_request(
        actor=community.actor("resident"), request_id=closed.pk, judgement=Judgement(True, "yes", "mostly")
    )
    back = handled(community, community.homes[5].code)
    actions.rate_request(actor=community.actor("resident"), request_id=back.pk, judgement=Judgement(True, "no", "no"))
    return community


def raised(community, place):
    report = Report(text="楼道灯坏了", where=Where(place_code=place))
    return actions.raise_request(actor=community.actor("resident"), report=report).request


def accept(community, request):
    actions.accept_request(actor=community.actor("community_worker"), request_id=request.pk, category="E10101")


def dispatch(community, request):
    actions.dispatch_request(
        actor=community.actor("community_worker"),
        request_id=request.pk,
        body_id=community.bodies["property_firm"].pk,
        basis="职责表第4条",
    )


def handled(community, place):
    request, firm = raised(community, place), community.actor("property_manager")
    accept(community, request)
    dispatch(community, request)
    actions.sign_for_request(actor=firm, request_id=request.pk)
    actions.start_request(actor=firm, request_id=request.pk)
    actions.handle_request(actor=firm, request_id=request.pk, answer="换好了")
    return request


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [*POSTS, "resident"])
def test_the_cockpit_opens_for_those_who_answer_for_a_place(community, client, page, role):
    client.force_login(community.account(role))
    answers = {Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER, Role.AUDITOR}
    assert client.get(page).status_code == (200 if role in answers else 403)


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(community, client, page):
    assert client.get(page).status_code in {302, 401}


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER])
@pytest.mark.parametrize("page", ["/cockpit/", "/cockpit/clocks", "/cockpit/map", "/cockpit/indicators"])
def test_every_number_is_the_number_of_rows_behind_its_link(busy, client, role, page):
    client.force_login(busy.account(role))
    numbers = NUMBER.findall(client.get(page).content.decode())
    assert len(numbers) >= 3
    for address, number in numbers:
        rows = ROW.findall(client.get(unescape(address)).content.decode())
        assert len(rows) == int(number.replace(",", "")), address


def test_rates_are_not_shown_where_nothing_was_rated(community, client):
    client.force_login(community.account(Role.DISTRICT_OFFICER))
    page = client.get("/cockpit/indicators").content.decode()
    assert "0.0%" not in page and "100.0%" not in page


def test_a_class_shows_its_mean_days_to_close_over_what_was_closed_judged_or_not(community, client):
    with told_at(now() - timedelta(days=5)):
        unjudged = handled(community, community.homes[0].code)
    with told_at(now() - timedelta(days=2)):
        judged = handled(community, community.homes[5].code)
    Request.objects.filter(pk=unjudged.pk).update(
        state=State.CLOSED, closed_at=unjudged.received_at + timedelta(days=1)
    )
    client.force_login(community.account(Role.DISTRICT_OFFICER))
    (row,) = client.get("/cockpit/indicators").context["classes"]
    assert (row["response"]["of"], row["took"].closed, row["took"].mean_days) == (0, 1, 1.0)
    actions.rate_request(
        actor=community.actor("resident"), request_id=judged.pk, judgement=Judgement(True, "yes", "yes")
    )
    page = client.get("/cockpit/indicators")
    (row,) = page.context["classes"]
    assert (row["response"]["of"], row["took"].closed) == (1, 2)
    assert '<td class="numeric">1.5</td>' in page.content.decode()


def test_the_map_has_the_estates_of_the_only_community(busy, client):
    client.force_login(busy.account(Role.DISTRICT_OFFICER))
    assert client.get("/cockpit/areas.geojson").json()["features"] == []
    page = client.get("/cockpit/map").content.decode()
    assert all(f'data-code="{estate.label}"' in page for estate in busy.estates)


def test_the_parts_of_the_place_add_up(busy, client):
    raised(busy, COMMUNITY)
    client.force_login(busy.account(Role.DISTRICT_OFFICER))
    page = client.get("/cockpit/")
    shown = page.context
    parts = [*shown["areas"], shown["outside"]]
    assert shown["outside"].figure.count == 1
    assert sum(area.figure.count for area in parts) == shown["received"].count
    rows = client.get(unescape(shown["outside"].figure.url))
    assert len(ROW.findall(rows.content.decode())) == 1 and "zone=0" in shown["outside"].figure.url
    assert any("不在小区内" in words for words, _address in rows.context["chips"])


def test_the_communities_add_up_too(busy, client):
    Place.objects.create(
        code=OTHER, level=12, name="桥头社区", address="桥头社区", search="", valid_from=date(2020, 1, 1)
    )
    raised(busy, DISTRICT)
    client.force_login(busy.account(Role.DISTRICT_OFFICER))
    page = client.get("/cockpit/")
    shown = page.context
    assert [area.code for area in shown["areas"]] == [COMMUNITY, OTHER]
    assert sum(area.figure.count for area in [*shown["areas"], shown["outside"]]) == shown["received"].count
    rows = client.get(unescape(shown["outside"].figure.url))
    assert len(ROW.findall(rows.content.decode())) == shown["outside"].figure.count == 1


def test_cockpit_and_desk_lead_to_each_other(community, client):
    client.force_login(community.account(Role.SUBDISTRICT_OFFICER))
    assert 'href="/cockpit/"' in client.get("/desk/").content.decode()
    assert 'href="/desk/"' in client.get("/cockpit/").content.decode()
    client.force_login(community.account(Role.COMMUNITY_WORKER))
    assert 'href="/cockpit/"' not in client.get("/desk/").content.decode()
