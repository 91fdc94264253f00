"""M041 物业企业党建指导员: instructors come from outside the firm, and the firm sees them."""

from typing import Any

import pytest

from jinlin.organisations.models import Body, Task
from jinlin.territory.models import Zone
from tests.people.conftest import text_of
from tests.support.bodies import at_desk
from tests.support.community import SUBDISTRICT, Community, make_community
from tests.support.filings import officer_of
from tests.support.methods import work_by
from tests.support.posts import appointed, client_of, desk_of, new_bodies, new_body, new_persons, new_zones, send_roster

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M041")]


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "ningde")
    return make_community()


def row(person: Any, firm: Body) -> tuple[Any, ...]:
    return ("物业企业党建指导员", firm.name, person.name, person.phone, "", "", "2026-05-08", "", "", "")


def test_146_instructors_are_counted(place: Community) -> None:
    firms = new_bodies("property_firm", new_zones(Zone.Kind.ESTATE, 146))
    people, desk = new_persons(146, phones=True), desk_of(place)
    rows = [row(person, firm) for person, firm in zip(people, firms, strict=True)]
    assert send_roster(desk, rows)["counts"]["new"] == 146
    assert desk.get("/desk/posts/?key=property_instructor").context["tally"].persons == 146
    assert desk.get(f"/desk/posts/?body={firms[0].name}").context["tally"].posts == 1


def test_a_firms_own_employee_is_refused(place: Community) -> None:
    firm, [employee] = Body.objects.filter(kind="property_firm").first(), new_persons(1, phones=True)
    appointed([employee], firm, "property_manager")
    notes = send_roster(desk_of(place), [row(employee, firm)])
    assert [finding["row"] for finding in notes["findings"]] == [2]


def test_the_firm_sees_its_instructor_the_visits_and_what_became_of_suggestions(place: Community) -> None:
    firm, subdistrict = (
        place.bodies["property_firm"],
        new_body("subdistrict_committee", "虹街党工委", place_code=SUBDISTRICT),
    )
    manager, desk, officer = at_desk(place, "property_manager"), desk_of(place), officer_of(place, subdistrict)
    [instructor] = new_persons(1, phones=True)
    assert send_roster(desk, [row(instructor, firm)])["counts"]["new"] == 1
    held = instructor.appointments.get()
    visit = {"item": "visit", "value": "建议设立党员示范岗", "holds_from": "2026-05-08", "evidence": ""}
    assert desk.post(f"/desk/sheets/instructor_visits/{held.pk}/visit/", visit).status_code == 302
    given = {"kind": "suggestion", "title": "公开维修基金收支", "bodies": [firm.pk], "due_on": "2026-06-30"}
    assert officer.post(f"/desk/bodies/{subdistrict.pk}/tasks/new/", given).status_code == 302
    suggestion, url = Task.objects.get(), f"/desk/bodies/{firm.pk}/"
    page = text_of(manager.get(url))
    for words in (instructor.name, "物业企业党建指导员", "建议设立党员示范岗", "公开维修基金收支", "待完成"):
        assert words in page, words
    assert instructor.phone not in page
    assert client_of(instructor).get(url).status_code == 403, "an instructor does not speak for the firm"
    step = f"/desk/tasks/{suggestion.pk}/do/"
    assert client_of(place.persons["neighbour"].account).post(step, {"words": "已公开"}).status_code in {403, 404}
    assert manager.post(step, {"words": "五月起每季度公开一次"}).status_code == 302
    page = text_of(manager.get(url))
    assert "五月起每季度公开一次" in page and "已完成" in page
    other = Body.objects.filter(kind="property_firm").exclude(pk=firm.pk).first()
    assert manager.get(f"/desk/bodies/{other.pk}/").status_code == 404
