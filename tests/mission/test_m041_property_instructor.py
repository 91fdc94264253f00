"""M041 物业企业党建指导员: instructors come from outside the firm, and the firm sees them."""

from typing import Any

import pytest

from jinlin.organisations.models import Body
from jinlin.territory.models import Zone
from tests.support.community import Community, make_community
from tests.support.methods import work_by
from tests.support.posts import appointed, desk_of, new_bodies, new_persons, new_zones, send_roster

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
