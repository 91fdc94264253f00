"""M001 纵向到底、横向到边: the tree down to the building with no blank left, dated and open; what does not fit is refused."""

import io
import json
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinlin.platform.dates import today
from jinlin.territory.models import Place, Zone, ZoneMembership
from tests.support.community import BEGINNING, COMMUNITY, DISTRICT, SUBDISTRICT, Community, make_community
from tests.support.pages import fetch

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M001")]
UNITS = "/desk/places/units/"
COUNTS = {"subdistrict": 7, "community": 62, "estate": 244}


@pytest.fixture
def place() -> Community:
    return make_community()


def desk(place: Community, who: str = "district_officer") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(place.account(who))
    return client


def enter(place: Community, level: str, name: str, parent: str, code: str = "") -> Any:
    return desk(place).post(UNITS, {"level": level, "name": name, "parent": parent, "code": code})


def refusal(answer: Any) -> str:
    assert answer.status_code == 422, answer.status_code
    return " ".join(str(error) for errors in answer.context["form"].errors.values() for error in errors)


def load(place: Community, rows: list[str]) -> Any:
    contents = "\n".join(["层级,名称,上级编码,编码", *rows])
    return desk(place).post(UNITS, {"file": SimpleUploadedFile("units.csv", contents.encode())})


def test_a_whole_tree_is_loaded_and_counted_at_every_level(place: Community) -> None:
    towns = [f"{DISTRICT}{number:03d}" for number in range(101, 108)]
    rows = [f"街道,镇{code},{DISTRICT},{code}" for code in towns]
    villages = [f"{towns[at % 7]}{at // 7 + 1:03d}" for at in range(62)]
    rows += [f"社区,村{code},{code[:9]},{code}" for code in villages]
    rows += [f"小区,小区{at},{villages[at % 62]}," for at in range(244)]
    assert load(place, rows).status_code == 302
    page = Client().get(f"/places/{DISTRICT}/")
    made = dict(Place.objects.exclude(code__startswith=SUBDISTRICT).values_list("code", "level"))
    counted = {
        level: sum(value == digits for value in made.values())
        for level, digits in (("subdistrict", 9), ("community", 12))
    }
    estates = Zone.objects.filter(kind="estate").exclude(community_code__startswith=SUBDISTRICT)
    assert counted | {"estate": estates.count()} == COUNTS
    assert dict(page.context["counts"])["社区"] == COUNTS["community"] + 1
    for estate in estates:
        above = [estate.community_code[:digits] for digits in (6, 9, 12)]
        assert Place.objects.filter(code__in=above).count() == 3


def test_an_estate_under_its_own_building_is_refused(place: Community) -> None:
    estate, building = place.estates[0], place.buildings[0]
    answer = enter(place, "estate", estate.name, building.code, estate.label)
    assert "would lie in itself" in refusal(answer)


def test_a_building_directly_under_a_county_is_refused(place: Community) -> None:
    assert "missing" in refusal(enter(place, "building", "9号楼", DISTRICT, f"{COMMUNITY}0009"))
    assert not Place.objects.filter(code=f"{COMMUNITY}0009").exists()


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        (("building", "1号楼", COMMUNITY, f"{COMMUNITY}0001"), "taken already"),
        (("building", "9号楼", COMMUNITY, f"{COMMUNITY}9"), "has 16 digits"),
        (("building", "9号楼", COMMUNITY, "5301990010020009"), "does not begin with"),
        (("community", "别处社区", "430202001", "430202001001"), "no code of this district"),
        (("community", "别处社区", SUBDISTRICT, "430202001001"), "no code of this district"),
        (("estate", "某苑", f"{SUBDISTRICT}999", ""), "no unit with the code"),
        (("grid", "第9网格", COMMUNITY, f"{COMMUNITY}9"), "001 to 999"),
    ],
)
def test_codes_that_are_taken_or_of_elsewhere_are_refused(
    place: Community, entered: tuple[str, ...], words: str
) -> None:
    before = Place.objects.count(), Zone.objects.count()
    assert words in refusal(enter(place, *entered))
    assert (Place.objects.count(), Zone.objects.count()) == before


def test_two_parents_on_one_date_are_refused_and_one_after_the_other_are_not(place: Community) -> None:
    building, estates = place.buildings[0], [f"{COMMUNITY}E08", f"{COMMUNITY}E09"]
    rows = [f"小区,新苑{label},{COMMUNITY},{label}" for label in estates]
    moves = [f"楼栋,1号楼,{label},{building.code}" for label in estates]
    answer = load(place, rows + moves)
    assert [finding.row for finding in answer.context["findings"]] == [5]
    assert not Zone.objects.filter(label__in=estates).exists()
    assert load(place, [*rows, moves[0]]).status_code == 302
    building.refresh_from_db()
    assert building.estate.label == estates[0]
    past = ZoneMembership.objects.filter(member_code=building.code, kind="estate").order_by("pk")
    assert [(row.zone.label, row.valid_to) for row in past] == [
        (place.estates[0].label, today()),
        (estates[0], None),
    ]
    assert load(place, [moves[1]]).status_code == 422


def test_how_it_was_on_a_day(place: Community, clock: Any) -> None:
    building, then = place.buildings[0], today()
    clock.forward(days=30)
    Place.objects.filter(code=building.code).update(valid_to=today())
    ZoneMembership.objects.filter(member_code=building.code).update(valid_to=today())
    now = Client().get(f"/places/{COMMUNITY}/")
    past = Client().get(f"/places/{COMMUNITY}/?on={then.isoformat()}")
    assert len(past.context["rows"]) == len(now.context["rows"]) + 1 == 4
    grid = Client().get(f"/places/{place.grids[0].label}/?on={then.isoformat()}").context["members"]
    assert [member.code for member in grid] == [one.code for one in place.buildings[:2]]
    before = Client().get(f"/places/{COMMUNITY}/?on={BEGINNING - timedelta(days=1)}")
    assert not before.context["there"]


def test_blanks_are_reported_down_to_the_building_with_links_and_as_a_table(place: Community) -> None:
    assert Client().get(f"/places/{COMMUNITY}/").context["covered"] is True
    building = place.buildings[0]
    Place.objects.filter(pk=building.pk).update(grid=None, longitude=None)
    Zone.objects.create(
        kind="estate", label=f"{COMMUNITY}E77", name="空苑", community_code=COMMUNITY, valid_from=date(2020, 1, 1)
    )
    client = desk(place)
    counts = {row.gap.key: row.count for row in client.get("/desk/places/uncovered/").context["counts"]}
    assert {key: count for key, count in counts.items() if count} == {"empty_estate": 1, "no_grid": 1, "no_point": 1}
    rows = client.get(f"/desk/places/uncovered/?of={COMMUNITY}&gap=no_grid").context["rows"]
    assert rows == [(building.code, building.address)]
    _status, contents, _answer = fetch(client, f"/desk/places/uncovered/?of={COMMUNITY}&as=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(contents)).active
    assert sorted(row[1].value for row in sheet.iter_rows(min_row=2)) == sorted(
        [f"{COMMUNITY}E77", *[building.code] * 2]
    )
    assert Client().get(f"/places/{COMMUNITY}/").context["covered"] is False
    assert Client().get(f"/api/v1/places/{COMMUNITY}/coverage").json()["covered"] is False


def test_the_open_tree_shows_no_home_and_no_person(place: Community) -> None:
    for code in (DISTRICT, COMMUNITY, place.buildings[0].code, place.grids[0].label):
        html = Client().get(f"/places/{code}/").content.decode()
        assert all(home.code not in html and home.address not in html for home in place.homes)
        assert all(person.name not in html for person in place.persons.values() if person.name)
    assert Client().get(f"/places/{place.homes[0].code}/").status_code == 404


@pytest.mark.parametrize(
    ("ring", "words"),
    [
        ([[102.70, 25.04], [102.74, 25.04], [102.74, 25.07], [102.70, 25.07]], "not closed"),
        ([[25.04, 102.70], [25.04, 102.74], [25.07, 102.74], [25.04, 102.70]], "swapped"),
        ([[4e5, 2.7e6], [4e5, 2.8e6], [5e5, 2.8e6], [4e5, 2.7e6]], "no degrees"),
    ],
)
def test_a_boundary_that_is_none_is_refused(place: Community, ring: list[list[float]], words: str) -> None:
    document = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": place.estates[0].label},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        ],
    }
    file = SimpleUploadedFile("b.geojson", json.dumps(document).encode())
    page = desk(place).post("/desk/places/boundaries/", {"file": file, "system": "wgs84"})
    assert page.status_code == 422 and words in page.context["findings"][0].why
