"""The table of division codes and the register of homes: whole or not at all, repeat-safe, with findings by row."""

import io
import time

import pytest
from django.utils.translation import override

from jinlin.algorithms.coordinates import from_wgs84
from jinlin.people.models import Household
from jinlin.platform.access import NOBODY, SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound
from jinlin.platform.models import AuditEntry
from jinlin.platform.spreadsheets import write_workbook
from jinlin.region.models import Division
from jinlin.territory.actions import adopt_divisions, end_place, import_homes, load_divisions, move_buildings
from jinlin.territory.imports import HOME_COLUMNS, read_divisions, read_homes
from jinlin.territory.models import Place, Zone, ZoneMembership
from jinlin.territory.queries import find_places
from tests.support.community import COMMUNITY, make_community

pytestmark = pytest.mark.django_db
HEAD = "社区代码,社区,小区,网格,楼栋,单元,房号,楼层,建筑面积,经度,纬度,坐标系,楼栋代码,户室代码"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def community():
    return make_community()


def divisions(*files: str):
    return load_divisions(actor=SYSTEM, lines=read_divisions([io.BytesIO(text.encode()) for text in files]))


def take(*rows: str, actor=SYSTEM, head=HEAD, **options):
    lines = read_homes(io.BytesIO("\n".join([head, *rows]).encode()))
    return import_homes(actor=actor, lines=lines, **options)


def refused(*rows: str, **options) -> list[tuple[int, str, str]]:
    """Return the findings of an import that writes nothing."""
    before = Place.objects.count(), Zone.objects.count(), Household.objects.count()
    report = take(*rows, **options)
    assert (Place.objects.count(), Zone.objects.count(), Household.objects.count()) == before
    return [(finding.row, finding.column, finding.why) for finding in report.findings]


PROVINCES, CITIES, AREAS = "code,name\n43,湖南省\n", "code,name\n4302,株洲市\n", "code,name\n430202,荷塘区\n"
STREETS = 'code,name,areaCode\n430202001,"月塘街道",430202\n430202002,"茨菇塘街道",430202\n'


def test_division_codes_load_from_several_files_and_again():
    report = divisions(STREETS, PROVINCES, CITIES, AREAS)
    assert (report.rows, report.added, report.unknown_parents) == (5, 5, [])
    assert Division.objects.get(code="430202001").parent_code == "430202"
    again = divisions(STREETS.replace("茨菇塘", "茨菇"))
    assert (again.added, again.changed, again.unchanged) == (0, 1, 1)


def test_an_unknown_parent_is_named_and_keeps_nothing_out():
    report = divisions(STREETS)
    assert report.added == 2
    assert [(f.row, f.why) for f in report.unknown_parents] == [
        (2, "The division 430202 above is not in the table; load the file that has it.")
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("4302020011,月塘街道", "not 10"),
        ("990000,无", "No province"),
        ("4.30202E+08,月塘街道", "format to text"),
        ("四三,湖南", "only the digits"),
        (",月塘街道", "empty"),
        ("430202001,", "empty"),
        ("430202001,桂花街道\n430202001,金山街道", "is 桂花街道 in row 3"),
    ],
)
def test_bad_division_codes_keep_everything_out(row, why):
    report = divisions(f"代码,名称\n430202002,茨菇塘街道\n{row}\n")
    assert why in report.findings[0].why and not Division.objects.exists()


def test_padded_codes_are_the_same_codes():
    divisions(
        "code,name\n430000,湖南省\n430200,株洲市\n430202000000,荷塘区\n430202001000,月塘街道\n430202001001,月塘社区\n"
    )
    assert set(Division.objects.values_list("code", flat=True)) == {"43", "4302", "430202", "430202001", "430202001001"}


def test_a_district_adopts_its_divisions():
    divisions(STREETS, "code,name\n430202003000,宋家桥街道\n430202001001,月塘社区\n350527000,金门县\n")
    report = adopt_divisions(actor=SYSTEM, district_code="430202")
    assert report.added == 5
    assert Place.objects.get(code="430202001001").name == "月塘社区"
    assert find_places(NOBODY, "月塘街道")[0].code == "430202001"
    assert adopt_divisions(actor=SYSTEM, district_code="430202").unchanged == 5
    for code in ("43", "430299", "x"):
        with pytest.raises(Invalid):
            adopt_divisions(actor=SYSTEM, district_code=code)
    with pytest.raises(NotAllowed):
        adopt_divisions(actor=NOBODY, district_code="430202")


@pytest.mark.data
def test_the_real_table_loads_within_ten_seconds(shared_data):
    files = [shared_data / "cn_admin" / name for name in ("provinces.csv", "cities.csv", "areas.csv", "streets.csv.gz")]
    started = time.process_time()
    report = load_divisions(actor=SYSTEM, lines=read_divisions(files))
    assert time.process_time() - started < 10
    assert (report.added, report.findings, report.unknown_parents) == (44_703, [], [])
    assert adopt_divisions(actor=SYSTEM, district_code="430202").added == 1 + 7


GOOD = f"{COMMUNITY},虹山社区,紫藤苑,第1网格,5号楼,1单元,501,5,89.5,102.715,25.055,,,"


def test_a_register_makes_estate_building_entrance_home_and_household(community):
    report = take(GOOD, f"{COMMUNITY},,紫藤苑,1,5,1,502,5,,,,,,", f",虹山,紫藤苑,{COMMUNITY}001,5栋,2,0101,1,,,,,,")
    assert report.findings == []
    assert (report.imported, report.estates, report.grids, report.buildings, report.entrances) == (3, 1, 0, 1, 2)
    assert report.households == 3
    home = Place.objects.get(address="紫藤苑5号楼1单元501")
    assert home.code == f"{COMMUNITY}0005010501" and home.floor_area == 8950 and home.floor == 5
    assert home.estate.name == "紫藤苑" and home.estate.label == f"{COMMUNITY}E03" and home.grid == community.grids[0]
    assert Household.objects.filter(home_code=home.code, valid_to__isnull=True).count() == 1
    assert ZoneMembership.objects.filter(member_code=f"{COMMUNITY}0005").count() == 2
    building = Place.objects.get(code=f"{COMMUNITY}0005")
    assert (building.longitude, building.latitude) == (102.715, 25.055)
    assert AuditEntry.objects.filter(verb="territory.import_homes").count() == 1
    assert find_places(SYSTEM, "紫藤苑5-1-502")[0].name == "紫藤苑5号楼1单元502"


def test_the_same_file_twice_changes_nothing(community):
    take(GOOD)
    places, entries = Place.objects.count(), AuditEntry.objects.count()
    report = take(GOOD)
    assert (report.imported, report.repeated, report.changed, report.buildings) == (0, 1, 0, 0)
    assert (Place.objects.count(), AuditEntry.objects.count()) == (places, entries)
    assert take(GOOD.replace("89.5", "90")).changed == 1
    assert Place.objects.get(address="紫藤苑5号楼1单元501").floor_area == 9000


def test_what_is_there_already_is_met_whatever_unit_is_written(community):
    report = take("虹山社区,幸福里,1栋,1门,101室", "虹山社区,幸福里,一号楼,1,102", head="社区,小区,楼栋,单元,房号")
    assert report.findings == [] and (report.imported, report.repeated, report.buildings) == (1, 1, 0)
    home = Place.objects.get(address="幸福里1号楼1单元102")
    assert home.code.startswith(community.buildings[0].code) and home.estate == community.estates[0]


def test_a_trial_writes_nothing(community):
    places = Place.objects.count()
    report = take(GOOD, trial=True)
    assert (report.imported, report.trial, Place.objects.count()) == (1, True, places)


def test_codes_that_are_given_are_kept(community):
    building, home = f"{COMMUNITY}0077", f"{COMMUNITY}0077030009"
    assert take(f"{COMMUNITY},,紫藤苑,,7,3,901,,,,,,{building},{home}").findings == []
    assert Place.objects.get(code=home).address == "紫藤苑7号楼3单元901"
    assert take(f"{COMMUNITY},,紫藤苑,,7,3,902,,,,,,,").imported == 1
    assert Place.objects.filter(code=f"{COMMUNITY}0077030902").exists()


def test_a_building_without_entrances_has_a_hidden_one(community):
    assert take(f"{COMMUNITY},,,,9,,101,,,,,,,", f"{COMMUNITY},,,,水塔,,,,,,,,,").findings == []
    home = Place.objects.get(code__endswith="000101", address="虹山社区9号楼101")
    assert home.code[16:18] == "00"


def test_a_new_community_needs_its_code_and_a_known_subdistrict(community):
    assert take("530199001002,新社区,,,1,1,101,,,,,,,").communities == 1
    assert refused("530199002001,别处,,,1,1,101,,,,,,,")[0][1:] == (
        "社区代码",
        "The subdistrict 530199002 is not known; adopt the division codes.",
    )
    assert "No community" in refused(",没有社区,,,1,1,101,,,,,,,")[0][2]
    assert "does not say" in refused(",,,,1,1,101,,,,,,,")[0][2]
    assert "is the community 虹山社区" in refused(f"{COMMUNITY},别的,,,1,1,101,,,,,,,")[0][2]


def test_points_come_in_every_system(community):
    gcj = from_wgs84(102.715, 25.055, "gcj02")
    take(f"{COMMUNITY},,紫藤苑,,8,1,101,,,{gcj.longitude:.7f},{gcj.latitude:.7f},GCJ-02,,")
    building = Place.objects.get(address="紫藤苑8号楼")
    assert abs(building.longitude - 102.715) < 1e-6 and abs(building.latitude - 25.055) < 1e-6


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (f"{COMMUNITY},,,,,1,101,,,,,,,", "楼栋", "empty"),
        (f"{COMMUNITY}1,,,,1,1,101,,,,,,,", "社区代码", "12 digits"),
        (f"{COMMUNITY},,,,1,1,101,五,,,,,,", "楼层", "no number"),
        (f"{COMMUNITY},,,,1,1,101,2.5,,,,,,", "楼层", "whole number"),
        (f"{COMMUNITY},,,,1,1,101,900,,,,,,", "楼层", "-9 to 200"),
        (f"{COMMUNITY},,,,1,1,101,,0,,,,,", "建筑面积", "above 0"),
        (f"{COMMUNITY},,,,1,1,101,,80.123,,,,,", "建筑面积", "two decimals"),
        (f"{COMMUNITY},,,,1,1,101,,,25.05,102.71,,,", "经度", "swapped"),
        (f"{COMMUNITY},,,,1,1,101,,,102.9,25.05,,,", "经度", "outside the district"),
        (f"{COMMUNITY},,,,1,1,101,,,102.71,,,,", "纬度", "come together"),
        (f"{COMMUNITY},,,,1,1,101,,,102.71,25.05,mars,,", "坐标系", "WGS84"),
        (f"{COMMUNITY},,,530199001002001,1,1,101,,,,,,,", "网格", "another community"),
        (f"{COMMUNITY},,,,1,1,101,,,,,,530199001002{'0001'},", "楼栋代码", "does not begin"),
        (f"{COMMUNITY},,,,1,1,101,,,,,,{COMMUNITY}0009,{COMMUNITY}0008010101", "户室代码", "does not begin"),
        (f"{COMMUNITY},,幸福里,,1,1,101,,,,,,{COMMUNITY}0099,", "楼栋代码", "has the code"),
        (f"{COMMUNITY},,,,77,1,101,,,,,,{COMMUNITY}0001,", "楼栋代码", "another place's"),
        (f"{COMMUNITY},,,,77,1,{'长' * 17},,,,,,,", "房号", "16 characters"),
    ],
)
def test_a_bad_row_is_named_and_keeps_everything_out(community, row, column, why):
    [(number, found, words)] = refused(GOOD, row)
    assert (number, found) == (3, column) and why in words


def test_the_same_home_twice_in_a_file_is_a_finding(community):
    [(row, column, why)] = refused(GOOD, GOOD.replace("5号楼", "5栋"))
    assert (row, column) == (3, "房号") and "row 2" in why
    code = f"{COMMUNITY}0077030009"
    twice = [f"{COMMUNITY},,,,7,3,{room},,,,,,,{code}" for room in ("901", "902")]
    assert "another place's" in refused(*twice)[0][2]


def test_rows_of_one_building_agree_about_its_zones(community):
    assert "by a row further up" in refused(GOOD, GOOD.replace("501", "502").replace("第1网格", "第2网格"))[0][2]


def test_an_ended_place_is_refused(community):
    end_place(actor=SYSTEM, code=community.buildings[0].code)
    row = f"{COMMUNITY},,幸福里,,1,1,101,,,,,,,"
    assert "has ended" in refused(row)[0][2]
    assert "not given out again" in refused(row.replace(",,,,,,,", f",,,,,,{community.buildings[0].code},"))[0][2]
    with pytest.raises(NotFound):
        end_place(actor=SYSTEM, code=community.buildings[0].code)


def test_a_place_ends_with_all_that_is_in_it(community):
    assert end_place(actor=SYSTEM, code=community.buildings[0].code) == 6
    assert not ZoneMembership.objects.filter(member_code=community.buildings[0].code, valid_to__isnull=True).exists()
    with pytest.raises(NotAllowed):
        end_place(actor=community.actor("resident"), code=community.buildings[1].code)


def test_rows_outside_ones_own_area_are_findings(community):
    Place.objects.create(code="530199001002", level=12, name="邻社区", address="邻社区", search="", valid_from=today())
    worker = community.actor("community_worker")
    assert take(GOOD, actor=worker).imported == 1
    assert "outside your area" in refused("530199001002,,,,1,1,101,,,,,,,", actor=worker)[0][2]
    for name in ("resident", "grid_member", "property_manager", "auditor"):
        with pytest.raises(NotAllowed):
            take(GOOD, actor=community.actor(name))


def test_a_building_moves_to_another_grid_with_its_history(community):
    report = take(f"{COMMUNITY},,幸福里,第2网格,1,1,101,,,,,,,")
    assert report.findings == []
    code = community.buildings[0].code
    assert list(
        ZoneMembership.objects.filter(member_code=code, kind="grid").order_by("pk").values_list("zone", "valid_to")
    ) == [
        (community.grids[0].pk, today()),
        (community.grids[1].pk, None),
    ]
    assert Place.objects.get(code=f"{code}010101").grid == community.grids[1]


def test_a_zone_that_has_ended_takes_no_buildings(community):
    zone = community.grids[0]
    zone.valid_to = today()
    zone.save()
    with pytest.raises(Invalid):
        move_buildings(actor=SYSTEM, zone=zone, building_codes=[community.buildings[3].code])
    assert "has ended" in refused(f"{COMMUNITY},,,{zone.label},1,1,101,,,,,,,")[0][2]


def register(homes: int):
    for number in range(homes):
        building, rest = divmod(number, 56)
        entrance, room = divmod(rest, 14)
        name = f"{room // 2 + 1}{room % 2 + 1:02d}"
        yield (
            COMMUNITY,
            f"{building // 20 + 1}号院",
            str(building // 5 + 1),
            f"{building % 20 + 1}号楼",
            f"{entrance + 1}单元",
            name,
        )


def test_two_thousand_homes_in_a_few_seconds(community):
    columns = [
        column
        for column in HOME_COLUMNS
        if column.name in {"community_code", "estate", "grid", "building", "entrance", "room"}
    ]
    buffer = io.BytesIO()
    write_workbook(buffer, columns, register(2_000))
    started = time.process_time()
    report = import_homes(actor=SYSTEM, lines=read_homes(buffer))
    assert (report.imported, report.findings) == (2_000, [])
    assert time.process_time() - started < 8
    assert Household.objects.filter(valid_to__isnull=True).count() == 2_016
    assert import_homes(actor=SYSTEM, lines=read_homes(buffer)).repeated == 2_000
