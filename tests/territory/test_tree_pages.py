"""The open tree, the desk's pages about it and posters, in a browser; boundaries in three systems; query budgets."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jinlin.algorithms.coordinates import to_wgs84
from jinlin.territory.models import Zone
from tests.support.community import COMMUNITY, DISTRICT, make_community

ONE = f"{COMMUNITY}001"
PLACES = f"/places/{COMMUNITY}/"


@pytest.mark.django_db(transaction=True)
def test_the_pages_hold_for_everybodys_eyes(new_visitor):
    community = make_community()
    for visitor in (new_visitor("phone"), new_visitor("desktop")):
        for path in (f"/places/{DISTRICT}/", PLACES, f"/places/{ONE}/", f"/places/{ONE}/poster/"):
            visitor.goto(path)
            visitor.assert_accessible()
        visitor.picture("grid-poster")
        visitor.goto(PLACES)
        visitor.picture("tree")
        visitor.sign_in(community.account("community_worker"))
        for path in ("/desk/places/uncovered/?gap=no_grid", "/desk/places/units/", "/desk/places/boundaries/"):
            visitor.goto(path)
            visitor.assert_accessible()
        visitor.goto("/desk/places/uncovered/")
        visitor.picture("uncovered")


@pytest.mark.django_db
@pytest.mark.parametrize("system", ["wgs84", "gcj02", "bd09"])
def test_boundaries_come_in_and_go_out_in_the_same_system(client, system):
    community = make_community()
    client.force_login(community.account("district_officer"))
    ring = [[102.711, 25.045], [102.72, 25.045], [102.72, 25.055], [102.711, 25.055], [102.711, 25.045]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"code": ONE}, "geometry": geometry}
    document = {"type": "FeatureCollection", "features": [feature]}
    file = SimpleUploadedFile("grid.geojson", json.dumps(document).encode())
    assert client.post("/desk/places/boundaries/", {"file": file, "system": system}).status_code == 302
    stored = Zone.objects.get(label=ONE).boundary["coordinates"][0]
    assert any(point == pytest.approx(to_wgs84(*ring[0], system), abs=1e-6) for point in stored)
    out = client.get(f"/desk/places/boundaries/out.geojson?of={COMMUNITY}&system={system}").json()
    (again,) = [found for found in out["features"] if found["properties"]["code"] == ONE]
    points = {(round(x, 6), round(y, 6)) for x, y in again["geometry"]["coordinates"][0]}
    assert points == {(x, y) for x, y in ring}


@pytest.mark.django_db
def test_the_pages_keep_their_budget(client, query_budget):
    community = make_community()
    pages = {"places/community": PLACES, "places/grid": f"/places/{ONE}/", "places/district": f"/places/{DISTRICT}/"}
    for name, path in pages.items():
        client.get(path)
        with query_budget(name):
            assert client.get(path).status_code == 200
    client.force_login(community.account("community_worker"))
    client.get("/desk/places/uncovered/")
    with query_budget("desk/uncovered"):
        assert client.get("/desk/places/uncovered/").status_code == 200


@pytest.mark.django_db
def test_the_api_reads_the_tree(client):
    make_community()
    answer = client.get(f"/api/v1/places/{COMMUNITY}").json()
    assert answer["counts"] == {"building": 4, "estate": 2, "grid": 2} and len(answer["children"]) == 4
    grid = client.get(f"/api/v1/places/{ONE}").json()
    assert grid["members"] == [f"{COMMUNITY}0001", f"{COMMUNITY}0002"] and grid["path"][-1] == COMMUNITY
    assert client.get(f"/api/v1/places/{ONE}?on=2019-12-31").status_code == 404
    assert client.get(f"/api/v1/places/{COMMUNITY}0001010101").status_code == 404
    assert client.get(f"/api/v1/places/{DISTRICT}/map").json()["features"]
