"""Boundaries from GeoJSON: what is refused, and what the maps get."""

import json

import pytest
from django.utils.translation import override

from jinlin.algorithms.coordinates import from_wgs84
from jinlin.platform.access import NOBODY, SYSTEM
from jinlin.platform.errors import Invalid, NotAllowed
from jinlin.region.districts import current_district
from jinlin.territory.actions import read_geojson, set_boundaries, set_boundary
from jinlin.territory.models import Place
from jinlin.territory.queries import boundary_features, lies_in_district
from tests.support.community import COMMUNITY, DISTRICT, make_community

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def community():
    with override("en"):
        yield make_community()


def square(west=102.70, south=25.04, size=0.01):
    return [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


def refusal(geometry, code=COMMUNITY, **options) -> str:
    with pytest.raises(Invalid) as caught:
        set_boundary(actor=SYSTEM, code=code, geometry=geometry, **options)
    return str(caught.value.fields["boundary"])


def test_a_boundary_is_set_and_given_to_maps():
    set_boundary(actor=SYSTEM, code=COMMUNITY, geometry=polygon(square()))
    feature = boundary_features(COMMUNITY)["features"][0]
    assert feature["properties"] == {"code": COMMUNITY, "name": "虹山社区"}
    assert feature["geometry"]["type"] == "Polygon"


def test_a_boundary_in_gcj02_is_stored_in_wgs84():
    ring = [list(from_wgs84(*point, "gcj02")) for point in square()]
    set_boundary(actor=SYSTEM, code=COMMUNITY, geometry=polygon(ring), system="gcj02")
    stored = Place.objects.get(code=COMMUNITY).boundary["coordinates"][0]
    assert all(min(abs(x - a) + abs(y - b) for a, b in square()) < 1e-6 for x, y in stored)


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        (polygon(square()[:-1]), "not closed"),
        (polygon([[25.04, 102.70], [25.05, 102.70], [25.05, 102.71], [25.04, 102.70]]), "swapped"),
        (polygon([[429000, 2772000], [430000, 2772000], [430000, 2773000], [429000, 2772000]]), "no degrees"),
        (polygon([[2.3, 48.8], [2.4, 48.8], [2.4, 48.9], [2.3, 48.8]]), "outside China"),
        (polygon([[102.70, 25.04], [102.71, 25.05], [102.71, 25.04], [102.70, 25.05], [102.70, 25.04]]), "cross"),
        (polygon([[102.70, 25.04], [102.71, 25.04], [102.70, 25.04]]), "four points"),
        (polygon([["x", 25.04]] * 4), "two numbers"),
        (polygon([]), "four points"),
        ({"type": "Polygon", "coordinates": []}, "no points"),
        ({"type": "Point", "coordinates": [102.7, 25.04]}, "not Point"),
        (None, "no geometry at all"),
        (polygon(square(102.73, 25.06, 0.05)), "reaches beyond"),
    ],
)
def test_what_is_no_outline_is_refused(geometry, why):
    before = Place.objects.get(code=COMMUNITY).boundary
    assert why in refusal(geometry)
    assert Place.objects.get(code=COMMUNITY).boundary == before


def test_neighbours_may_not_overlap(community):
    first, second = (f"{COMMUNITY}E0{number}" for number in (1, 2))
    set_boundary(actor=SYSTEM, code=first, geometry=polygon(square()))
    assert "幸福里 overlap by 50 %" in refusal(polygon(square(102.705)), second)
    set_boundary(actor=SYSTEM, code=second, geometry=polygon(square(102.71)))
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": polygon(square(west))}
        for code, west in ((first, 102.70), (second, 102.702))
    ]
    report = set_boundaries(actor=SYSTEM, document={"type": "FeatureCollection", "features": features})
    assert report.set == 0 and [finding.row for finding in report.findings] == [1]


def test_codes_that_name_no_place_are_findings(community):
    assert "No place" in refusal(polygon(square()), "530199001009")
    assert "No place" in refusal(polygon(square()), "")
    community.buildings[0].valid_to = "2026-01-01"
    community.buildings[0].save()
    assert "has ended" in refusal(polygon(square()), community.buildings[0].code)
    features = [{"type": "Feature", "properties": {"code": COMMUNITY}, "geometry": polygon(square())}] * 2
    report = set_boundaries(actor=SYSTEM, document={"type": "FeatureCollection", "features": features})
    assert "twice" in report.findings[0].why


def test_only_keepers_draw_and_only_at_home(community):
    with pytest.raises(NotAllowed):
        set_boundary(actor=NOBODY, code=COMMUNITY, geometry=polygon(square()))
    with pytest.raises(Invalid):
        set_boundary(actor=community.actor("community_worker"), code=DISTRICT, geometry=polygon(square()))
    set_boundary(actor=community.actor("community_worker"), code=COMMUNITY, geometry=polygon(square()))


def test_files_that_are_no_geojson_are_refused():
    for contents in (b"", b"{", b"[]", b'{"type": "Topology"}', "{}".encode("utf-16")):
        with pytest.raises(Invalid, match="GeoJSON"):
            read_geojson(contents)
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    feature = {"type": "Feature", "properties": {"code": COMMUNITY}, "geometry": polygon(square())}
    document = read_geojson(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}).encode())
    assert "EPSG::3857" in set_boundaries(actor=SYSTEM, document=document).findings[0].why


def test_a_new_district_boundary_counts_at_once(django_capture_on_commit_callbacks):
    assert lies_in_district(102.735, 25.065)
    code = current_district().code
    Place.objects.get_or_create(code=code, defaults={"level": 6, "name": "区", "valid_from": "2020-01-01"})
    with django_capture_on_commit_callbacks(execute=True):
        set_boundary(actor=SYSTEM, code=code, geometry=polygon(square()))
    assert lies_in_district(102.705, 25.045) and not lies_in_district(102.735, 25.065)
