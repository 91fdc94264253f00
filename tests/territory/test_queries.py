"""Places by list, by typed address and by point, and who sees homes."""

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinlin.algorithms.coordinates import from_wgs84
from jinlin.platform.access import NOBODY, SYSTEM
from jinlin.platform.errors import Invalid
from jinlin.territory.models import Place, Zone
from jinlin.territory.queries import find_places, nearest_buildings, step_at
from tests.support.community import COMMUNITY, make_community

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    with override("en"):
        yield make_community()


def names(actor, text):
    return [found.name for found in find_places(actor, text)]


def test_the_list_leads_from_estate_to_entrance_for_anybody(community):
    first = step_at(NOBODY)
    assert [row.name for row in first.rows] == ["幸福里", "安宁苑"]
    estate = step_at(NOBODY, first.rows[0].token)
    assert (estate.code, estate.words) == (COMMUNITY, "幸福里")
    assert [row.name for row in estate.rows] == ["1号楼", "2号楼"]
    building = step_at(NOBODY, estate.rows[1].token)
    assert building.name == "幸福里2号楼" and building.back == estate.token
    entrance = step_at(NOBODY, building.rows[0].token)
    assert entrance.rows == [] and entrance.code == f"{COMMUNITY}000201"


def test_homes_are_for_those_who_live_there_and_for_staff(community):
    entrance = f"{COMMUNITY}000101"
    assert [row.name for row in step_at(community.actor("community_worker"), entrance).rows] == [
        "101",
        "201",
        "301",
        "401",
    ]
    assert len(step_at(community.actor("grid_member"), entrance).rows) == 4
    assert step_at(community.actor("grid_member"), f"{COMMUNITY}000301").rows == []
    assert step_at(NOBODY, community.homes[0].code) is None
    assert step_at(SYSTEM, community.homes[0].code).name == "幸福里1号楼1单元101"


def test_who_lives_in_a_home_sees_it_and_no_other(community):
    resident = community.actor("resident")
    assert [row.name for row in step_at(resident, f"{COMMUNITY}000101").rows] == ["101"]
    assert step_at(resident, community.homes[0].code).name == "幸福里1号楼1单元101"
    assert step_at(resident, community.homes[1].code) is None
    assert names(resident, "幸福里1号楼1单元201") == ["幸福里1号楼1单元"]


def test_a_long_list_comes_in_parts_of_twelve(community):
    for number in range(5, 205):
        code = f"{COMMUNITY}{number:04d}"
        Place.objects.create(
            code=code, level=16, name=f"{number}号楼", address=f"幸福里{number}号楼", search="",
            estate=community.estates[0], valid_from="2020-01-01",
        )  # fmt: skip
    step = step_at(NOBODY, f"z{community.estates[0].pk}")
    assert [row.name for row in step.rows] == ["1号楼 to 146号楼", "147号楼 to 204号楼"]
    part = step_at(NOBODY, step.rows[0].token)
    assert len(part.rows) == 12 and part.code == COMMUNITY and part.back == step.token
    last = step_at(NOBODY, part.rows[-1].token)
    assert len(last.rows) == 12 and last.rows[-1].name == "146号楼" and last.back == f"z{community.estates[0].pk}"


def test_buildings_outside_estates_have_their_own_row(community):
    Place.objects.create(
        code=f"{COMMUNITY}0009", level=16, name="水塔", address="水塔", search="", valid_from="2020-01-01"
    )
    others = step_at(NOBODY).rows[-1]
    assert others.token == f"{COMMUNITY}o"
    assert [row.name for row in step_at(NOBODY, others.token).rows] == ["水塔"]


@pytest.mark.parametrize("token", ["x", "z99999999", "999999", "530199001001999", "~", "z", "5301990010010001~1"])
def test_what_is_no_step_is_none(community, token):
    assert step_at(NOBODY, token) is None


def test_an_ended_place_is_no_step_and_is_not_found(community):
    Place.objects.filter(code=f"{COMMUNITY}0001").update(valid_to="2026-01-01")
    assert step_at(NOBODY, f"{COMMUNITY}0001") is None
    assert names(NOBODY, "幸福里1号楼") == []


@pytest.mark.parametrize(
    "text",
    [
        "幸福里2号",
        "幸福里2号楼",
        "幸福裏2號樓",
        "幸福里２号楼",
        "幸福里2栋",
        "幸福里2",
        "幸福里二号楼",
        "幸福里小区2号楼",
    ],
)
def test_a_building_is_found_in_every_spelling(community, text):
    assert names(NOBODY, text)[0] == "幸福里2号楼"


def test_a_number_alone_finds_every_building_of_that_number(community):
    assert names(NOBODY, "3号楼") == ["安宁苑3号楼"]
    assert names(NOBODY, "虹山社区安宁苑3号楼1单元") == ["安宁苑3号楼1单元"]
    assert names(NOBODY, "安宁苑3号楼7单元") == ["安宁苑3号楼"]


def test_a_home_is_found_only_by_those_who_may_see_it(community):
    wanted = "幸福里2号楼1单元301"
    assert names(community.actor("community_worker"), "2号楼1单元301") == [wanted]
    assert names(community.actor("community_worker"), "幸福里2-301") == [wanted]
    assert names(NOBODY, "幸福里2号楼1单元301") == ["幸福里2号楼1单元"]
    assert names(NOBODY, "幸福里2-301") == ["幸福里2号楼"]


def test_words_alone_find_estates_and_areas(community):
    found = find_places(NOBODY, "幸福里")
    assert found[0].token == f"z{community.estates[0].pk}" and found[0].code == COMMUNITY
    assert names(NOBODY, "虹山街道") and names(NOBODY, "没有这个地方") == []
    assert find_places(NOBODY, "") == [] and find_places(NOBODY, "；；") == []


def test_the_nearest_buildings_in_every_system(community):
    near = nearest_buildings(102.7111, 25.05)
    assert [place.name for place in near] == ["幸福里1号楼", "幸福里2号楼", "安宁苑3号楼", "安宁苑4号楼"]
    assert near[0].metres == 10
    for system in ("gcj02", "bd09", "cgcs2000"):
        assert nearest_buildings(*from_wgs84(102.7111, 25.05, system), system) == near


@pytest.mark.parametrize(
    ("point", "words"),
    [((102.9, 25.05), "outside the district"), ((25.05, 102.71), "swapped"), ((500, 25), "no point")],
)
def test_a_point_that_cannot_be_ours_is_refused(community, point, words):
    with pytest.raises(Invalid, match=words):
        nearest_buildings(*point)
    with pytest.raises(Invalid, match="as mars"):
        nearest_buildings(102.7111, 25.05, "mars")


def test_an_estate_that_has_ended_is_not_offered(community):
    Zone.objects.filter(pk=community.estates[0].pk).update(valid_to="2026-01-01")
    assert [row.name for row in step_at(NOBODY).rows] == ["安宁苑"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.sampled_from(["q", "of", "near", "longitude", "latitude", "system", "zone", "lacks"]))
def test_nothing_that_is_asked_breaks_an_answer(community, client, text, name):
    client.force_login(community.account("community_worker"))
    for path in ("near", "search", "children", "boundaries.geojson"):
        given = {"longitude": "102.7111", "latitude": "25.05", name: text}
        assert client.get(f"/places/{path}", given).status_code < 500
    assert client.get("/desk/places/", {name: text}).status_code < 500
    assert client.post("/places/picker", {"place": text, "place-at": text, "place-search": text}).status_code == 200
