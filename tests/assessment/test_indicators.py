"""Indicators: each follows its records, from their day on, within the area that is looked at, and leads to its rows."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from html import unescape

import openpyxl
import pytest
from django.test import Client

from jinlin.assessment.indicators import INDICATORS, Look
from jinlin.assessment.indicators.base import Indicator
from jinlin.lists.models import ItemList
from jinlin.organisations.models import Appointment, Body, Coverage, Partnership, SheetEntry
from jinlin.people.models import Person
from jinlin.platform.access import Grant, Role
from jinlin.platform.dates import LOCAL, now
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Place, Zone
from jinlin.volunteering.models import Pairing, Posting, Report
from jinlin.volunteering.states import State
from tests.support.community import COMMUNITY, DISTRICT, Community, make_community

DAY = date(2021, 7, 1)
BEFORE = DAY - timedelta(days=1)
Add = Callable[[Community], object]


@pytest.fixture
def place(db, district) -> Community:
    return make_community()


def add_place(code: str) -> Place:
    return Place.objects.create(code=code, level=len(code), name=code, address=code, search="", valid_from=DAY)


def add_zone(kind: Zone.Kind, label: str = f"{COMMUNITY}X99") -> Zone:
    return Zone.objects.create(kind=kind, label=label, name="新", community_code=COMMUNITY, valid_from=DAY)


def add_body(kind: str, place_code: str = COMMUNITY) -> Body:
    about = {"kind": kind, "name": f"新{kind}", "place_code": place_code}
    return Body.objects.get_or_create(**about, defaults={"founded_on": DAY})[0]


def add_post(key: str, origin: str = "", **more: object) -> Appointment:
    person = Person.objects.create(name="王小明", created_at=now())
    about = {"post": key, "place_code": COMMUNITY, "term_from": DAY, "accepted_on": DAY} | more
    return Appointment.objects.create(person=person, body=add_body(f"b_{key}"), key=key, origin=origin, **about)


def add_tie(unit_kind: str, place: Community) -> Partnership:
    unit, estate = add_body(unit_kind, DISTRICT), place.estates[0]
    return Partnership.objects.create(kind="backing_unit", unit=unit, zone=estate, place_code=COMMUNITY, valid_from=DAY)


def add_cell(sheet: str, item: str, value: object, appointment: Appointment | None = None) -> SheetEntry:
    at = {"place_code": COMMUNITY, "holds_from": DAY, "written_at": now()}
    return SheetEntry.objects.create(sheet=sheet, item=item, value=value, appointment=appointment, **at)


def add_report(place: Community, track: str) -> Report:
    """A report by one of four members of the only unit, or by that unit."""
    unit = add_body("member_unit", DISTRICT)
    Body.objects.filter(pk=unit.pk).update(head_count=4)
    person = place.persons["resident"] if track == "member" else None
    return Report.objects.create(
        track=track, unit=unit, person=person, place_code=COMMUNITY, reported_on=DAY, written_at=now()
    )


def add_claim(place: Community, state: State = State.ACCEPTED, **more: object) -> Pairing:
    about = {"kind": "post", "category": "1", "title": "保洁岗", "place_code": COMMUNITY, "places": 9, "first_day": DAY}
    posting = Posting.objects.create(**about, body=add_body("branch"), posted_at=now())
    at = datetime.combine(DAY, time(9), LOCAL)
    return Pairing.objects.create(posting=posting, person=place.persons["resident"], state=state, at=at, **more)


def solve(place: Community) -> Pairing:
    return add_claim(place, State.CONFIRMED, served_on=DAY, solved="楼道清理")


def add_list() -> ItemList:
    body = add_body("estate_branch")
    about = {"kind": "problem", "title": "问题清单", "place_code": COMMUNITY, "body": body}
    return ItemList.objects.create(**about, opened_on=DAY, opened_at=now())


def twice(add: Add) -> Add:
    return lambda place: [add(place), add(place)]


def cover(place: Community) -> Coverage:
    branch = add_body("estate_branch")
    return Coverage.objects.create(
        body=branch, kind="estate_branch", place_code=COMMUNITY, zone=place.estates[0], valid_from=DAY
    )


def post(key: str, origin: str = "") -> Add:
    return lambda place: add_post(key, origin)


def body(kind: str) -> Add:
    return lambda place: add_body(kind)


RECORDS: dict[str, tuple[Add, object, object]] = {
    "I001": (lambda place: add_place(f"{DISTRICT}009"), 1, 2),
    "I002": (lambda place: add_place(f"{DISTRICT}001009"), 1, 2),
    "I003": (lambda place: add_zone(Zone.Kind.ESTATE), 2, 3),
    "I004": (cover, 0, 50),
    "I005": (post("first_secretary"), 0, 1),
    "I006": (post("work_team_member", "office_cadre"), 0, 1),
    "I007": (post("work_team_member", "political_legal"), 0, 1),
    "I008": (post("work_team_member", "city_management"), 0, 1),
    "I009": (post("work_team_member", "subdistrict_cadre"), 0, 1),
    "I010": (lambda place: add_tie("district_unit", place), 0, 1),
    "I011": (lambda place: add_tie("backing_firm", place), 0, 1),
    "I046": (lambda place: add_zone(Zone.Kind.GRID), [1, 2], [1, 3]),
    "I047": (lambda place: add_zone(Zone.Kind.GRID), 8, 5.33),
    "I048": (body("estate_branch"), 0, 1),
    "I049": (body("building_group"), 0, 1),
    "I050": (post("building_head", "centre_household"), 0, 1),
    "I051": (post("concurrent_member", "property_staff"), 0, 1),
    "I052": (lambda place: add_cell("residents", "population", 2_000), None, 5),
    "I053": (post("community_worker"), 0, 1),
    "I054": (post("secretary_assistant"), [0, 0], [1, 0]),
    "I057": (post("grid_member"), 1, 2),
    "I058": (post("community_police"), 0, 1),
    "I059": (post("enforcement_officer"), 0, 1),
    "I060": (post("service_team_member", "residents"), 0, 1),
    "I065": (body("estate_branch"), 0, 1),
    "I066": (body("building_group"), 0, 1),
    "I067": (lambda place: [add_body("centre_household", home.code) for home in place.homes[:3]], 0, 2),
    "I070": (post("retired_member_lead"), 0, 1),
    "I071": (lambda place: add_cell("secretary_awards", "award", "先进个人", add_post("estate_secretary")), 0, 1),
    "I072": (lambda place: add_cell("secretary_entrants", "entrant", True, add_post("estate_secretary")), 0, 1),
    "I079": (post("property_instructor"), 0, 1),
    "I080": (lambda place: [add_body("volunteer_organisation", home.code) for home in place.homes[:3]], 0, 2),
    "I082": (lambda place: [add_list(), add_list()], 0, 1),
    "I084": (twice(lambda place: add_report(place, "member")), 0, 1),
    "I085": (add_claim, 0, 1),
    "I086": (twice(add_claim), 0, 1),
    "I087": (twice(solve), 0, 1),
    "I092": (lambda place: [add_report(place, "unit"), add_report(place, "member")], [None, None], [100, 25]),
}


def value_of(indicator: Indicator, day: date, grants: tuple[Grant, ...] | None = None) -> object:
    return indicator.measured(Look(day, grants)).as_dict()["value"]


def test_every_indicator_is_tried():
    assert RECORDS.keys() == INDICATORS.keys()


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_changes_its_indicator_from_its_day_on(place: Community, name: str):
    add, before, after = RECORDS[name]
    indicator = INDICATORS[name]
    assert value_of(indicator, DAY) == before
    add(place)
    assert (value_of(indicator, BEFORE), value_of(indicator, DAY)) == (before, after)
    elsewhere = (Grant(Role.SUBDISTRICT_OFFICER, 1, "530299001"),)
    assert value_of(indicator, DAY, elsewhere) in (0, None, [0, 0], [None, None])


@pytest.mark.parametrize("name", RECORDS)
def test_the_number_of_rows_is_that_of_the_records_listed(place: Community, name: str):
    RECORDS[name][0](place)
    look = Look(DAY)
    measured = INDICATORS[name].measured(look)
    parts = zip(INDICATORS[name].parts, measured.rows, strict=True)
    assert all(look.at(part.source).count() == rows for part, rows in parts)


def test_more_than_is_said_of_one_less_than_was_counted(place: Community):
    for home in place.homes[:3]:
        add_body("centre_household", home.code)
    said = INDICATORS["I067"].measured(Look(DAY)).as_dict()
    assert (said["value"], said["bound"], said["rows"]) == (2, ">", 3)
    assert INDICATORS["I066"].measured(Look(DAY)).as_dict()["bound"] == "="


def test_what_has_ended_counts_no_more(place: Community):
    add_post("first_secretary", term_to=DAY)
    Body.objects.filter(pk=add_body("building_group").pk).update(ended_on=DAY)
    assert value_of(INDICATORS["I005"], DAY) == 1
    assert value_of(INDICATORS["I005"], DAY + timedelta(days=1)) == 0
    assert value_of(INDICATORS["I049"], DAY) == 0


def test_an_offer_that_waits_counts_for_nothing(place: Community):
    add_post("retired_member_lead", accepted_on=None)
    assert value_of(INDICATORS["I070"], DAY) == 0


@pytest.mark.mechanism("M029")
def test_persons_are_counted_once_however_many_posts_they_hold(place: Community):
    first = add_post("concurrent_member")
    second = add_post("concurrent_member")
    Appointment.objects.filter(pk=second.pk).update(person=first.person)
    measured = INDICATORS["I051"].measured(Look(DAY)).as_dict()
    assert (measured["value"], measured["rows"]) == (1, 2)


def test_those_who_have_left_were_recruited_all_the_same(place: Community):
    add_post("community_worker", term_to=DAY + timedelta(days=9))
    add_post("community_worker", term_from=date(2020, 12, 31), accepted_on=date(2020, 12, 31))
    assert value_of(INDICATORS["I053"], date(2022, 1, 1)) == 1


@pytest.mark.mechanism("M026")
def test_awards_count_in_their_year_and_a_later_line_corrects_an_earlier(place: Community):
    secretary = add_post("estate_secretary")
    wrong = add_cell("secretary_awards", "award", "先进个人", secretary)
    other = add_cell("secretary_awards", "award", "先进个人", add_post("estate_secretary"))
    SheetEntry.objects.filter(pk=other.pk).update(holds_from=date(2022, 7, 1))
    later = date(2023, 1, 1)
    assert value_of(INDICATORS["I071"], later) == 1
    right = add_cell("secretary_awards", "award", None, secretary)
    SheetEntry.objects.filter(pk=right.pk).update(holds_from=wrong.holds_from + timedelta(days=1))
    assert value_of(INDICATORS["I071"], later) == 0


def test_the_newest_population_of_each_community_counts(place: Community):
    add_cell("residents", "population", 1_000)
    newer = add_cell("residents", "population", 2_000)
    SheetEntry.objects.filter(pk=newer.pk).update(holds_from=DAY + timedelta(days=5))
    assert value_of(INDICATORS["I052"], DAY) == 10
    assert value_of(INDICATORS["I052"], DAY + timedelta(days=5)) == 5


# --- The cockpit ---------------------------------------------------------------------------------------------------------

NUMBER = re.compile(r'href="(/cockpit/indicators/I\d{3}\?[^"]+)">\s*(?:多于 )?([\d,.]+)<')


@pytest.fixture
def cockpit(place: Community, client: Client, monkeypatch) -> Client:
    """The cockpit of a district officer, in a place that reports these indicators."""
    indicators = ("I001", "I003", "I046", "I057", "I067", "I079", "I085")
    playbook = current_playbook().model_copy(update={"indicators": indicators})
    monkeypatch.setattr("jinlin.assessment.views.cockpit.current_playbook", lambda: playbook)
    client.force_login(place.account(Role.DISTRICT_OFFICER))
    return client


def test_every_number_leads_to_its_rows(cockpit: Client, place: Community):
    for home in place.homes:
        add_body("centre_household", home.code)
    page = cockpit.get("/cockpit/indicators").content.decode()
    numbers = NUMBER.findall(page)
    assert [number for _address, number in numbers] == ["1", "2", "1", "2", "1", "15", "0", "0"]
    assert "多于 15" in page
    for address, number in numbers:
        rows = cockpit.get(unescape(address)).content.decode().count("<tr data-row")
        assert rows == int(number) + ("I067" in address), address


@pytest.mark.parametrize("address", ["indicators", "indicators/I067"])
def test_pages_keep_their_budget(cockpit: Client, place: Community, query_budget, address: str):
    for home in place.homes:
        add_body("centre_household", home.code)
    cockpit.get(f"/cockpit/{address}")
    with query_budget(f"cockpit/{address}"):
        cockpit.get(f"/cockpit/{address}")


def test_the_day_may_be_chosen(cockpit: Client, place: Community):
    add_post("property_instructor")
    assert "I079" in cockpit.get("/cockpit/indicators").content.decode()
    for day, count in ((BEFORE, 0), (DAY, 1)):
        page = cockpit.get(f"/cockpit/indicators/I079?on={day}").content.decode()
        assert page.count("<tr data-row") == count


def test_names_are_masked_unless_they_may_be_shown(cockpit: Client, place: Community):
    add_post("property_instructor")
    page = cockpit.get("/cockpit/indicators/I079").content.decode()
    assert "王小明" not in page and "王**" in page
    Appointment.objects.filter(key="property_instructor").update(listed=True)
    assert "王小明" in cockpit.get("/cockpit/indicators/I079").content.decode()


def test_a_centre_household_is_named_by_its_building_not_its_door(cockpit: Client, place: Community):
    home = place.homes[0]
    add_body("centre_household", home.code)
    page = cockpit.get("/cockpit/indicators/I067").content.decode()
    assert home.address not in page and home.address[:5] in page


def test_long_lists_come_in_pages_and_whole_as_a_spreadsheet(cockpit: Client, place: Community):
    Body.objects.bulk_create(
        Body(kind="centre_household", name=f"第{number}户", place_code=place.homes[0].code, founded_on=DAY)
        for number in range(60)
    )
    first = cockpit.get("/cockpit/indicators/I067")
    assert first.content.decode().count("<tr data-row") == 50
    second = cockpit.get(first.context["next_url"]).content.decode()
    assert second.count("<tr data-row") == 10
    book = openpyxl.load_workbook(io.BytesIO(cockpit.get(first.context["xlsx_url"]).content))
    assert book.active.max_row == 61


@pytest.mark.parametrize("address", ["I999", "I079?part=7", "I002", "I079?part=x&after=zz&on=never"])
def test_odd_addresses_end_in_words(cockpit: Client, address: str):
    expected = 200 if address.startswith("I079?part=x") else 404
    assert cockpit.get(f"/cockpit/indicators/{address}").status_code == expected


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.PROPERTY_MANAGER, Role.DEPARTMENT_OFFICER])
def test_rows_are_for_those_who_answer_for_a_place(cockpit: Client, place: Community, role: Role):
    cockpit.force_login(place.account(role))
    assert cockpit.get("/cockpit/indicators/I079").status_code == 403
