"""M026 小区书记激励保障: awards and entries into community committees by year, each with its document and once."""

from datetime import date
from typing import Any

import pytest

from jinlin.organisations.actions import NewAppointment, NewLine, appoint_all, write_sheet, write_sheets
from jinlin.organisations.models import Appointment
from jinlin.platform.access import SYSTEM
from jinlin.platform.errors import Invalid
from jinlin.territory.models import Zone
from tests.support.community import BEGINNING, Community, make_community
from tests.support.methods import work_by
from tests.support.posts import desk_of, file_choices, new_bodies, new_persons, new_zones

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M026")]

DAY, PROOF = date(2021, 7, 1), "市组发〔2021〕21号"


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "ningde")
    return make_community()


@pytest.fixture
def held(place: Community) -> list[Appointment]:
    """Eighty secretaries, each with the receipt of their filing."""
    branches = new_bodies("estate_branch", new_zones(Zone.Kind.ESTATE, 80))
    persons = new_persons(80)
    file_choices("secretary", "estate_secretary", persons, branches)
    pairs = zip(persons, branches, strict=True)
    return appoint_all(
        actor=SYSTEM, roster=[NewAppointment(person, branch, "estate_secretary", BEGINNING) for person, branch in pairs]
    )


def awards(held: list[Appointment], count: int, evidence: str = PROOF) -> list[NewLine]:
    return [NewLine("award", one, "优秀党务工作者", DAY, evidence) for one in held[:count]]


def test_ten_awards_and_seventy_entrants_in_2021(place: Community, held: list[Appointment]) -> None:
    write_sheets(actor=SYSTEM, sheet="secretary_awards", lines=awards(held, 10))
    entrants = [NewLine("entrant", one, True, DAY, PROOF) for one in held[:70]]
    write_sheets(actor=SYSTEM, sheet="secretary_entrants", lines=entrants)
    desk = desk_of(place)
    found = desk.get("/desk/posts/results/?year=2021").context["results"]
    assert [len(row.entries) for row in found] == [10, 70]
    assert PROOF in desk.get("/desk/posts/results/?year=2021").content.decode()
    assert [len(row.entries) for row in desk.get("/desk/posts/results/?year=2022").context["results"]] == [0, 0]


def test_a_result_without_a_document_and_the_same_twice_are_refused(held: list[Appointment]) -> None:
    with pytest.raises(Invalid):
        write_sheet(actor=SYSTEM, sheet="secretary_awards", line=awards(held, 1, evidence="")[0])
    write_sheet(actor=SYSTEM, sheet="secretary_awards", line=awards(held, 1)[0])
    with pytest.raises(Invalid):
        write_sheet(actor=SYSTEM, sheet="secretary_awards", line=awards(held, 1)[0])
