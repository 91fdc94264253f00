"""The grid workbench at the desk, page by page, as a server without scripts gives it."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jinlin.platform.dates import today
from jinlin.territory.models import GridPlan, Zone
from jinlin.territory.states import PlanState
from tests.support.community import COMMUNITY, SUBDISTRICT, make_community

pytestmark = pytest.mark.django_db
ONE, TWO = f"{COMMUNITY}001", f"{COMMUNITY}002"
PROPOSE = f"/desk/grids/propose/?of={COMMUNITY}"


@pytest.fixture
def community():
    return make_community()


def desk(client, community, who="community_worker"):
    client.force_login(community.account(who))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def proposed(client, **more) -> GridPlan:
    answer = client.post(PROPOSE, {"target": 8, "mode": "keep", "seed": 0} | more)
    assert answer.status_code == 302, answer.context["form"].errors
    return GridPlan.objects.latest("pk")


def test_a_worker_with_one_community_comes_to_its_form_at_once(client, community):
    page = desk(client, community).get("/desk/grids/propose/")
    assert page.context["place"].code == COMMUNITY and page.context["households"] == 16
    assert "about 1 grid" not in page.content.decode() or page.context["guess"] == 1


def test_an_officer_of_the_subdistrict_chooses_the_place(client, community):
    page = desk(client, community, "subdistrict_officer").get("/desk/grids/propose/")
    assert [place.code for place in page.context["places"]] == [SUBDISTRICT, COMMUNITY]


def test_a_plan_is_shown_with_its_grids_and_a_warning_beyond_the_tolerance(client, community):
    plan = proposed(desk(client, community), target=6)
    view = client.get(f"/desk/grids/{plan.pk}/").context["view"]
    assert [row.code for row in view.rows] == [ONE, TWO, f"{COMMUNITY}003"]
    assert sorted((row.households, row.percent, row.warned) for row in view.rows) == [
        (4, -33, True),
        (4, -33, True),
        (8, 33, True),
    ]


@pytest.mark.parametrize("entered", [{"target": -150}, {"target": 0}, {f"number-{COMMUNITY}": 9}, {"mode": "table"}])
def test_what_cannot_be_is_said_at_its_field(client, community, entered):
    answer = desk(client, community).post(PROPOSE, {"target": 8, "mode": "keep", "seed": 0} | entered)
    assert answer.status_code == 422 and answer.context["form"].errors
    assert not GridPlan.objects.exists()


def test_a_building_is_moved_and_a_move_that_tears_is_explained(client, community):
    plan = proposed(desk(client, community))
    first, second, *_rest = (building.code for building in community.buildings)
    page = client.get(f"/desk/grids/{plan.pk}/?grid={ONE}")
    assert [code for code, _words in page.context["form"].fields["building"].choices] == [first, second]
    refused = client.post(f"/desk/grids/{plan.pk}/move/?grid={ONE}", {"building": first, "grid": TWO, "version": 1})
    assert refused.status_code == 422 and "does not touch" in refused.content.decode()
    moved = client.post(f"/desk/grids/{plan.pk}/move/?grid={ONE}", {"building": second, "grid": TWO, "version": 1})
    assert moved.status_code == 302
    plan.refresh_from_db()
    assert plan.assignment[second] == TWO
    late = client.post(f"/desk/grids/{plan.pk}/move/?grid={TWO}", {"building": second, "grid": ONE, "version": 1})
    assert late.status_code == 409


def test_from_the_proposal_to_the_day_it_is_in_force(client, community):
    plan = proposed(desk(client, community), **{f"number-{COMMUNITY}": 1})
    client.post(f"/desk/grids/{plan.pk}/hand-in/", {"version": plan.version})
    assert client.get(f"/desk/grids/{plan.pk}/approve/").status_code == 403
    desk(client, community, "subdistrict_officer")
    page = client.get(f"/desk/grids/{plan.pk}/approve/")
    assert page.context["form"][f"heir-{TWO}"].initial == ONE
    sent = {"effective_from": "2020-01-01", "version": 2, f"heir-{TWO}": ONE}
    assert "has passed" in client.post(f"/desk/grids/{plan.pk}/approve/", sent).content.decode()
    answer = client.post(f"/desk/grids/{plan.pk}/approve/", sent | {"effective_from": today().isoformat()})
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.IN_FORCE and Zone.objects.get(label=TWO).valid_to == today()


def test_a_plan_goes_out_as_a_table_and_comes_in_again(client, community):
    plan = proposed(desk(client, community))
    contents = client.get(f"/desk/grids/{plan.pk}/plan.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(contents)).active
    assert [cell.value for cell in sheet[2]][:4] == [community.buildings[0].code, "幸福里1号楼", "幸福里", 4]
    file = SimpleUploadedFile("plan.xlsx", contents)
    answer = client.post(f"/desk/grids/import/?of={COMMUNITY}", {"target": 8, "file": file})
    assert answer.status_code == 302
    again = GridPlan.objects.latest("pk")
    assert again.assignment == plan.assignment and again.mode == "table"


def test_a_building_in_no_grid_or_in_two_is_a_finding(client, community):
    first, second, *_rest = (building.code for building in community.buildings)
    rows = f"楼栋编码,网格\n{first},A\n{first},B\n{second},\n12,A\n"
    file = SimpleUploadedFile("plan.csv", rows.encode())
    page = desk(client, community).post(f"/desk/grids/import/?of={COMMUNITY}", {"target": 8, "file": file})
    assert page.status_code == 422
    assert [(finding.row, finding.column) for finding in page.context["findings"]] == [
        (3, "网格"),
        (4, "网格"),
        (5, "楼栋编码"),
    ]


def test_two_plans_are_compared(client, community):
    one, other = proposed(desk(client, community)), proposed(client, mode="balance")
    page = client.get(f"/desk/grids/compare/?plan={one.pk}&plan={other.pk}")
    assert [view.plan.pk for view, _name, _tone in page.context["pairs"]] == [one.pk, other.pk]
    assert client.get(f"/desk/grids/compare/?plan={one.pk}").status_code == 302
    assert client.get(f"/desk/grids/compare/?plan={one.pk}&plan=99999").status_code == 404


def test_the_map_has_the_grids_as_areas(client, community):
    plan = proposed(desk(client, community))
    features = client.get(f"/desk/grids/{plan.pk}/map.geojson").json()["features"]
    areas = [feature["properties"]["code"] for feature in features if "Polygon" in feature["geometry"]["type"]]
    assert areas == [ONE, TWO]


def test_the_workbench_is_closed_to_others(client, community):
    plan = proposed(desk(client, community))
    for who in ("resident", "grid_member", "property_manager"):
        desk(client, community, who)
        assert client.get("/desk/grids/").status_code == 403
        assert client.get(f"/desk/grids/{plan.pk}/").status_code == 404
        assert client.get(f"/desk/grids/{plan.pk}/map.geojson").status_code == 404


def test_the_pages_keep_their_budget(client, community, query_budget):
    plan = proposed(desk(client, community))
    for name, path in (("desk/grids", "/desk/grids/"), ("desk/grid-plan", f"/desk/grids/{plan.pk}/?grid={ONE}")):
        client.get(path)
        with query_budget(name):
            assert client.get(path).status_code == 200
