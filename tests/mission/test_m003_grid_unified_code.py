"""M003 统一赋码: one code for each grid, begun with its community's, never given twice, found on any date, on a poster."""

from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
import zxingcpp
from django.test import Client

from jinlin.organisations.models import Appointment
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.territory import actions
from jinlin.territory.actions import Wanted
from jinlin.territory.models import Zone
from tests.support.community import COMMUNITY, Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M003")]
ONE, TWO, THREE = (f"{COMMUNITY}00{number}" for number in (1, 2, 3))


@pytest.fixture
def place() -> Community:
    return make_community()


def recut(place: Community, grids: int) -> None:
    plan = actions.propose_grids(actor=SYSTEM, place_code=COMMUNITY, wanted=Wanted(8, numbers={COMMUNITY: grids}))
    actions.hand_in_plan(actor=SYSTEM, plan_id=plan.pk)
    actions.approve_plan(actor=place.actor("subdistrict_officer"), plan_id=plan.pk, effective_from=today())


def test_codes_are_distinct_and_begin_with_the_community(place: Community) -> None:
    recut(place, 4)
    labels = list(Zone.objects.filter(kind="grid", valid_to__isnull=True).values_list("label", flat=True))
    assert len(labels) == len(set(labels)) == 4
    assert all(label.startswith(COMMUNITY) and len(label) == 15 for label in labels)


def test_a_grid_that_ended_and_comes_again_has_a_new_code(place: Community, clock: Any) -> None:
    then = today()
    clock.forward(days=1)
    recut(place, 1)
    clock.forward(days=1)
    recut(place, 2)
    assert sorted(Zone.objects.filter(valid_to__isnull=True, kind="grid").values_list("label", flat=True)) == [
        ONE,
        THREE,
    ]
    ended = Client().get(f"/places/{TWO}/")
    assert ended.status_code == 200 and not ended.context["there"]
    assert Client().get(f"/places/{TWO}/?on={then.isoformat()}").context["there"]


@pytest.mark.parametrize(
    ("code", "words"),
    [(f"{COMMUNITY}1", "001 to 999"), ("530199001002001", "does not begin"), (TWO, "given out before")],
)
def test_a_manual_code_of_wrong_length_or_parent_or_a_retired_one_is_refused(
    place: Community, code: str, words: str
) -> None:
    recut(place, 1)
    client = Client(headers={"accept-language": "en"})
    client.force_login(place.account("community_worker"))
    page = client.post("/desk/places/units/", {"level": "grid", "name": "网格", "parent": COMMUNITY, "code": code})
    assert page.status_code == 422 and words in str(page.context["form"].errors)


def test_a_typed_code_leads_to_the_grid_with_who_is_on_duty(place: Community) -> None:
    Appointment.objects.filter(role="grid_member").update(listed=True, zone=place.grids[0])
    person = place.persons["grid_member"]
    person.name = "李巡格"
    person.save()
    answer = Client().get(f"/places/?code={ONE[:6]} {ONE[6:]}", follow=True)
    assert answer.redirect_chain[-1][0] == f"/places/{ONE}/" and "李巡格" in answer.content.decode()
    Appointment.objects.filter(role="grid_member").update(listed=False)
    assert "李巡格" not in Client().get(f"/places/{ONE}/").content.decode()
    assert Client().get("/places/?code=999999999999999", follow=True).status_code == 404


def test_the_poster_has_a_code_that_leads_to_the_page(place: Community) -> None:
    page = Client().get(f"/places/{ONE}/poster/")
    assert ONE in page.content.decode()
    assert scanned(page.context["picture"]) == f"http://testserver/places/{ONE}/"


def scanned(picture: str) -> str:
    """Return what a camera reads: the picture's dark squares, drawn and decoded."""
    drawing = unquote(picture.partition(",")[2])
    size = int(drawing.partition(' width="')[2].partition('"')[0])
    image = np.full((size, size), 255, np.uint8)
    for step in drawing.partition(' d="')[2].partition('"')[0].split("M")[1:]:
        start, _across, rest = step.partition("h")
        x, y = map(int, start.split())
        width, _down, rest = rest.partition("v")
        height = rest.partition("h")[0]
        image[y : y + int(height), x : x + int(width)] = 0
    (found,) = zxingcpp.read_barcodes(np.kron(image, np.ones((4, 4), np.uint8)))
    return str(found.text)
